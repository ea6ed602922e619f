"""Pages: filling surveys in, and what authors see."""

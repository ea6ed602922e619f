"""The feedback channels."""

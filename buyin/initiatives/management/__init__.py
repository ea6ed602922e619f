"""Commands about AI initiatives."""

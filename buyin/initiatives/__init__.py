"""The agency's AI initiatives."""

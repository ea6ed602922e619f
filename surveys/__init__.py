"""The one engine that asks questions."""

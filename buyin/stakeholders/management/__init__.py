"""Commands about people and departments."""

"""What authors may type, by topic."""

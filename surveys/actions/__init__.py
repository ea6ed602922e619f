"""Every write of this app, by topic."""

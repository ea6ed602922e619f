"""The weekly reports: runs, deliveries, preferences, unsubscribing."""

"""Reads that span several tables, by topic."""

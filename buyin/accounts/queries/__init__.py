"""Reads that span people, departments and roles."""

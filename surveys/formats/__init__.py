"""Answers that were collected elsewhere: reading the file, understanding it, turning it into ours.

Everything here is pure: bytes and dictionaries in, plain values and lists of problems out.
"""

"""Benchmarks: each measures ours and a reference in the same run and prints their ratio."""

"""Adoption readiness per department: scores, release rule, snapshots, dashboards."""

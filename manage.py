#!/usr/bin/env python
"""Django's command line for the portal."""

import os
import sys

from django.core.exceptions import ImproperlyConfigured
from django.core.management import execute_from_command_line
from django.db import DatabaseError, connection
from django.db.migrations.executor import MigrationExecutor


def why_it_cannot_write(error: DatabaseError) -> str:
    """Return what keeps the database from writing: a full disk or a protected file; else nothing."""
    said = str(error).strip().splitlines()[:1]
    keeps = ("full", "No space left", "readonly", "read-only", "disk I/O")
    is_kept = bool(said) and any(word in said[0] for word in keeps)
    return f"The database cannot be written: {said[0]}" if is_kept else ""


def what_the_database_lacks() -> str:
    """Return what to do about a database that is away or not up to date; nothing where it is fine."""
    try:
        executor = MigrationExecutor(connection)
        is_behind = executor.migration_plan(executor.loader.graph.leaf_nodes())
    except DatabaseError as error:
        return f"The database cannot be reached: {str(error).strip().splitlines()[0]}"
    # What fails while it migrates is no database that somebody forgot to migrate.
    if not is_behind or sys.argv[1:2] == ["migrate"]:
        return ""
    return "The database is not up to date. Run this and start again: manage.py migrate"


if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "buyin.settings")
    try:
        execute_from_command_line(sys.argv)
    except ImproperlyConfigured as error:
        sys.stderr.write(f"{error} (.env.example explains each setting.)\n")
        sys.exit(2)
    except DatabaseError as error:
        advice = why_it_cannot_write(error) or what_the_database_lacks()
        if not advice:
            raise
        sys.stderr.write(f"{advice}\n")
        sys.exit(2)

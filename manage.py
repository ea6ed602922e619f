#!/usr/bin/env python
"""Django's command line for the portal."""

import os
import sys

from django.core.management import execute_from_command_line
from django.db import DatabaseError, connection
from django.db.migrations.executor import MigrationExecutor


def what_the_database_lacks() -> str:
    """Return what to do about a database that is away or not up to date; nothing where it is fine."""
    try:
        executor = MigrationExecutor(connection)
        is_behind = executor.migration_plan(executor.loader.graph.leaf_nodes())
    except DatabaseError as error:
        return f"The database cannot be reached: {str(error).strip().splitlines()[0]}"
    advice = "The database is not up to date. Run this and start again: manage.py migrate"
    return advice if is_behind else ""


if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "buyin.settings")
    try:
        execute_from_command_line(sys.argv)
    except DatabaseError:
        advice = what_the_database_lacks()
        if not advice:
            raise
        sys.stderr.write(f"{advice}\n")
        sys.exit(2)

"""Empties PostgreSQL after a test that has really written, by the few tables that hold anything."""

from functools import cache

from django.db import connection, transaction

# What the migrations have written stays as they wrote it.
KEPT = {"django_migrations", "django_content_type", "auth_permission"}


@cache
def tables() -> list[str]:
    """Return the tables in which a test can leave something."""
    found = connection.introspection.django_table_names(only_existing=True, include_views=False)
    return sorted(set(found) - KEPT)


def empty() -> None:
    """Delete every row, once nobody writes any more.

    Django truncates every table, full or empty: PostgreSQL makes new files for each of them and
    each of their indexes, and content types and permissions are written anew.
    """
    quoted = {name: connection.ops.quote_name(name) for name in tables()}
    with transaction.atomic(), connection.cursor() as cursor:
        # As to truncate would, this waits for whoever is in the middle of something.
        cursor.execute(f"LOCK TABLE {', '.join(quoted.values())}")
        asked = (f"SELECT '{n}' WHERE EXISTS (SELECT FROM {table})" for n, table in quoted.items())
        cursor.execute(" UNION ALL ".join(asked))
        filled = [name for (name,) in cursor.fetchall()]
        cursor.execute("SET LOCAL session_replication_role = replica")  # no key asks for an order
        for name in filled:
            cursor.execute(f"DELETE FROM {quoted[name]}")

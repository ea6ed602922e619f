"""Whether the portal runs and can answer, for load balancers and scripts."""

from functools import cache

from django.contrib.auth.decorators import login_not_required
from django.core.cache import cache as shared
from django.core.cache import caches
from django.db import DatabaseError, connection
from django.db.migrations.executor import MigrationExecutor
from django.http import HttpRequest, JsonResponse
from django.views.decorators.http import require_safe


class NotReadyError(Exception):
    """Says what is missing before visitors may come."""


@require_safe
@login_not_required
def live(_request: HttpRequest) -> JsonResponse:
    """Answer that the process runs."""
    return JsonResponse({"status": "ok"})


@require_safe
@login_not_required
def ready(_request: HttpRequest) -> JsonResponse:
    """Answer whether the database can be reached and is up to date; 503 where not.

    Without the cache the portal goes on, with limits that each process counts alone.
    """
    try:
        _ask_database()
    except NotReadyError as missing:
        return JsonResponse({"status": str(missing)}, status=503)
    shared.get("ready")
    is_away = getattr(caches["default"], "is_away", False)
    return JsonResponse({"status": "degraded: cache unreachable" if is_away else "ok"})


def _ask_database() -> None:
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
        demand_migrations()
    except DatabaseError as problem:
        raise NotReadyError("database unreachable") from problem


@cache
def demand_migrations() -> None:
    """Raise NotReadyError while migrations are pending; once none are, this process is sure."""
    # A cache keeps answers and no exceptions: the costly look ends with the first good one.
    executor = MigrationExecutor(connection)
    if executor.migration_plan(executor.loader.graph.leaf_nodes()):
        raise NotReadyError("migrations pending")

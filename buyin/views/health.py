"""Whether the portal runs and can answer, for load balancers and scripts."""

from django.contrib.auth.decorators import login_not_required
from django.db import connection
from django.db.migrations.executor import MigrationExecutor
from django.http import HttpRequest, JsonResponse
from django.views.decorators.http import require_safe


@require_safe
@login_not_required
def live(_request: HttpRequest) -> JsonResponse:
    """Answer that the process runs."""
    return JsonResponse({"status": "ok"})


@require_safe
@login_not_required
def ready(_request: HttpRequest) -> JsonResponse:
    """Answer whether the database can be reached and is up to date; 503 where it is not."""
    executor = MigrationExecutor(connection)
    pending = executor.migration_plan(executor.loader.graph.leaf_nodes())
    status = 503 if pending else 200
    return JsonResponse({"status": "migrations pending" if pending else "ok"}, status=status)

"""The front page, "For you", health, and the pages for when something went wrong."""

from django.contrib.auth.decorators import login_not_required
from django.db import connection
from django.db.migrations.executor import MigrationExecutor
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render

from .features import all_features


@login_not_required
def home(request: HttpRequest) -> HttpResponse:
    """Show what waits for the person who is signed in, or the front page to everybody else."""
    if not request.user.is_authenticated:
        return render(request, "buyin/front.html")
    tasks = [task for feature in all_features() for task in feature.tasks_for(request.user)]
    minutes = sum(task.minutes or 0 for task in tasks)
    return render(request, "buyin/home.html", {"tasks": tasks, "minutes": minutes})


@login_not_required
def live(_request: HttpRequest) -> JsonResponse:
    """Answer that the process runs."""
    return JsonResponse({"status": "ok"})


@login_not_required
def ready(_request: HttpRequest) -> JsonResponse:
    """Answer whether the database can be reached and is up to date; 503 where it is not."""
    executor = MigrationExecutor(connection)
    pending = executor.migration_plan(executor.loader.graph.leaf_nodes())
    status = 503 if pending else 200
    return JsonResponse({"status": "migrations pending" if pending else "ok"}, status=status)


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Say that the request could not be read."""
    return render(request, "400.html", status=400)


def permission_denied(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Say that this person may not do that."""
    return render(request, "403.html", status=403)


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Say that there is no such page, or none for this person."""
    return render(request, "404.html", status=404)


def server_error(request: HttpRequest) -> HttpResponse:
    """Say that the portal failed, without asking the database anything."""
    return render(request, "500.html", status=500)


@login_not_required
def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """Show what was typed again, with a fresh form that sends it once more."""
    typed = [(k, v) for k, vs in request.POST.lists() for v in vs if k != "csrfmiddlewaretoken"]
    return render(request, "403_csrf.html", {"typed": typed}, status=403)

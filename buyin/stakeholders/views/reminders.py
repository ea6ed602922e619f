"""What somebody has taken on, and whether they are reminded of it by mail."""

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST, require_safe

from buyin.http import Request, without_trace
from buyin.methods import takes_form
from buyin.stakeholders.actions import remind_again, stop_reminders
from buyin.stakeholders.mail import person_in
from buyin.stakeholders.models import PlannedActivity
from buyin.stakeholders.queries.reminders import points_of, wants_reminders


@require_safe
def own_points(request: Request) -> HttpResponse:
    """List what this person has to do with stakeholders, the first due first."""
    planned = PlannedActivity.objects.open().filter(owner=request.user)
    context = {
        "points": points_of(request.user),
        "planned": planned.select_related("initiative").prefetch_related("stakeholders"),
        "wants_reminders": wants_reminders(request.user),
    }
    return render(request, "stakeholders/log/points.html", context)


@require_POST
def reminders(request: Request) -> HttpResponse:
    """Stop the mails that remind this person, or let them come again."""
    if request.POST.get("stop") == "yes":
        stop_reminders(person_id=request.user.pk)
        messages.success(request, _("You are not reminded by mail any more."))
    else:
        remind_again(person_id=request.user.pk)
        messages.success(request, _("You are reminded by mail of what comes due."))
    return redirect("stakeholders:points")


@csrf_exempt
@login_not_required
@takes_form
@without_trace
def reminders_stop(request: HttpRequest, token: str) -> HttpResponse:
    """Stop the reminders of whoever holds the link, without signing in.

    Opening the link changes nothing, because mail scanners open links. Posting to it acts, as
    RFC 8058 asks: from the mail program or from the button here.
    """
    page = "stakeholders/log/reminders.html"
    person_id = person_in(token)
    if person_id is None:
        return render(request, page, {"step": "unknown"}, status=404)
    if request.method != "POST":
        return render(request, page, {"step": "ask"})
    if "undo" in request.POST:
        remind_again(person_id=person_id)
        return render(request, page, {"step": "undone"})
    stop_reminders(person_id=person_id)
    return render(request, page, {"step": "done"})

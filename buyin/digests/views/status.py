"""How the sending goes, for administrators."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from buyin.accounts.models import Role
from buyin.accounts.permissions import holders_only
from buyin.digests.queries import (
    keeps_readable_mail,
    mail_health,
    recent_runs,
    troubled_messages,
)
from buyin.http import Request
from buyin.outbox import actions as outbox
from buyin.outbox.models import Message


@require_safe
@holders_only(Role.ADMINISTRATOR)
def status(request: Request) -> HttpResponse:
    """Show whether mail flows, the last runs by state, and what was given up or keeps failing."""
    context = {
        "keeps_readable_mail": keeps_readable_mail(),
        "health": mail_health(),
        "runs": recent_runs(),
        "troubled": troubled_messages(),
    }
    return render(request, "digests/status.html", context)


@require_POST
@holders_only(Role.ADMINISTRATOR)
def retry(request: Request, pk: int) -> HttpResponse:
    """Send a mail that was given up once more, if it still says something."""
    message = get_object_or_404(Message, pk=pk)
    if outbox.retry(message=message):
        messages.success(request, _("The mail is on its way again."))
    else:
        messages.info(
            request, _("This mail is not given up any more, or too old; there is nothing to retry.")
        )
    return redirect("digests:status")

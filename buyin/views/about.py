"""What the portal says about itself to everybody."""

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import ngettext
from django.views.decorators.http import require_safe

YEAR = 365.25  # days


@require_safe
@login_not_required
def accessibility(request: HttpRequest) -> HttpResponse:
    """Say how the portal can be used, what is known not to work and whom to tell."""
    return render(request, "buyin/accessibility.html")


@require_safe
@login_not_required
def privacy(request: HttpRequest) -> HttpResponse:
    """Say what is stored about people, for how long, and what anonymous means here."""
    context = {
        "smallest_group": settings.SMALLEST_GROUP,
        "event_time": _lasting(settings.EVENT_KEEP_DAYS),
        "history_time": _lasting(settings.HISTORY_KEEP_DAYS),
        "mail_time": _lasting(settings.MAIL_KEEP_DAYS),
        "session_hours": settings.SESSION_COOKIE_AGE // 3600,
    }
    return render(request, "buyin/privacy.html", context)


def _lasting(days: int) -> str:
    """Return a time as people say it: in years where it is whole years, else in days."""
    years = round(days / YEAR)
    if years and abs(days - years * YEAR) <= 1:
        return ngettext("%(count)d year", "%(count)d years", years) % {"count": years}
    return ngettext("%(count)d day", "%(count)d days", days) % {"count": days}

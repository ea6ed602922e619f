"""Reading reports: those that came, as they came, and the next one as it would be."""

from typing import cast

from django.conf import settings
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.utils.csp import CSP
from django.views.decorators.clickjacking import xframe_options_sameorigin
from django.views.decorators.csp import csp_override
from django.views.decorators.http import require_safe

from buyin import periods
from buyin.accounts.models import Role
from buyin.digests import timetable
from buyin.digests.content import Writer
from buyin.digests.mail import written
from buyin.digests.models import Delivery, DigestKind
from buyin.digests.queries import Audience, audience_of, kinds_for, reports_of
from buyin.http import Request
from buyin.outbox.message import Written

Policy = dict[str, list[str]]

ON_A_PAGE = 20
# A mail carries its styles inside and is shown in a frame: the frame runs nothing, sends nothing
# and opens links beside the page; the page around it may hold frames of our own only. Without
# scripts inside, being of the same origin lets only the page around it measure its height.
MAIL_CSP: Policy = {
    "default-src": [CSP.NONE],
    "style-src": [CSP.UNSAFE_INLINE],
    "base-uri": [CSP.NONE],
    "form-action": [CSP.NONE],
    "frame-ancestors": [CSP.SELF],
    "sandbox": ["allow-popups", "allow-popups-to-escape-sandbox", "allow-same-origin"],
}
FRAMING_CSP: Policy = {**cast("Policy", settings.SECURE_CSP), "frame-src": [CSP.SELF]}


@require_safe
def mine(request: Request) -> HttpResponse:
    """List the reports of the person who is signed in, the newest first."""
    deliveries = (
        reports_of(request.user).select_related("run", "message").order_by("-run__starts_on")
    )
    page = Paginator(deliveries, ON_A_PAGE).get_page(request.GET.get("page"))
    context = {
        "page": page,
        "has_server": bool(settings.MAIL_HOST),
        "sees_status": request.user.holds(Role.ADMINISTRATOR),
    }
    return render(request, "digests/mine.html", context)


@require_safe
@csp_override(FRAMING_CSP)
def opened(request: Request, pk: int) -> HttpResponse:
    """Show one report as it was sent."""
    return render(request, "digests/opened.html", {"delivery": _own(request, pk)})


@require_safe
@xframe_options_sameorigin
@csp_override(MAIL_CSP)
def mail(request: Request, pk: int) -> HttpResponse:
    """Answer with the stored mail itself, for the frame of the page around it."""
    message = _own(request, pk).message
    return HttpResponse(message.html if message else "")


@require_safe
@csp_override(FRAMING_CSP)
def preview(request: Request) -> HttpResponse:
    """Show this week's report as it would be if the week ended now."""
    audience = _wanted(request)
    context = {
        "mail": _next_mail(request, audience),
        "kind": audience.kind,
        "kinds": [(kind, DigestKind(kind).label) for kind in kinds_for(request.user)],
    }
    return render(request, "digests/preview.html", context)


@require_safe
@xframe_options_sameorigin
@csp_override(MAIL_CSP)
def preview_mail(request: Request) -> HttpResponse:
    """Answer with the previewed mail itself."""
    return HttpResponse(_next_mail(request, _wanted(request))["html"])


def _own(request: Request, pk: int) -> Delivery:
    return get_object_or_404(reports_of(request.user).select_related("run", "message"), pk=pk)


def _wanted(request: Request) -> Audience:
    """Return which kind to preview: the person's own, or one of those that they may see."""
    kind = request.GET.get("kind", "")
    if not kind:
        return audience_of(request.user)
    if kind not in kinds_for(request.user):
        raise Http404
    own = audience_of(request.user)
    return own if own.kind == kind else Audience(kind)


def _next_mail(request: Request, audience: Audience) -> Written:
    now = timezone.now()
    span = timetable.week(periods.week_of(now))
    report = Writer(span, until=now).write(request.user, audience)
    return written(report, request.user.pk)

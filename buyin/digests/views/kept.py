"""Mails that a trial copy could not send, for its administrator."""

from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from buyin.accounts.models import Role
from buyin.accounts.permissions import holders_only
from buyin.digests.queries import keeps_readable_mail
from buyin.http import Request
from buyin.outbox.models import Message

PAGE = 25


@require_safe
@holders_only(Role.ADMINISTRATOR)
def kept(request: Request) -> HttpResponse:
    """List the mails that were kept, the newest first; 404 where people work."""
    if not keeps_readable_mail():
        raise Http404
    mails = Message.objects.open_to_administrators().select_related("person")
    page = Paginator(mails.defer("html", "headers"), PAGE).get_page(request.GET.get("page"))
    return render(request, "digests/kept.html", {"page": page})


@require_safe
@holders_only(Role.ADMINISTRATOR)
def kept_mail(request: Request, pk: int) -> HttpResponse:
    """Show one mail as its reader would have got it."""
    mails = Message.objects.open_to_administrators().select_related("person")
    mail = get_object_or_404(mails, pk=pk)
    return render(request, "digests/kept_mail.html", {"mail": mail})

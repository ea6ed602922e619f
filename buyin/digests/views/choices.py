"""How often the report comes, and how it stops."""

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt

from buyin.digests import actions
from buyin.digests.forms import PreferenceForm
from buyin.digests.mail import person_in
from buyin.digests.models import DigestPreference
from buyin.http import Request, without_trace
from buyin.methods import takes_form


@takes_form
def preferences(request: Request) -> HttpResponse:
    """Let people choose how often their report comes."""
    present = DigestPreference.objects.filter(person=request.user).first()
    frequency = present.frequency if present else DigestPreference.Frequency.WEEKLY
    form = PreferenceForm(request.POST or None, initial={"frequency": frequency})
    if request.method == "POST" and form.is_valid():
        actions.set_frequency(person=request.user, **form.cleaned_data)
        messages.success(request, _("Saved. The next report follows your choice."))
        return redirect("digests:preferences")
    return render(request, "digests/preferences.html", {"form": form})


@csrf_exempt
@login_not_required
@takes_form
@without_trace
def unsubscribe(request: HttpRequest, token: str) -> HttpResponse:
    """Stop the reports of whoever holds the link, without signing in.

    Opening the link changes nothing, because mail scanners open links. Posting to it acts, as
    RFC 8058 asks: from the mail program or from the button here.
    """
    person_id = person_in(token)
    if person_id is None:
        return render(request, "digests/unsubscribe.html", {"step": "unknown"}, status=404)
    if request.method != "POST":
        return render(request, "digests/unsubscribe.html", {"step": "ask"})
    if "undo" in request.POST:
        actions.resubscribe(person_id=person_id)
        return render(request, "digests/unsubscribe.html", {"step": "undone"})
    actions.unsubscribe(person_id=person_id)
    return render(request, "digests/unsubscribe.html", {"step": "done"})

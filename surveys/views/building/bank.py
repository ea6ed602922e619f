"""The question bank: questions from templates and other surveys, to be taken into this one."""

from collections.abc import Sequence

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import ngettext

from buyin.http import Request
from buyin.methods import takes_form
from surveys.building import Raw, Used
from surveys.building.bank import Offer, bring_in, offers_of
from surveys.forms.bank import BankFilter, BankForm
from surveys.forms.kinds import KINDS
from surveys.queries.building import origins_for

from .drafts import Draft, draft_of, to_outline

MOST_SHOWN = 100


@takes_form
def build_bank(request: Request, survey: int) -> HttpResponse:
    """Show questions that can be taken, those looked for first; on POST, take what is ticked."""
    draft = draft_of(request, survey)
    origins = origins_for(request.user, draft.survey)
    looking = BankFilter(request.GET, origins=origins)
    words, of = looking.wanted()
    found = list(offers_of([one for one in origins if of in ("", one.key)], words))
    form = BankForm(
        request.POST if request.method == "POST" else None,
        offers=list(offers_of(origins)),
        definition=draft.definition,
        revision=draft.survey.revision,
    )
    if form.is_valid():
        codes = _taken(draft, form, list(offers_of(origins)))
        if codes:
            told = ngettext("Added %(n)d question.", "Added %(n)d questions.", len(codes))
            messages.success(request, told % {"n": len(codes)})
            return to_outline(draft.survey, f"question-{codes[0]}")
    return render(request, "surveys/build/bank.html", _context(draft, form, looking, found))


def _taken(draft: Draft, form: BankForm, offers: Sequence[Offer]) -> list[str]:
    """Bring the ticked questions in; return their codes, none where the form now says why not."""
    taken = [offer for offer in offers if offer.key in form.ticked]
    codes: list[str] = []

    def edit(definition: Raw, used: Used) -> Raw:
        edited, found = bring_in(definition, used, taken, form.place())
        codes.extend(found)
        return edited

    told = ngettext("Added %(n)d question", "Added %(n)d questions", len(taken)) % {"n": len(taken)}
    return [] if draft.edit_from(form, edit, told) else codes


def _context(
    draft: Draft, form: BankForm, looking: BankFilter, found: list[Offer]
) -> dict[str, object]:
    """Return what the page shows; what is ticked stays there, whatever was looked for."""
    ticked, is_cut = form.ticked, any(looking.wanted())
    kept = [offer for offer in found if offer.key in ticked]
    shown = [*kept, *(offer for offer in found if offer.key not in ticked)][:MOST_SHOWN]
    groups: dict[str, list[tuple[Offer, object, bool]]] = {}
    for offer in shown:
        line = (offer, KINDS[offer.raw["type"]][0], offer.key in ticked)
        groups.setdefault(offer.origin.title, []).append(line)
    return {
        **draft.context,
        "form": form,
        "looking": looking,
        "groups": [
            (title, lines, is_cut or not number or any(is_ticked for _o, _k, is_ticked in lines))
            for number, (title, lines) in enumerate(groups.items())
        ],
        "found": len(found),
        "left_out": len(found) - len(shown),
    }

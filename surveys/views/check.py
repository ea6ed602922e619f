"""A look at all answers before they are handed in; nobody has to take it."""

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from buyin.http import Request
from surveys.queries.filling import typed_in_draft
from surveys.rendering import fields_of, review_of

from .sheet import Sheet


@never_cache
@require_safe
def check(request: Request, wave: int) -> HttpResponse:
    """Show every question with what was typed, the way back to each page, and the last button."""
    sheet = Sheet(request, wave)
    if sheet.asked.receipt:
        return redirect("surveys:thanks", wave)
    if not sheet.asked.is_taking:
        return render(request, "surveys/closed.html", {"asked": sheet.asked}, status=410)
    typed = typed_in_draft(sheet.asked, sheet.filling)
    context = {
        "asked": sheet.asked,
        "survey": sheet.asked.wave.survey,
        "pages": review_of(sheet.definition, typed),
        "last": sheet.number,
        # The form is that of the last page, so that it is taken, refused and rescued like that one.
        "fields": [*sheet.hidden(typed), *fields_of(list(sheet.body.page.items()), typed)],
    }
    return render(request, "surveys/check.html", context)

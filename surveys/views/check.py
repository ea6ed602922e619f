"""A look at all answers before they are handed in; nobody has to take it."""

from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from surveys.queries.filling import typed_in_draft
from surveys.rendering import fields_of, review_of

from .doors import Door
from .sheet import Sheet


@login_not_required
@never_cache
@require_safe
def check(request: HttpRequest, door: type[Door], **place: Any) -> HttpResponseBase:
    """Show every question with what was typed, the way back to each page, and the last button."""
    way = door(request, **place)
    return way.refuse() or _looked_at(Sheet(way))


def _looked_at(sheet: Sheet) -> HttpResponse:
    if sheet.asked.receipt:
        return redirect(sheet.door.url("thanks"))
    if waiting := sheet.door.waiting():
        return waiting
    typed = typed_in_draft(sheet.asked, sheet.door.filling)
    context = {
        "asked": sheet.asked,
        "small_print": sheet.door.small_print,
        "survey": sheet.asked.wave.survey,
        "language": sheet.definition.language,
        "pages": [(sheet.url_of(page.number), page) for page in review_of(sheet.definition, typed)],
        "last": sheet.url_of(sheet.number),
        # The form is that of the last page, so that it is taken, refused and rescued like that one.
        "fields": [*sheet.hidden(typed), *fields_of(list(sheet.body.page.items()), typed)],
    }
    return render(sheet.request, "surveys/check.html", context)

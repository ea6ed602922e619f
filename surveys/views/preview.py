"""The survey as people will see it, for its author; nothing is stored here."""

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from buyin.http import Request
from surveys import definitions, rendering
from surveys.models import Survey


@require_safe
def author_preview(request: Request, survey: int, page: int) -> HttpResponse:
    """Show one page of the newest version, drawn exactly as it is drawn for filling in."""
    found = get_object_or_404(Survey.objects.visible_to(request.user), pk=survey)
    version = found.versions.order_by("-number")[0]
    definition = definitions.read(version.definition)
    if not 1 <= page <= len(definition.pages):
        raise Http404
    shown = definition.pages[page - 1]
    context = {
        "survey": found,
        "definition": definition,
        "shown": shown,
        "body": rendering.draw_page(definition, page).filled({}, {}),
        "number": page,
        "previous": page - 1,
        "next": page + 1 if page < len(definition.pages) else 0,
    }
    return render(request, "surveys/author/preview.html", context)

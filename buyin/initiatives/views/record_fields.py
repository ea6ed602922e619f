"""What the AI system record holds, field by field, for everybody who wants to know."""

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from buyin.initiatives.record import FIELDS, GROUPS


@require_safe
@login_not_required
def record_fields(request: HttpRequest) -> HttpResponse:
    """List all fields with help, values and the standard that each comes from."""
    context = {"groups": GROUPS, "number": len(FIELDS)}
    return render(request, "initiatives/record/fields.html", context)

"""The map, the matrix and the network, of one initiative's people or below the stakeholders."""

from dataclasses import dataclass
from typing import Any

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from buyin.http import Request
from buyin.initiatives.models import Initiative
from buyin.initiatives.queries import opened as opened_initiative
from buyin.keys import key_in
from buyin.stakeholders import charts
from buyin.stakeholders.forms import DayForm, LookForm
from buyin.stakeholders.models import Interest
from buyin.stakeholders.queries import (
    begun_with,
    first_day,
    for_those_who_work_with_stakeholders,
    moves,
    network_of,
    opened_people,
    stances,
)
from buyin.stakeholders.queries.plans import show_planned

PAGE = 50
LOOKS = {"map": _("Map"), "matrix": _("Matrix"), "network": _("Network")}
HEADINGS = {
    "map": _("Map of stakeholders"),
    "matrix": _("Matrix of stakeholders"),
    "network": _("Network of stakeholders"),
}
OF_ONE = {
    "raci": _("Who does what"),
    "plan": _("Engagement plan"),
    "represented": _("Who is missing"),
    "sponsors": _("Sponsors"),
}


@dataclass(frozen=True)
class Look:
    """What is looked at: an initiative, in its own frame or in that of the stakeholders."""

    request: Request
    initiative: Initiative
    kind: str
    is_tab: bool

    def context(self, **more: Any) -> dict[str, Any]:
        """Return what every look gives its page."""
        viewer = self.request.user
        return {
            "initiative": self.initiative,
            "may_change": self.initiative.may_be_changed_by(viewer),
            "frame": "initiatives/page.html" if self.is_tab else "stakeholders/page.html",
            "in_tab": "stakeholders:people",
            "looks": self._links(),
            "form": None if self.is_tab else self._choice(),
            "heading": HEADINGS.get(self.kind),
            "is_tab": self.is_tab,
            **more,
        }

    def _links(self) -> list[tuple[Any, str, bool]]:
        """Return the other looks at the same initiative."""
        names = {**LOOKS, **OF_ONE} if self.is_tab else LOOKS
        found = []
        for kind, label in names.items():
            if self.is_tab:
                name = "people" if kind == "map" else f"people-{kind}"
                address = reverse(f"stakeholders:{name}", args=[self.initiative.pk])
            else:
                address = f"{reverse(f'stakeholders:{kind}')}?initiative={self.initiative.pk}"
            found.append((label, address, kind == self.kind))
        return found

    def _choice(self) -> LookForm:
        choices = Initiative.objects.visible_to(self.request.user)
        return LookForm(initial={"initiative": self.initiative.pk}, choices=choices)


def look_at(request: Request, kind: str, pk: int | None) -> Look | None:
    """Return what is looked at; Http404 to whom it is not shown, None where there is nothing yet."""
    user = request.user
    if pk is not None:
        return Look(request, opened_people(user, pk), kind, is_tab=True)
    for_those_who_work_with_stakeholders(user)
    asked = key_in(request.GET.get("initiative"))
    if asked is not None:
        return Look(request, opened_initiative(user, asked), kind, is_tab=False)
    found = begun_with(user)
    return Look(request, found, kind, is_tab=False) if found else None


def nothing_yet(request: Request) -> HttpResponse:
    """Say that no initiative has stakeholders yet."""
    return render(request, "stakeholders/nothing.html")


@require_safe
def power_map(request: Request, pk: int | None = None) -> HttpResponse:
    """Show who has how much power and interest, today or as of a day, with what moved since."""
    look = look_at(request, "map", pk)
    if look is None:
        return nothing_yet(request)
    context = _as_of(look)
    shown = context["stances"]
    page = Paginator(shown, PAGE).get_page(request.GET.get("page"))
    _plans(look, context["day"], [one.interest for one in page])
    context |= {"figure": charts.map_figure(shown), "page": page}
    context |= {"against": 0 if context["day"] else len(charts.against(shown))}
    return render(request, "stakeholders/map.html", context)


@require_safe
def matrix(request: Request, pk: int | None = None) -> HttpResponse:
    """Show where each stands and where we want them, today or as of a day."""
    look = look_at(request, "matrix", pk)
    if look is None:
        return nothing_yet(request)
    context = _as_of(look)
    found = charts.matrix_of(context["stances"])
    page = Paginator(found.lines, PAGE).get_page(request.GET.get("page"))
    apart = [one.interest for one in found.unaware[:PAGE]]
    _plans(look, context["day"], [*(one.interest for one in page), *apart])
    context |= {"matrix": found, "page": page, "title": charts.matrix_title(context["stances"])}
    return render(request, "stakeholders/matrix.html", context)


@require_safe
def network(request: Request, pk: int | None = None) -> HttpResponse:
    """Show who influences, advises and represents whom."""
    look = look_at(request, "network", pk)
    if look is None:
        return nothing_yet(request)
    relations = network_of(viewer=request.user, initiative=look.initiative)
    page = Paginator(relations, PAGE).get_page(request.GET.get("page"))
    drawing = charts.network_drawing(relations) if relations else None
    context = look.context(page=page, drawing=drawing)
    return render(request, "stakeholders/network.html", context)


def _plans(look: Look, day: Any, interests: list[Interest]) -> None:
    """Note what is planned about each gap; of an earlier day nothing is said of plans."""
    if day is None:
        show_planned(look.request.user, interests)


def _as_of(look: Look) -> dict[str, Any]:
    """Return how all stand on the day that was asked for, and who moved since."""
    viewer, initiative = look.request.user, look.initiative
    form = DayForm(look.request.GET or None)
    day = form.asked
    assessable = Interest.objects.changeable_by(viewer).filter(initiative=initiative)
    today = timezone.localdate()
    return look.context(
        stances=stances(viewer=viewer, initiative=initiative, day=day),
        moves=moves(viewer=viewer, initiative=initiative, day=day) if day else (),
        day_form=DayForm(initial={"day": day or today}),
        day=day,
        first_day=first_day(viewer=viewer, initiative=initiative),
        today=today,
        assessable=set(assessable.values_list("pk", flat=True)) if day is None else set(),
    )

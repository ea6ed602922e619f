"""Two people with the same record open: the second is told what the first saved, and loses nothing."""

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from django import forms

from buyin.editing import SeenForm
from tests.factories.benefits import make_benefit, make_decision, make_risk, make_story
from tests.factories.commitments import make_commitment
from tests.factories.initiatives import (
    InitiativeFactory,
    make_agreement,
    make_goal,
    make_milestone,
    make_update,
)
from tests.factories.stakeholders import GroupFactory, OrganisationFactory, StakeholderFactory

AHEAD = date(2027, 3, 1)


def initiative(cast: Any) -> Any:
    return InitiativeFactory(name="Pothole finder", departments=[cast.roads], lead=cast.lead)


def of_initiative(make: Callable[..., Any], path: str, **said: Any) -> Callable[[Any], Any]:
    """Return what makes a record of an initiative, and where it is edited."""

    def made(cast: Any) -> tuple[Any, str]:
        ours = initiative(cast)
        record = make(ours, **said)
        return record, f"/initiatives/{ours.pk}/{path.format(record.pk)}"

    return made


def itself(cast: Any) -> tuple[Any, str]:
    ours = initiative(cast)
    return ours, f"/initiatives/{ours.pk}/edit/"


def goal(cast: Any) -> tuple[Any, str]:
    ours = initiative(cast)
    record = make_goal(ours, cast.roads, cast.clinic)
    return record, f"/initiatives/{ours.pk}/goals/{record.pk}/"


def agreement(cast: Any) -> tuple[Any, str]:
    ours = initiative(cast)
    record = make_agreement(ours, cast.roads, cast.clinic)
    return record, f"/initiatives/{ours.pk}/agreements/{record.pk}/"


def commitment(_cast: Any) -> tuple[Any, str]:
    record = make_commitment()
    return record, f"/commitments/{record.pk}/edit/"


def person(cast: Any) -> tuple[Any, str]:
    record = StakeholderFactory(department=cast.roads)
    return record.person, f"/stakeholders/{record.pk}/edit/"


def organisation(_cast: Any) -> tuple[Any, str]:
    vendor = OrganisationFactory()
    record = StakeholderFactory(person=None, organisation=vendor, name=vendor.name)
    return vendor, f"/stakeholders/{record.pk}/edit/"


def group(cast: Any) -> tuple[Any, str]:
    crew = GroupFactory(department=cast.roads)
    record = StakeholderFactory(person=None, group=crew, name=crew.name, department=cast.roads)
    return crew, f"/stakeholders/{record.pk}/edit/"


# What makes a record, the field that both change, and what each types into it.
PAGES = {
    "initiative": (itself, "summary", "Sorts.", "Finds."),
    "milestone": (of_initiative(make_milestone, "milestones/{}/", due=AHEAD), "note", "A", "B"),
    "goal": (goal, "measure", "Days", "Weeks"),
    "agreement": (agreement, "purpose", "To test", "To learn"),
    "benefit": (of_initiative(make_benefit, "benefits/{}/edit/"), "source", "Log", "Count"),
    "decision": (of_initiative(make_decision, "decisions/{}/edit/"), "forum", "Board", "Council"),
    "risk": (of_initiative(make_risk, "risks/{}/edit/"), "statement", "Scans", "Desks"),
    "story": (of_initiative(make_story, "stories/{}/edit/"), "result", "Less", "More"),
    "update": (of_initiative(make_update, "updates/{}/"), "text", "It runs.", "It waits."),
    "commitment": (commitment, "conditions", "If signed", "If read"),
    "person": (person, "phone", "1", "2"),
    "organisation": (organisation, "name", "Acme Ltd", "Acme Inc"),
    "group": (group, "description", "Night", "Day"),
}


def as_shown(answer: Any) -> dict[str, Any]:
    """Return what the form on a page would send, if nothing was typed."""
    sent = {}
    for bound in answer.context["form"]:
        value = bound.field.widget.format_value(bound.field.prepare_value(bound.value()))
        if isinstance(bound.field.widget, forms.CheckboxInput):
            value = "on" if bound.value() else None
        if value not in (None, [], ""):
            sent[bound.html_name] = value
    return sent


@pytest.fixture(params=PAGES.items(), ids=list(PAGES))
def page(request: Any, cast: Any, settings: Any) -> Any:
    make, name, theirs, ours = request.param[1]
    record, address = make(cast)
    return record, address, name, theirs, ours


def test_of_two_editors_the_second_is_told_and_loses_nothing(sign_in, page):
    record, address, name, theirs, ours = page
    first, second = sign_in("lead"), sign_in("administrator")
    shown = as_shown(second.get(address))
    assert first.post(address, shown | {name: theirs}).status_code == 302

    answer = second.post(address, shown | {name: ours})

    record.refresh_from_db()
    assert getattr(record, name) == theirs
    assert answer.status_code == 200
    assert "Somebody else has changed this while you were typing." in answer.text
    assert as_shown(answer)[name] == ours
    differing = [(one.saved, one.typed) for one in answer.context["form"].differences]
    assert differing == [(theirs, ours)]
    assert "What is different" in answer.text

    again = second.post(address, as_shown(answer))

    record.refresh_from_db()
    assert again.status_code == 302
    assert getattr(record, name) == ours


def test_who_types_what_somebody_else_has_saved_is_not_bothered(sign_in, page):
    record, address, name, theirs, _ours = page
    first, second = sign_in("lead"), sign_in("administrator")
    shown = as_shown(second.get(address))
    first.post(address, shown | {name: theirs})

    answer = second.post(address, shown | {name: theirs})

    record.refresh_from_db()
    assert answer.status_code == 302
    assert getattr(record, name) == theirs


def test_the_same_form_sent_twice_by_a_double_click_is_saved_once_and_refused_never(sign_in, page):
    record, address, name, theirs, _ours = page
    lead = sign_in("lead")
    sent = as_shown(lead.get(address)) | {name: theirs}

    answers = [lead.post(address, sent) for _click in range(2)]

    record.refresh_from_db()
    assert [one.status_code for one in answers] == [302, 302]
    assert getattr(record, name) == theirs


def test_a_form_of_a_new_record_knows_of_no_state(sign_in, cast):
    ours = initiative(cast)

    form = sign_in("lead").get(f"/initiatives/{ours.pk}/milestones/add/").context["form"]

    assert "seen" not in form.fields
    assert "made_by_form" in form.fields


def test_what_another_person_saved_in_a_list_of_departments_is_told_by_name(sign_in, cast):
    ours = initiative(cast)
    record = make_goal(ours, cast.roads, cast.clinic)
    address = f"/initiatives/{ours.pk}/goals/{record.pk}/"
    first, second = sign_in("lead"), sign_in("administrator")
    shown = as_shown(second.get(address))
    first.post(address, shown | {"departments": [cast.roads.pk, cast.works.pk]})

    answer = second.post(address, shown | {"target": "9 days"})

    told = {one.field: (one.saved, one.typed) for one in answer.context["form"].differences}
    saved, typed = told["Departments that share it"]
    assert cast.works.name in saved
    assert cast.clinic.name in typed
    assert told["Target"][1] == "9 days"


class Small(SeenForm, forms.Form):
    """Two fields of a milestone."""

    title = forms.CharField()
    is_given_up = forms.BooleanField(required=False)


def small(record: Any, data: Any = None) -> Small:
    return Small(data, initial={"title": record.title}, record=record)


@pytest.mark.django_db
def test_a_form_that_says_nothing_of_what_it_had_shown_is_taken(cast):
    record = make_milestone(initiative(cast), due=AHEAD)

    form = small(record, {"title": "Other"})

    assert form.is_valid()
    assert form.cleaned_data == {"title": "Other", "is_given_up": False}

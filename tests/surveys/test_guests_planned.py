"""Before publishing an author reads where too few people with an account stand beside guests."""

import pytest

from surveys.models import PlannedAddress, WavePlan
from surveys.queries.publication import warnings_of_guests
from tests.factories.accounts import PersonFactory
from tests.factories.surveys import make_planned
from tests.surveys.test_audience import at, plan, text
from tests.surveys.test_guests import BY_MAIL, MIRA

pytestmark = pytest.mark.django_db
NO_RESULT = "no result is shown at all, of guests neither"
TOO_FEW = "that would be too few"


@pytest.fixture
def survey(cast):
    return make_planned(cast.roads)


def people_in(home, number):
    for _n in range(number):
        PersonFactory(department=home)


def test_few_people_beside_guests_are_named_on_the_plan_and_before_publishing(lead, survey, cast):
    people_in(cast.roads, 3)
    plan(lead, survey, asks="some", departments=[cast.roads.pk], addresses=MIRA, **BY_MAIL)

    for page in ("plan/", "publish/"):
        shown = text(lead.get(at(survey, page)))
        assert "Only 4 people with an account are asked beside guests." in shown
        assert NO_RESULT in shown
        assert "at least 10 people with an account must answer" in shown


@pytest.mark.parametrize(
    ("people", "target", "said"),
    [
        (0, 50, "Only 1 person with an account is asked beside guests."),
        (8, 50, NO_RESULT),
        (9, 50, TOO_FEW),
        (18, 50, TOO_FEW),
        (19, 50, ""),
        (9, 95, TOO_FEW),
        (10, 95, ""),
    ],
)
def test_what_is_said_follows_from_how_many_would_answer(survey, cast, people, target, said):
    people_in(cast.roads, people)
    found = WavePlan.objects.get(survey=survey)
    found.asks_everybody, found.target = False, target
    found.save()
    found.departments.set([cast.roads])
    PlannedAddress.objects.create(plan=found, address=MIRA)

    warnings = warnings_of_guests(found)

    assert len(warnings) == (1 if said else 0)
    assert said in "".join(warnings)


def test_without_guests_or_with_guests_alone_nothing_is_said(lead, survey, cast):
    plan(lead, survey, asks="some", departments=[cast.roads.pk])
    assert warnings_of_guests(WavePlan.objects.get(survey=survey)) == []

    plan(lead, survey, addresses=MIRA, **BY_MAIL)
    assert warnings_of_guests(WavePlan.objects.get(survey=survey)) == []


def test_in_public_nobody_is_a_guest(survey, cast):
    found = WavePlan.objects.get(survey=survey)
    found.is_public = True
    PlannedAddress.objects.create(plan=found, address=MIRA)

    assert warnings_of_guests(found) == []


def test_a_person_with_an_account_among_the_addresses_is_no_guest(lead, survey, cast):
    plan(lead, survey, addresses="staff@fairhaven.example", **BY_MAIL)

    assert warnings_of_guests(WavePlan.objects.get(survey=survey)) == []


def test_a_warning_keeps_nothing_back(lead, survey, cast):
    plan(lead, survey, asks="some", departments=[cast.roads.pk], addresses=MIRA, **BY_MAIL)

    lead.post(at(survey, "publish/"))

    assert survey.waves.count() == 2


@pytest.mark.parametrize("home", ["", "; roads"])
def test_few_listed_people_are_not_asked_anonymously_beside_guests_who_could_be_made_up(
    lead, survey, cast, home
):
    made_up = [f"nobody{n}@elsewhere.example{home}" for n in range(9)]
    plan(lead, survey, addresses="\n".join([cast.staff.email, *made_up]), **BY_MAIL)

    page = text(lead.get(at(survey, "publish/")))
    lead.post(at(survey, "publish/"))

    assert (
        "Beside guests an anonymous survey must ask at least 10 people of the agency; this would "
        "ask 1 person." in page
    )
    assert survey.waves.count() == 1  # the old one


def test_guests_alone_are_asked_where_they_are_enough(lead, survey):
    guests = [f"guest{n}@elsewhere.example" for n in range(10)]
    plan(lead, survey, addresses="\n".join(guests), **BY_MAIL)

    lead.post(at(survey, "publish/"))

    assert survey.waves.count() == 2

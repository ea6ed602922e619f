"""The demo agency, as the person who types one command meets it."""

import json
from io import StringIO

import pytest
from django.core.management import CommandError, call_command, load_command_class
from django.db.models import Count, Q

from buyin.accounts.models import Department, User
from buyin.demo.city import CAST, DOMAIN, PASSWORD, PLANS, UNITS
from buyin.initiatives.models import ImpactAssessment, Initiative
from buyin.readiness.models import Band, Snapshot, SnapshotCell
from surveys.models import Participation, Response, Wave
from surveys.queries.field import field_of

MAIN = "Permit triage assistant"

pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module")
def city(written_once):
    """Make a small demo agency once for the tests of this file."""
    call_command("demo", people=600, stdout=StringIO())


def latest() -> Snapshot:
    """Return this week's snapshot of the initiative that everybody was asked about."""
    return Snapshot.objects.filter(initiative__name=MAIN).order_by("-period")[0]


def counts() -> dict[str, int]:
    models = (User, Department, Initiative, Wave, Response, Participation, Snapshot, SnapshotCell)
    return {model.__name__: model.objects.count() for model in models}


def test_the_city_has_three_levels_and_fourteen_departments(city):
    parents = dict(Department.objects.values_list("pk", "parent_id"))

    def level(pk: int | None) -> int:
        return 0 if pk is None else 1 + level(parents[pk])

    assert len(parents) == len(UNITS) == 14
    assert max(level(pk) for pk in parents) == 3


def test_the_city_as_shipped_is_of_the_size_of_an_agency(city):
    sizes = [unit.people for unit in UNITS]
    parser = load_command_class("buyin", "demo").create_parser("manage.py", "demo")

    assert (min(sizes), max(sizes), sum(sizes)) == (6, 400, 1200)
    assert parser.parse_args([]).people == sum(sizes)
    assert (len(PLANS), Initiative.objects.count()) == (5, 60)


def test_every_role_of_the_tour_can_sign_in(city, client):
    for address, *_rest in CAST:
        assert client.login(email=f"{address}@{DOMAIN}", password=PASSWORD), address
        assert client.get("/").status_code == 200


def test_nobody_else_has_a_password(city):
    others = User.objects.exclude(email__in=[f"{a}@{DOMAIN}" for a, *_rest in CAST])

    assert all(not person.has_usable_password() for person in others)


def test_three_waves_are_closed_and_some_people_did_not_answer(city):
    main = Initiative.objects.get(name=MAIN)
    closed = Wave.objects.filter(survey__initiative=main, closed_at__isnull=False)

    assert closed.count() == 3
    for wave in closed:
        asked = sum(wave.groups.values_list("asked", flat=True))
        assert 0.4 < wave.responses.count() / asked < 0.9


def test_the_staff_member_has_a_survey_to_answer(city):
    staff = User.objects.get(email=f"staff@{DOMAIN}")

    assert Wave.objects.awaiting(staff).exists()


def test_first_users_are_asked_by_a_tag_a_panel_and_addresses_and_are_under_the_target(city):
    wave = Wave.objects.get(survey__title__startswith="First users")
    field = field_of(wave)

    assert wave.rules["tags"]
    assert wave.rules["panels"]
    assert (wave.target, wave.reminders) == (60, 2)
    assert wave.invitations.filter(person=None).count() == 2
    assert list(wave.happenings.values_list("what", flat=True)) == ["published", "invited"]
    assert field.overall is not None
    assert field.overall.is_low


def test_small_departments_are_hidden_in_the_latest_snapshot(city):
    newest = latest()
    cell = SnapshotCell.objects.get(snapshot=newest, department__code="appeals", dimension="")

    assert not cell.is_released
    assert cell.value is None
    assert cell.answered is None


def test_readiness_rose_from_the_first_wave_to_the_last(city):
    whole = SnapshotCell.objects.filter(
        snapshot__initiative__name=MAIN, department__code="fairhaven", dimension=""
    ).order_by("snapshot__period")
    first, last = whole.first(), whole.last()

    assert first is not None
    assert last is not None
    assert first.value is not None
    assert last.value is not None
    assert last.value > first.value + 3


def test_the_latest_snapshot_knows_more_than_one_band(city):
    bands = SnapshotCell.objects.filter(snapshot=latest(), dimension="", is_released=True)

    assert bands.exclude(band=Band.NOT_ENOUGH).values("band").distinct().count() >= 2


def test_anonymous_waves_keep_no_small_group_apart(city):
    groups = (
        Response.objects.filter(wave__closed_at__isnull=False)
        .exclude(department__parent__isnull=True)
        .values("wave", "department")
        .annotate(people=Count("pk"))
    )

    assert not groups.filter(Q(people__lt=10)).exists()


def test_a_second_run_changes_nothing(city):
    before = counts()

    call_command("demo", people=600, stdout=StringIO())

    assert counts() == before


def test_the_command_names_the_accounts_and_the_password(city):
    out = StringIO()

    call_command("demo", people=600, stdout=out)

    assert "lead@demo.example" in out.getvalue()
    assert PASSWORD in out.getvalue()


def test_a_real_portal_refuses_the_demo_agency(settings):
    settings.EVALUATION = False
    settings.DEBUG = False
    before = User.objects.count()

    with pytest.raises(CommandError, match="EVALUATION=1"):
        call_command("demo")

    assert User.objects.count() == before


def test_the_demo_agency_can_be_written_as_json(city):
    """The answers are plain JSON by question code, as every other part expects them."""
    response = Response.objects.first()

    assert response is not None
    assert json.loads(json.dumps(response.answers)) == response.answers


def test_one_impact_assessment_is_finished_and_one_is_being_filled_in(city):
    done = ImpactAssessment.objects.finished().get()
    begun = ImpactAssessment.objects.begun().get()

    assert (done.left_open, done.level) == (0, 2)
    assert done.total == done.score.total
    assert begun.initiative.name == MAIN

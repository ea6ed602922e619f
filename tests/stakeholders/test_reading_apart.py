"""What pages find by a shorter way is what the rules of the models let each person read."""

import random
from datetime import timedelta

import pytest
from django.utils import timezone

from buyin.accounts.identity import PersonBackend
from buyin.accounts.models import Role, RoleAssignment, User
from buyin.initiatives.models import Initiative
from buyin.stakeholders.actions import look_for_lacks
from buyin.stakeholders.models import (
    Commitment,
    Engagement,
    Interest,
    PlannedActivity,
    Stakeholder,
)
from buyin.stakeholders.queries import happened, missing_page
from buyin.stakeholders.queries.fatigue import tired, tired_of
from buyin.stakeholders.queries.plans import next_planned
from tests.factories.commitments import make_commitment
from tests.factories.initiatives import InitiativeFactory
from tests.factories.people_on_board import make_met
from tests.factories.plan import make_activity
from tests.factories.stakeholders import ContactFactory, StakeholderFactory, make_assessed

VIEWERS = [
    *("lead", "administrator", "executive", "everywhere", "leading executive"),
    *("coordinator", "head", "leader", "staff", "neighbour"),
]
RULES = ["visible_to", "known_to", "changeable_by", "hidden_from", "of_others"]
# Many of them are out of the list for one reason or another.
STATES = ["", "", "", "", "archived_at", "erased_at", "merged_into"]


@pytest.fixture
def people(cast):
    """The cast, with a coordinator of all, a head of a department, and two who lead initiatives."""
    more = {}
    for name, role, home in (
        ("everywhere", Role.COORDINATOR, None),
        ("leading executive", Role.EXECUTIVE, None),
        ("head", Role.EXECUTIVE, cast.works),
        ("leader", None, cast.clinic),
    ):
        address = f"{name.replace(' ', '.')}@fairhaven.example"
        more[name] = User.objects.create(email=address, name=name, department=home)
        if role:
            RoleAssignment.objects.create(person=more[name], role=role, department=home)
    return cast.people | more


@pytest.fixture(params=[1, 2])
def draw(request):
    """What is drawn by chance, twice."""
    return random.Random(request.param)


@pytest.fixture
def agency(cast, people, draw):
    """Stakeholders of all places and states, some of them the people themselves, and what they did."""
    places = list(cast.departments.values())
    leads = [None, people["leader"], people["leading executive"]]
    initiatives = [
        InitiativeFactory(
            lead=draw.choice(leads),
            departments=draw.sample(places, 2),
            stage=draw.choice(["idea", "pilot", "deployed"]),
        )
        for _ in range(8)
    ]
    them = [StakeholderFactory(department=draw.choice([None, *places])) for _ in range(20)]
    for one in them[10:]:
        state = draw.choice(STATES)
        if state:
            gone = {state: them[0] if state == "merged_into" else timezone.now()}
            Stakeholder.objects.filter(pk=one.pk).update(**gone)
    them += [StakeholderFactory(person=ContactFactory(user=people[who])) for who in VIEWERS]
    for one in initiatives:
        for who in draw.sample(them, 8):
            make_assessed(stakeholder=who, initiative=one, current=draw.randint(0, 4), desired=4)
    _go_on(draw, list(people.values()), initiatives, them)
    return them


def _go_on(draw, people, initiatives, them):
    today = timezone.localdate()
    for _ in range(40):
        make_met(
            *draw.sample(them, 3),
            initiative=draw.choice([None, *initiatives]),
            day=today - timedelta(days=draw.randint(0, 40)),
            by=draw.choice(people),
            is_confidential=draw.random() < 0.5,
        )
        some = draw.sample(them, 2)
        about = draw.choice(initiatives)
        make_activity(*some, owner=draw.choice(people), due=draw.randint(-9, 9), initiative=about)
        make_commitment(stakeholder=some[0], initiative=about)


def opening(person):
    """Return somebody as a request knows them that opens a page."""
    found = PersonBackend().get_user(person.pk)
    assert found
    found.only_reads = True
    return found


def read_by(user):
    """Return the ids of all that the rules give somebody, by model and rule."""
    models = (Interest, Stakeholder, Commitment, PlannedActivity, Engagement, Initiative)
    found = {}
    for model in models:
        for rule in (name for name in RULES if hasattr(model.objects, name)):
            ids = getattr(model.objects, rule)(user).order_by().values("pk")
            rest = model.objects.exclude(pk__in=ids).order_by("pk").values_list("pk", flat=True)
            found[model.__name__, rule] = (sorted(one["pk"] for one in ids), list(rest))
    return found


def test_whoever_opens_a_page_reads_what_they_read_otherwise(people, agency):
    assert Interest.objects.hidden_from(people["leader"]).exists()
    for who in VIEWERS:
        assert read_by(opening(people[who])) == read_by(people[who]), who


def test_what_is_planned_and_promised_is_what_each_may_read(people, agency):
    today, ids = timezone.localdate(), [one.pk for one in agency]
    for who in VIEWERS:
        viewer = opening(people[who])
        planned: dict[int, PlannedActivity] = {}
        readable = PlannedActivity.objects.visible_to(people[who]).open()
        for activity in readable.order_by("-due_on", "-pk"):
            planned |= dict.fromkeys(activity.stakeholders.values_list("pk", flat=True), activity)
        promised = Commitment.objects.visible_to(people[who])

        assert next_planned(viewer, ids) == planned, who
        told = happened.promises(viewer, ids, today)
        assert set(told) == set(promised.values_list("stakeholder", "initiative")), who
        assert told == happened.promises(viewer, Stakeholder.objects.values("pk"), today), who


def test_who_had_much_contact_is_told_of_those_whom_each_works_with(people, agency):
    assert tired(opening(people["lead"]))
    for who in VIEWERS:
        known = Stakeholder.objects.current().known_to(people[who]).order_by("name", "pk")
        expected = [(one.stakeholder.pk, one.contact) for one in tired_of(known)]

        found = [(one.stakeholder.pk, one.contact) for one in tired(opening(people[who]))]
        assert found == expected, who


@pytest.mark.parametrize("stage", ["", "pilot"])
def test_where_somebody_is_missing_is_kept_as_it_is_found_now(people, agency, monkeypatch, stage):
    monkeypatch.setattr(missing_page, "PAGE", 2)
    look_for_lacks()
    seen = missing_page.page_of_missing(opening(people["executive"]), stage, "1")
    assert seen.looked_at
    for who in VIEWERS:
        viewer = opening(people[who])
        shown = [missing_page.page_of_missing(viewer, stage, n) for n in ("1", "2", "9")]
        is_kept = [one.looked_at is not None for one in shown]
        assert is_kept == [viewer.sees_agency] * 3, who
        told = [(one.page.paginator.count, said(one)) for one in shown]
        with monkeypatch.context() as patched:
            patched.setattr(missing_page, "_kept_page", lambda *_asked: None)
            now = [missing_page.page_of_missing(viewer, stage, n) for n in ("1", "2", "9")]
        assert told == [(one.page.paginator.count, said(one)) for one in now], who


def said(page):
    """Return what a page says of each initiative: what is missing, and the next step."""
    return [
        (one.initiative, [(lack.text, lack.action, lack.url) for lack in one.warnings])
        for one in page.rows
    ]


@pytest.mark.parametrize("method", ["get", "head"])
def test_whoever_comes_to_lead_or_leads_no_more_is_known_with_their_next_page(
    sign_in, people, method
):
    leader = people["leader"]
    themselves = StakeholderFactory(person=ContactFactory(user=leader))
    ours = make_assessed(stakeholder=themselves, current=1, desired=4)
    client = sign_in(leader)
    addresses = [f"/initiatives/{ours.initiative_id}/people/", "/stakeholders/", "/api/v1/contact/"]

    def leads(person):
        Initiative.objects.filter(pk=ours.initiative_id).update(lead=person)
        told = client.get("/stakeholders/")
        rows = told.context["page"].object_list if told.status_code == 200 else []
        codes = [getattr(client, method)(address).status_code for address in addresses]
        return codes, [stands.pk for one in rows for stands in one.seen]

    assert leads(people["staff"]) == ([404, 404, 200], [])
    assert leads(leader) == ([200, 200, 200], [ours.pk])
    assert leads(None) == ([404, 404, 200], [])

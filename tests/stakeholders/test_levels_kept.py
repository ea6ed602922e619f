"""Where levels and evidence disagree is kept: shown as it is now, and as each may read it."""

import random
from datetime import timedelta
from zoneinfo import ZoneInfo

import pytest
from django.utils import timezone

from buyin.accounts.models import Role, RoleAssignment, User
from buyin.stakeholders.actions import archive, assess, look_at_levels, unmerge
from buyin.stakeholders.actions.erasing import remove_person
from buyin.stakeholders.models import DisagreeingLevel, Interest, LevelsSearch, RemovalBasis
from buyin.stakeholders.queries import levels
from buyin.stakeholders.queries.disagreeing import disagreeing_ids
from tests.factories.initiatives import InitiativeFactory
from tests.factories.merging import merged
from tests.factories.people_on_board import make_met
from tests.factories.stakeholders import StakeholderFactory
from tests.stakeholders.test_disagreeing import (
    PAGE,
    ago,
    assess_by_chance,
    happen,
    shown_on,
    stands,
)

WIDE = ["lead", "administrator", "executive", "everywhere"]


@pytest.fixture
def ours(cast):
    return InitiativeFactory(name="Pothole finder", departments=[cast.roads])


@pytest.fixture
def people(cast):
    """Everybody, with a coordinator of the whole agency."""
    everywhere = User.objects.create(email="everywhere@fairhaven.example", name="Every Where")
    RoleAssignment.objects.create(person=everywhere, role=Role.COORDINATOR)
    return cast.people | {"everywhere": everywhere}


@pytest.fixture
def shown(client, people):
    """Return what somebody is shown: the interests, how many, and whether it is what was kept."""

    def read(who, **asked):
        client.force_login(people[who], backend="buyin.accounts.identity.PersonBackend")
        page = client.get(PAGE, asked)
        rows = shown_on(page)
        is_kept = page.context["looked_at"] is not None
        assert ("Looked for on" in " ".join(page.text.split())) is is_kept
        return rows, page.context["page"].paginator.count, is_kept

    return read


def kept():
    rows = DisagreeingLevel.objects.order_by("interest")
    return list(rows.values_list("interest", "many", "many_open"))


def talks(interest, mood, *days, by=None, is_confidential=True):
    for day in days:
        make_met(interest.stakeholder, initiative=interest.initiative, sentiment=mood, by=by,
                 day=ago(day), is_confidential=is_confidential)  # fmt: skip


# Shown to each as they may read it


@pytest.mark.parametrize("seed", range(3))
def test_what_is_kept_is_what_is_found_now_in_the_same_order(shown, people, cast, ours, seed):
    draw = random.Random(seed)
    places = [ours, *(InitiativeFactory() for _n in range(2))]
    made = [StakeholderFactory(department=cast.roads) for _n in range(15)]
    assess_by_chance(draw, made, places)
    happen(cast, draw, places, made)
    look_at_levels()

    for who in WIDE:
        mine = Interest.objects.visible_to(people[who])
        expected = list(disagreeing_ids(people[who], mine))
        rows, count, is_kept = shown(who)
        assert ([one.pk for one in rows], count, is_kept) == (expected, len(expected), True)


def test_what_a_confidential_talk_weighs_is_told_to_nobody_who_does_not_read_it(shown, cast, ours):
    one = stands(ours, "Rob Roads", 4, department=cast.roads)
    talks(one, -2, 9, 5, by=cast.lead)
    look_at_levels()

    assert kept() == [(one.pk, 1, 0)]
    for who in ("lead", "administrator"):
        assert shown(who) == ([one], 1, True)
    for who in ("executive", "everywhere"):
        assert shown(who) == ([], 0, True)
    assert shown("coordinator") == ([], 0, False)


def test_what_a_confidential_talk_sets_right_is_still_told_to_who_does_not_read_it(
    shown, cast, ours
):
    one = stands(ours, "Rob Roads", 4, department=cast.roads)
    talks(one, -2, 9, 8, is_confidential=False)
    talks(one, 2, 5, by=cast.lead)
    look_at_levels()

    assert kept() == [(one.pk, 0, 1)]
    assert shown("lead") == ([], 0, True)
    assert shown("executive") == ([one], 1, True)


def test_nor_does_the_order_tell_it(shown, monkeypatch, cast, ours):
    monkeypatch.setattr(levels, "PAGE", 2)
    first = stands(ours, "A", 0, met=5)
    heavy = stands(ours, "B", 0, met=5)
    other = InitiativeFactory(name="Letter reader")
    cold = stands(other, "C", 4, assessed=200)
    Interest.objects.filter(pk=cold.pk).update(assessed_on=ago(300))
    talks(cold, -2, 290, 280, by=cast.lead)
    look_at_levels()

    assert kept() == [(first.pk, 1, 1), (heavy.pk, 1, 1), (cold.pk, 2, 1)]
    assert shown("lead") == ([cold, first], 3, True)
    assert shown("executive") == ([first, heavy], 3, True)


@pytest.mark.parametrize("who", ["executive", "everywhere"])
@pytest.mark.parametrize("why", ["noted", "leads"])
def test_who_reads_one_confidential_talk_is_told_what_it_weighs_and_no_other(
    shown, people, cast, ours, who, why
):
    one, other = stands(ours, "A", 4), stands(InitiativeFactory(), "B", 4)
    talks(other, -2, 9, 5, by=cast.lead)
    talks(one, -2, 9, 5, by=people[who] if why == "noted" else cast.lead)
    ours.lead = people[who] if why == "leads" else None
    ours.save()
    look_at_levels()

    assert shown(who) == ([one], 1, False)


def test_a_confidential_talk_of_which_nobody_said_how_it_went_makes_no_difference(
    shown, people, ours
):
    one = stands(ours, "A", 0)
    talks(one, None, 9, by=people["executive"])
    look_at_levels()

    assert shown("executive") == ([one], 1, True)


@pytest.mark.parametrize("who", ["executive", "everywhere"])
def test_nobody_is_told_how_they_stand_themselves_unless_they_lead_it(
    shown, people, cast, ours, who
):
    other = stands(ours, "A", 4)
    own = stands(ours, "B", 4)
    person = own.stakeholder.person
    person.user = people[who]
    person.save()
    look_at_levels()

    assert shown(who) == ([other], 1, True)
    assert shown(who, initiative=ours.pk) == ([other], 1, True)
    assert shown("lead") == ([other, own], 2, True)
    ours.lead = people[who]
    ours.save()
    assert shown(who) == ([other, own], 2, True)


def test_an_account_that_is_somebodys_only_since_is_told_nothing_of_them_either(
    shown, people, ours
):
    own = stands(ours, "A", 4)
    look_at_levels()
    assert shown("executive") == ([own], 1, True)
    person = own.stakeholder.person

    person.user = people["executive"]
    person.save()

    assert shown("executive") == ([], 0, True)


def test_who_sees_a_part_only_is_shown_what_is_found_now(shown, people, cast, ours):
    mine = stands(ours, "A", 4, department=cast.roads)
    stands(InitiativeFactory(departments=[cast.clinic]), "B", 4, department=cast.clinic)
    ours.lead = people["neighbour"]
    ours.save()
    look_at_levels()

    assert shown("coordinator") == ([mine], 1, False)
    assert shown("neighbour") == ([mine], 1, False)


# What changed since


CHANGES = {
    "assessed again": lambda cast, one: assess(
        actor=cast.lead, about=one, on=ago(0), current=4, rationale="Spoke"
    ),
    "met": lambda _cast, one: make_met(one.stakeholder, initiative=one.initiative, day=ago(0)),
    "archived": lambda cast, one: archive(actor=cast.lead, stakeholder=one.stakeholder),
    "merged": lambda cast, one: merged(
        cast.lead, StakeholderFactory(name="Twin", department=cast.roads), one.stakeholder
    ).pk and Interest.objects.filter(stakeholder__name="Twin").update(assessed_on=ago(0)),
    "removed": lambda cast, one: remove_person(
        actor=cast.administrator, stakeholder=one.stakeholder, basis=RemovalBasis.WISH
    ),
    "deleted": lambda _cast, one: one.delete(),
}  # fmt: skip


@pytest.mark.parametrize("change", CHANGES)
@pytest.mark.parametrize("who", ["lead", "executive"])
def test_who_is_not_to_be_looked_at_any_more_is_not_shown_however_lately_it_was_looked(
    shown, cast, ours, change, who
):
    one = stands(ours, "A", 4, department=cast.roads)
    other = stands(ours, "B", 4)
    look_at_levels()
    assert shown(who) == ([one, other], 2, True)

    CHANGES[change](cast, one)

    assert shown(who) == ([other], 1, False)
    look_at_levels()
    assert shown(who) == ([other], 1, True)


def test_where_more_speaks_against_a_level_than_was_kept_all_is_looked_for_now(shown, cast, ours):
    one, other = stands(ours, "A", 4), stands(ours, "B", 4)
    look_at_levels()

    talks(other, -2, 290, 280, by=cast.lead, is_confidential=False)

    assert shown("lead") == ([other, one], 2, False)


def test_a_merge_that_is_undone_brings_the_level_back_with_the_next_look(shown, cast, ours):
    one = stands(ours, "A", 4, department=cast.roads)
    record = merged(cast.lead, StakeholderFactory(department=cast.roads), one.stakeholder)
    look_at_levels()
    assert one.pk not in {row[0] for row in kept()}

    unmerge(actor=cast.lead, record=record)
    look_at_levels()

    assert shown("lead") == ([one], 1, True)


def test_a_new_one_comes_with_the_next_look(shown, ours):
    one = stands(ours, "A", 4)
    look_at_levels()
    other = stands(ours, "B", 4)

    assert shown("lead") == ([one], 1, True)
    look_at_levels()
    assert shown("lead") == ([one, other], 2, True)


@pytest.mark.parametrize("still", ["never looked", "six minutes ago", "of yesterday"])
def test_where_nothing_was_kept_lately_it_is_looked_for_now(shown, ours, still):
    stands(ours, "A", 4)
    look_at_levels()
    fresh = stands(ours, "B", 4)
    {
        "never looked": lambda: LevelsSearch.objects.all().delete(),
        "six minutes ago": lambda: LevelsSearch.objects.update(
            made_at=timezone.now() - timedelta(minutes=6)
        ),
        "of yesterday": lambda: LevelsSearch.objects.update(day=ago(1)),
    }[still]()

    rows, count, is_kept = shown("lead")
    assert (rows[-1], count, is_kept) == (fresh, 2, False)


def test_who_has_another_day_by_now_is_shown_what_is_found_for_theirs(shown, people, ours):
    one = stands(ours, "A", 4)
    look_at_levels()
    away = [ZoneInfo(name) for name in ("Pacific/Kiritimati", "Pacific/Pago_Pago")]
    other = next(zone for zone in away if timezone.localdate(timezone=zone) != ago(0))
    people["lead"].time_zone = other.key
    people["lead"].save()

    assert shown("lead") == ([one], 1, False)


# Part of it


def test_it_is_cut_by_initiative(shown, ours):
    theirs = InitiativeFactory(name="Letter reader")
    mine, other = stands(ours, "A", 4), stands(theirs, "B", 4)
    look_at_levels()

    assert shown("lead", initiative=ours.pk) == ([mine], 1, True)
    assert shown("executive", initiative=theirs.pk) == ([other], 1, True)


@pytest.mark.parametrize("who", ["lead", "executive"])
def test_the_second_page_goes_on_where_the_first_ended(shown, monkeypatch, ours, who):
    monkeypatch.setattr(levels, "PAGE", 2)
    made = [stands(ours, f"S{number}", 4) for number in range(5)]
    look_at_levels()

    pages = [shown(who, page=page) for page in (1, 2, 3)]

    assert pages == [(made[:2], 5, True), (made[2:4], 5, True), (made[4:], 5, True)]


@pytest.mark.parametrize(("who", "queries"), [("lead", 7), ("executive", 8)])
@pytest.mark.parametrize("count", [1, 3])
def test_one_and_three_need_as_many_queries(
    sign_in, ours, django_assert_num_queries, who, queries, count
):
    for number in range(count):
        stands(ours, f"S{number}", 4)
    look_at_levels()
    client = sign_in(who)

    with django_assert_num_queries(queries):
        page = client.get(PAGE)
    assert page.context["looked_at"]
    assert len(page.context["rows"]) == count

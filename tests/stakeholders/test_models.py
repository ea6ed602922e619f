"""What the database lets nobody write, and who sees which stakeholder."""

from datetime import date

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from buyin.accounts.models import Role
from buyin.stakeholders.models import (
    Assessment,
    Interest,
    Post,
    Raci,
    Relationship,
    Stakeholder,
)
from tests.factories.accounts import RoleFactory
from tests.factories.initiatives import InitiativeFactory
from tests.factories.stakeholders import (
    ContactFactory,
    GroupFactory,
    InterestFactory,
    OrganisationFactory,
    PostFactory,
    StakeholderFactory,
    make_assessed,
)

pytestmark = pytest.mark.django_db


def refused(model):
    """Return what a form says of it, after the database refused it, too."""
    with pytest.raises(IntegrityError), transaction.atomic():
        model.save()
    with pytest.raises(ValidationError) as problem:
        model.full_clean()
    return " ".join(problem.value.messages)


@pytest.mark.parametrize("parts", ["", "person organisation", "organisation group"])
def test_a_stakeholder_is_exactly_one_of_three(parts):
    made = {"person": ContactFactory, "organisation": OrganisationFactory, "group": GroupFactory}
    whole = Stakeholder(name="A", category="it", **{part: made[part]() for part in parts.split()})

    assert "one person, one organisation or one group" in refused(whole)


@pytest.mark.parametrize("score", ["power", "interest", "legitimacy", "urgency", "impact"])
@pytest.mark.parametrize("value", [0, 6])
def test_scores_go_from_1_to_5(score, value):
    interest = InterestFactory()
    setattr(interest, score, value)

    assert "1 to 5" in refused(interest)


@pytest.mark.parametrize("value", [0, 5])
def test_nobody_is_wanted_to_be_unaware_or_beyond_leading(value):
    interest = InterestFactory()
    interest.desired = value

    assert refused(interest)


def test_not_assessed_is_no_score():
    interest = InterestFactory()
    interest.full_clean()

    assert (interest.quadrant, interest.salience, interest.gap) == (None, None, None)


def test_a_stakeholder_is_on_an_initiative_s_list_once():
    first = InterestFactory()

    again = Interest(stakeholder=first.stakeholder, initiative=first.initiative)

    assert "on the initiative's list already" in refused(again)


def test_an_assessment_keeps_to_the_same_scale():
    wrong = Assessment(about=InterestFactory(), assessed_on=date(2026, 1, 1), power=9)

    assert "1 to 5" in refused(wrong)


def test_a_post_is_somewhere_and_does_not_end_before_it_starts(cast):
    nowhere = Post(person=ContactFactory(), title="Clerk")
    turned = PostFactory.build(
        person=nowhere.person,
        department=cast.roads,
        starts_on=date(2026, 2, 2),
        ends_on=date(2026, 1, 1),
    )

    assert "in which organisation or department" in refused(nowhere)
    assert "before it starts" in refused(turned)


def test_the_newest_post_comes_first_and_one_without_a_start_last(cast):
    person = ContactFactory()
    days = [None, date(2024, 1, 1), date(2026, 1, 1)]
    made = [PostFactory(person=person, department=cast.roads, starts_on=day) for day in days]

    assert list(person.posts.all()) == made[::-1]


def test_posts_that_ended_are_held_no_more(cast):
    held = PostFactory(department=cast.roads)
    PostFactory(department=cast.roads, ends_on=date(2020, 1, 1))

    assert list(Post.objects.held()) == [held]


def test_nobody_is_merged_into_themselves():
    person = ContactFactory()
    person.merged_into = person

    assert "merged into themselves" in refused(person)


def test_a_relation_is_between_two():
    one = StakeholderFactory()

    assert "two different" in refused(Relationship(first=one, second=one, kind="advises"))


def test_a_relation_of_a_kind_is_open_once_and_may_come_back_after_it_ended():
    one, other = StakeholderFactory(), StakeholderFactory()
    first = Relationship.objects.create(first=one, second=other, kind="advises")
    again = Relationship(first=one, second=other, kind="advises")

    assert "noted already" in refused(again)
    first.ends_on = date(2026, 1, 1)
    first.save()
    again.save()


def test_one_at_most_is_accountable_for_a_deliverable_however_it_is_capitalised():
    one = InterestFactory()
    Raci.objects.create(
        initiative=one.initiative, deliverable="Go-live", stakeholder=one.stakeholder, part="A"
    )
    second = Raci(
        initiative=one.initiative,
        deliverable="go-LIVE",
        stakeholder=StakeholderFactory(),
        part="A",
    )

    assert "accountable for this deliverable already" in refused(second)
    second.part = "R"
    second.save()


# Who sees whom


def names(found):
    return {stakeholder.name for stakeholder in found}


@pytest.fixture
def three(cast):
    """One of Roads, one of Clinic, one of nowhere."""
    StakeholderFactory(name="Ruth Roads", department=cast.roads)
    StakeholderFactory(name="Carl Clinic", department=cast.clinic)
    StakeholderFactory(name="Vera Vendor")


EVERYBODY = {"Ruth Roads", "Carl Clinic", "Vera Vendor"}


@pytest.mark.parametrize(
    ("persona", "seen", "changed"),
    [
        ("lead", EVERYBODY, EVERYBODY),
        ("administrator", EVERYBODY, EVERYBODY),
        ("executive", EVERYBODY, set()),
        ("coordinator", {"Ruth Roads"}, {"Ruth Roads"}),
        ("staff", set(), set()),
        ("trainer", set(), set()),
        ("moderator", set(), set()),
        ("deactivated", set(), set()),
    ],
)
def test_roles_say_whom_somebody_sees_and_changes(cast, three, persona, seen, changed):
    person = cast.people[persona]
    if persona == "deactivated":
        person.is_active = False

    assert names(Stakeholder.objects.visible_to(person)) == seen
    assert names(Stakeholder.objects.known_to(person)) == seen
    assert names(Stakeholder.objects.changeable_by(person)) == changed


@pytest.mark.parametrize(
    ("role", "changes"),
    [(Role.LEAD, True), (Role.ADMINISTRATOR, True), (Role.EXECUTIVE, False)],
)
def test_a_role_for_a_department_reaches_its_stakeholders(cast, three, role, changes):
    RoleFactory(person=cast.neighbour, role=role, department=cast.health)

    assert names(Stakeholder.objects.visible_to(cast.neighbour)) == {"Carl Clinic"}
    assert bool(Stakeholder.objects.changeable_by(cast.neighbour)) == changes


def test_who_leads_an_initiative_sees_and_changes_those_with_an_interest_in_it(cast, three):
    vera = Stakeholder.objects.get(name="Vera Vendor")
    own = InitiativeFactory(lead=cast.staff)
    InterestFactory(stakeholder=vera, initiative=own)
    elsewhere = InterestFactory(stakeholder=vera)

    assert names(Stakeholder.objects.visible_to(cast.staff)) == {"Vera Vendor"}
    assert names(Stakeholder.objects.changeable_by(cast.staff)) == {"Vera Vendor"}
    assert elsewhere not in Interest.objects.visible_to(cast.staff)
    assert [i.initiative for i in Interest.objects.changeable_by(cast.staff)] == [own]


def test_staff_see_their_own_record_but_not_what_is_thought_of_them(cast):
    own = StakeholderFactory(person__user=cast.staff, department=cast.roads)
    make_assessed(stakeholder=own, power=2)

    assert list(Stakeholder.objects.visible_to(cast.staff)) == [own]
    assert list(Stakeholder.objects.known_to(cast.staff)) == []
    assert list(Stakeholder.objects.changeable_by(cast.staff)) == []
    assert list(Interest.objects.visible_to(cast.staff)) == []


def test_a_coordinator_sees_interests_in_initiatives_that_they_may_open(cast):
    ruth = StakeholderFactory(department=cast.roads)
    near = InterestFactory(stakeholder=ruth, initiative=InitiativeFactory(departments=[cast.works]))
    InterestFactory(stakeholder=ruth, initiative=InitiativeFactory(departments=[cast.clinic]))

    assert list(Interest.objects.visible_to(cast.coordinator)) == [near]
    assert list(Interest.objects.changeable_by(cast.coordinator)) == [near]
    assert Interest.objects.visible_to(cast.executive).count() == 2
    assert Interest.objects.changeable_by(cast.executive).count() == 0

"""Two records that are one: compared, merged field by field, and everything that is noted moves."""

from datetime import date, timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.apps import apps
from django.core.exceptions import PermissionDenied, ValidationError
from django.utils import timezone

from buyin.stakeholders.actions import add_post, merge, note_engagement, relate, save_stakeholder
from buyin.stakeholders.actions.moving import STAYS, keys_of
from buyin.stakeholders.models import (
    Assessment,
    Commitment,
    ConsentEvent,
    Engagement,
    Group,
    Interest,
    MergeRecord,
    Organisation,
    Participation,
    Person,
    Post,
    Raci,
    Relationship,
    Stakeholder,
    hanging_on,
)
from buyin.stakeholders.queries.comparing import mark_of
from tests.factories.initiatives import InitiativeFactory
from tests.factories.merging import DAY, FACTS, fresh, make_twins, merged, note
from tests.factories.stakeholders import (
    GroupFactory,
    OrganisationFactory,
    PostFactory,
    StakeholderFactory,
    make_assessed,
)

LIST = "/stakeholders/"


@pytest.fixture
def twins(cast):
    return make_twins(cast.roads)


@pytest.fixture
def initiative(cast):
    return InitiativeFactory(name="Pothole finder", departments=[cast.roads])


def address(kept, absorbed):
    return f"{LIST}{kept.pk}/merge/{absorbed.pk}/"


def typed(client, kept, absorbed, **chosen):
    """Return what the page of two sends, with these choices."""
    form = client.get(address(kept, absorbed)).context["form"]
    found = {name: form[name].value() for name in form.fields}
    return {**found, **{f"keep_{name}": value for name, value in chosen.items()}}


# The page


@pytest.mark.parametrize("who", ["lead", "administrator"])
def test_two_are_compared_and_merged_and_the_old_address_leads_to_the_one(
    sign_in, cast, twins, who
):
    kept, absorbed = twins
    client = sign_in(who)
    shown = client.get(address(kept, absorbed)).text
    assert shown.count("differs") == 1

    answer = client.post(address(kept, absorbed), typed(client, kept, absorbed, name="absorbed"))

    record = MergeRecord.objects.get()
    assert answer.url == f"{LIST}merges/{record.pk}/"
    assert (record.kept, record.absorbed, record.made_by) == (kept, absorbed, cast.people[who])
    assert client.get(f"{LIST}{absorbed.pk}/").url == f"{LIST}{kept.pk}/"
    assert "Ruth Raods" in client.get(f"{LIST}{kept.pk}/").text
    assert client.get(f"{LIST}?q=Ruth&state=all").text.count('<th scope="row">') == 1


def test_the_form_sent_twice_merges_once_and_leads_to_what_was_done(sign_in, twins):
    client = sign_in("lead")
    sent = typed(client, *twins)

    answers = [client.post(address(*twins), sent) for _sent in range(2)]

    assert MergeRecord.objects.count() == 1
    assert answers[0].url == answers[1].url


def test_the_action_called_twice_with_one_form_merges_once(cast, twins):
    form = uuid4()
    said: dict[str, Any] = {"choices": {}, "seen": mark_of(*twins), "made_by_form": form}

    records = [
        merge(actor=cast.lead, kept=twins[0], absorbed=twins[1], **said) for _sent in range(2)
    ]

    assert records[0] == records[1]


def test_who_changed_one_of_the_two_meanwhile_is_not_overrun(sign_in, twins):
    client = sign_in("lead")
    sent = typed(client, *twins, name="absorbed")
    Person.objects.filter(pk=twins[0].person_id).update(phone="0815")
    Person.objects.filter(pk=twins[1].person_id).update(phone="4711")

    answer = client.post(address(*twins), sent)

    assert "Somebody has changed one of the two meanwhile." in answer.text
    assert "4711" in answer.text
    form = answer.context["form"]
    assert form["keep_name"].value() == "absorbed"
    again = {name: form[name].value() or "" for name in form.fields} | {"keep_phone": "absorbed"}
    assert not MergeRecord.objects.exists()
    client.post(address(*twins), again)
    assert fresh(twins[0])[0].person.phone == "4711"


def test_what_was_compared_before_a_change_is_merged_by_no_caller(cast, twins):
    seen = mark_of(*twins)
    Person.objects.filter(pk=twins[1].person_id).update(phone="4711")

    with pytest.raises(ValidationError, match="changed one of the two meanwhile"):
        merge(actor=cast.lead, kept=twins[0], absorbed=twins[1], choices={}, seen=seen)
    assert not MergeRecord.objects.exists()


def test_a_choice_that_there_is_not_is_refused_at_its_field(sign_in, twins):
    client = sign_in("lead")

    answer = client.post(address(*twins), typed(client, *twins, name="both"))

    assert set(answer.context["form"].errors) == {"keep_name"}
    assert not MergeRecord.objects.exists()


@pytest.mark.parametrize("who", ["staff", "coordinator", "executive", "trainer"])
def test_others_merge_nothing(sign_in, cast, twins, who):
    client = sign_in(who)

    assert client.post(address(*twins), {}).status_code == 404
    with pytest.raises(PermissionDenied):
        merged(cast.people[who], *twins)


def test_a_person_is_not_merged_with_an_organisation_nor_with_themselves(sign_in, twins):
    union = StakeholderFactory(person=None, organisation=OrganisationFactory(), name="Union")
    client = sign_in("lead")

    assert client.get(address(twins[0], union)).status_code == 404
    assert client.get(address(twins[0], twins[0])).status_code == 404


def test_two_open_accounts_are_two_people(sign_in, cast, twins):
    for one, user in zip(twins, (cast.staff, cast.neighbour), strict=True):
        Person.objects.filter(pk=one.person_id).update(user=user)
    client = sign_in("lead")

    answer = client.post(address(*twins), typed(client, *twins))

    assert "Both have an account that is open." in answer.text
    cast.staff.is_active = False
    cast.staff.save()
    client.post(address(*twins), typed(client, *twins))
    assert fresh(twins[0])[0].person.user == cast.neighbour


# What moves


def test_everything_that_is_noted_moves_and_nothing_is_left(cast, twins, initiative):
    kept, absorbed = twins
    third = StakeholderFactory()
    for number, kind in enumerate(FACTS):
        note((kind, number), absorbed, kept, third, initiatives=[initiative], cast=cast)

    merged(cast.lead, kept, absorbed)

    for row in [*fresh(absorbed), Person.objects.get(pk=absorbed.person_id)]:
        left = [
            (rows.model.__name__, field)
            for rows, field in hanging_on(row)
            if (rows.model, field) not in STAYS and rows.exists()
        ]
        assert left == []
    assert {one.person for one in Post.objects.all()} == {kept.person}
    assert Commitment.objects.get().stakeholder == kept
    assert kept.tags.exists()
    assert Group.objects.get().members.get() == kept.person
    assert Engagement.objects.get().points.exists()


def test_what_both_have_of_one_initiative_is_joined_and_the_newest_counts(cast, twins, initiative):
    kept, absorbed = twins
    make_assessed(stakeholder=kept, initiative=initiative, on=DAY, current=1, why="First")
    later = DAY + timedelta(days=9)
    make_assessed(stakeholder=absorbed, initiative=initiative, on=later, current=3, why="Then")

    merged(cast.lead, kept, absorbed)

    about = Interest.objects.get()
    assert (about.stakeholder, about.current, about.assessed_on) == (kept, 3, later)
    assert [one.rationale for one in about.assessments.all()] == ["Then", "First"]


def test_what_was_never_assessed_takes_over_what_stands_there(cast, twins, initiative):
    kept, absorbed = twins
    Interest.objects.create(stakeholder=kept, initiative=initiative)
    Interest.objects.create(stakeholder=absorbed, initiative=initiative, power=4)

    merged(cast.lead, kept, absorbed)

    assert Interest.objects.get().power == 4


def test_relations_to_oneself_and_the_same_ones_become_one(cast, twins):
    kept, absorbed = twins
    boss = StakeholderFactory(name="Bo Boss")
    Relationship.objects.create(first=kept, second=absorbed, kind="influences")
    Relationship.objects.create(first=boss, second=kept, kind="advises", starts_on=DAY)
    earlier = DAY - timedelta(days=30)
    Relationship.objects.create(
        first=boss, second=absorbed, kind="advises", strength=3, starts_on=earlier
    )
    Relationship.objects.create(first=absorbed, second=boss, kind="advises", ends_on=DAY)

    merged(cast.lead, kept, absorbed)

    found = {
        (one.first, one.second, one.strength, one.starts_on, one.ends_on)
        for one in Relationship.objects.all()
    }
    assert found == {(boss, kept, 3, earlier, None), (kept, boss, 2, None, DAY)}


def test_one_stays_accountable_and_the_same_part_becomes_one(cast, twins, initiative):
    kept, absorbed = twins
    for one, name, part in (
        (kept, "Go-live", "R"), (absorbed, "GO-LIVE", "R"), (absorbed, "Go-live", "A"),
        (kept, "Plan", "I"),
    ):  # fmt: skip
        Raci.objects.create(initiative=initiative, stakeholder=one, deliverable=name, part=part)

    merged(cast.lead, kept, absorbed)

    assert sorted((one.deliverable, one.part) for one in Raci.objects.all()) == [
        ("Go-live", "A"), ("Go-live", "R"), ("Plan", "I"),
    ]  # fmt: skip
    assert {one.stakeholder for one in Raci.objects.all()} == {kept}


def test_who_took_part_twice_took_part_once(cast, twins):
    note_engagement(
        actor=cast.lead, participants=twins, kind="call", day=DAY, summary="Spoke with both"
    )

    merged(cast.lead, *twins)

    assert Participation.objects.get().stakeholder == twins[0]


def test_a_no_that_is_newer_counts_for_both(cast, twins):
    for one, kind, days in ((twins[0], "given", 9), (twins[1], "withdrawn", 2)):
        at = timezone.now() - timedelta(days=days)
        ConsentEvent.objects.create(person=one.person, kind=kind, basis="Mail", at=at)
        Person.objects.filter(pk=one.person_id).update(contact_permitted=kind == "given")

    merged(cast.lead, *fresh(*twins))

    assert fresh(twins[0])[0].person.contact_permitted is False
    assert ConsentEvent.objects.filter(person=twins[0].person).count() == 2


def test_a_no_without_a_note_counts_before_a_yes(cast, twins):
    for one, answer in zip(twins, (True, False), strict=True):
        Person.objects.filter(pk=one.person_id).update(contact_permitted=answer)

    merged(cast.lead, *fresh(*twins))

    assert fresh(twins[0])[0].person.contact_permitted is False


def test_empty_fields_are_filled_and_full_ones_stay(cast, twins):
    kept, absorbed = twins
    Person.objects.filter(pk=kept.person_id).update(email="", phone="0815")
    Person.objects.filter(pk=absorbed.person_id).update(phone="4711", locale="es")
    Stakeholder.objects.filter(pk=absorbed.pk).update(owner=cast.staff, cadence=30, channel="call")

    merged(cast.lead, *fresh(kept, absorbed))

    [found] = fresh(kept)
    assert (found.person.email, found.person.phone, found.person.locale) == (
        "ruth@example.org",
        "0815",
        "es",
    )
    assert (found.owner, found.cadence, found.channel) == (cast.staff, 30, "call")


def test_the_newest_post_of_both_says_where_they_belong(cast, twins):
    PostFactory(person=twins[0].person, department=cast.roads, starts_on=date(2024, 1, 1))
    PostFactory(person=twins[1].person, department=cast.clinic, starts_on=date(2025, 1, 1))

    merged(cast.lead, *twins)

    assert fresh(twins[0])[0].department == cast.clinic


def test_the_same_post_becomes_one(cast, twins):
    for one in twins:
        PostFactory(person=one.person, title="Engineer", department=cast.roads)

    merged(cast.lead, *twins)

    assert Post.objects.get().person == twins[0].person


def test_who_is_archived_comes_back_when_the_other_is_current(cast, twins):
    Stakeholder.objects.filter(pk=twins[0].pk).update(archived_at=timezone.now())

    merged(cast.lead, *fresh(*twins))

    assert fresh(twins[0])[0].archived_at is None


def test_organisations_and_groups_are_merged_and_a_name_means_the_one_that_stays(cast):
    made = [OrganisationFactory(name=name) for name in ("Vast Vision", "Vast Vision Ltd")]
    both = [StakeholderFactory(person=None, organisation=one, name=one.name) for one in made]
    post = PostFactory(organisation=made[1])
    merged(cast.lead, *both)
    person = StakeholderFactory()

    add_post(actor=cast.lead, stakeholder=person, title="Clerk", organisation="vast vision ltd")

    post.refresh_from_db()
    assert {post.organisation, person.person.posts.get().organisation} == {made[0]}
    assert Organisation.objects.count() == 2
    groups = [GroupFactory(name=name, department=cast.roads) for name in ("Nights", "Night shift")]
    pair = [StakeholderFactory(person=None, group=one, name=one.name) for one in groups]
    merged(cast.lead, *pair, name="absorbed")
    assert fresh(pair[0])[0].name == "Night shift"


def test_nobody_writes_to_who_was_merged(cast, twins, initiative):
    merged(cast.lead, *twins)
    gone = twins[1]

    for write in (
        lambda: save_stakeholder(actor=cast.lead, stakeholder=gone, said={"name": "Rudy"}),
        lambda: relate(actor=cast.lead, first=StakeholderFactory(), second=gone, kind="advises"),
        lambda: note_engagement(
            actor=cast.lead, participants=[gone], kind="call", day=DAY, summary="Spoke"
        ),
    ):
        with pytest.raises(PermissionDenied):
            write()
    assert not Assessment.objects.exists()


def test_each_table_whose_rows_become_one_is_known():
    """A new table with a rule of "only one" has to say here what happens to two of them."""
    registry = apps.get_app_config("stakeholders").get_models()
    found = {
        (rows.model.__name__, field)
        for model in (Stakeholder, Person, Organisation, Group)
        for rows, field in hanging_on(model(pk=1))
        if (rows.model, field) not in STAYS and keys_of(rows.model, field)
    }
    assert Stakeholder in registry
    assert found == {
        ("Group_members", "person"), ("Interest", "stakeholder"), ("Participation", "stakeholder"),
        ("Post", "organisation"), ("Post", "person"), ("Raci", "stakeholder"),
        ("Relationship", "first"), ("Relationship", "second"), ("Stakeholder_tags", "stakeholder"),
        ("Group_members", "group"), ("PlannedActivity_stakeholders", "stakeholder"),
        ("LegalHold", "person"),
    }  # fmt: skip

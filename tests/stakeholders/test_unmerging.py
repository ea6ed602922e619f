"""A merge that is undone leaves everything as it was, and what came since where it is."""

from datetime import UTC, date, datetime

import pytest
from django.core.exceptions import ValidationError
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from buyin.stakeholders.actions import assess, note_consent, note_engagement, unmerge
from buyin.stakeholders.models import (
    Assessment,
    Commitment,
    ConsentKind,
    Interest,
    MergeRecord,
    Participation,
    Person,
    Raci,
    Relationship,
    Stakeholder,
)
from buyin.stakeholders.queries.merges import stayed
from tests.factories.initiatives import InitiativeFactory
from tests.factories.merging import DAY, FACTS, fresh, make_twins, merged, note
from tests.factories.stakeholders import StakeholderFactory, make_assessed
from tests.stakeholders.rows import all_rows

MOMENT = datetime(2026, 4, 1, 12, tzinfo=UTC)
NOTED = st.lists(
    st.tuples(st.sampled_from(FACTS), st.integers(0, 11), st.integers(0, 1)), max_size=14
)
CHOICES = st.dictionaries(
    st.sampled_from(("name", "email", "phone", "category", "owner", "channel", "cadence")),
    st.sampled_from(("kept", "absorbed")),
)
FIELDS = st.fixed_dictionaries(
    {
        "phone": st.sampled_from(("", "12", "34")),
        "account": st.booleans(),
        "cadence": st.sampled_from((None, 7, 30)),
        "archived": st.booleans(),
    }
)


@pytest.fixture
def initiatives(cast):
    return [InitiativeFactory(departments=[cast.roads]) for _ in range(2)]


@pytest.fixture
def twins(cast):
    return make_twins(cast.roads)


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(noted=NOTED, choices=CHOICES, both=st.tuples(FIELDS, FIELDS))
def test_a_merge_that_is_undone_leaves_every_row_as_it_was(cast, initiatives, noted, choices, both):
    with transaction.atomic():
        pair, third = make_twins(cast.roads), StakeholderFactory()
        for one, said, user in zip(pair, both, (cast.staff, None), strict=True):
            one.person.phone, one.cadence = said["phone"], said["cadence"]
            one.person.user = user if said["account"] else None
            one.archived_at = MOMENT if said["archived"] else None
            one.person.save()
            one.save()
        for kind, number, whose in noted:
            whom, other = pair[whose], pair[1 - whose]
            note((kind, number), whom, other, third, initiatives=initiatives, cast=cast)
        before = all_rows()

        record = merged(cast.lead, *pair, **choices)
        between = all_rows()
        unmerge(actor=cast.lead, record=record)

        assert all_rows() == before
        assert record.snapshot
        assert between != before
        assert MergeRecord.objects.get(pk=record.pk).stayed == []
        transaction.set_rollback(True)


def test_what_was_noted_since_stays_with_the_one_that_was_kept(cast, twins, initiatives):
    kept, absorbed = twins
    make_assessed(stakeholder=absorbed, initiative=initiatives[0], current=1, on=DAY)
    record = merged(cast.lead, kept, absorbed)
    about = Interest.objects.get(stakeholder=kept)
    assess(actor=cast.lead, about=about, on=date(2026, 5, 5), current=3)
    note_engagement(actor=cast.lead, participants=[kept], kind="call", day=DAY, summary="Spoke")
    note_consent(actor=cast.lead, stakeholder=kept, kind=ConsentKind.WITHDRAWN, basis="Mail")

    found = unmerge(actor=cast.lead, record=record)

    assert found.stayed == []
    assert [(one.about.stakeholder, one.current) for one in Assessment.objects.order_by("pk")] == [
        (absorbed, 1),
        (kept, 3),
    ]
    mine, theirs = (
        Interest.objects.get(stakeholder=kept),
        Interest.objects.get(stakeholder=absorbed),
    )
    assert (mine.current, theirs.current, theirs.assessed_on) == (3, 1, DAY)
    assert Participation.objects.get().stakeholder == kept
    assert [one.person.contact_permitted for one in fresh(kept, absorbed)] == [False, None]


def test_what_was_changed_since_is_named_and_stays(cast, twins, initiatives):
    kept, absorbed = twins
    promised = {"kind": "data", "unit": "sets", "initiative": initiatives[0]}
    moved = Commitment.objects.create(stakeholder=absorbed, title="Cases", **promised)
    given_away = Commitment.objects.create(stakeholder=absorbed, title="Maps", **promised)
    other = StakeholderFactory()
    record = merged(cast.lead, kept, absorbed, name="absorbed")
    Commitment.objects.filter(pk=given_away.pk).update(stakeholder=other)
    Person.objects.filter(pk=kept.person_id).update(name="Ruth R. Roads")

    found = unmerge(actor=cast.lead, record=record)

    named = {(one.kind, one.name, one.field) for one in stayed(found)}
    assert named == {
        ("commitment", "Maps", "who gives"),
        ("person", "Ruth R. Roads", "name"),
    }
    moved.refresh_from_db()
    given_away.refresh_from_db()
    assert (moved.stakeholder, given_away.stakeholder) == (absorbed, other)
    assert Person.objects.get(pk=kept.person_id).name == "Ruth R. Roads"


def test_what_would_stand_beside_something_that_excludes_it_is_named(cast, twins, initiatives):
    kept, absorbed = twins
    part = {"initiative": initiatives[0], "deliverable": "Go-live", "part": "A"}
    Raci.objects.create(stakeholder=absorbed, **part)
    record = merged(cast.lead, kept, absorbed)
    Raci.objects.all().delete()
    Raci.objects.create(stakeholder=StakeholderFactory(), **part)

    found = unmerge(actor=cast.lead, record=record)

    [one] = stayed(found)
    assert one.kind == "part in a deliverable"
    assert "not there any more" in one.why
    assert Raci.objects.count() == 1


def test_an_initiative_that_went_takes_what_was_noted_of_it_along(cast, twins, initiatives):
    kept, absorbed = twins
    for one in twins:
        make_assessed(stakeholder=one, initiative=initiatives[0], current=1)
    record = merged(cast.lead, kept, absorbed)
    initiatives[0].delete()

    found = unmerge(actor=cast.lead, record=record)

    assert {one["why"] for one in found.stayed} == {"gone"}
    assert Stakeholder.objects.standing_alone().count() == 2


def test_a_relation_between_both_comes_back(cast, twins):
    made = Relationship.objects.create(first=twins[0], second=twins[1], kind="advises")
    record = merged(cast.lead, *twins)
    assert not Relationship.objects.exists()

    unmerge(actor=cast.lead, record=record)

    assert Relationship.objects.get() == made


def test_the_last_merge_is_undone_first(cast, twins):
    third = StakeholderFactory(name="R. Roads", department=cast.roads)
    before = all_rows()
    first = merged(cast.lead, *twins)
    second = merged(cast.lead, third, twins[0])

    with pytest.raises(ValidationError, match="Undo the later merge first"):
        unmerge(actor=cast.lead, record=first)

    for record in (second, first):
        unmerge(actor=cast.lead, record=record)
    assert all_rows() == before


def test_who_was_merged_earlier_leads_to_the_last_of_the_chain(cast, twins):
    third = StakeholderFactory(name="R. Roads", department=cast.roads)
    merged(cast.lead, *twins)
    merged(cast.lead, third, twins[0])

    assert {one.merged_into for one in fresh(*twins)} == {third}
    assert {one.person.merged_into for one in fresh(*twins)} == {third.person}


def test_undone_twice_is_undone_once(cast, twins):
    record = merged(cast.lead, *twins)
    first = unmerge(actor=cast.lead, record=record)

    again = unmerge(actor=cast.lead, record=record)

    assert again.undone_at == first.undone_at


def test_what_was_undone_can_be_merged_again_the_other_way_round(cast, twins):
    kept, absorbed = twins
    unmerge(actor=cast.lead, record=merged(cast.lead, kept, absorbed))

    merged(cast.lead, absorbed, kept)

    assert fresh(kept)[0].merged_into == absorbed

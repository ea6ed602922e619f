"""Merging at the same moment as others merge, note and send: nothing is lost, nothing is double."""

from collections import Counter
from datetime import timedelta
from typing import Any
from uuid import uuid4

from django.core.exceptions import PermissionDenied, ValidationError
from django.utils import timezone

from buyin.stakeholders.actions import (
    add_post,
    assess,
    keep_search,
    merge,
    note_engagement,
    relate,
    save_stakeholder,
    unmerge,
)
from buyin.stakeholders.models import (
    Assessment,
    Engagement,
    Interest,
    MergeRecord,
    Participation,
    Person,
    Post,
    Relationship,
    SavedSearch,
    Stakeholder,
)
from buyin.stakeholders.queries.comparing import mark_of
from tests.cast import make_cast
from tests.factories.initiatives import InitiativeFactory
from tests.factories.merging import DAY, make_twins, merged
from tests.factories.stakeholders import StakeholderFactory, make_assessed
from tests.races import AT_ONCE, ON_POSTGRESQL, at_once
from tests.stakeholders.rows import all_rows

pytestmark = ON_POSTGRESQL


def ended(act):
    """Return an act that says how it ended instead of raising."""

    def say(number):
        try:
            act(number)
        except ValidationError:
            return "told"
        except (PermissionDenied, Stakeholder.DoesNotExist):
            return "not there"
        return "done"

    return say


def test_who_merges_at_the_same_moment_is_told_and_one_merge_is_made():
    cast = make_cast()
    one, other = make_twins(cast.roads)

    def act(number):
        kept, absorbed = (one, other) if number % 2 else (other, one)
        merge(
            actor=cast.people["lead"],
            kept=kept,
            absorbed=absorbed,
            choices={},
            seen=mark_of(kept, absorbed),
        )

    found = Counter(at_once(ended(act)))

    assert found == {"done": 1, "told": 7}
    assert MergeRecord.objects.count() == 1


def test_one_form_at_the_same_moment_merges_once_and_undoes_once():
    cast = make_cast()
    one, other = make_twins(cast.roads)
    before, form, seen = all_rows(), uuid4(), mark_of(one, other)
    said: dict[str, Any] = {"choices": {}, "seen": seen, "made_by_form": form}

    at_once(lambda _n: merge(actor=cast.people["lead"], kept=one, absorbed=other, **said))
    record = MergeRecord.objects.get()
    at_once(lambda _n: unmerge(actor=cast.people["lead"], record=record))

    assert all_rows() == before


def test_what_is_noted_while_two_are_merged_is_kept_or_refused_and_never_lost():
    cast = make_cast()
    initiative = InitiativeFactory(departments=[cast.roads])
    one, other = make_twins(cast.roads)
    about = make_assessed(stakeholder=other, initiative=initiative, current=1, on=DAY)

    def act(number):
        if number == 3:
            merged(cast.people["lead"], one, other)
        elif number % 2:
            assess(
                actor=cast.people["lead"], about=about, on=DAY + timedelta(days=number), current=2
            )
        else:
            note_engagement(
                actor=cast.people["lead"],
                participants=[other],
                kind="call",
                day=DAY,
                summary=f"{number}",
            )

    found = Counter(at_once(ended(act)))

    assert sum(found.values()) == 8
    assert MergeRecord.objects.count() == 1
    assert not Interest.objects.filter(stakeholder=other).exists()
    assert not Participation.objects.filter(stakeholder=other).exists()
    written = Assessment.objects.count() - 1 + Engagement.objects.count()
    assert written == found["done"] - 1
    newest = Assessment.objects.first()
    assert newest is not None
    assert Interest.objects.get().assessed_on == newest.assessed_on


def test_a_relation_at_the_same_moment_is_noted_once_and_the_others_are_told():
    cast = make_cast()
    one, other = StakeholderFactory(), StakeholderFactory()

    found = Counter(
        at_once(
            ended(
                lambda _n: relate(
                    actor=cast.people["lead"], first=one, second=other, kind="advises"
                )
            )
        )
    )

    assert found == {"done": 1, "told": 7}
    assert Relationship.objects.count() == 1


def test_a_search_kept_at_the_same_moment_is_one():
    cast = make_cast()

    at_once(lambda n: keep_search(actor=cast.people["lead"], name="Mine", words={"q": str(n)}))

    assert SavedSearch.objects.count() == 1


def test_a_person_added_twice_at_the_same_moment_is_one():
    cast = make_cast()
    form = uuid4()

    made = at_once(
        lambda _n: (
            save_stakeholder(
                actor=cast.people["lead"],
                stakeholder=Stakeholder(person=Person()),
                said={"name": "Nia New"},
                category="it",
                made_by_form=form,
            ).pk
        )
    )

    assert len(set(made)) == 1
    assert (Stakeholder.objects.count(), Person.objects.count()) == (1, 1)


def test_a_post_added_twice_at_the_same_moment_is_one():
    cast = make_cast()
    nia, form = StakeholderFactory(department=cast.roads), uuid4()
    said = {"title": "Clerk", "department": cast.roads, "starts_on": timezone.localdate()}

    made = at_once(
        lambda _n: (
            add_post(actor=cast.people["lead"], stakeholder=nia, made_by_form=form, **said).pk
        )
    )

    assert len(set(made)) == 1
    assert Post.objects.count() == 1


def test_of_those_who_note_at_the_same_moment_the_latest_day_is_the_last_contact():
    cast = make_cast()
    one = StakeholderFactory(department=cast.roads)
    people = [cast.lead, cast.people["administrator"], cast.people["coordinator"]]
    days = [timezone.localdate() - timedelta(days=n + 1) for n in range(AT_ONCE)]

    def note(number):
        said = {"kind": "call", "summary": "Spoke.", "day": days[number]}
        note_engagement(actor=people[number % 3], participants=[one], **said)

    at_once(note)

    assert Engagement.objects.count() == AT_ONCE
    assert Stakeholder.objects.get().last_contact_on == days[0]

"""Four hundred stakeholders and four thousand: the pages of who is missing ask as often."""

from datetime import timedelta

import pytest
from django.utils import timezone

from buyin.stakeholders.models import (
    Category,
    Engagement,
    Group,
    Interest,
    Participation,
    Stakeholder,
)
from tests.factories.initiatives import InitiativeFactory

CATEGORIES = list(Category)


def fill(cast, count):
    """Write as many groups, all on the list of one pilot, every tenth of them met much lately."""
    ours = InitiativeFactory(stage="pilot", departments=[cast.roads, cast.clinic])
    today = timezone.localdate()
    groups = Group.objects.bulk_create(Group(name=f"G{n:04}") for n in range(count))
    made = Stakeholder.objects.bulk_create(
        Stakeholder(
            group=one,
            name=one.name,
            department=cast.roads,
            category=CATEGORIES[n % len(CATEGORIES)],
        )
        for n, one in enumerate(groups)
    )
    Interest.objects.bulk_create(
        Interest(stakeholder=one, initiative=ours, current=n // 10 % 5, assessed_on=today)
        for n, one in enumerate(made)
    )
    for days in range(4):
        met = Engagement.objects.create(
            kind="call", day=today - timedelta(days=days), summary="A call", initiative=ours
        )
        Participation.objects.bulk_create(
            Participation(engagement=met, stakeholder=one) for one in made[::10]
        )
    return ours


@pytest.mark.parametrize("count", [400, 4000])
def test_as_many_queries_for_four_thousand_as_for_four_hundred(
    sign_in, cast, django_assert_num_queries, count
):
    ours = fill(cast, count)
    lead, coordinator = sign_in("lead"), sign_in("coordinator")

    with django_assert_num_queries(9):
        (row,) = lead.get("/stakeholders/missing/?stage=pilot").context["rows"]
    with django_assert_num_queries(11):
        page = lead.get(f"/initiatives/{ours.pk}/people/missing/")
    with django_assert_num_queries(9):
        lead.get(f"/initiatives/{ours.pk}/people/sponsors/")
    with django_assert_num_queries(5):
        much = lead.get("/stakeholders/contact/")
    with django_assert_num_queries(10):
        theirs = coordinator.get("/stakeholders/missing/")

    assert [one.text for one in row.now] == [
        "A representative of Clinic", "Nobody is accountable for anything",
    ]  # fmt: skip
    (union,) = [one for one in page.context["lines"] if one.category == "union"]
    assert union.cells[-1].involved == count / 10 * 4 / 5
    assert much.context["page"].paginator.count == count / 10
    assert len(theirs.context["rows"]) == 1

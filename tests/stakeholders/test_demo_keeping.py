"""The demo agency has a merge, a likely double, and somebody who is kept for too long."""

from django.utils import timezone

from buyin.demo import keeping
from buyin.features import DemoAgency
from buyin.stakeholders.models import Interest, LikelyDouble, MergeRecord, Stakeholder
from buyin.stakeholders.queries.retention import due_for_removal
from tests.factories.initiatives import InitiativeFactory
from tests.factories.stakeholders import ContactFactory, StakeholderFactory


def test_one_pair_is_merged_one_is_to_be_found_and_one_is_proposed_for_removal(cast):
    for name in ("Ruth Roads", "Percy Parkson", "Clara Clinic"):
        person = ContactFactory(name=name, email=f"{name.split()[0]}@example.org")
        StakeholderFactory(name=name, person=person, department=cast.roads)
    agency = DemoAgency(
        now=timezone.now(), seed=7, lead=cast.lead, staff=cast.staff,
        initiatives=[InitiativeFactory()], departments=cast.departments, moods={}, rates={},
    )  # fmt: skip

    keeping.fill(agency)

    record = MergeRecord.objects.get()
    assert (record.kept.name, record.absorbed.name) == ("Ruth Roads", "Ruth Roasd")
    [double] = LikelyDouble.objects.visible_to(cast.lead)
    assert {Stakeholder.objects.get(pk=pk).name for pk in (double.first, double.second)} == {
        "Percy Parkson",
        "Percy Parksno",
    }
    assert [one.name for one in due_for_removal()] == ["Otis Vanhorn"]
    assert Interest.objects.filter(stakeholder=record.kept, current=2).exists()

"""The demo agency's records: complete where they should be, published only where they may be."""

from datetime import timedelta
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.utils import timezone

from buyin.accounts.models import Department
from buyin.demo.city import PLANS
from buyin.demo.inventory import SMALL
from buyin.demo.records import FIRST_NUMBER, UNFINISHED, fill
from buyin.demo.showcase import RECORDS, REDACTIONS
from buyin.features import DemoAgency
from buyin.initiatives.actions import publish_record, reasons_against
from buyin.initiatives.models import Initiative, Publication, SystemRecord
from buyin.initiatives.queries.public import listed, values_in_use
from buyin.initiatives.record import BY_NAME, Weight, check, is_filled
from buyin.reading import read
from tests.factories.initiatives import InitiativeFactory


@pytest.fixture
def agency(cast):
    """Return an agency with the initiatives and departments that the demo's records speak of."""
    units = {one.unit for one in SMALL}
    return DemoAgency(
        now=timezone.now(),
        seed=1,
        lead=cast.lead,
        staff=cast.staff,
        initiatives=[
            *(InitiativeFactory(name=plan.name, stage=plan.stage) for plan in PLANS),
            InitiativeFactory(name="Nobody wrote of it"),
        ],
        departments={
            unit: Department.objects.create(code=f"demo-{unit}", name=f"Unit {unit}")
            for unit in sorted(units)
        },
        moods={},
        rates={},
    )


@pytest.fixture
def filled(agency):
    fill(agency)
    return agency


def test_each_system_has_a_record_and_its_first_version(filled):
    records = list(SystemRecord.objects.select_related("initiative"))

    assert len(records) == len(RECORDS) + len(SMALL)
    assert not SystemRecord.objects.filter(initiative__name="Nobody wrote of it").exists()
    for record in records:
        (version,) = record.versions.all()
        assert (version.number, record.revision) == (1, 1)
        assert (version.values, version.redactions) == (record.values, record.redactions)
        assert version.by == filled.lead


def test_no_record_holds_what_no_form_would_take(filled):
    for record in SystemRecord.objects.all():
        assert check(record.values) == {}, record.initiative.name
        assert all(is_filled(value) for value in record.values.values())
        assert not [name for name in record.values if BY_NAME[name].kept_with_initiative]


def test_what_is_published_is_what_may_be_and_nothing_else(filled):
    public = set(Publication.objects.current().values_list("record", flat=True))

    for record in SystemRecord.objects.select_related("initiative"):
        assert (record.pk in public) == (reasons_against(record) == []), record.initiative.name
    assert 0 < len(public) < SystemRecord.objects.count()


def test_a_visitor_reads_withheld_fields_and_unfinished_ones_are_drafts(filled):
    drafts = SystemRecord.objects.filter(publications=None)
    unfinished = [
        one.name
        for n, one in enumerate(SMALL)
        if n % UNFINISHED == UNFINISHED - 1 and one.stage != "retired"
    ]

    assert set(unfinished) <= set(drafts.values_list("initiative__name", flat=True))
    assert any(one.redactions for one in listed())
    for one in listed():
        assert not one.redactions.keys() & one.values.keys()
        assert "is_withheld" not in one.values


def test_the_register_has_something_for_each_filter(filled):
    in_use = values_in_use()

    assert {"Pre-deployment", "Pilot", "Deployed", "Retired"} == set(in_use["stage"])
    assert "High-impact" in in_use["impact"]
    assert len(in_use["topic"]) > 3
    assert len(in_use["department"]) > 3


def test_numbers_of_systems_are_unique(filled):
    numbers = [
        record.values["id"] for record in SystemRecord.objects.all() if "id" in record.values
    ]

    assert len(numbers) == len(set(numbers)) > len(SMALL)
    assert f"FH-{FIRST_NUMBER:03}" in numbers


def test_reviews_are_due_half_a_year_after_the_last_and_some_are_late(filled):
    records: Any = SystemRecord.objects.all()

    for record in records:
        assert record.review_due == record.last_reviewed + timedelta(days=183)
    late = [record for record in records if record.is_overdue]
    assert 0 < len(late) < len(records)


def test_a_published_record_can_be_published_again_and_a_draft_cannot(filled):
    public: Any = Publication.objects.current().first()
    draft: Any = SystemRecord.objects.filter(publications=None).first()

    publish_record(actor=filled.lead, initiative=public.record.initiative, seen=1)
    with pytest.raises(ValidationError):
        publish_record(actor=filled.lead, initiative=draft.initiative, seen=1)


def test_small_systems_belong_to_the_department_that_their_record_names(filled):
    for one in SMALL:
        record = SystemRecord.objects.get(initiative__name=one.name)
        (department,) = record.initiative.departments.all()
        assert department.name == record.values["agency_bureau"]
        assert record.initiative.stage == one.stage


def test_names_of_systems_are_not_said_twice():
    names = [one.name for one in SMALL] + list(RECORDS)

    assert len(names) == len(set(names))


def test_every_reason_is_for_a_public_field_that_is_written():
    for name, reasons in REDACTIONS.items():
        for field in reasons:
            assert BY_NAME[field].is_public
            assert is_filled(RECORDS[name].get(field)), (name, field)


@pytest.mark.parametrize(("name", "values"), RECORDS.items(), ids=list(RECORDS))
def test_a_record_written_out_is_whole_and_can_be_read(name, values):
    assert check(values) == {}
    for field in ("agency_bureau", "description", "problem_solved", "is_high_impact"):
        assert is_filled(values.get(field)), field
    found = read(str(values["description"]), "en")
    assert not found.has_long_sentence
    assert not found.is_hard


def test_the_demo_asks_for_few_queries(agency, django_assert_max_num_queries):
    with django_assert_max_num_queries(20):
        fill(agency)

    assert Initiative.objects.count() == len(RECORDS) + 1 + len(SMALL)


def test_errors_are_the_only_problems_that_would_stop_somebody():
    problems = check({"topic_area": "Sorcery", "team": "x" * 400})

    assert [one.weight for one in problems["topic_area"]] == [Weight.WARNING]
    assert [one.weight for one in problems["team"]] == [Weight.ERROR]

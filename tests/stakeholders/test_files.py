"""Stakeholders as files: what the list shows and no more, harmless, written down, constant in queries."""

import csv
import io
import json
import re
from typing import Any

import pytest
from openpyxl import load_workbook

from buyin.accounts.models import SecurityEvent
from buyin.stakeholders.models import StakeholderTag
from tests.factories.initiatives import InitiativeFactory
from tests.factories.merging import FACTS, make_twins, note
from tests.factories.stakeholders import (
    ContactFactory,
    OrganisationFactory,
    PostFactory,
    StakeholderFactory,
    make_assessed,
)

LIST = "/stakeholders/"


@pytest.fixture
def ruth(cast):
    person = ContactFactory(name="Ruth Roads", email="ruth@example.org", contact_permitted=False)
    found = StakeholderFactory(
        person=person, name="Ruth Roads", department=cast.roads, owner=cast.lead, cadence=30
    )
    PostFactory(person=person, title="Head of Roads", department=cast.roads)
    found.tags.add(StakeholderTag.objects.create(name="Pilot"))
    initiative = InitiativeFactory(name="Pothole finder", departments=[cast.roads])
    make_assessed(stakeholder=found, initiative=initiative, current=1, desired=3)
    return found


def body(answer):
    return b"".join(answer.streaming_content)


def table(answer):
    return list(csv.reader(io.StringIO(body(answer).decode("utf-8-sig"))))


def workbook(answer):
    found: Any = load_workbook(io.BytesIO(body(answer))).active
    return found


def test_the_list_leaves_as_csv_with_what_its_filters_say(sign_in, cast, ruth):
    StakeholderFactory(name="Percy Parks", department=cast.parks)

    answer = sign_in("lead").get(f"{LIST}all.csv", {"department": "roads"})

    head, *rows = table(answer)
    assert answer["Content-Disposition"] == 'attachment; filename="stakeholders.csv"'
    assert [dict(zip(head, row, strict=True)) for row in rows] == [
        {
            "Number": str(ruth.pk),
            "Kind": "person",
            "Name": "Ruth Roads",
            "Category": "decision-maker",
            "Department": "roads",
            "Posts": "Head of Roads, Roads",
            "Mail address": "ruth@example.org",
            "Phone": "",
            "May be contacted": "no",
            "Relationship owner": cast.lead.email,
            "Preferred channel": "",
            "Days between contacts": "30",
            "Tags": "Pilot",
            "Archived": "no",
            "How they stand": "Pothole finder: resistant → supportive",
        }
    ]


def test_the_list_leaves_as_json_with_the_same(sign_in, ruth):
    [found] = json.loads(body(sign_in("executive").get(f"{LIST}all.json")))

    assert (found["id"], found["contact_permitted"], found["tags"]) == (ruth.pk, False, ["Pilot"])
    assert found["stands"] == [
        {
            "initiative": "Pothole finder",
            "current": "resistant",
            "desired": "supportive",
            "assessed_on": "2026-03-02",
        }
    ]


def test_the_list_leaves_as_a_workbook_with_the_same_cells(sign_in, ruth):
    client = sign_in("lead")

    sheet = workbook(client.get(f"{LIST}all.xlsx"))

    cells = [["" if c is None else str(c) for c in row] for row in sheet.values]
    assert cells == table(client.get(f"{LIST}all.csv"))


def test_what_is_several_stands_in_one_cell_with_semicolons_between(sign_in, cast, ruth):
    ruth.tags.add(StakeholderTag.objects.create(name="Steering"))
    PostFactory(person=ruth.person, title="Deputy", department=cast.works)

    head, row = table(sign_in("lead").get(f"{LIST}all.csv"))

    found = dict(zip(head, row, strict=True))
    assert found["Tags"] == "Pilot; Steering"
    assert sorted(found["Posts"].split("; ")) == ["Deputy, Public works", "Head of Roads, Roads"]


@pytest.mark.parametrize("form", ["csv", "xlsx", "json"])
def test_an_empty_list_is_a_file_as_well(sign_in, form):
    answer = sign_in("lead").get(f"{LIST}all.{form}")

    content = body(answer)
    assert content
    if form == "json":
        assert json.loads(content) == []


def test_what_a_spreadsheet_would_run_is_text(sign_in, cast):
    evil = OrganisationFactory(name="=HYPERLINK(1)")
    StakeholderFactory(person=None, organisation=evil, name=evil.name, department=cast.roads)
    client = sign_in("lead")

    row = table(client.get(f"{LIST}all.csv"))[1]

    assert "'=HYPERLINK(1)" in row
    assert workbook(client.get(f"{LIST}all.xlsx"))["C2"].data_type == "s"


def test_a_coordinator_takes_their_own_along_and_no_others(sign_in, cast, ruth):
    StakeholderFactory(name="Clara Clinic", department=cast.clinic)

    found = json.loads(body(sign_in("coordinator").get(f"{LIST}all.json", {"state": "all"})))

    assert [one["name"] for one in found] == ["Ruth Roads"]


def test_each_file_is_written_down_with_how_many_were_in_it(sign_in, cast, ruth):
    client = sign_in("lead")
    before = SecurityEvent.objects.filter(kind="exported").count()

    body(client.get(f"{LIST}all.csv"))
    body(client.get(f"{LIST}{ruth.pk}/everything.json"))

    events = SecurityEvent.objects.filter(kind="exported").order_by("pk")[before:]
    assert [(one.actor, one.detail) for one in events] == [
        (cast.lead, "Stakeholders: 1"),
        (cast.lead, f"Everything about stakeholder {ruth.pk}"),
    ]


def test_a_filter_that_means_nothing_leads_back_to_the_list_that_says_so(sign_in, ruth):
    answer = sign_in("lead").get(f"{LIST}all.csv", {"category": "pet"})

    assert answer.url == f"{LIST}?category=pet"
    assert not SecurityEvent.objects.filter(kind="exported").exists()


@pytest.mark.parametrize("count", [1, 3])
def test_a_file_needs_as_many_queries_for_many_as_for_one(
    sign_in, cast, django_assert_num_queries, count
):
    client = sign_in("lead")
    for _ in range(count):
        one = StakeholderFactory(department=cast.roads, owner=cast.lead)
        PostFactory(person=one.person, department=cast.roads)
        make_assessed(stakeholder=one, current=1)
        one.tags.add(StakeholderTag.objects.get_or_create(name="Pilot")[0])

    with django_assert_num_queries(11):
        body(client.get(f"{LIST}all.csv"))


def test_the_list_offers_the_files_with_its_filters(sign_in, ruth):
    text = sign_in("lead").get(LIST, {"q": "ruth", "page": "1"}).text

    for form in ("csv", "xlsx", "json"):
        assert f"{LIST}all.{form}?q=ruth" in text


# Everything about one person


def test_everything_about_a_person_is_there_as_page_json_and_csv(sign_in, cast):
    one, other = make_twins(cast.roads)
    third = StakeholderFactory()
    for number, kind in enumerate(FACTS):
        told = (kind, 2 * number)
        note(told, one, other, third, initiatives=[InitiativeFactory()], cast=cast)
    client = sign_in("administrator")

    page = client.get(f"{LIST}{one.pk}/everything/").text
    found = json.loads(body(client.get(f"{LIST}{one.pk}/everything.json")))
    rows = table(client.get(f"{LIST}{one.pk}/everything.csv"))

    assert set(found) == {
        f"stakeholders.{name}"
        for name in (
            "person", "stakeholder", "post", "consentevent", "group_members", "stakeholder_tags",
            "interest", "assessment", "participation", "engagement", "discussionpoint",
            "commitment", "relationship", "raci",
        )
    }  # fmt: skip
    assert found["stakeholders.person"][0]["mail address"] == "ruth@example.org"
    assert found["stakeholders.engagement"][0]["what was said"] == "Spoke"
    assert found["stakeholders.assessment"][0]["why"] == "Why 8"
    assert re.fullmatch(r"\d{4}-\d\d-\d\d \d\d:\d\d", found["stakeholders.stakeholder"][0]["added"])
    for text in ("ruth@example.org", "Spoke", "Why 8", "Note 2"):
        assert text in page
        assert any(text in row for row in rows)


def test_what_is_kept_of_others_stays_out(sign_in, cast):
    one, other = make_twins(cast.roads)
    other.person.phone = "0815 4711"
    other.person.save()
    note(("met", 1), one, other, one, initiatives=[InitiativeFactory()], cast=cast)
    note(("related", 3), one, other, other, initiatives=[InitiativeFactory()], cast=cast)

    found = body(sign_in("lead").get(f"{LIST}{one.pk}/everything.json")).decode()

    assert "0815 4711" not in found
    assert len(json.loads(found)["stakeholders.participation"]) == 1


@pytest.mark.parametrize("form", ["xlsx", "pdf"])
def test_there_are_no_other_forms(sign_in, ruth, form):
    assert sign_in("lead").get(f"{LIST}{ruth.pk}/everything.{form}").status_code == 404


def test_an_organisation_is_nobody_who_asks(sign_in):
    union = StakeholderFactory(person=None, organisation=OrganisationFactory(), name="Union")

    assert sign_in("lead").get(f"{LIST}{union.pk}/everything/").status_code == 404

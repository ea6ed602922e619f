"""A list is read as it was meant: columns that are not what they are called, and faults by name."""

import pytest

from buyin.stakeholders.models import Stakeholder
from tests.factories.merging import merged
from tests.factories.stakeholders import StakeholderFactory
from tests.stakeholders.lists import at, newest, upload, words

pytestmark = pytest.mark.django_db
CONTACTS = "Name,Contact name,Category\nExample Works,Ann Lee,IT\nExample Trams,Bo Ek,Union\n"


@pytest.fixture
def lead(sign_in):
    return sign_in("lead")


def brought(client, text, **said):
    upload(client, text, **said)
    return newest()


def test_a_column_that_is_known_by_its_name_can_hold_something_else(lead):
    run = brought(lead, CONTACTS, source="Works")
    form = lead.get(at("import-columns", run)).context["form"]
    assert [form[f"column-{n}"].initial for n in range(3)] == ["name", "", "category"]

    said = {"column-0": "organisation", "column-1": "name", "column-2": "category"}
    lead.post(at("import-columns", run), said)
    lead.post(at("import", run))

    found = Stakeholder.objects.order_by("name").filter(person__isnull=False)
    assert [one.name for one in found] == ["Ann Lee", "Bo Ek"]
    lead.post(at("import-undo", run))
    assert brought(lead, CONTACTS, source="Works").report["new"][0]["name"] == "Ann Lee"


def test_a_column_that_is_known_can_be_left_out_and_two_never_hold_one_thing(lead):
    run = brought(lead, CONTACTS)

    twice = {"column-0": "name", "column-1": "name", "column-2": "category"}
    page = lead.post(at("import-columns", run), twice)
    assert "Another column holds this already." in words(page)

    left_out = {"column-0": "name", "column-1": "", "column-2": "", "category": "union"}
    lead.post(at("import-columns", run), left_out)
    lead.post(at("import", run))
    assert set(Stakeholder.objects.values_list("category", flat=True)) == {"union"}


@pytest.mark.parametrize(
    ("text", "row"),
    [
        ('Name,Category\n"Ann Lee,IT\nBo Ek,IT\nIda Berg,IT\n', 2),
        ('Name;Category\nAnn Lee;IT\nBo Ek;"IT\r\nIda Berg;IT\r\n', 3),
    ],
)
def test_a_mark_that_is_never_closed_swallows_no_rows(lead, text, row):
    run = brought(lead, text)

    assert run.state == "refused"
    assert f"A quotation mark in row {row} is never closed" in words(lead.get(at("import", run)))


@pytest.mark.parametrize(
    "text", ['Name,Category\n"Ann\nLee",IT\n', 'Name,Category\nAnn 5" Lee,IT\n']
)
def test_marks_that_take_nothing_from_other_rows_are_read(lead, text):
    assert brought(lead, text).report["created"] == 1


def test_a_file_of_names_of_columns_alone_is_told_as_what_it_is(lead):
    page = words(lead.get(at("import", brought(lead, "Name,Category\n"))))

    assert "There is no row below the names of the columns." in page
    assert "Say what its columns mean if it should" not in page


def test_a_name_of_digits_alone_is_odd_and_told(lead):
    page = words(lead.get(at("import", brought(lead, "Name,Category\n45000,IT\n"))))

    assert "There is no letter in this name. Does its column hold names?" in page


@pytest.mark.parametrize(
    ("name", "why"),
    [
        ("N" * 201, "This is longer than 200 characters."),
        ("=A1&B1", "This is a formula. Only values are read."),
    ],
)
def test_a_name_that_cannot_be_read_is_not_told_as_none(lead, name, why):
    page = words(lead.get(at("import", brought(lead, f"Name,Category\n{name},IT\n"))))

    assert f"The name cannot be read: {why} The row stays out." in page
    assert "This row has no name" not in page


def test_a_merge_leads_on_to_the_next_likely_double(lead, cast):
    kept, absorbed = StakeholderFactory.create_batch(2)
    record = merged(cast.lead, kept, absorbed)

    assert 'href="/stakeholders/doubles/"' in lead.get(f"/stakeholders/merges/{record.pk}/").text


@pytest.mark.parametrize(
    ("days", "said"),
    [
        (
            ("25/12/2025", "03/04/2026"),
            "as in row 2. Those that can be read either way, as in row 3",
        ),
        (("12/25/2025", "03/04/2026"), ""),
        (("25/12/2025", "04/04/2026"), ""),
        (("2025-12-25", "03/04/2026"), ""),
    ],
)
def test_days_of_two_orders_in_one_column_are_told_once(lead, days, said):
    rows = "".join(f"P {n}{'x' * n},IT,Works,Head,{day}\n" for n, day in enumerate(days))
    run = brought(lead, f"Name,Category,Organisation,Title,Since\n{rows}")
    page = words(lead.get(at("import", run)))

    assert page.count("Days are written day first here") == bool(said)
    assert said in page

"""The public register as visitors, browsers and programs ask for it: pages, methods, caches, limits."""

import csv
import io

import pytest
from django.utils import timezone

from buyin.initiatives.actions import take_back_record
from buyin.initiatives.models import Publication
from buyin.initiatives.queries.public import columns
from buyin.initiatives.views import public
from tests.factories.accounts import PersonFactory
from tests.factories.initiatives import InitiativeFactory
from tests.factories.records import change, make_record, publish

pytestmark = pytest.mark.django_db
FILES = ("/ai/register.csv", "/ai/register.json", "/ai/data.json")


def published(name="Form triage", stage="pilot", **values):
    """Publish the record of a system with this name."""
    initiative = InitiativeFactory(name=name, stage=stage, lead=PersonFactory())
    record = make_record(initiative, **values)
    publish(record)
    return record


def words_of(answer):
    return " ".join(answer.text.split())


def test_the_list_is_read_page_by_page_with_what_is_looked_for(client, monkeypatch):
    monkeypatch.setattr(public, "PAGE", 2)
    for name in ("Alpha", "Beta", "Gamma"):
        published(name)
    published("Signals", topic_area="Transportation")

    first = client.get("/ai/", {"topic": "Service Delivery"})
    second = client.get("/ai/", {"topic": "Service Delivery", "page": 2})

    assert [one.name for one in first.context["page"]] == ["Alpha", "Beta"]
    assert [one.name for one in second.context["page"]] == ["Gamma"]
    assert "3 systems" in words_of(first)
    assert "Page 2 of 2" in words_of(second)
    assert 'href="?topic=Service+Delivery&amp;page=2"' in first.text


@pytest.mark.parametrize("page", ["0", "99", "x", "-1"])
def test_a_page_that_there_is_not_is_a_page_that_there_is(client, page):
    published()

    answer = client.get("/ai/", {"page": page})

    assert answer.status_code == 200
    assert "Form triage" in answer.text


@pytest.mark.parametrize(("many", "words"), [(1, "1 system.<"), (2, "2 systems.<")])
def test_systems_are_counted_in_words(client, many, words):
    for number in range(many):
        published(f"System {number}")

    page = words_of(client.get("/ai/"))

    assert words in page.replace(" <", "<")
    assert "Show all" not in page


def test_who_looked_for_something_may_see_all_again(client):
    published()

    page = client.get("/ai/", {"search": "nowhere"})

    assert "0 systems" in words_of(page)
    assert '<a href="/ai/">Show all</a>' in page.text
    assert 'value="nowhere"' in page.text


def test_a_search_that_is_too_long_asks_for_nothing_and_stays_typed(client):
    published()

    page = client.get("/ai/", {"search": "x" * 101})

    assert "Form triage" in page.text
    assert "x" * 101 in page.text


def test_filters_offer_what_there_is_in_words(client):
    published("Signals", topic_area="Transportation", agency_bureau="Roads")
    published("Odd one", topic_area="Other – Economic")

    form = client.get("/ai/").context["form"]

    assert [value for value, _label in form.fields["topic"].choices] == [
        "",
        "Other – Economic",
        "Transportation",
    ]
    assert ("Roads", "Roads") in form.fields["department"].choices
    assert ("Pilot", "Pilot") in form.fields["stage"].choices


def test_a_long_description_is_cut_in_the_list_and_whole_on_its_page(client):
    record = published(description="word " * 70 + "end.")

    assert "end." not in client.get("/ai/").text
    assert "end." in client.get(f"/ai/{record.pk}/").text


def test_only_much_at_stake_is_marked_in_the_list(client):
    published("Calm one")
    assert "tag--due" not in client.get("/ai/").text

    published("Grave one", is_high_impact="High-impact")

    assert client.get("/ai/").text.count("tag--due") == 1


def test_what_is_written_never_becomes_markup(client):
    record = published("<script>x</script>", myths="<b>Myth</b>\n<i>Fact</i>")

    for path in ("/ai/", f"/ai/{record.pk}/"):
        page = client.get(path).text
        assert "<script>x" not in page
        assert "&lt;script&gt;x" in page
    assert "&lt;b&gt;Myth" in client.get(f"/ai/{record.pk}/").text


def test_a_name_is_the_one_that_was_published(client):
    record = published()
    record.initiative.name = "Another name"
    record.initiative.save()

    assert "Form triage" in client.get("/ai/").text
    assert "Another name" not in client.get(f"/ai/{record.pk}/").text


def test_a_record_that_is_taken_back_is_gone_everywhere(client):
    record = published()
    etag = client.get("/ai/register.json").headers["ETag"]

    take_back_record(actor=record.initiative.lead, initiative=record.initiative, reason="Wrong")

    assert client.get(f"/ai/{record.pk}/").status_code == 404
    assert "Form triage" not in client.get("/ai/").text
    again = client.get("/ai/register.json", headers={"If-None-Match": etag})
    assert (again.status_code, again.json()["systems"]) == (200, [])


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({}, "Published again without changes."),
        ({"team": "A"}, "1 field changed"),
        ({"team": "A", "benefits": "B"}, "2 fields changed"),
    ],
)
def test_a_page_counts_what_changed(client, changes, words):
    record = published()
    change(record, **changes)
    publish(record, note="What is new")

    page = words_of(client.get(f"/ai/{record.pk}/"))

    assert words in page
    assert "What is new" in page
    assert "Published for the first time." in page


def test_without_an_address_the_page_says_that_there_is_none(client, settings):
    settings.AGENCY_CONTACT = ""
    record = published()

    page = client.get(f"/ai/{record.pk}/")

    assert "has named no address for questions" in words_of(page)
    (dataset,) = client.get("/ai/data.json").json()["dataset"]
    assert "contactPoint" not in dataset


@pytest.mark.parametrize("path", ["/ai/", *FILES])
def test_nobody_sends_anything_to_the_register(client, path):
    assert client.post(path).status_code == 405
    assert client.head(path).status_code == 200
    assert client.head(path).content == b""


@pytest.mark.parametrize("path", FILES)
def test_files_may_be_kept_for_a_minute_and_read_by_other_sites(client, path):
    published()

    answer = client.get(path)

    kept = {part.strip() for part in answer.headers["Cache-Control"].split(",")}
    assert kept == {"max-age=60", "public"}
    assert answer.headers["Access-Control-Allow-Origin"] == "*"
    assert "Accept-Language" in answer.headers["Vary"]
    assert not answer.cookies


@pytest.mark.parametrize("path", FILES)
def test_another_name_or_address_of_the_agency_makes_files_new(client, settings, path):
    marks = {client.get(path).headers["ETag"]}
    settings.AGENCY_NAME = "Elsewhere"
    marks.add(client.get(path).headers["ETag"])
    settings.AGENCY_CONTACT = "ai@elsewhere.example"
    marks.add(client.get(path).headers["ETag"])

    assert len(marks) == 3


def test_who_is_signed_in_reads_pages_that_no_cache_may_keep_for_others(sign_in):
    record = published()
    client = sign_in("staff")

    for path in ("/ai/", f"/ai/{record.pk}/"):
        answer = client.get(path)
        assert "Form triage" in answer.text
        assert "public" not in answer.headers.get("Cache-Control", "")
        assert "Cookie" in answer.headers["Vary"]


def test_the_csv_of_an_empty_register_is_its_heading(client):
    (heading,) = csv.reader(io.StringIO(client.get("/ai/register.csv").text.lstrip("\ufeff")))

    assert heading == columns()


@pytest.mark.parametrize("text", ["=1+1", "+1", "-1", "@x"])
def test_no_value_of_the_csv_is_a_formula(client, text):
    published(team=text)

    (row,) = csv.DictReader(io.StringIO(client.get("/ai/register.csv").text.lstrip("\ufeff")))

    assert row["team"].lstrip("'") == text
    assert row["team"] != text


def test_the_json_says_who_publishes_and_where_fields_are_explained(client, settings):
    settings.AGENCY_NAME = "Fairhaven"
    published()
    published("Signals")

    found = client.get("/ai/register.json").json()

    assert found["agency"] == "Fairhaven"
    assert found["fields"].endswith("/about/record-fields/")
    assert [one["values"]["use_case_name"] for one in found["systems"]] == [
        "Form triage",
        "Signals",
    ]
    assert all(one["published_at"][:4] == str(timezone.now().year) for one in found["systems"])


def test_the_catalog_says_when_the_register_changed_last(client):
    (empty,) = client.get("/ai/data.json").json()["dataset"]
    published()

    (dataset,) = client.get("/ai/data.json").json()["dataset"]

    assert "modified" not in empty
    assert dataset["modified"] == Publication.objects.get().changed_at.isoformat()
    assert dataset["landingPage"].endswith("/ai/")


def test_who_asks_too_often_is_told_to_wait(client, monkeypatch):
    monkeypatch.setattr(public, "may_send", lambda _request, action: action != "public_read")
    record = published()

    assert client.get("/ai/").status_code == 429
    assert client.get(f"/ai/{record.pk}/").status_code == 429
    assert client.get("/ai/register.csv").status_code == 200

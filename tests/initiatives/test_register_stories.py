"""Success stories in the public register: those that are out, with their number and nobody unasked."""

from datetime import date
from decimal import Decimal

import pytest

from buyin.initiatives.actions import clear_story, publish_story, take_back_story
from tests.factories.accounts import PersonFactory
from tests.factories.benefits import make_benefit, make_measurement, make_story
from tests.factories.initiatives import InitiativeFactory
from tests.factories.records import change, make_record, publish

pytestmark = pytest.mark.django_db


@pytest.fixture
def record():
    made = make_record(InitiativeFactory(name="Form triage", stage="pilot", lead=PersonFactory()))
    publish(made)
    return made


@pytest.fixture
def story(record):
    """A story that is out, with a number that was measured."""
    benefit = make_benefit(record.initiative, indicator="Median days to decide", unit="days")
    measurement = make_measurement(benefit, Decimal("8.5"), date(2026, 9, 30))
    made = make_story(
        record.initiative,
        title="Permits come in nine days",
        measurement=measurement,
        written_by=PersonFactory(),
        quote="I had it before the weekend.",
        quoted="A baker",
        consent_on=date(2026, 9, 1),
        consent_how="By mail",
    )
    lead = record.initiative.lead
    clear_story(actor=lead, story=made)
    publish_story(actor=lead, story=made)
    return made


def page(client, record):
    return " ".join(client.get(f"/ai/{record.pk}/").text.split())


def test_visitors_read_a_story_that_is_out_with_its_number(client, record, story):
    text = page(client, record)

    for words in ("What got better", story.title, "Median days to decide:", "8.5 days", "A baker"):
        assert words in text
    assert "By mail" not in text


def test_a_draft_is_read_by_no_visitor(client, record, story):
    take_back_story(actor=record.initiative.lead, story=story)

    text = page(client, record)

    assert story.title not in text
    assert "What got better" not in text


def test_a_story_whose_number_was_corrected_is_not_told_on(client, record, story):
    old = story.measurement
    make_measurement(old.benefit, Decimal(11), date(2026, 9, 30), corrects=old)

    assert story.title not in page(client, record)


def test_where_benefits_are_withheld_stories_are_too(client, record, story):
    publication = record.publications.current().get()
    publication.redactions = {"benefits": "A court case is open."}
    publication.save()

    assert story.title not in page(client, record)


def test_a_story_stands_beside_its_own_system_only(client, record, story):
    other = make_record(InitiativeFactory(name="Signals", stage="pilot", lead=PersonFactory()))
    publish(other)

    assert story.title not in page(client, other)


def test_a_browser_that_has_the_page_gets_it_anew_once_a_story_is_out(client, record, story):
    take_back_story(actor=record.initiative.lead, story=story)
    before = client.get(f"/ai/{record.pk}/")
    kept = {"If-None-Match": before["ETag"]}
    assert client.get(f"/ai/{record.pk}/", headers=kept).status_code == 304
    lead = record.initiative.lead
    clear_story(actor=lead, story=story)
    publish_story(actor=lead, story=story)

    assert client.get(f"/ai/{record.pk}/", headers=kept).status_code == 200


def test_many_stories_cost_as_many_queries_as_one(client, record, story, django_assert_num_queries):
    client.get(f"/ai/{record.pk}/")
    with django_assert_num_queries(3):
        client.get(f"/ai/{record.pk}/")
    story.refresh_from_db()
    for number in range(4):
        story.pk, story.title = None, f"Story {number}"
        story.made_by_form = story._meta.get_field("made_by_form").get_default()
        story.save()

    with django_assert_num_queries(3):
        assert page(client, record).count("Story ") == 4


@pytest.mark.parametrize("is_said", [True, False])
def test_who_withholds_the_benefits_withholds_what_was_measured_at_once(
    client, record, story, is_said
):
    if not is_said:  # the record may say nothing of its benefits, and the figures stand elsewhere
        published = record.publications.current().get()
        published.values.pop("benefits")
        published.shows_benefits = True
        published.save()
    before = page(client, record)

    change(record, why={"benefits": "Under negotiation"}, **({} if is_said else {"benefits": ""}))

    assert "8.5 days" in before
    after = page(client, record)
    assert story.title not in after
    assert "8.5" not in after

"""The pages of a record: reading by group, filling in, versions, publishing."""

from datetime import date, timedelta

import pytest
from django.utils import timezone

from buyin.initiatives.models import Publication, SystemRecord
from tests.factories.benefits import make_benefit, make_measurement
from tests.factories.initiatives import InitiativeFactory
from tests.factories.records import change, make_record, publish
from tests.factories.surveys import make_public_wave


@pytest.fixture
def record(cast):
    """Return the record of an initiative of Roads, kept by the lead persona."""
    initiative = InitiativeFactory(name="Pothole sorter", stage="pilot", departments=[cast.roads])
    return make_record(initiative, by=cast.lead)


def at(record, page=""):
    return f"/initiatives/{record.initiative_id}/record/{page}"


def typed(answer, **changed):
    """Return what the form on a page would send."""
    form = answer.context["form"]
    sent = {field.html_name: field.value() or "" for field in form}
    return sent | changed


def test_the_page_shows_values_in_words_and_what_is_missing(record, cast, sign_in):
    change(record, by=cast.lead, benefits="")

    page = sign_in("staff").get(at(record)).text

    assert "Services to the public" in page
    assert "19\n" in page or "19" in page
    assert "Fill in" not in page


def test_what_is_missing_leads_to_its_field(record, cast, sign_in):
    change(record, by=cast.lead, benefits="")

    page = sign_in("lead").get(at(record)).text

    assert f'href="{at(record, "purpose/")}#field-benefits"' in page


def test_a_group_is_filled_in_without_scripts(record, sign_in):
    client = sign_in("lead")
    page = client.get(at(record, "purpose/"))

    answer = client.post(
        at(record, "purpose/"), typed(page, benefits="Two hours less.", topic_area="IT")
    )

    record.refresh_from_db()
    assert answer.headers["Location"] == at(record)
    assert record.values["benefits"] == "Two hours less."
    assert record.values["topic_area"] == "IT"
    assert (
        record.values["description"]
        == "Sorts forms by what is missing. People decide about each form."
    )


def test_saving_may_lead_on_to_the_next_group(record, sign_in):
    client = sign_in("lead")
    page = client.get(at(record, "purpose/"))

    answer = client.post(at(record, "purpose/"), typed(page, next="1"))

    assert answer.headers["Location"] == at(record, "working/")
    assert record.versions.count() == 1


def test_a_field_is_withheld_with_a_reason_and_keeps_its_value(record, sign_in):
    client = sign_in("lead")
    page = client.get(at(record, "purpose/"))

    client.post(at(record, "purpose/"), typed(page, **{"why-benefits": "Still secret"}))

    record.refresh_from_db()
    assert record.redactions == {"benefits": "Still secret"}
    assert record.values["benefits"]
    assert "Withheld from the public:" in client.get(at(record)).text


@pytest.mark.parametrize(
    ("group", "name", "text", "words"),
    [
        ("identity", "contact_email", "nobody", "mail address"),
        ("identity", "website_url", "javascript:alert(1)", "web address"),
        ("identity", "operational_date", "spring", "No date"),
    ],
)
def test_what_does_not_fit_is_said_at_its_field(record, sign_in, group, name, text, words):
    client = sign_in("lead")
    page = client.get(at(record, f"{group}/"))

    answer = client.post(at(record, f"{group}/"), typed(page, **{name: text}))

    assert words in str(answer.context["form"].errors[name])
    assert text.replace("'", "") in answer.text
    assert record.versions.count() == 1


def test_what_a_file_brought_may_stay_as_it_is(record, cast, sign_in):
    change(record, by=cast.lead, classification="Other – ours", website_url="To be posted")
    client = sign_in("lead")
    identity = client.get(at(record, "identity/"))
    purpose = client.get(at(record, "purpose/"))

    client.post(at(record, "identity/"), typed(identity, team="Sorting"))
    client.post(at(record, "purpose/"), typed(purpose, benefits="More"))

    record.refresh_from_db()
    assert record.values["website_url"] == "To be posted"
    assert record.values["classification"] == "Other – ours"
    assert (record.values["team"], record.values["benefits"]) == ("Sorting", "More")


def test_the_second_editor_is_told_keeps_the_text_and_may_save_again(record, cast, sign_in):
    client = sign_in("lead")
    page = client.get(at(record, "purpose/"))
    change(record, by=cast.administrator, benefits="Theirs", topic_area="IT")

    told = client.post(at(record, "purpose/"), typed(page, benefits="Mine"))

    assert "while you were typing" in told.text
    assert "Theirs" in told.text
    assert "Mine" in told.text
    client.post(at(record, "purpose/"), typed(told))
    record.refresh_from_db()
    assert (record.values["benefits"], record.values["topic_area"]) == ("Mine", "IT")


def test_versions_show_what_each_changed(record, cast, sign_in):
    change(record, by=cast.lead, team="Sorting")

    page = sign_in("staff").get(at(record, "versions/")).text

    assert "Version 2" in page
    assert "Sorting" in page
    assert "Lead Persona" in page


def test_it_is_looked_through_and_comes_back(record, sign_in):
    due = timezone.localdate() + timedelta(days=90)

    sign_in("lead").post(at(record, "review/"), {"next_due": due.isoformat()})

    record.refresh_from_db()
    assert (record.last_reviewed, record.review_due) == (timezone.localdate(), due)


def test_a_day_that_is_over_is_no_next_review(record, sign_in):
    answer = sign_in("lead").post(at(record, "review/"), {"next_due": "2020-01-01"})

    assert "still to come" in answer.text
    assert SystemRecord.objects.get(pk=record.pk).review_due is None


def test_it_is_published_and_taken_back_on_its_page(record, sign_in):
    client = sign_in("lead")
    page = client.get(at(record, "publish/"))

    client.post(at(record, "publish/"), typed(page, note="For the first time"))

    assert Publication.objects.current().get().note == "For the first time"
    client.post(at(record, "take-back/"), {"reason": "A mistake in it"})
    assert not Publication.objects.current().exists()


def test_what_is_missing_stands_where_it_would_be_published(record, cast, sign_in):
    change(record, by=cast.lead, benefits="")

    page = sign_in("lead").get(at(record, "publish/"))

    assert "Missing: What good" in page.text
    assert "Publish</button>" not in page.text


def test_the_meter_says_how_plainly_a_text_reads(record, sign_in):
    text = "The implementation of organisational responsibilities necessitates OCR. " * 6

    answer = sign_in("staff").post("/initiatives/record-meter/benefits/", {"benefits": text})

    assert "Reading ease" in answer.text
    assert "OCR" in answer.text
    assert "responsibilities" in answer.text


def test_a_group_that_there_is_not_is_not_found(record, sign_in):
    client = sign_in("lead")

    assert client.get(at(record, "no-such/")).status_code == 404
    assert client.post("/initiatives/record-meter/no-such/").status_code == 404


@pytest.mark.parametrize("many", [1, 3])
def test_a_record_needs_as_many_queries_for_many_versions(
    record, cast, sign_in, django_assert_num_queries, many
):
    for number in range(many):
        change(record, by=cast.lead, team=f"Team {number}")
    publish(record, by=cast.lead)
    client = sign_in("staff")

    with django_assert_num_queries(7):
        client.get(at(record, "versions/"))


def test_what_the_portal_knows_is_offered_and_taken_over_only_when_asked(record, sign_in):
    benefit = make_benefit(record.initiative, title="Sorted sooner")
    make_measurement(benefit, 12, date(2026, 9, 30))
    client = sign_in("lead")
    (fact,) = client.get(at(record)).context["facts"]
    assert record.values["benefits"] == "Sorting takes one hour, not nine."

    client.post(at(record, "fact/"), {"name": fact.name, "value": fact.value})

    record.refresh_from_db()
    assert record.values["benefits"].startswith(
        "Sorting takes one hour, not nine.\n\nSorted sooner"
    )
    assert record.versions.first().note == "Measured in the register"
    assert client.get(at(record)).context["facts"] == []


def test_what_the_portal_does_not_know_is_not_taken_over(record, sign_in):
    sign_in("lead").post(at(record, "fact/"), {"name": "benefits", "value": "All is well"})

    assert record.versions.count() == 1


def test_public_questionnaires_are_offered_as_consultation(record, sign_in):
    wave = make_public_wave()
    wave.survey.initiative = record.initiative
    wave.survey.save()

    (fact,) = sign_in("lead").get(at(record)).context["facts"]

    assert (fact.name, fact.value) == ("hi_public_consultation", "Public Feedback Solicitations")
    assert fact.added_to(["Other"]) == ["Other", "Public Feedback Solicitations"]


def test_what_the_next_stage_needs_besides_stands_below_what_is_missing_now(record, cast, sign_in):
    change(record, by=cast.lead, benefits="", is_high_impact="High-impact")

    page = sign_in("lead").get(at(record))

    ahead = page.context["ahead"]
    assert ahead.stage == "deployed"
    assert "benefits" not in {field.name for field in ahead.fields}
    assert "hi_failsafe_presence" in {field.name for field in ahead.fields}
    assert "For the stage “Deployed” also" in " ".join(page.text.split())
    assert f'href="{at(record, "risk/")}#field-hi_failsafe_presence"' in page.text


@pytest.mark.parametrize(
    ("wanted", "stage"), [("retired", "retired"), ("pilot", "deployed"), ("x", "deployed")]
)
def test_the_record_can_be_asked_what_any_other_stage_needs(record, sign_in, wanted, stage):
    assert sign_in("lead").get(at(record), {"for": wanted}).context["ahead"].stage == stage


def test_at_the_end_no_stage_asks_for_more(record, sign_in):
    record.initiative.stage = "retired"
    record.initiative.save()

    assert sign_in("lead").get(at(record)).context["ahead"] is None

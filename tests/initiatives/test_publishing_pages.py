"""Publishing, taking back and reviewing on the pages of a record: what is said, kept and refused."""

from datetime import timedelta
from importlib import import_module

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from buyin.initiatives.models import Initiative, Publication, RecordVersion, SystemRecord
from tests.factories.accounts import PersonFactory
from tests.factories.initiatives import InitiativeFactory
from tests.factories.records import change, make_record, publish


@pytest.fixture
def record(cast):
    """Return the record of an initiative of Roads, kept by the lead persona."""
    initiative = InitiativeFactory(name="Pothole sorter", stage="pilot", departments=[cast.roads])
    return make_record(initiative, by=cast.lead)


def at(record, page=""):
    return f"/initiatives/{record.initiative_id}/record/{page}"


def words_of(answer):
    return " ".join(answer.text.split())


def test_what_was_read_is_what_is_published(record, cast, sign_in):
    client = sign_in("lead")
    seen = client.get(at(record, "publish/")).context["form"]["seen"].value()
    change(record, by=cast.administrator, team="Nobody has read this")

    answer = client.post(at(record, "publish/"), {"seen": seen, "note": "My note"})

    assert "meanwhile. Read it again first." in words_of(answer)
    assert "My note" in answer.text
    assert not Publication.objects.exists()


@pytest.mark.parametrize(("sent", "shows"), [({}, False), ({"shows_benefits": "on"}, True)])
def test_measured_benefits_are_shown_only_where_that_is_ticked(record, sign_in, sent, shows):
    client = sign_in("lead")
    assert client.get(at(record, "publish/")).context["form"]["shows_benefits"].value() is True

    client.post(at(record, "publish/"), {"seen": 1, **sent})

    assert Publication.objects.get().shows_benefits is shows


@pytest.mark.parametrize(
    "sent", [{}, {"seen": "x"}, {"seen": "-1"}, {"seen": 1, "note": "x" * 301}]
)
def test_a_form_that_cannot_be_read_publishes_nothing(record, sign_in, sent):
    answer = sign_in("lead").post(at(record, "publish/"), sent)

    assert answer.status_code == 200
    assert not Publication.objects.exists()


def test_an_idea_and_what_is_missing_are_both_named(cast, sign_in):
    initiative = InitiativeFactory(name="Just an idea", stage="idea", departments=[cast.roads])
    path = f"/initiatives/{initiative.pk}/record/publish/"

    page = sign_in("lead").get(path)

    assert "It is still an idea." in page.text
    assert "Missing: " in page.text
    assert "There is no record yet." in sign_in("lead").post(path, {"seen": 0}).context[
        "form"
    ].errors.get("__all__", [""])


def test_the_record_says_whether_its_newest_version_is_public(record, cast, sign_in):
    client = sign_in("lead")
    never = words_of(client.get(at(record)))
    publish(record, by=cast.lead)
    just = words_of(client.get(at(record)))
    change(record, by=cast.lead, team="New")
    later = words_of(client.get(at(record)))

    assert "It is not public." in never
    assert "Publish it" in never
    assert "Version 1 has been public since" in just
    assert "not public yet" not in just
    assert "Publish the changes" not in just
    assert "What was changed since then is not public yet." in later
    assert "Publish the changes" in later


def test_who_may_only_read_is_not_offered_to_publish_or_take_back(record, cast, sign_in):
    publish(record, by=cast.lead)

    page = words_of(sign_in("staff").get(at(record)))

    assert "Version 1 has been public since" in page
    assert "Take it back" not in page
    assert "I have looked through it" not in page


def test_no_more_than_five_reasons_stand_beside_a_record(cast, sign_in):
    initiative = InitiativeFactory(name="Empty", stage="pilot", departments=[cast.roads])

    page = words_of(sign_in("lead").get(f"/initiatives/{initiative.pk}/record/"))

    assert page.count("Missing: ") == 5
    assert "And more, see what is missing." in page


@pytest.mark.parametrize(("reason", "words"), [("", "required"), ("x" * 301, "at most 300")])
def test_taking_back_needs_a_reason_that_fits(record, cast, sign_in, reason, words):
    publish(record, by=cast.lead)

    answer = sign_in("lead").post(at(record, "take-back/"), {"reason": reason})

    assert words in answer.text
    assert "<details open" in answer.text.replace(" >", ">")
    assert Publication.objects.current().exists()


def test_taking_back_twice_keeps_the_first_reason(record, cast, sign_in):
    publish(record, by=cast.lead)
    client = sign_in("lead")
    client.post(at(record, "take-back/"), {"reason": "A mistake in it"})

    again = client.post(at(record, "take-back/"), {"reason": "Another"})

    assert "It is not public." in again.text
    assert Publication.objects.get().taken_back == "A mistake in it"


def test_what_was_taken_back_may_be_published_again(record, cast, sign_in):
    publish(record, by=cast.lead)
    client = sign_in("lead")
    client.post(at(record, "take-back/"), {"reason": "A mistake in it"})

    client.post(at(record, "publish/"), {"seen": 1, "note": "Mended"})

    assert [one.note for one in Publication.objects.current()] == ["Mended"]
    assert client.get(f"/ai/{record.pk}/").status_code == 200


@pytest.mark.parametrize("page", ["publish/", "take-back/", "review/", "fact/"])
@pytest.mark.parametrize("who", ["staff", "neighbour", "executive"])
def test_nobody_else_publishes_takes_back_or_reviews(record, cast, sign_in, page, who):
    publish(record, by=cast.lead)
    day = (timezone.localdate() + timedelta(days=9)).isoformat()

    answer = sign_in(who).post(at(record, page), {"seen": 1, "reason": "x", "next_due": day})

    record.refresh_from_db()
    assert answer.status_code == 404
    assert Publication.objects.current().count() == Publication.objects.count() == 1
    assert record.review_due is None


@pytest.mark.parametrize(
    ("typed", "words"), [("", "required"), ("soon", "valid date"), ("today", "still to come")]
)
def test_a_next_review_that_is_none_is_said_and_changes_nothing(record, sign_in, typed, words):
    day = timezone.localdate().isoformat() if typed == "today" else typed

    answer = sign_in("lead").post(at(record, "review/"), {"next_due": day})

    assert words in answer.text
    record.refresh_from_db()
    assert (record.last_reviewed, record.review_due) == (None, None)


def test_a_late_review_is_marked_and_open_for_who_may_do_it(record, sign_in):
    SystemRecord.objects.update(review_due=timezone.localdate() - timedelta(days=1))

    assert "overdue" in sign_in("staff").get(at(record)).text
    assert "<details open" in sign_in("lead").get(at(record)).text.replace(" >", ">")
    SystemRecord.objects.update(review_due=timezone.localdate())
    assert "overdue" not in sign_in("staff").get(at(record)).text


def test_reviewing_makes_no_version(record, sign_in):
    day = timezone.localdate() + timedelta(days=9)

    sign_in("lead").post(at(record, "review/"), {"next_due": day.isoformat()})

    assert record.versions.count() == 1


def test_retired_systems_are_not_looked_through_again(record, cast):
    today = timezone.localdate()
    Initiative.objects.update(lead=cast.lead)
    SystemRecord.objects.update(review_due=today)
    assert SystemRecord.objects.to_review(cast.lead, until=today).exists()

    Initiative.objects.update(stage="retired")

    assert not SystemRecord.objects.to_review(cast.lead, until=today).exists()


def test_versions_are_read_page_by_page_and_none_is_compared_with_nothing(
    record, cast, sign_in, monkeypatch
):
    monkeypatch.setattr(import_module("buyin.initiatives.views.record"), "PAGE", 2)
    for number in range(2, 5):
        change(record, by=cast.lead, team=f"Team {number}")
    client = sign_in("staff")

    first, second = (client.get(at(record, "versions/"), {"page": n}) for n in (1, 2))

    assert [step.version.number for step in first.context["steps"]] == [4, 3]
    assert [step.is_first for step in first.context["steps"]] == [False, False]
    assert [(c.before, c.after) for c in first.context["steps"][1].changes] == [
        ("Team 2", "Team 3")
    ]
    assert [step.is_first for step in second.context["steps"]] == [False, True]
    assert "18 fields filled in" in words_of(second)


def test_a_record_without_versions_says_how_the_first_is_made(cast, sign_in):
    initiative = InitiativeFactory(name="New", departments=[cast.roads])

    page = sign_in("staff").get(f"/initiatives/{initiative.pk}/record/versions/")

    assert "No version yet" in page.text


def test_versions_stay_when_who_saved_them_is_gone(record, cast, sign_in):
    leaving = PersonFactory(name="Gone Tomorrow")
    RecordVersion.objects.update(by=leaving)
    leaving.delete()

    page = sign_in("staff").get(at(record, "versions/"))

    assert "Version 1" in page.text
    assert "Gone Tomorrow" not in page.text


def test_a_version_has_one_number_and_a_record_one_current_publication(record, cast):
    found = publish(record, by=cast.lead)
    version = record.versions.get()

    again = pytest.raises(IntegrityError, match=r"record_version_once|record_id.*number")
    with again, transaction.atomic():
        RecordVersion.objects.create(record=record, number=1)
    beside = pytest.raises(IntegrityError, match=r"record_published_once|record_id")
    with beside, transaction.atomic():
        Publication.objects.create(record=record, version=version, name="Second")
    Publication.objects.create(record=record, version=version, name="Past", ended_at=timezone.now())
    assert record.publications.current().get() == found


@pytest.mark.parametrize(
    ("said", "is_withheld"),
    [("", False), ("No", False), ("Other", True), ("Yes - Disclosure Risk", True), ("Odd", True)],
)
def test_whatever_is_not_a_no_keeps_a_record_from_the_public(said, is_withheld):
    assert SystemRecord(values={"is_withheld": said}).is_withheld is is_withheld


def test_who_may_read_records_reads_those_of_their_initiatives(record, cast):
    InitiativeFactory(name="Elsewhere", departments=[cast.clinic])

    assert SystemRecord.objects.visible_to(cast.staff).get() == record
    assert not SystemRecord.objects.visible_to(cast.neighbour)


def test_who_publishes_anew_sees_what_changes_for_readers(record, cast, sign_in):
    publish(record, by=cast.lead)
    client = sign_in("lead")
    assert "Nothing in the record" in client.get(at(record, "publish/")).text

    change(record, by=cast.lead, benefits="Two hours less.", contact_email="desk@agency.example")
    page = client.get(at(record, "publish/"))

    assert [one.field.name for one in page.context["changes"]] == ["benefits"]
    assert "Two hours less." in page.text
    assert "desk@agency.example" not in page.text


def test_what_is_published_for_the_first_time_is_compared_with_nothing(record, sign_in):
    assert "What changes for readers" not in sign_in("lead").get(at(record, "publish/")).text


def test_the_next_look_is_proposed_in_half_a_year(record, sign_in):
    form = sign_in("lead").get(at(record)).context["review_form"]

    assert form["next_due"].value() == timezone.localdate() + timedelta(days=182)

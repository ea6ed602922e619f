"""Success stories: no number, no clearance, no consent, no publication."""

from datetime import date
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, transaction

from buyin.initiatives.actions import (
    add_measurement,
    clear_story,
    publish_story,
    save_story,
    take_back_story,
)
from buyin.initiatives.models import Story
from tests.factories.benefits import make_benefit, make_measurement, make_story
from tests.factories.initiatives import InitiativeFactory

DAY = date(2026, 9, 30)
TEXTS: dict[str, Any] = {
    "title": "Decided sooner",
    "challenge": "Waiting.",
    "done": "Sorting.",
    "result": "Less.",
}
AGREED: dict[str, Any] = {"quote": "I know now.", "quoted": "A case worker", "consent_on": DAY,
          "consent_how": "by mail"}  # fmt: skip


@pytest.fixture
def ours(cast):
    return InitiativeFactory(name="Pothole finder", departments=[cast.roads])


@pytest.fixture
def measured(ours):
    return make_measurement(make_benefit(ours), 29, DAY)


@pytest.fixture
def published(cast, ours, measured):
    story = save_story(
        actor=cast.lead, story=Story(initiative=ours), measurement=measured, **TEXTS, **AGREED
    )
    clear_story(actor=cast.administrator, story=story)
    return publish_story(actor=cast.lead, story=story)


def test_a_story_goes_from_draft_over_clearance_to_everybody(cast, published):
    assert published.state == "published"
    assert (published.written_by, published.cleared_by) == (cast.lead, cast.administrator)
    assert list(Story.objects.published()) == [published]


def test_nobody_clears_their_own_words(cast, ours, measured):
    story = save_story(actor=cast.lead, story=Story(initiative=ours), measurement=measured, **TEXTS)

    with pytest.raises(ValidationError, match="Somebody else"):
        clear_story(actor=cast.lead, story=story)
    with pytest.raises(ValidationError, match="clear it first"):
        publish_story(actor=cast.lead, story=story)
    with pytest.raises(PermissionDenied):
        clear_story(actor=cast.staff, story=story)


@pytest.mark.parametrize("left_out", ["measurement", "quoted", "consent_on", "consent_how"])
def test_what_is_missing_keeps_it_a_draft(cast, ours, measured, left_out):
    fields = {**TEXTS, **AGREED, "measurement": measured}
    fields[left_out] = None if left_out in {"measurement", "consent_on"} else ""
    story = save_story(actor=cast.lead, story=Story(initiative=ours), **fields)

    with pytest.raises(ValidationError):
        clear_story(actor=cast.administrator, story=story)
    assert Story.objects.get().state == "draft"
    with pytest.raises(IntegrityError), transaction.atomic():
        Story.objects.filter(pk=story.pk).update(state="published", cleared_on=DAY)


def test_the_database_publishes_nothing_uncleared(ours, measured):
    with pytest.raises(IntegrityError), transaction.atomic():
        make_story(ours, measurement=measured, state="published")


def test_a_story_that_is_changed_has_to_be_cleared_anew(cast, published):
    save_story(actor=cast.lead, story=published, result="Much less.")

    found = Story.objects.get()
    assert (found.state, found.cleared_by, found.cleared_on) == ("draft", None, None)
    assert not Story.objects.published().exists()


def test_a_story_is_taken_back(cast, published):
    take_back_story(actor=cast.lead, story=published)

    assert not Story.objects.published().exists()


def test_a_number_that_was_corrected_is_told_no_longer(cast, published, measured):
    add_measurement(actor=cast.lead, benefit=measured.benefit, value=35, day=DAY, corrects=measured)

    assert not Story.objects.published().exists()
    cleared = clear_story(
        actor=cast.administrator, story=take_back_story(actor=cast.lead, story=published)
    )
    with pytest.raises(ValidationError, match="was corrected"):
        publish_story(actor=cast.lead, story=cleared)


def test_a_number_of_another_initiative_shows_nothing(cast, ours):
    other = make_measurement(make_benefit(InitiativeFactory(name="Zip")), 3, DAY)

    with pytest.raises(ValidationError, match="of this initiative"):
        save_story(actor=cast.lead, story=Story(initiative=ours), measurement=other, **TEXTS)


def test_drafts_are_read_by_those_who_write_them(sign_in, ours, published):
    draft = make_story(ours, title="Not yet out")
    place = f"/initiatives/{ours.pk}/"
    staff, lead = sign_in("staff"), sign_in("lead")

    assert "Not yet out" in lead.get(f"{place}benefits/").text
    shown = staff.get(f"{place}benefits/").text
    assert published.title in shown
    assert "Not yet out" not in shown
    assert staff.get(f"{place}stories/{draft.pk}/").status_code == 404
    told = staff.get(f"{place}stories/{published.pk}/").text
    assert "Median days to decide: 29 days" in told
    assert "I know now." in told
    found = staff.get("/api/v1/stories/").json()["results"]
    assert [one["title"] for one in found] == [published.title]


def test_two_people_bring_a_story_out_on_the_pages(sign_in, ours, measured):
    lead, other = sign_in("lead"), sign_in("administrator")
    place = f"/initiatives/{ours.pk}/stories/"

    lead.post(f"{place}add/", {**TEXTS, "measurement": measured.pk})
    page = f"{place}{Story.objects.get().pk}/"
    assert "You wrote it, so somebody else clears it." in lead.get(page).text
    refused = lead.post(f"{page}publish/", follow=True)
    assert "Somebody has to clear it first." in refused.text
    other.post(f"{page}clear/")
    lead.post(f"{page}publish/")

    assert Story.objects.get().state == "published"
    assert other.post(f"{page}shout/").status_code == 404
    other.post(f"{page}take-back/")
    assert Story.objects.get().state == "draft"


def test_bad_input_is_named_and_nothing_typed_is_lost(sign_in, ours):
    sent = {**TEXTS, "title": "", "consent_on": "2099-01-01", "measurement": "999"}

    answer = sign_in("lead").post(f"/initiatives/{ours.pk}/stories/add/", sent)

    for words in ("Title:", "still to come", "Measurement that shows it:", "Waiting."):
        assert words in answer.text
    assert not Story.objects.exists()

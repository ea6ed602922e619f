"""Answers that were deleted after they had been counted: nothing that is made later tells what they said."""

import uuid
from datetime import timedelta

import pytest
from django.utils import timezone

from buyin.readiness.actions import take_snapshots
from buyin.readiness.models import Snapshot
from surveys.actions.freezing import freeze_results
from surveys.actions.withdrawing import withdraw_answers
from surveys.feature import Surveys
from surveys.models import Participation, Response, Signature, Wave
from surveys.queries.field import answered_by_department
from tests.factories.accounts import PersonFactory
from tests.factories.questions import EVERY_TYPE
from tests.factories.surveys import make_signed, make_wave

pytestmark = pytest.mark.django_db
PEOPLE = 13


def close(wave, *, is_counted=True):
    Wave.objects.filter(pk=wave.pk).update(closed_at=timezone.now())
    if is_counted:
        freeze_results(wave=wave.pk)


def answered(cast, mode="confidential", *, people=PEOPLE):
    """Return an open wave that these many people of Roads have answered, the staff persona too."""
    wave = make_wave(cast.roads, anonymity=mode)
    everybody = [cast.staff, *(PersonFactory(department=cast.roads) for _n in range(people - 1))]
    for number, person in enumerate(everybody):
        make_signed(wave, person, useful=1 + number % 5, told=4, heard=3)
    return wave


def file_of(wave, name="codes.csv"):
    return f"/surveys/author/{wave.survey_id}/waves/{wave.number}/answers/{name}"


def page_of(wave):
    return f"/surveys/author/{wave.survey_id}/waves/{wave.number}/"


def delete(wave, *people):
    for person in people:
        assert withdraw_answers(wave=wave.pk, person=person)


def signers(wave, number):
    found = Signature.objects.filter(response__wave=wave).select_related("person")
    return [one.person for one in found[:number]]


def counted_in(snapshot):
    """Return how many people the agency's figure of a snapshot counts."""
    return max(snapshot.cells.filter(answered__isnull=False).values_list("answered", flat=True))


# Files


def test_the_rest_does_not_leave_beside_figures_of_all(sign_in, cast):
    wave, lead = answered(cast), sign_in("lead")
    close(wave)
    assert lead.get(file_of(wave)).status_code == 200

    delete(wave, cast.staff)

    for name in ("codes.csv", "labels.csv", "answers.xlsx", "answers.sav"):
        assert lead.get(file_of(wave, name)).status_code == 404, name
    assert lead.get(file_of(wave, "codebook.csv")).status_code == 200
    page = lead.get(page_of(wave)).text
    assert "Somebody has had their answers deleted since the results were counted." in page


def test_the_rest_leaves_where_what_was_deleted_is_a_group_of_its_own(sign_in, cast):
    wave = answered(cast, people=20)
    close(wave)
    everybody = signers(wave, 10)

    delete(wave, *everybody[:9])
    assert sign_in("lead").get(file_of(wave)).status_code == 404
    delete(wave, everybody[9])
    assert sign_in("lead").get(file_of(wave)).status_code == 200


def test_what_was_deleted_before_counting_keeps_no_file_back(sign_in, cast):
    wave = answered(cast)
    delete(wave, cast.staff)
    close(wave)

    assert wave.result.answers == PEOPLE - 1
    assert sign_in("lead").get(file_of(wave)).status_code == 200


def test_a_named_wave_still_gives_the_team_the_answers_that_are_left(sign_in, cast):
    wave = answered(cast, "named")
    close(wave)
    lead = sign_in("lead")
    before = lead.get(page_of(wave)).text
    delete(wave, cast.staff)

    assert lead.get(file_of(wave)).status_code == 200
    assert "had their answers deleted" not in before
    page = " ".join(lead.get(page_of(wave)).text.split())
    assert "One person has had their answers deleted since the results were counted." in page


# Readiness


def test_readiness_has_measured_all_before_the_first_of_a_counted_wave_is_deleted(cast):
    wave = answered(cast)
    close(wave)

    delete(wave, cast.staff)

    assert counted_in(Snapshot.objects.get()) == PEOPLE


def test_a_wave_without_dimensions_has_readiness_measure_nothing(cast, monkeypatch):
    wave = make_wave(cast.roads, anonymity="confidential", definition=EVERY_TYPE)
    for person in (cast.staff, *(PersonFactory(department=cast.roads) for _n in range(PEOPLE))):
        make_signed(wave, person, again=5)
    close(wave)
    monkeypatch.setattr("surveys.actions.withdrawing.take_snapshots", None)

    delete(wave, cast.staff)

    assert wave.result.answers == PEOPLE + 1


def test_a_wave_that_lost_answers_is_carried_over_and_not_measured_again(cast, settings):
    wave = answered(cast)
    close(wave)
    now = timezone.now()
    (first,) = take_snapshots(now=now)
    delete(wave, cast.staff)

    (again,) = take_snapshots(now=now + timedelta(days=7))
    settings.READY_FROM += 1
    changed = take_snapshots(now=now + timedelta(days=14))

    assert again.summary == first.summary
    assert changed == []


def test_answers_that_are_deleted_between_measuring_and_reading_are_in_no_scores(cast):
    wave = answered(cast)
    close(wave)
    (source,) = Surveys().score_sources(until=timezone.now())
    assert source.is_whole

    Response.objects.filter(signature__person=cast.staff).delete()

    assert list(Surveys().scores(until=timezone.now())) == []


def test_a_wave_with_names_is_measured_once_it_is_counted_and_not_before(cast):
    wave = answered(cast)
    close(wave, is_counted=False)
    assert take_snapshots(now=timezone.now()) == []

    delete(wave, cast.staff)
    freeze_results(wave=wave.pk)
    (snapshot,) = take_snapshots(now=timezone.now())

    assert wave.result.answers == PEOPLE - 1
    assert counted_in(snapshot) == PEOPLE - 1


# What people wrote


def written(cast, *, people=PEOPLE):
    """Return a counted wave in which the staff persona wished for what the others thanked for."""
    wave = make_wave(cast.roads, anonymity="confidential")
    make_signed(wave, cast.staff, wish="The map", more="Staff")
    for n in range(people - 1):
        make_signed(wave, PersonFactory(department=cast.roads), wish=f"Wish {n}", more="The map")
    close(wave)
    return wave


def texts(wave, code):
    return list(wave.result.texts.filter(code=code).values_list("text", flat=True))


def test_the_same_words_to_another_question_stay(cast):
    wave = written(cast)

    delete(wave, cast.staff)

    assert sorted(texts(wave, "wish")) == sorted(f"Wish {n}" for n in range(PEOPLE - 1))
    assert texts(wave, "more") == ["The map"] * (PEOPLE - 1)


@pytest.mark.parametrize("smallest", [PEOPLE, 10])
def test_how_many_texts_are_enough_follows_the_smallest_group(cast, settings, smallest):
    settings.SMALLEST_GROUP = smallest
    wave = written(cast)
    assert len(texts(wave, "wish")) == PEOPLE

    delete(wave, cast.staff)

    assert len(texts(wave, "wish")) == (0 if smallest == PEOPLE else PEOPLE - 1)


# What else is told


def test_the_next_wave_tells_of_as_many_answers_as_the_results(sign_in, cast):
    wave = answered(cast)
    close(wave)
    delete(wave, cast.staff)
    later = Wave.objects.create(
        survey=wave.survey, version=wave.version, number=2, called=wave.called,
        opens_at=timezone.now(), closes_at=timezone.now() + timedelta(days=5),
        grace=timedelta(),
    )  # fmt: skip
    Participation.objects.create(
        wave=later, person=cast.staff, department=cast.roads, receipt=uuid.uuid4()
    )

    page = sign_in("staff").get(f"/surveys/{later.pk}/thanks/")

    assert page.context["last_time"].answers == wave.result.answers == PEOPLE
    assert answered_by_department([wave]) == {wave.pk: {cast.roads.pk: PEOPLE}}


# What the page says before


@pytest.mark.parametrize(
    ("mode", "is_closed", "is_counted", "said", "unsaid"),
    [
        ("confidential", False, False, "will not be in the results", "a file of all answers"),
        ("confidential", True, False, "will not be in the results", "counted already"),
        ("confidential", True, False, "a file of all answers", "have read your answers"),
        ("confidential", True, True, "nobody can tell your part", "will not be in the results"),
        ("named", False, False, "have read your answers", "counted already"),
        ("named", True, True, "they may tell what you answered", "nobody can tell your part"),
    ],
)
def test_what_will_happen_is_said_as_the_wave_stands(
    sign_in, cast, mode, is_closed, is_counted, said, unsaid
):
    wave = answered(cast, mode)
    if is_closed:
        close(wave, is_counted=is_counted)

    page = sign_in("staff").get(f"/surveys/{wave.pk}/answers/delete/").text

    assert said in page
    assert unsaid not in page


def test_of_figures_is_nothing_said_where_too_few_answered_to_have_any(sign_in, cast):
    wave = answered(cast, people=3)
    close(wave)

    page = sign_in("staff").get(f"/surveys/{wave.pk}/answers/delete/").text

    assert "will not be in the results" in page
    assert "counted already" not in page


def test_which_wave_it_is_stands_on_every_page(sign_in, cast):
    wave = answered(cast, people=1)
    Wave.objects.filter(pk=wave.pk).update(number=2)
    staff, pages = sign_in("staff"), ("", "delete/")

    for end in pages:
        assert "Permit assistant, wave 2" in staff.get(f"/surveys/{wave.pk}/answers/{end}").text
    delete(wave, cast.staff)
    assert "Permit assistant, wave 2" in staff.get(f"/surveys/{wave.pk}/thanks/").text


def test_the_list_of_surveys_leads_to_answers_with_a_name(sign_in, cast):
    answered(cast, people=1)

    assert "What happens next, and your answers" in sign_in("staff").get("/surveys/").text

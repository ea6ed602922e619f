"""Impact assessments that come in as files, and the language in which they ask."""

import json

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from buyin.initiatives.actions import impact as actions
from buyin.initiatives.models import ImpactAssessment
from buyin.initiatives.views.impact_language import COOKIE
from tests.factories.impact import ANSWERS, make_impact
from tests.factories.initiatives import InitiativeFactory


@pytest.fixture
def initiative(cast):
    return InitiativeFactory(name="Permit assistant", departments=[cast.roads], lead=cast.staff)


@pytest.fixture
def at(initiative):
    return f"/initiatives/{initiative.pk}/assessment/"


def bring(client, at, answers):
    content = json.dumps({"data": answers}).encode()
    file = SimpleUploadedFile("answers.json", content)
    return client.post(f"{at}import/", {"file": file}, follow=True)


def said(answer):
    return " ".join(answer.text.split())


@pytest.mark.parametrize(
    ("number", "told"),
    [(1, "1 answer was taken over."), (2, "2 answers were taken over.")],
)
def test_how_many_answers_came_is_said_in_words(sign_in, at, number, told):
    answers = dict(list(ANSWERS.items())[:number])

    page = said(bring(sign_in("staff"), at, answers))

    assert told in page
    assert "belongs to no question" not in page
    assert "belong to no question" not in page
    assert ImpactAssessment.objects.get().answers == answers


@pytest.mark.parametrize(
    ("number", "begins", "is_cut"),
    [
        (1, "1 answer belongs to no question here", False),
        (10, "10 answers belong to no question here", False),
        (11, "11 answers belong to no question here", True),
    ],
)
def test_at_most_ten_that_do_not_fit_are_named(sign_in, at, number, begins, is_cut):
    unknown = {f"unknown{one:02}": "x" for one in range(number)}

    page = said(bring(sign_in("staff"), at, {**ANSWERS, **unknown}))

    assert begins in page
    assert sum(name in page for name in unknown) == min(number, 10)
    assert ("unknown09…" in page) is is_cut


def test_the_name_of_what_does_not_fit_is_shown_as_text(sign_in, at):
    page = bring(sign_in("staff"), at, {**ANSWERS, "<script>alert(1)</script>": "x"})

    assert "<script>alert(1)" not in page.text
    assert "&lt;script&gt;alert(1)" in page.text


def test_a_file_without_one_answer_that_fits_begins_nothing(sign_in, at):
    page = said(bring(sign_in("staff"), at, {"unknown": "x"}))

    assert "None of its answers belong to these questions." in page
    assert not ImpactAssessment.objects.exists()


def test_without_a_file_one_is_asked_for(sign_in, at):
    answer = sign_in("staff").post(f"{at}import/", {"csrfmiddlewaretoken": "x"})

    assert answer.status_code == 200
    assert "Choose a file." in answer.text


def test_giving_up_what_was_finished_meanwhile_keeps_it(sign_in, initiative, at):
    made = make_impact(initiative, is_finished=False)
    client = sign_in("staff")
    assert client.get(f"{at}1/give-up/").status_code == 200
    actions.finish_assessment(actor=initiative.lead, assessment=made)

    page = said(client.post(f"{at}1/give-up/", follow=True))

    assert "Somebody has finished this assessment or given it up meanwhile." in page
    assert ImpactAssessment.objects.get().finished_at


@pytest.mark.parametrize(
    ("kept", "accepted", "asked", "language"),
    [
        ("", "en", "", "en"),
        ("fr", "en", "", "fr"),
        ("tlh", "en", "", "en"),
        ("fr", "en", "en", "en"),
        ("fr", "en", "tlh", "fr"),
    ],
)
def test_the_language_is_what_was_pressed_then_what_was_kept(
    sign_in, initiative, at, kept, accepted, asked, language
):
    make_impact(initiative)
    client = sign_in("staff", headers={"accept-language": accepted})
    if kept:
        client.cookies[COOKIE] = kept

    answer = client.get(f"{at}1/", {"language": asked} if asked else {})

    assert answer.context["language"] == language

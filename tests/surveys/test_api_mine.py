"""What a person is asked, for their own programs, and the whole response that they send."""

import datetime as dt
from uuid import uuid4

import pytest
from django.test import override_settings
from django.utils import timezone

from surveys.models import BufferedResponse, Draft, Participation, Response, Signature
from tests.factories.surveys import (
    DEFINITION,
    make_draft,
    make_participation,
    make_public_wave,
    make_wave,
)

MINE = "/api/v1/my/waves/"
ANSWERS = {
    "useful": 4,
    "reasons": ["speed", "other"],
    "helped": "no",
    "told": "dk",
    "heard": 2,
    "hours": 2.5,
    "wish": "A quiet room",
}
STORED = {**ANSWERS, "more": None}


@pytest.fixture
def staff(sign_in):
    return sign_in("staff")


@pytest.fixture
def wave(cast):
    return make_wave(cast.roads, anonymity="confidential")


def send(client, wave, answers=ANSWERS, receipt=None, **more):
    body = {"receipt": str(receipt or uuid4()), "answers": answers, **more}
    return client.post(f"{MINE}{wave.pk}/response/", body, content_type="application/json")


def post_raw(client, wave, text, kind="application/json"):
    return client.generic("POST", f"{MINE}{wave.pk}/response/", text, content_type=kind)


# What waits


def test_a_person_reads_the_waves_that_wait_for_them(staff, wave, cast):
    make_wave(cast.clinic)
    make_participation(make_wave(cast.roads), cast.staff)
    make_wave(cast.roads, opens_at=timezone.now() + dt.timedelta(days=1))

    (row,) = staff.get(MINE).json()["results"]

    assert (row["wave"], row["title"], row["anonymity"]) == (
        wave.pk,
        "Permit assistant",
        "confidential",
    )
    assert (row["languages"], row["page"]) == (["en"], f"/surveys/{wave.pk}/")
    assert (row["minutes"] >= 1, row["takes_programs"]) == (True, True)


def test_an_anonymous_wave_waits_too_and_says_that_its_page_is_the_place(staff, cast):
    wave = make_wave(cast.roads)

    (row,) = staff.get(MINE).json()["results"]

    assert (row["takes_programs"], row["page"]) == (False, f"/surveys/{wave.pk}/")


def test_a_wave_comes_with_its_questions(staff, wave):
    found = staff.get(f"{MINE}{wave.pk}/").json()

    assert found["definition"] == DEFINITION
    assert (found["language"], found["receipt"]) == ("en", None)
    assert dt.datetime.fromisoformat(found["takes_until"]) == wave.closes_at + wave.grace


def test_the_questions_come_in_the_language_that_was_asked_for(staff, cast):
    spanish = {"useful.text": "El asistente es útil."}
    definition = {**DEFINITION, "translations": {"es": spanish}}
    wave = make_wave(cast.roads, definition=definition)

    found = staff.get(f"{MINE}{wave.pk}/", {"language": "es"}).json()
    refused = staff.get(f"{MINE}{wave.pk}/", {"language": "fr"})

    assert found["languages"] == ["en", "es"]
    assert "translations" not in found["definition"]
    assert found["definition"]["language"] == "es"
    assert found["definition"]["pages"][0]["questions"][0]["text"] == "El asistente es útil."
    assert refused.status_code == 400
    assert refused.json() == {"language": ["It is not asked in this language. There are: en, es."]}


@pytest.mark.parametrize("who", ["neighbour", "lead", "administrator"])
def test_a_wave_that_does_not_ask_somebody_is_not_there_for_them(sign_in, wave, who):
    client = sign_in(who)

    assert client.get(MINE).json()["results"] == []
    assert client.get(f"{MINE}{wave.pk}/").status_code == 404
    assert send(client, wave).status_code == 404
    assert not Participation.objects.exists()


def test_waves_for_anybody_and_numbers_beyond_all_are_not_there(staff):
    for number in (make_public_wave().pk, 10**30):
        assert staff.get(f"{MINE}{number}/").status_code == 404


@pytest.mark.parametrize("count", [1, 3])
def test_many_waves_need_as_many_queries_as_one(staff, cast, count, django_assert_num_queries):
    for _ in range(count):
        make_wave(cast.roads, anonymity="named")
    staff.get(MINE)  # the questions are read once per process

    with django_assert_num_queries(2):
        assert staff.get(MINE).json()["count"] == count


# Sending


def test_a_response_is_stored_as_if_it_came_from_the_page(staff, wave, cast):
    receipt = uuid4()

    answer = send(staff, wave, receipt=receipt)

    assert answer.status_code == 201
    assert answer.json() == {"receipt": str(receipt), "outcome": "stored"}
    response = Response.objects.get()
    assert (response.answers, response.department) == (STORED, cast.roads)
    assert Signature.objects.get().person == cast.staff
    noted = Participation.objects.get()
    assert (noted.person, noted.receipt, noted.wave) == (cast.staff, receipt, wave)
    assert staff.get(MINE).json()["results"] == []
    assert staff.get(f"{MINE}{wave.pk}/").json()["receipt"] == str(receipt)


def test_the_same_receipt_again_is_told_so_and_stores_nothing_more(staff, wave):
    receipt = uuid4()
    send(staff, wave, receipt=receipt)

    again = send(staff, wave, {"useful": 1}, receipt=receipt)

    assert again.status_code == 200
    assert again.json() == {"receipt": str(receipt), "outcome": "repeated"}
    assert Response.objects.get().answers == STORED


def test_another_receipt_is_a_second_try_of_which_nothing_is_stored(staff, wave):
    send(staff, wave)

    second = send(staff, wave, {**ANSWERS, "wish": "Another"})

    assert second.status_code == 409
    assert second.json() == {
        "detail": "You have answered this survey already. The first response counts."
    }
    assert Response.objects.get().answers == STORED


def test_whoever_answered_on_the_page_is_told_so(staff, wave, cast):
    given = make_participation(wave, cast.staff)

    assert send(staff, wave).status_code == 409
    assert send(staff, wave, receipt=given.receipt).status_code == 200


def test_what_is_missing_or_wrong_is_named_by_its_code_and_nothing_is_stored(staff, wave):
    wrong = {"hours": 41, "helped": "maybe", "reasons": "speed", "nosuch": 1, "useful": None}

    answer = send(staff, wave, wrong)

    assert answer.status_code == 400
    errors = answer.json()["answers"]
    assert set(errors) == {"useful", "told", "hours", "helped", "reasons", "nosuch"}
    assert errors["useful"] == ["Choose an answer."]
    assert errors["nosuch"] == ["There is no such question."]
    assert not Response.objects.exists()
    assert not Participation.objects.exists()


def test_a_refused_response_leaves_a_draft_as_it_was(staff, wave, cast):
    make_draft(wave, cast.staff, wish="From the bus")

    send(staff, wave, {"wish": "Nothing else"})

    assert Draft.objects.get().typed == {"wish": "From the bus"}


def test_a_response_holds_what_was_sent_and_nothing_of_a_draft(staff, wave, cast):
    make_draft(wave, cast.staff, more="Half a sen", wish="From the bus", heard="5")
    sent = {"useful": 4, "told": 1, "wish": "Sent"}

    assert send(staff, wave, sent).status_code == 201

    stored = Response.objects.get().answers
    assert {code: found for code, found in stored.items() if found is not None} == sent
    assert not Draft.objects.exists()


def test_conditions_hold_as_on_the_page(staff, cast):
    wave = make_wave(cast.roads, anonymity="named", definition=BRANCHING)

    short = send(staff, wave, {"uses": "no", "which": "This is not asked"})
    long = send(staff, wave, {"uses": "yes"})

    assert short.status_code == 201
    assert Response.objects.get().answers == {"uses": "no"}
    assert long.status_code == 409


def test_a_question_that_an_answer_makes_necessary_is_asked_for(staff, cast):
    wave = make_wave(cast.roads, anonymity="named", definition=BRANCHING)

    missing = send(staff, wave, {"uses": "yes"})
    beyond = send(staff, wave, {"uses": "yes", "which": "x"})

    assert missing.json() == {"answers": {"which": ["Write an answer."]}}
    assert beyond.json() == {"answers": {"which": ["Write its full name."]}}
    assert send(staff, wave, {"uses": "yes", "which": "Letters"}).status_code == 201


BRANCHING = {
    "schema": 1,
    "language": "en",
    "pages": [
        {
            "code": "p",
            "questions": [
                {
                    "code": "uses",
                    "type": "single",
                    "text": "Do you use an assistant?",
                    "required": True,
                    "choices": [{"code": "yes", "text": "Yes"}, {"code": "no", "text": "No"}],
                },
                {
                    "code": "which",
                    "type": "short_text",
                    "text": "Which one?",
                    "required": True,
                    "show_if": "${uses} = 'yes'",
                    "constraint": "string-length(.) > 2",
                    "constraint_message": "Write its full name.",
                },
            ],
        }
    ],
}


# Who is refused, and why


def test_an_anonymous_wave_is_refused_with_the_reason_and_the_way(staff, cast):
    wave = make_wave(cast.roads)

    answer = send(staff, wave)

    assert answer.status_code == 403
    assert "This survey is anonymous." in answer.json()["detail"]
    assert f"/surveys/{wave.pk}/" in answer.json()["detail"]
    assert not Participation.objects.exists()
    assert not BufferedResponse.objects.exists()


def test_a_closed_wave_takes_nothing_but_knows_its_receipts(staff, cast, wave):
    receipt = uuid4()
    send(staff, wave, receipt=receipt)
    closed = make_wave(cast.roads, anonymity="named", closed_at=timezone.now())
    wave.closed_at = timezone.now()
    wave.save()

    late = send(staff, closed)

    assert late.status_code == 410
    assert late.json() == {"detail": "This survey has closed. The response was not stored."}
    assert send(staff, wave, receipt=receipt).status_code == 200
    assert Response.objects.count() == 1


def test_nobody_sends_without_signing_in(sign_in, wave):
    for who in ("anonymous", "deactivated"):
        assert send(sign_in(who), wave).status_code == 403


def test_sending_asks_for_the_token_that_guards_forms(sign_in, wave):
    client = sign_in("staff", enforce_csrf_checks=True)

    refused = send(client, wave)
    client.get(f"/surveys/{wave.pk}/pages/1/")
    token = client.cookies["csrf"].value
    body = {"receipt": str(uuid4()), "answers": ANSWERS}
    taken = client.post(
        f"{MINE}{wave.pk}/response/",
        body,
        content_type="application/json",
        headers={"X-CSRFToken": token},
    )

    assert (refused.status_code, taken.status_code) == (403, 201)


@pytest.mark.parametrize(
    ("body", "named"),
    [
        ({}, {"receipt", "answers"}),
        ({"receipt": "1", "answers": {}}, {"receipt"}),
        ({"receipt": str(uuid4()), "answers": []}, {"answers"}),
        ({"receipt": str(uuid4()), "answers": None}, {"answers"}),
        ({"receipt": ["x"], "answers": "x"}, {"receipt", "answers"}),
        ({"receipt": str(uuid4()), "answers": {}, "person": 1, "wave": 2}, {"person", "wave"}),
        ([], {"non_field_errors"}),
        ("text", {"non_field_errors"}),
    ],
)
def test_a_body_that_does_not_hold_names_what_is_wrong(staff, wave, body, named):
    answer = staff.post(f"{MINE}{wave.pk}/response/", body, content_type="application/json")

    if isinstance(body, str):  # the test client sends it as it is, and it is no JSON
        named = {"detail"}
    assert answer.status_code == 400
    assert set(answer.json()) == named
    assert not Participation.objects.exists()


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("{", "Expecting property name"),
        ('{"receipt": NaN}', "NaN is no number"),
        ('{"a": 1, "a": 2}', "stands twice"),
        ("[" * 100_000, "nested too deeply"),
        ('{"answers": {"\\ud800": 1}}', "half a character"),
        (b'{"answers": "\xff"}', "half a character"),
        ('{"a": ' + "9" * 5000 + "}", "digits"),
    ],
)
def test_what_is_no_json_is_refused_in_words(staff, wave, text, words):
    answer = post_raw(staff, wave, text)

    assert answer.status_code == 400
    assert words in answer.json()["detail"]


def test_a_text_that_no_database_keeps_is_named(staff, wave):
    answer = send(staff, wave, {**ANSWERS, "wish": "a\0b", "no\0such": 1})

    assert answer.status_code == 400
    assert set(answer.json()["answers"]) == {"wish", "no\0such"}


def test_a_body_larger_than_the_portal_reads_is_refused(staff, wave):
    with override_settings(DATA_UPLOAD_MAX_MEMORY_SIZE=1000):
        answer = send(staff, wave, {"wish": "x" * 1000})

    assert answer.status_code == 413
    assert answer.json() == {"detail": "This is more than the portal reads at once."}


@pytest.mark.parametrize("kind", ["text/plain", "application/x-www-form-urlencoded"])
def test_forms_and_texts_are_no_json(staff, wave, kind):
    assert post_raw(staff, wave, "answers=1", kind).status_code == 415


def test_who_sends_without_end_is_told_when_to_go_on(staff, wave):
    answers = [send(staff, wave, {}) for _ in range(61)]

    assert [answer.status_code for answer in answers] == [400] * 60 + [429]
    assert int(answers[-1]["Retry-After"]) <= 60
    assert "detail" in answers[-1].json()

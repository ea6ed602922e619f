"""Whoever answered with their name reads their own answers, and can have them deleted for good."""

import html
import re
from uuid import uuid4

import pytest
from django.core.management import CommandError, call_command
from django.utils import timezone

from buyin.accounts.models import EventKind, SecurityEvent
from surveys.actions.freezing import freeze_results
from surveys.models import Draft, Evidence, Participation, Response, Signature, Wave, WrittenAnswer
from surveys.queries.field import answered_by_department
from surveys.queries.invariants import broken_rules
from tests.factories.accounts import PersonFactory
from tests.factories.initiatives import InitiativeFactory
from tests.factories.logic import asks, survey
from tests.factories.needs import make_need
from tests.factories.surveys import make_draft, make_signed, make_wave
from tests.surveys.links import answer, guest_of
from tests.surveys.test_api_mine import ANSWERS, send

pytestmark = pytest.mark.django_db


@pytest.fixture
def wave(cast):
    return make_wave(cast.roads, anonymity="confidential")


@pytest.fixture
def staff(sign_in):
    return sign_in("staff")


def page_of(wave, end=""):
    return f"/surveys/{wave.pk}/answers/{end}"


def words(answer):
    return " ".join(html.unescape(re.sub(r"<[^>]*>", " ", answer.text)).split())


def delete(client, wave):
    return client.post(page_of(wave, "delete/"), follow=True)


def counted(cast, sign_in, people, anonymity="confidential"):
    """Return a closed wave that these many people of Roads answered, each with a wish of their own."""
    wave = make_wave(cast.roads, anonymity=anonymity)
    for number in range(people):
        client = sign_in(PersonFactory(department=cast.roads))
        assert send(client, wave, {**ANSWERS, "wish": f"Wish {number}."}).status_code == 201
    assert send(sign_in("staff"), wave).status_code == 201
    Wave.objects.filter(pk=wave.pk).update(closed_at=timezone.now())
    freeze_results(wave=wave.pk)
    return wave


# Reading them


@pytest.mark.parametrize(
    ("mode", "told"),
    [
        (
            "confidential",
            "No page, report or file of the portal shows it with your name to anybody else.",
        ),
        ("named", "The people who run this survey can read it with your name."),
    ],
)
def test_a_person_reads_what_they_answered_in_the_words_of_the_survey(staff, cast, mode, told):
    wave = make_wave(cast.roads, anonymity=mode)
    send(staff, wave)

    thanks = staff.get(f"/surveys/{wave.pk}/thanks/")
    page = words(staff.get(page_of(wave)))

    assert page_of(wave) in thanks.text
    assert told in page
    assert "The assistant is useful for my work. Agree" in page
    assert "Answering faster, with fewer clicks, Something else" in page
    assert "I was told what will change. Don’t know" in page
    assert "How much time could you give to training? 2.5 hours" in page
    assert "One wish A quiet room" in page
    assert "Anything else? No answer" in page


def test_a_person_reads_all_that_is_stored_whatever_would_be_asked_by_now(staff, cast):
    choices = [{"code": "a", "text": "Then offered", "show_if": "today() < '2020-01-01'"}]
    choices += [{"code": "b", "text": "Still offered"}]
    questions = survey(
        [
            asks("early", text="Asked then?", show_if="today() < '2020-01-01'"),
            asks("late", text="Asked by now?", show_if="today() > '2020-01-01'"),
            {"code": "one", "type": "single", "text": "Which?", "choices": choices},
        ]
    )
    wave = make_wave(cast.roads, anonymity="confidential", definition=questions)
    make_signed(wave, cast.staff, early="Long ago", one="a")

    page = words(staff.get(page_of(wave)))

    assert "Asked then? Long ago" in page
    assert "Which? Then offered" in page
    assert "Asked by now?" not in page


def test_the_first_page_says_that_answers_can_be_read_and_deleted(staff, wave):
    page = words(staff.get(f"/surveys/{wave.pk}/pages/1/"))

    assert "so that you can read them again and have them deleted at any time" in page


def test_a_link_shows_answers_to_nobody_and_leads_to_where_they_are_after_signing_in(cast, wave):
    visitor = guest_of(wave, cast.staff)
    answer(visitor, wave)

    thanks = visitor.get(f"/surveys/invited/{wave.pk}/thanks/")
    page = visitor.get(page_of(wave))

    assert page_of(wave) in thanks.text
    assert "For that you sign in: a link shows them to nobody." in words(thanks)
    assert (page.status_code, page["Location"]) == (302, f"/accounts/login/?next={page_of(wave)}")


def test_nobody_finds_there_what_somebody_else_has_answered(sign_in, staff, wave):
    send(staff, wave)

    for persona in ("neighbour", "lead", "administrator", "executive"):
        for end in ("", "delete/"):
            assert sign_in(persona).get(page_of(wave, end)).status_code == 404, persona
        assert sign_in(persona).post(page_of(wave, "delete/")).status_code == 404, persona
    assert Response.objects.count() == 1


def test_each_sees_only_their_own(sign_in, cast, wave):
    other = sign_in(PersonFactory(department=cast.roads))
    send(other, wave, {**ANSWERS, "wish": "A window"})
    send(sign_in("staff"), wave)

    assert "A window" not in words(sign_in("staff").get(page_of(wave)))
    assert "A quiet room" not in words(other.get(page_of(wave)))


def test_before_answering_there_is_nothing_to_read_or_delete(staff, wave):
    for end in ("", "delete/"):
        assert staff.get(page_of(wave, end)).status_code == 404
    assert staff.post(page_of(wave, "delete/")).status_code == 404


def test_anonymous_answers_have_no_such_page(staff, cast):
    wave = make_wave(cast.roads)
    Participation.objects.create(
        wave=wave, person=cast.staff, department=cast.roads, receipt=uuid4()
    )

    assert "answers/" not in staff.get(f"/surveys/{wave.pk}/thanks/").text
    for end in ("", "delete/"):
        assert staff.get(page_of(wave, end)).status_code == 404
    assert staff.post(page_of(wave, "delete/")).status_code == 404


# Deleting them


def test_deleting_asks_first_and_then_nothing_of_the_answers_is_left(staff, cast, wave):
    send(staff, wave)
    make_draft(wave, cast.staff, wish="An older try")

    asked = words(staff.get(page_of(wave, "delete/")))
    assert Response.objects.count() == 1
    told = words(delete(staff, wave))

    assert "Delete your answers?" in asked
    assert "Your answers will not be in the results." in asked
    assert "Your answers are deleted The portal has none of your answers" in told
    assert "Figures that had been counted" not in told
    assert "Read or delete" not in told
    assert "Nobody sees results before that" not in told
    assert not Response.objects.exists()
    assert not Signature.objects.exists()
    assert not Draft.objects.exists()
    assert broken_rules() == []


def test_that_somebody_has_answered_stays_so_nobody_asks_again_and_rates_stay_true(
    staff, cast, wave
):
    send(staff, wave)
    delete(staff, wave)

    assert Participation.objects.get().is_withdrawn
    assert answered_by_department([wave]) == {wave.pk: {cast.roads.pk: 1}}
    assert staff.get(f"/surveys/{wave.pk}/pages/1/").status_code == 302
    assert send(staff, wave).status_code == 409
    assert Response.objects.count() == 0


def test_who_deletes_twice_is_told_that_it_was_done(staff, wave):
    send(staff, wave)
    delete(staff, wave)

    assert "Your answers were deleted already." in words(delete(staff, wave))
    for end in ("", "delete/"):
        page = words(staff.get(page_of(wave, end), follow=True))
        assert "Your answers were deleted already." in page
    assert SecurityEvent.objects.filter(kind=EventKind.ERASED).count() == 1


def test_answers_of_others_and_of_other_waves_stay(sign_in, staff, cast, wave):
    other = make_wave(cast.roads, anonymity="named")
    send(staff, other)
    send(sign_in(PersonFactory(department=cast.roads)), wave)
    send(staff, wave)

    delete(staff, wave)

    assert (wave.responses.count(), other.responses.count()) == (1, 1)
    assert Participation.objects.get(is_withdrawn=True) == wave.participations.get(
        person=cast.staff
    )
    assert "A quiet room" in words(staff.get(page_of(other)))


def test_the_log_says_that_answers_were_deleted_and_not_whose(staff, cast, wave):
    send(staff, wave)
    delete(staff, wave)

    event = SecurityEvent.objects.get(kind=EventKind.ERASED)
    assert (event.person, event.actor) == (None, None)
    assert event.detail == "Somebody’s answers to “Permit assistant, wave 1”"


def test_a_file_of_a_named_wave_no_longer_has_the_row(sign_in, staff, cast):
    wave = make_wave(cast.roads, anonymity="named")
    send(staff, wave)
    send(sign_in(PersonFactory(department=cast.roads, email="other@fairhaven.example")), wave)
    delete(staff, wave)

    files = f"/surveys/author/{wave.survey_id}/waves/{wave.number}/answers/codes.csv"
    content = b"".join(sign_in("lead").get(files).streaming_content).decode()

    assert "other@fairhaven.example" in content
    assert "staff@fairhaven.example" not in content


# After counting


def test_figures_that_were_counted_stay_and_what_somebody_wrote_goes(
    sign_in, staff, cast, settings
):
    wave = counted(cast, sign_in, people=11)
    lead = sign_in("lead")
    before = wave.result.questions

    asked = words(staff.get(page_of(wave, "delete/")))
    told = words(delete(staff, wave))

    assert "Figures that were counted already stay as they are." in asked
    assert "Figures that had been counted before stay as they are." in told
    wave.result.refresh_from_db()
    assert (wave.result.questions, wave.result.answers) == (before, 12)
    texts = words(lead.get(f"/surveys/{wave.pk}/results/texts/wish/"))
    assert "A quiet room" not in texts
    assert "What 11 people wrote" in texts


def test_texts_that_would_be_too_few_go_with_it_and_no_page_leads_to_them(sign_in, staff, cast):
    wave = counted(cast, sign_in, people=9)
    lead = sign_in("lead")
    question = f"/surveys/{wave.pk}/results/questions/wish/"
    assert "Read what people wrote" in lead.get(question).text

    delete(staff, wave)

    assert WrittenAnswer.objects.count() == 0
    assert lead.get(f"/surveys/{wave.pk}/results/texts/wish/").status_code == 404
    assert "Read what people wrote" not in lead.get(question).text


def test_of_two_people_who_wrote_the_same_only_one_text_goes(sign_in, staff, cast):
    wave = make_wave(cast.roads, anonymity="confidential")
    for _number in range(12):
        send(sign_in(PersonFactory(department=cast.roads)), wave)
    send(staff, wave)
    Wave.objects.filter(pk=wave.pk).update(closed_at=timezone.now())
    freeze_results(wave=wave.pk)

    delete(staff, wave)

    assert WrittenAnswer.objects.filter(text="A quiet room").count() == 12


def test_a_need_that_rests_on_a_deleted_text_says_that_its_source_is_gone(sign_in, staff, cast):
    wave = counted(cast, sign_in, people=11)
    need = make_need(InitiativeFactory(name="Rooms"))
    text = WrittenAnswer.objects.get(text="A quiet room")
    Evidence.objects.create(need=need, kind=Evidence.Kind.WRITTEN, written=text)

    delete(staff, wave)

    assert need.evidence.get().is_gone


# For programs, and for those who cannot sign in


def test_a_program_deletes_the_response_of_its_person_once(staff, wave):
    send(staff, wave)
    url = f"/api/v1/my/waves/{wave.pk}/response/"

    assert staff.delete(url).status_code == 204
    assert Response.objects.count() == 0
    again = staff.delete(url)
    assert (again.status_code, again.json()["detail"]) == (
        404,
        "No answers of yours are stored here.",
    )


def test_a_program_that_sends_once_more_is_not_told_that_its_response_is_stored(staff, wave):
    receipt = uuid4()
    send(staff, wave, receipt=receipt)
    delete(staff, wave)

    again = send(staff, wave, receipt=receipt)

    assert again.status_code == 409
    assert again.json()["detail"].startswith("You have had your answers deleted.")
    assert Response.objects.count() == 0


def test_a_program_is_told_that_anonymous_answers_cannot_be_found(staff, cast):
    wave = make_wave(cast.roads)

    refused = staff.delete(f"/api/v1/my/waves/{wave.pk}/response/")

    assert refused.status_code == 403
    assert "Nobody can find your answers" in refused.json()["detail"]


def test_the_command_deletes_all_that_one_person_answered(staff, cast, wave, capsys):
    other = make_wave(cast.roads, anonymity="named")
    send(staff, wave)
    send(staff, other)

    call_command("delete_answers", "STAFF@fairhaven.example", "--dry-run")
    assert Response.objects.count() == 2
    call_command("delete_answers", "staff@fairhaven.example")

    said = capsys.readouterr().out.splitlines()
    names = [f"{one} ({one.pk})" for one in (wave, other)]
    assert said == [f"{way}: {n}" for way in ("Would be deleted", "Deleted") for n in names]
    assert Response.objects.count() == 0
    assert broken_rules() == []


def test_the_command_keeps_to_one_wave_and_says_where_there_is_nothing(staff, cast, wave, capsys):
    other = make_wave(cast.roads, anonymity="named")
    send(staff, wave)
    send(staff, other)

    call_command("delete_answers", "staff@fairhaven.example", wave=other.pk)
    call_command("delete_answers", "staff@fairhaven.example", wave=other.pk)

    assert capsys.readouterr().out.splitlines() == [
        f"Deleted: {other} ({other.pk})",
        "Nothing with this person's name is stored there.",
    ]
    assert Response.objects.get().wave == wave


def test_the_command_names_an_address_that_nobody_has(cast):
    with pytest.raises(CommandError, match="nobody with the address no@fairhaven"):
        call_command("delete_answers", "no@fairhaven.example")


# What must always be true


def test_answers_that_are_gone_without_anybody_having_wanted_it_are_still_missed(staff, wave):
    send(staff, wave)
    Response.objects.all().delete()

    assert broken_rules() == ["“Permit assistant, wave 1”: 1 answered, but answers stored are 0."]

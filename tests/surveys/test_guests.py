"""People without an account are asked by mail, answer by link, and count where their author says."""

import datetime as dt
import threading

import pytest
from django.db import IntegrityError, connection, transaction
from django.test import Client
from django.utils import timezone

from buyin.outbox.models import Message
from buyin.outbox.sending import drain
from surveys.actions import close_wave, flush_group
from surveys.actions.freezing import freeze_results
from surveys.actions.inviting import forget_guests
from surveys.models import (
    BufferedResponse,
    Invitation,
    MailStop,
    Participation,
    PersonalLink,
    Response,
    WaveDepartment,
)
from surveys.queries.field import field_of, overall_rates
from surveys.queries.invariants import broken_rules
from surveys.queries.scores import scores_of
from surveys.tasks import write_mails
from tests.factories.accounts import PersonFactory
from tests.factories.surveys import (
    make_guest,
    make_link,
    make_participation,
    make_planned,
    make_wave,
)
from tests.surveys.links import answer, guest_of, opened, press, url
from tests.surveys.public_pages import form_on
from tests.surveys.test_audience import plan, publish, text
from tests.surveys.test_link_mails import OPEN, STOP
from tests.surveys.test_survey_mails import days_pass

pytestmark = pytest.mark.django_db
MIRA = "mira@elsewhere.example"
BY_MAIL = {"sends_mail": "on", "reminders": "1", "remind_every": "3"}


@pytest.fixture
def survey(cast):
    return make_planned(cast.roads)


@pytest.fixture
def wave(cast):
    return make_wave(cast.roads, sends_mail=True, reminders=1, remind_every=3)


def many_answer(wave, number, home=None):
    """Let guests answer as the page would have them, without its price."""
    for n in range(number):
        guest = make_guest(wave, f"g{home and home.pk}-{n}@elsewhere.example", home)
        Participation.objects.create(
            wave=wave, invitation=guest, department=home, receipt=guest.pk, is_sealed=False
        )
        answers = {"useful": 4, "told": 3, "heard": 2}
        BufferedResponse.objects.create(wave=wave, department=home, answers=answers)
    asked, _made = WaveDepartment.objects.get_or_create(
        wave=wave, department=home, defaults={"asked": 0, "is_whole": False}
    )
    WaveDepartment.objects.filter(pk=asked.pk).update(asked=asked.asked + number)


def homes(wave):
    return sorted(
        Response.objects.filter(wave=wave).values_list("department__code", flat=True), key=str
    )


def test_before_publishing_it_says_how_many_have_no_account_and_where_they_count(
    lead, survey, cast
):
    people = [PersonFactory(department=cast.roads).email for _ in range(10)]
    guests = ["ann@field.example; roads", "Bo <bo@field.example>, Roads", "mira@elsewhere.example"]

    plan(lead, survey, addresses="\n".join([*people, *guests]), **BY_MAIL)

    page = text(lead.get(f"/surveys/author/{survey.pk}/publish/"))
    assert "Publish to 13 people?" in page
    assert "3 listed addresses have no account. They are asked by mails" in page
    assert "2 of them count in the departments that stand beside them." in page
    assert "1 of them counts as outside" in page
    assert "Fewer than 10 people outside are asked." in page


def test_what_was_typed_about_departments_is_there_again(lead, survey):
    plan(lead, survey, addresses="ann@field.example; Roads\nmira@elsewhere.example", **BY_MAIL)

    page = lead.get(f"/surveys/author/{survey.pk}/plan/").text

    assert "ann@field.example; roads\nmira@elsewhere.example" in page


@pytest.mark.usefixtures("_few_are_enough")
def test_a_wave_writes_down_its_guests_and_where_they_count(lead, survey, cast):
    wave = publish(
        lead, survey, addresses="ann@field.example; roads\nMira@Elsewhere.example", **BY_MAIL
    )

    rows = Invitation.objects.filter(wave=wave).values_list("address", "person", "department__code")
    assert set(map(tuple, rows)) == {("ann@field.example", None, "roads"), (MIRA, None, None)}
    groups = wave.groups.values_list("department__code", "asked", "is_whole")
    assert set(groups) == {("roads", 1, False), (None, 1, False)}


def test_guests_of_a_department_are_among_its_headcount(lead, survey, cast):
    wave = publish(
        lead,
        survey,
        asks="some",
        departments=[cast.roads.pk],
        addresses="ann@field.example; roads",
        **BY_MAIL,
    )

    assert wave.groups.get().asked == 40


@pytest.mark.parametrize(
    ("changes", "problem"),
    [
        ({}, "can be asked by mail only"),
        ({**BY_MAIL, "anonymity": "named"}, "can be asked anonymously only"),
        ({**BY_MAIL, "anonymity": "confidential"}, "can be asked anonymously only"),
    ],
)
def test_guests_keep_a_wave_back_that_could_not_ask_them(lead, survey, changes, problem):
    plan(lead, survey, addresses=MIRA, **changes)

    page = text(lead.get(f"/surveys/author/{survey.pk}/publish/"))
    lead.post(f"/surveys/author/{survey.pk}/publish/")

    assert problem in page
    assert survey.waves.count() == 1


def test_asking_again_asks_the_same_guests_where_they_counted(lead, survey, cast):
    wave = publish(lead, survey, addresses=f"ann@field.example; roads\n{MIRA}", **BY_MAIL)
    close_wave(wave=wave.pk, by=None)

    lead.post(f"/surveys/author/{survey.pk}/again/")

    listed = survey.plan.addresses.values_list("address", "department__code")
    assert set(listed) == {("ann@field.example", "roads"), (MIRA, None)}


def test_a_guest_gets_a_mail_with_a_link_answers_once_and_is_not_reminded(wave, mira):
    write_mails()
    message = Message.objects.get()
    client = Client()
    client.get(OPEN.findall(message.text)[0])

    sent = answer(client, wave, q_wish="More light")
    days_pass(3)
    write_mails()

    assert (message.person, message.address) == (None, MIRA)
    assert "We have your answers" in client.get(sent.url).text
    assert Participation.objects.get().invitation == mira
    assert BufferedResponse.objects.get().department is None
    assert Message.objects.count() == 1


def test_a_guest_who_has_not_answered_is_reminded(wave, mira):
    write_mails()
    days_pass(3)
    write_mails()

    assert [m.subject.split()[0] for m in Message.objects.order_by("pk")] == ["Until", "Reminder,"]


def test_a_mail_to_a_guest_is_not_sent_once_they_have_answered(wave, mira):
    write_mails()
    answer(opened(mira), wave)

    drain()

    assert Message.objects.get().skip_reason == "answered since it was written"


@pytest.mark.usefixtures("_few_are_enough")
def test_a_guest_who_stops_mails_gets_none_and_is_not_asked_next_time(lead, survey, cast):
    wave = publish(lead, survey, addresses=f"{MIRA}\nann@field.example", **BY_MAIL)
    write_mails()
    stop = STOP.findall(Message.objects.get(address=MIRA).text)[0]
    Client().post(stop)
    Client().post(stop)
    drain()
    close_wave(wave=wave.pk, by=None)
    lead.post(f"/surveys/author/{survey.pk}/again/")

    again = publish(lead, survey, addresses=f"{MIRA}\nann@field.example", **BY_MAIL)

    assert MailStop.objects.get().address == MIRA
    assert Message.objects.get(address=MIRA).skip_reason.startswith("does not want mails")
    assert set(again.invitations.values_list("address", flat=True)) == {"ann@field.example"}


def test_the_draft_of_a_guest_resumes_in_their_browser_and_in_no_other(wave, mira, cast):
    client = opened(mira)
    press(client, wave, 2, "save", q_wish="half a wish")

    opened(mira, client)

    assert "half a wish" in client.get(url(wave, 2)).text
    assert "half a wish" not in opened(mira).get(url(wave, 2)).text
    assert (
        "half a wish" not in opened(make_guest(wave, "x@y.example"), client).get(url(wave, 2)).text
    )


def test_a_guest_is_promised_what_holds_for_guests_and_a_person_what_holds_for_people(wave, cast):
    guest = opened(make_guest(wave)).get(url(wave)).text
    person = guest_of(wave, cast.staff).get(url(wave)).text

    assert "your invitation has been answered" in guest
    assert "people of your department" not in " ".join(guest.split())
    assert "people of your department" in " ".join(person.split())


def test_the_link_of_a_guest_is_for_their_wave_only(mira, cast):
    other = make_wave(cast.roads)

    assert opened(mira).get(url(other)).status_code == 403


def test_a_guest_in_two_browsers_has_one_answer(wave, mira):
    answer(opened(mira), wave)

    again = opened(mira).get(f"/surveys/invited/{wave.pk}/", follow=True)

    assert "Thank you. We have your answers." in again.text
    assert Participation.objects.count() == BufferedResponse.objects.count() == 1


def test_the_database_takes_one_answer_of_a_guest(wave, mira):
    given = {"wave": wave, "invitation": mira}
    Participation.objects.create(**given, receipt=mira.pk)

    with pytest.raises(IntegrityError), transaction.atomic():
        Participation.objects.create(**given, receipt=mira.pk)


def test_guests_outside_are_a_line_of_their_own_where_they_are_enough(wave, cast):
    wave.groups.update(asked=40)
    many_answer(wave, 12)

    field = field_of(wave)

    assert [(row.department.name, row.asked) for row in field.rows] == [
        ("Roads", 40),
        ("Outside the agency", 12),
    ]
    assert field.rows[1].rate is not None
    assert field.asked == 52
    assert [row.department for row in field.helps] == [cast.roads]


def test_too_few_guests_outside_are_in_no_figure_from_which_they_could_be_worked_out(wave, cast):
    wave.groups.update(asked=40)
    before = overall_rates([wave])[wave.pk]

    many_answer(wave, 9)

    field = field_of(wave)
    assert field.rows[1].rate is None
    assert field.rows[0].rate is not None
    assert field.overall == before == field.rows[0].rate


def test_the_page_its_file_and_its_api_name_those_outside(wave, lead):
    wave.groups.update(asked=40)
    many_answer(wave, 12)
    place = f"/surveys/author/{wave.survey_id}/waves/1/"

    assert "Outside the agency" in lead.get(place).text
    assert "outside,Outside the agency,12" in lead.get(f"{place}rates.csv").text
    api = lead.get(f"/api/v1/surveys/{wave.survey_id}/waves/1/response-rate/").json()
    assert api["departments"][1]["code"] == "outside"


def test_answers_from_outside_leave_the_buffer_when_they_are_enough(wave):
    many_answer(wave, 10)

    assert flush_group(wave=wave.pk, department=None) == 10

    assert homes(wave) == [None] * 10
    assert set(Participation.objects.values_list("is_sealed", flat=True)) == {True}
    assert broken_rules() == []


def test_enough_answers_from_outside_stay_outside_at_closing(wave, cast):
    many_answer(wave, 10)
    many_answer(wave, 12, cast.roads)

    close_wave(wave=wave.pk, by=None)

    assert homes(wave) == [None] * 10 + ["roads"] * 12
    assert broken_rules() == []


def test_too_few_answers_from_outside_are_counted_with_a_department_at_closing(wave, cast):
    many_answer(wave, 3)
    many_answer(wave, 12, cast.roads)
    many_answer(wave, 30, cast.parks)

    close_wave(wave=wave.pk, by=None)

    assert homes(wave) == [None] * 15 + ["parks"] * 30
    assert broken_rules() == []


def test_those_outside_count_for_the_whole_in_results_and_readiness(wave, cast):
    many_answer(wave, 10)
    many_answer(wave, 12, cast.roads)
    close_wave(wave=wave.pk, by=None)
    freeze_results(wave=wave.pk)
    wave.refresh_from_db()

    scores = scores_of(wave)

    assert wave.result.answers == 22
    assert scores.asked == {cast.roads.pk: 13, 0: 10}
    assert sorted(scores.department.tolist()) == [0] * 10 + [cast.roads.pk] * 12


def test_addresses_and_links_of_guests_are_forgotten_some_time_after_the_wave(wave, mira):
    make_link(mira)
    make_participation(wave, PersonFactory())
    close_wave(wave=wave.pk, by=None)
    assert forget_guests(days=90) == 0

    type(wave).objects.update(closed_at=timezone.now() - dt.timedelta(days=91))

    assert forget_guests(days=90) == 2
    assert forget_guests(days=90) == 0
    assert Invitation.objects.get().address == ""
    assert not PersonalLink.objects.exists()


@pytest.mark.django_db(transaction=True)
@pytest.mark.skipif("connection.vendor != 'postgresql'", reason="races need PostgreSQL")
@pytest.mark.usefixtures("_slow_participations")
def test_two_tabs_of_one_guest_at_once_and_a_closing_store_one_answer(cast):
    wave = make_wave(cast.roads)
    guest = make_guest(wave)
    tabs = [opened(guest) for _tab in range(6)]
    for tab in tabs:
        press(tab, wave, 1, "next", q_useful="4", q_told="dk")
    forms = [form_on(tab.get(url(wave, 2))) for tab in tabs]
    answers = []

    def hand_in(tab, form):
        answers.append(tab.post(url(wave, 2), {**form, "go": "submit"}).status_code)
        connection.close()

    def close():
        close_wave(wave=wave.pk, by=None)
        connection.close()

    threads = [threading.Thread(target=hand_in, args=one) for one in zip(tabs, forms, strict=True)]
    threads.append(threading.Thread(target=close))
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert set(answers) <= {302, 410}
    assert Participation.objects.count() == Response.objects.count() <= 1
    assert not BufferedResponse.objects.exists()
    assert broken_rules() == []

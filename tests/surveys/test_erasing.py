"""The address of one guest is erased at their wish: it is nowhere afterwards, and counts stay true."""

import os
import subprocess

import pytest
from auditlog.models import LogEntry
from django.db import connection
from django.test import Client
from django.utils import timezone

from buyin.accounts.models import EventKind, SecurityEvent
from buyin.outbox.actions import claim
from buyin.outbox.models import Message, MessageState
from buyin.outbox.sending import drain
from surveys.actions import close_wave
from surveys.actions.erasing import erase_guest
from surveys.actions.stopping import stop_mails
from surveys.models import (
    Invitation,
    Participation,
    PersonalLink,
    PlannedAddress,
    WavePlan,
)
from surveys.queries.field import field_of
from surveys.tasks import write_mails
from tests.factories.initiatives import InitiativeFactory
from tests.factories.surveys import make_guest, make_link, make_wave
from tests.services import postgres_folder
from tests.surveys.links import answer, opened, url
from tests.surveys.test_linkage import on_postgresql
from tests.surveys.test_survey_mails import days_pass

pytestmark = pytest.mark.django_db
MIRA = "mira@elsewhere.example"


@pytest.fixture
def wave(cast):
    return make_wave(cast.roads, sends_mail=True, reminders=1, remind_every=3)


def listed(wave):
    return f"/surveys/author/{wave.survey_id}/waves/{wave.number}/guests/"


def erase_page(guest):
    return f"{listed(guest.wave)}{guest.pk}/erase/"


def whole_dump():
    """Return the whole database as pg_dump writes it."""
    database = connection.settings_dict
    folder = postgres_folder()
    assert folder
    where = {
        "PGHOST": database["HOST"],
        "PGPORT": str(database["PORT"]),
        "PGUSER": database["USER"],
    }
    result = subprocess.run(
        [folder / "pg_dump", "-d", database["NAME"]],
        env={**os.environ, **where},
        capture_output=True,
        text=True,
        check=True,
    )
    return result.stdout


def every_cell():
    """Return every cell of every table, as this test sees them."""
    found = []
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            cursor.execute(f'SELECT * FROM "{table}"')
            found += cursor.fetchall()
    return repr(found)


def everything_with_mira(wave, mira):
    """Let the address stand wherever the portal ever keeps one."""
    write_mails()
    drain()
    days_pass(4)
    write_mails()
    Message.objects.filter(address=MIRA, state=MessageState.SENT).update(
        error=f"250 {MIRA} accepted"
    )
    stop_mails(invitation=mira)
    plan = WavePlan.objects.create(survey=wave.survey)
    PlannedAddress.objects.create(plan=plan, address=MIRA)


@on_postgresql
@pytest.mark.services
@pytest.mark.django_db(transaction=True)
def test_a_dump_taken_afterwards_holds_the_address_nowhere(sign_in, cast):
    wave = make_wave(cast.roads, sends_mail=True, reminders=1, remind_every=3)
    mira = make_guest(wave)
    everything_with_mira(wave, mira)
    before = whole_dump()

    sign_in("lead").post(erase_page(mira))

    assert before.count(MIRA) >= 4
    assert "mira" not in whole_dump().lower()


def test_the_address_is_in_no_table_afterwards(lead, wave, mira):
    everything_with_mira(wave, mira)
    assert every_cell().count(MIRA) >= 4

    answer = lead.post(erase_page(mira), follow=True)

    assert "The address is erased from 1 survey." in answer.text
    assert "mira" not in every_cell().lower()
    assert MIRA not in str(list(LogEntry.objects.values_list("changes", flat=True)))


def test_it_is_asked_first_and_looking_changes_nothing(lead, wave, mira):
    page = lead.get(erase_page(mira)).text

    assert "Erase this address?" in page
    assert MIRA in page
    assert "The links in mails that were sent open nothing any more." in page
    mira.refresh_from_db()
    assert mira.address == MIRA


def test_no_mail_follows_and_those_that_wait_are_not_sent(lead, wave, mira):
    other = make_guest(wave, "bo@elsewhere.example")
    write_mails()

    lead.post(erase_page(mira))
    drain()
    days_pass(4)
    write_mails()

    assert not Message.objects.filter(address=MIRA).exists()
    gone = Message.objects.get(key=f"survey:{mira.pk}:0")
    assert (gone.state, gone.text, gone.headers) == (MessageState.SKIPPED, "", {})
    assert Message.objects.filter(key=f"survey:{other.pk}:1").exists()
    assert not Message.objects.filter(key=f"survey:{mira.pk}:1").exists()


def test_links_that_were_sent_open_nothing_any_more(lead, wave, mira):
    token = make_link(mira)
    browser = opened(mira)

    lead.post(erase_page(mira))

    assert Client().get(f"/surveys/link/{token}/").status_code == 404
    assert browser.get(url(wave)).status_code == 403
    assert not PersonalLink.objects.filter(invitation=mira).exists()


def test_who_was_asked_and_has_answered_still_counts(lead, cast, wave, mira):
    answer(opened(mira), wave)
    asked = field_of(wave).asked

    lead.post(erase_page(mira))

    assert Participation.objects.get(invitation=mira).wave == wave
    assert field_of(wave).asked == asked
    assert close_wave(wave=wave.pk, by=None)
    assert wave.responses.count() == 1


def test_twice_is_the_same_as_once(lead, wave, mira):
    lead.post(erase_page(mira))

    again = lead.post(erase_page(mira), follow=True)
    looked = lead.get(erase_page(mira), follow=True)

    assert "This address was erased already." in again.text
    assert "This address was erased already." in looked.text
    assert SecurityEvent.objects.filter(kind=EventKind.ERASED).count() == 1


def test_while_a_mail_is_being_sent_nothing_is_erased_and_the_page_says_so(lead, wave, mira):
    write_mails()
    claim()

    told = lead.post(erase_page(mira), follow=True)

    mira.refresh_from_db()
    assert "A mail to this address is being sent right now." in told.text
    assert mira.address == MIRA
    assert Message.objects.get(address=MIRA).text


def test_the_log_of_events_says_who_did_it_and_never_the_address(lead, cast, wave, mira):
    lead.post(erase_page(mira))

    event = SecurityEvent.objects.get(kind=EventKind.ERASED)
    assert event.actor == cast.lead
    assert str(wave.survey) in event.detail
    assert MIRA not in event.detail


def test_other_surveys_that_one_follows_forget_it_too_and_only_those(sign_in, cast, wave, mira):
    own = make_wave(cast.roads)
    own.survey.initiative = InitiativeFactory(name="Own", lead=cast.staff)
    own.survey.save()
    mine, second = make_guest(own), make_guest(make_wave(cast.roads), "MIRA@elsewhere.example")

    sign_in("staff").post(erase_page(mine))
    addresses = Invitation.objects.exclude(address="").values_list("pk", flat=True)
    assert set(addresses) == {mira.pk, second.pk}

    told = sign_in("administrator").post(erase_page(mira), follow=True)
    assert "The address is erased from 2 surveys." in told.text
    assert not Invitation.objects.exclude(address="").exists()


def test_the_list_shows_addresses_and_never_who_has_answered(lead, cast, wave, mira):
    silent = make_guest(wave, "bo@elsewhere.example", cast.roads)
    answer(opened(mira), wave)

    page = lead.get(listed(wave)).text

    row = {one: page.partition(one.address)[2].partition("</tr>")[0] for one in (mira, silent)}
    assert "Roads" in row[silent]
    assert "outside" in row[mira]
    for word in ("answered", "reminded", str(timezone.localdate().year)):
        assert word not in row[mira]
    assert "2 guests of wave 1" in page


def test_the_list_has_the_same_number_of_queries_for_one_and_for_three(
    lead, wave, mira, django_assert_num_queries
):
    with django_assert_num_queries(5) as counted:
        lead.get(listed(wave))
    for number in range(2):
        make_guest(wave, f"g{number}@elsewhere.example")
    with django_assert_num_queries(len(counted)):
        lead.get(listed(wave))


def test_who_does_not_follow_the_survey_finds_no_guests(sign_in, wave, mira):
    for who in ("staff", "coordinator", "trainer", "executive"):
        client = sign_in(who)
        assert client.get(listed(wave)).status_code == 404
        assert client.post(erase_page(mira)).status_code == 404
    mira.refresh_from_db()
    assert mira.address == MIRA


def test_a_person_with_an_account_is_no_guest_and_is_not_erased_here(lead, cast, wave):
    invitation = Invitation.objects.create(wave=wave, person=cast.staff, department=cast.roads)

    assert lead.post(erase_page(invitation)).status_code == 404


def test_a_guest_of_another_survey_is_not_found_in_this_one(lead, cast, wave):
    other = make_guest(make_wave(cast.parks))

    assert lead.get(f"{listed(wave)}{other.pk}/erase/").status_code == 404


def test_erasing_returns_from_how_many_surveys(cast, wave, mira):
    assert erase_guest(invitation=mira, by=cast.lead) == 1
    assert erase_guest(invitation=mira, by=cast.lead) == 0

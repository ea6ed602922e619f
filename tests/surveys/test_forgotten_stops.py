"""Who wanted no more mails gets none after their address is forgotten, and it stands nowhere."""

import datetime as dt
import hashlib
import threading

import pytest
from django.db import connection
from django.utils import timezone

from surveys.actions import publishing
from surveys.actions.erasing import erase_guest
from surveys.actions.inviting import forget_guests
from surveys.actions.stopping import stop_mails, write_again
from surveys.models import ForgottenStop, Invitation, MailStop, PlannedAddress, WavePlan
from surveys.queries.audience import guests_of
from surveys.sealing import marks_of
from tests.factories.surveys import make_guest, make_planned, make_wave
from tests.surveys.test_audience import at, plan, publish, text
from tests.surveys.test_erasing import erase_page, every_cell
from tests.surveys.test_guests import BY_MAIL, MIRA
from tests.surveys.test_linkage import on_postgresql

pytestmark = pytest.mark.django_db
LISTED = f"{MIRA}\nbo@elsewhere.example"


@pytest.fixture
def survey(cast):
    return make_planned(cast.roads)


@pytest.fixture
def mira(survey):
    return make_guest(survey.waves.get())


def guests(wave):
    return set(wave.invitations.exclude(address="").values_list("address", flat=True))


def make_old(survey):
    survey.waves.update(closed_at=timezone.now() - dt.timedelta(days=91))


@pytest.mark.usefixtures("_few_are_enough")
def test_who_said_stop_and_was_erased_is_not_asked_again_by_whoever_lists_them(lead, survey, mira):
    stop_mails(invitation=mira)
    lead.post(erase_page(mira))

    plan(lead, survey, addresses=LISTED, **BY_MAIL)
    shown = text(lead.get(at(survey, "publish/")))
    wave = publish(lead, survey, addresses=LISTED, **BY_MAIL)

    assert "1 listed address is left out: its account is closed or in no department, or it" in shown
    assert "wants no more mails about this survey." in shown
    assert guests(wave) == {"bo@elsewhere.example"}


@pytest.mark.usefixtures("_few_are_enough")
def test_who_was_erased_and_never_said_stop_is_asked_by_whoever_lists_them(lead, survey, mira):
    lead.post(erase_page(mira))

    assert guests(publish(lead, survey, addresses=LISTED, **BY_MAIL)) == set(LISTED.split())
    assert not ForgottenStop.objects.exists()


def test_the_page_says_that_a_stop_still_holds(lead, mira):
    assert (
        "that still holds, although the address stands nowhere" in lead.get(erase_page(mira)).text
    )


@pytest.mark.usefixtures("_few_are_enough")
def test_a_stop_is_of_one_survey_and_so_is_its_mark(lead, cast, survey, mira):
    other = make_planned(cast.roads)
    stop_mails(invitation=mira)
    lead.post(erase_page(mira))

    assert MIRA in guests(publish(lead, other, addresses=LISTED, **BY_MAIL))
    assert marks_of(MIRA, survey.pk) != marks_of(MIRA, other.pk)


def test_the_mark_is_made_with_the_key_of_the_portal_and_no_hash_of_the_address(survey, settings):
    [mark] = marks_of(MIRA, survey.pk)

    assert marks_of(MIRA.upper(), survey.pk) == [mark]
    for plain in (MIRA, f"{survey.pk}:{MIRA}", f"surveys.stops{survey.pk}:{MIRA}"):
        assert hashlib.sha256(plain.encode()).hexdigest() != mark
    settings.SECRET_KEY = "another key, as long as a key should be, or longer"
    assert marks_of(MIRA, survey.pk) != [mark]


def test_a_stop_holds_after_a_change_of_the_key_while_the_old_one_is_known(
    lead, survey, mira, settings
):
    stop_mails(invitation=mira)
    lead.post(erase_page(mira))
    old = settings.SECRET_KEY
    settings.SECRET_KEY = "another key, as long as a key should be, or longer"
    settings.SECRET_KEY_FALLBACKS = [old]

    wanted = PlannedAddress.objects.create(
        plan=WavePlan.objects.get(survey=survey), address="Mira@elsewhere.example"
    )

    assert wanted not in guests_of(wanted.plan)
    settings.SECRET_KEY_FALLBACKS = []
    assert wanted in guests_of(wanted.plan)


@pytest.mark.usefixtures("_few_are_enough")
def test_a_stop_outlives_the_addresses_of_its_wave_and_loses_its_own(lead, survey, mira):
    stop_mails(invitation=mira)
    make_old(survey)

    for _twice in range(2):
        forget_guests(days=90)

    assert "mira" not in every_cell().lower()
    assert ForgottenStop.objects.count() == 1
    assert guests(publish(lead, survey, addresses=LISTED, **BY_MAIL)) == {"bo@elsewhere.example"}


def test_a_stop_can_be_taken_back_as_long_as_an_invitation_knows_the_address(cast, survey, mira):
    wave = make_wave(cast.roads, number=2)
    wave.survey = survey
    wave.save()
    newer = make_guest(wave)
    stop_mails(invitation=mira)
    make_old(survey)
    type(wave).objects.filter(pk=wave.pk).update(closed_at=None)

    forget_guests(days=90)
    assert MailStop.objects.get().address == MIRA

    write_again(invitation=newer)
    assert not MailStop.objects.exists()
    assert not ForgottenStop.objects.exists()


def test_stops_of_people_with_an_account_stay_as_they_are(cast, survey):
    theirs = Invitation.objects.create(wave=survey.waves.get(), person=cast.staff)
    stop_mails(invitation=theirs)
    make_old(survey)

    forget_guests(days=90)

    assert MailStop.objects.get().person == cast.staff


def test_one_question_to_the_database_for_any_number_of_listed_addresses(
    cast, survey, mira, django_assert_num_queries
):
    stop_mails(invitation=mira)
    erase_guest(invitation=mira, by=cast.lead)
    for n in range(3):
        found = WavePlan.objects.select_related("survey").get(survey=survey)
        PlannedAddress.objects.create(plan=found, address=f"g{n}@elsewhere.example")
        with django_assert_num_queries(3):
            assert len(guests_of(found)) == n + 1


@on_postgresql
@pytest.mark.services
@pytest.mark.django_db(transaction=True)
@pytest.mark.usefixtures("_few_are_enough")
def test_a_wave_that_is_published_at_the_same_moment_asks_nobody_who_is_erased(cast, monkeypatch):
    survey = make_planned(cast.roads)
    mira = make_guest(survey.waves.get())
    found = WavePlan.objects.get(survey=survey)
    found.asks_everybody, found.sends_mail = False, True
    found.closes_on = timezone.localdate() + dt.timedelta(days=9)
    found.save()
    PlannedAddress.objects.create(plan=found, address=MIRA)
    invited, invite = threading.Event(), publishing._invite

    def slow(wave, plan):
        invite(wave, plan)
        invited.set()
        threading.Event().wait(0.5)

    def publish_slowly():
        try:
            publishing.publish(survey=survey, by=cast.lead)
        finally:
            connection.close()

    monkeypatch.setattr(publishing, "_invite", slow)
    other = threading.Thread(target=publish_slowly)
    other.start()
    assert invited.wait(10)
    erase_guest(invitation=mira, by=cast.lead)
    other.join()

    assert survey.waves.count() == 2
    assert not Invitation.objects.exclude(address="").exists()

"""Links and buttons about reports: a token opens one thing, a button works for whom it is there."""

import base64

import pytest
from django.core import signing
from django.core.management import CommandError, call_command

from buyin.digests.mail import SALT, person_in, token_for
from buyin.digests.models import DigestPreference
from buyin.outbox.models import Message, MessageState
from tests.factories.digests import make_report

pytestmark = pytest.mark.django_db
RETRY = "/reports/status/messages/{}/retry/"


def stop_by(client, token):
    return client.post(f"/reports/unsubscribe/{token}/")


def signed(content, salt=SALT):
    return signing.Signer(salt=salt).sign_object(content)


@pytest.mark.parametrize(
    "forge",
    [
        lambda pk: signed({"person": pk, "kind": "invitation"}),
        lambda pk: signed({"person": pk}),
        lambda pk: signed({"person": pk, "kind": "digest"}, salt="surveys.invitation"),
        lambda pk: token_for(pk)[:-1],
        lambda pk: token_for(pk).split(":")[0],
        lambda pk: (
            base64.urlsafe_b64encode(b'{"person":%d,"kind":"digest"}' % pk).decode()
            + ":"
            + token_for(pk + 1).split(":")[1]
        ),
    ],
    ids=["other kind", "no kind", "other purpose", "cut", "unsigned", "foreign signature"],
)
def test_a_token_of_another_purpose_stops_no_reports(client, cast, forge):
    answer = stop_by(client, forge(cast.staff.pk))

    assert answer.status_code == 404
    assert not DigestPreference.objects.exists()


def test_a_token_stops_the_reports_of_its_owner_whoever_is_signed_in(sign_in, cast):
    stop_by(sign_in("lead"), token_for(cast.staff.pk))

    assert [p.person for p in DigestPreference.objects.off()] == [cast.staff]


def test_a_token_says_who_it_belongs_to_and_nothing_of_them(cast):
    token = token_for(cast.staff.pk)

    assert person_in(token) == cast.staff.pk
    assert cast.staff.email not in base64.urlsafe_b64decode(token.split(":")[0] + "==").decode()


@pytest.mark.parametrize("state", [state for state in MessageState if state != MessageState.DEAD])
def test_only_a_mail_that_was_given_up_is_sent_again(sign_in, cast, state):
    message = make_report(cast.staff).message
    Message.objects.filter(pk=message.pk).update(state=state)

    answer = sign_in("administrator").post(RETRY.format(message.pk), follow=True)

    assert "nothing to retry" in answer.text
    assert Message.objects.get(pk=message.pk).state == state


def test_a_mail_that_does_not_exist_is_not_sent_again(sign_in):
    assert sign_in("administrator").post(RETRY.format(999_999)).status_code == 404


def test_opening_the_address_of_the_button_sends_nothing(sign_in, cast):
    message = make_report(cast.staff).message

    assert sign_in("administrator").get(RETRY.format(message.pk)).status_code == 405


@pytest.mark.parametrize("who", ["trainer", "moderator", "neighbour"])
def test_the_status_is_there_for_no_other_role(sign_in, who):
    client = sign_in(who)

    assert client.get("/reports/status/").status_code == 404
    assert "/reports/status/" not in client.get("/reports/").text


def test_an_administrator_finds_the_way_to_the_status(sign_in):
    assert "/reports/status/" in sign_in("administrator").get("/reports/").text


def test_reports_stand_twenty_on_a_page_newest_first(sign_in, cast):
    for week in range(1, 24):
        make_report(cast.staff, period=f"2026-W{week:02}")
    client = sign_in("staff")

    pages = [client.get("/reports/", {"page": n}).context["page"] for n in (1, 2)]

    periods = [delivery.run.period for page in pages for delivery in page]
    assert periods == [f"2026-W{week:02}" for week in range(23, 0, -1)]
    assert [len(page) for page in pages] == [20, 3]


def test_the_command_speaks_in_lines_where_no_program_asks(cast, capsys):
    make_report(cast.staff, period="2026-W40")

    call_command("digests", "status", "--period", "2026-W40")

    assert capsys.readouterr().out.split("\n")[:2] == ["period: 2026-W40", "waiting: 1"]


def test_the_command_counts_nothing_for_a_week_without_reports(db, capsys):
    call_command("digests", "status", "--period", "2026-W41")

    assert "waiting: 0" in capsys.readouterr().out


@pytest.mark.parametrize("step", ["status", "drain"])
def test_every_step_refuses_a_week_that_is_none(db, step):
    with pytest.raises(CommandError):
        call_command("digests", step, "--period", "2026-W54")

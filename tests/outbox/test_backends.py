"""Whether the way to the mail server is checked."""

import smtplib
from io import StringIO
from typing import Any

import pytest
from django.core.mail import mailers
from django.core.management import CommandError, call_command
from django.test import override_settings

pytestmark = pytest.mark.django_db  # other checks ask the database what it can do


def opened() -> Any:
    """Return the portal's own way to the mail server."""
    return mailers.default


def check() -> str:
    """Return what the check complains of, treating warnings as refusals."""
    told = StringIO()
    try:
        call_command("check", fail_level="WARNING", stdout=told, stderr=told)
    except CommandError as refused:
        return str(refused)
    return ""


@override_settings(EVALUATION=False, MAIL_HOST="")
def test_where_people_work_a_missing_mail_server_is_warned_of():
    assert "MAIL_HOST is not set" in check()


@pytest.mark.parametrize(
    ("evaluation", "host"), [(False, "mail.example.gov"), (True, ""), (True, "mail.example.gov")]
)
def test_a_mail_server_or_a_trial_is_warned_of_nothing(evaluation, host):
    with override_settings(EVALUATION=evaluation, MAIL_HOST=host):
        assert check() == ""


def test_a_plain_address_goes_to_the_server_as_it_is(sink):
    with opened() as server:
        server.hand_over("o'neil+ai@fairhaven.example", b"Subject: Hi\r\n\r\nHi.\r\n")
        server.hand_over("ana@fairhaven.example", b"Subject: Hi\r\n\r\nHi.\r\n")

    assert [to for to, _raw in sink.received] == [
        "o'neil+ai@fairhaven.example",
        "ana@fairhaven.example",
    ]


@pytest.mark.parametrize("bad", ["a@b.example> SIZE=1", "a@b.example\r\nDATA", "<a@b.example", ""])
def test_an_address_that_would_say_more_than_where_to_is_refused(sink, bad):
    with opened() as server, pytest.raises(ValueError, match="Invalid address"):
        server.hand_over(bad, b"Subject: Hi\r\n\r\nHi.\r\n")

    assert sink.received == []


def test_the_name_of_the_sender_stays_out_of_the_envelope(sink, settings):
    settings.DEFAULT_FROM_EMAIL = "Fairhaven, AI team <portal@fairhaven.example>"

    assert opened().envelope_sender == "portal@fairhaven.example"


@pytest.mark.parametrize(("is_tls", "kind"), [(True, smtplib.SMTP_SSL), (False, smtplib.SMTP)])
def test_the_connection_is_of_the_kind_that_the_settings_ask_for(sink, settings, is_tls, kind):
    settings.MAILERS["default"]["OPTIONS"]["use_ssl"] = is_tls

    made = opened().connection_class

    assert issubclass(made, kind)
    assert issubclass(made, smtplib.SMTP_SSL) is is_tls

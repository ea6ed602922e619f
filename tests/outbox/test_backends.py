"""Whether the way to the mail server is checked."""

from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.test import override_settings

pytestmark = pytest.mark.django_db  # other checks ask the database what it can do


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

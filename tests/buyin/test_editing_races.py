"""Forms for the same record that are sent at the same moment."""

from datetime import date

import pytest
from django.db import transaction

from buyin.editing import held
from buyin.initiatives.models import DataAgreement, Milestone, SharedGoal
from tests.buyin.test_editing import as_shown, initiative
from tests.factories.initiatives import make_milestone
from tests.races import AT_ONCE, ON_POSTGRESQL, at_once

pytestmark = ON_POSTGRESQL
AHEAD = date(2027, 3, 1)


def test_one_is_saved_and_all_others_are_told(sign_in, cast):
    ours = initiative(cast)
    record = make_milestone(ours, due=AHEAD)
    address = f"/initiatives/{ours.pk}/milestones/{record.pk}/"
    clients = [sign_in("lead") for _number in range(AT_ONCE)]
    shown = as_shown(clients[0].get(address))

    answers = at_once(
        lambda number: clients[number].post(address, shown | {"note": f"Note {number}"})
    )

    saved = [one for one in answers if one.status_code == 302]
    told = [one for one in answers if "while you were typing" in one.text]
    record.refresh_from_db()
    assert (len(saved), len(told)) == (1, AT_ONCE - 1)
    assert record.note == f"Note {answers.index(saved[0])}"


@pytest.mark.parametrize(
    ("path", "model"),
    [("milestones", Milestone), ("goals", SharedGoal), ("agreements", DataAgreement)],
)
def test_a_new_row_that_is_sent_eight_times_at_once_is_made_once(sign_in, cast, path, model):
    ours = initiative(cast)
    address = f"/initiatives/{ours.pk}/{path}/add/"
    clients = [sign_in("lead") for _number in range(AT_ONCE)]
    sent = as_shown(clients[0].get(address)) | {
        "title": "Two desks",
        "due": "2027-03-01",
        "goal": "Decide within two weeks",
        "departments": [cast.roads.pk, cast.clinic.pk],
        "measure": "Days",
        "target": "14",
        "state": "on-track" if path == "goals" else "asked",
        "giver": cast.roads.pk,
        "taker": cast.clinic.pk,
        "shared": "Applications",
        "purpose": "To test it",
    }

    answers = at_once(lambda number: clients[number].post(address, sent))

    assert [one.status_code for one in answers] == [302] * AT_ONCE
    assert model.objects.count() == 1


def test_who_sends_holds_the_row_and_who_reads_does_not(cast):
    rows = Milestone.objects.filter(pk=make_milestone(initiative(cast), due=AHEAD).pk)

    with transaction.atomic():
        sending = str(held(rows, is_sent=True).query)
        reading = str(held(rows, is_sent=False).query)

    assert "FOR UPDATE" in sending
    assert "FOR UPDATE" not in reading

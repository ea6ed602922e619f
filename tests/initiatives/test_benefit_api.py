"""Benefits for programs: the same as on the pages, for the same people, by the same rules."""

from datetime import date
from uuid import uuid4

import pytest

from buyin.initiatives.models import Measurement
from tests.factories.benefits import make_benefit, make_measurement
from tests.factories.initiatives import InitiativeFactory

API = "/api/v1/benefits/"
DAY = date(2026, 9, 30)


@pytest.fixture
def benefit(cast):
    ours = InitiativeFactory(name="Pothole finder", departments=[cast.roads])
    return make_benefit(ours, owner=cast.staff)


def post(client, benefit, **body):
    sent = {"form": str(uuid4()), "value": "29", "day": "2026-09-30", **body}
    return client.post(f"{API}{benefit.pk}/measurements/", sent, content_type="application/json")


def test_programs_read_a_benefit_with_its_newest_value(sign_in, cast, benefit):
    make_measurement(benefit, 29, DAY)

    (row,) = sign_in("staff").get(API).json()["results"]

    assert row == sign_in("staff").get(f"{API}{benefit.pk}/").json()
    assert row["class"] == "quantifiable"
    assert (row["baseline"], row["target"], row["newest"], row["share"]) == (41.0, 25.0, 29.0, 0.75)
    assert (row["newest_on"], row["owner"]) == ("2026-09-30", "Staff Persona")
    assert (row["state"], row["suggested_state"]) == ("planned", "on-track")


def test_a_system_delivers_a_measurement_once(sign_in, cast, benefit):
    staff, form = sign_in("staff"), str(uuid4())

    answers = [post(staff, benefit, form=form, n=812, method="All") for _ in range(2)]

    assert [one.status_code for one in answers] == [201, 201]
    assert answers[0].json() == answers[1].json()
    made = Measurement.objects.get()
    assert (int(made.value), made.n) == (29, 812)
    assert made.entered_by == cast.staff
    listed = staff.get(f"{API}{benefit.pk}/measurements/").json()["results"]
    assert [(one["value"], one["is_corrected"]) for one in listed] == [(29.0, False)]


def test_a_correction_names_the_wrong_one(sign_in, benefit):
    wrong = make_measurement(benefit, 92, DAY)
    lead = sign_in("lead")

    assert post(lead, benefit, corrects=wrong.pk).json()["corrects"] == wrong.pk
    assert post(lead, benefit, corrects=wrong.pk).json() == {
        "detail": ["This measurement is corrected already."]
    }
    assert post(lead, benefit, corrects=10**9).status_code == 404


@pytest.mark.parametrize(
    ("body", "field"),
    [
        ({"day": "2099-01-01"}, "day"),
        ({"value": "much"}, "value"),
        ({"link": "javascript:x"}, "link"),
        ({"n": -1}, "n"),
        ({"amount": 3}, "amount"),
        ({"begins_on": "2026-10-01"}, "detail"),
    ],
)
def test_what_does_not_hold_is_refused_by_its_name(sign_in, benefit, body, field):
    answer = post(sign_in("lead"), benefit, **body)

    assert (answer.status_code, list(answer.json())) == (400, [field])
    assert not Measurement.objects.exists()


@pytest.mark.parametrize(
    ("who", "status"), [("coordinator", 403), ("neighbour", 404), ("anonymous", 403)]
)
def test_others_add_nothing(sign_in, benefit, who, status):
    assert post(sign_in(who), benefit).status_code == status
    assert not Measurement.objects.exists()


@pytest.mark.parametrize(
    ("asked", "found"),
    [("state=planned", 1), ("state=realised", 0), ("category=cost", 0), ("initiative=1000", 0)],
)
def test_lists_are_cut(sign_in, benefit, asked, found):
    assert sign_in("lead").get(f"{API}?{asked}").json()["count"] == found


@pytest.mark.parametrize("asked", ["state=gone", "initiative=x", "category=", "owner=1"])
def test_a_filter_that_cannot_be_read_is_refused_by_its_name(sign_in, asked):
    answer = sign_in("lead").get(f"{API}?{asked}")

    assert (answer.status_code, list(answer.json())) == (400, [asked.partition("=")[0]])

"""Programs and rights: they end with what gave them, and the same session may no more from then on."""

import datetime as dt
from uuid import uuid4

import pytest
from django.utils import timezone

from buyin.accounts.models import RoleAssignment, User
from surveys.models import Participation, Response, Wave
from tests.factories.results import make_results, varied
from tests.factories.surveys import make_wave

SURVEYS = "/api/v1/surveys/"
MINE = "/api/v1/my/waves/"
ANSWERS = {"useful": 4, "told": 3}


@pytest.fixture
def wave(cast):
    return make_wave(cast.roads, anonymity="named")


def place(wave, more=""):
    return f"{SURVEYS}{wave.survey_id}/waves/{wave.number}/{more}"


def send(client, wave):
    body = {"receipt": str(uuid4()), "answers": ANSWERS}
    return client.post(f"{MINE}{wave.pk}/response/", body, content_type="application/json")


def everything(wave):
    """Return every address that authors read of a wave."""
    survey = f"{SURVEYS}{wave.survey_id}/"
    return [
        survey,
        f"{survey}versions/1/",
        f"{survey}waves/",
        place(wave),
        place(wave, "response-rate/"),
    ]


def test_who_loses_the_role_loses_the_surveys_at_the_next_request(sign_in, cast, wave):
    client = sign_in("lead")
    assert [client.get(one).status_code for one in everything(wave)] == [200] * 5

    RoleAssignment.objects.filter(person=cast.people["lead"]).delete()

    assert [client.get(one).status_code for one in everything(wave)] == [404] * 5
    assert client.get(SURVEYS).json()["results"] == []
    for action in ("close/", "extend/"):
        assert client.post(place(wave, action), {}, "application/json").status_code == 404
    assert Wave.objects.get(pk=wave.pk).closed_at is None


def test_who_loses_the_role_loses_the_results(sign_in, cast):
    result = make_results({cast.roads: varied(30)})
    client, address = sign_in("executive"), f"/api/v1/results/{result.wave_id}/"
    assert client.get(address).status_code == 200

    RoleAssignment.objects.filter(person=cast.people["executive"]).delete()

    assert client.get(address).status_code == 404


def test_having_made_a_survey_is_no_right_of_its_own(sign_in, cast, wave):
    wave.survey.owner = cast.people["trainer"]
    wave.survey.save()

    assert sign_in("trainer").get(place(wave)).status_code == 404


def test_a_survey_passes_to_whoever_leads_its_initiative_now(sign_in, cast, wave):
    initiative = wave.survey.initiative
    before, after = sign_in("trainer"), sign_in("moderator")
    for leads, sees in ((cast.people["trainer"], before), (cast.people["moderator"], after)):
        initiative.lead = leads
        initiative.save()
        assert sees.get(place(wave)).status_code == 200

    assert before.get(place(wave)).status_code == 404


@pytest.mark.parametrize("method", ["get", "post"])
def test_an_account_that_is_closed_reads_and_sends_nothing_more(sign_in, cast, wave, method):
    client = sign_in("staff")
    User.objects.filter(pk=cast.staff.pk).update(is_active=False)

    answer = client.get(MINE) if method == "get" else send(client, wave)

    assert answer.status_code == 403
    assert not Response.objects.exists()


def test_who_signed_out_is_nobody(sign_in, wave):
    client = sign_in("staff")
    client.post("/accounts/logout/")

    assert client.get(MINE).status_code == 403
    assert send(client, wave).status_code == 403


def test_who_moved_to_another_department_is_not_asked_there_any_more(sign_in, cast, wave):
    client = sign_in("staff")
    User.objects.filter(pk=cast.staff.pk).update(department=cast.clinic)

    assert client.get(MINE).json()["results"] == []
    assert client.get(f"{MINE}{wave.pk}/").status_code == 404
    assert send(client, wave).status_code == 404
    assert not Participation.objects.exists()


def test_who_moved_after_answering_still_finds_the_receipt(sign_in, cast, wave):
    client = sign_in("staff")
    receipt = send(client, wave).json()["receipt"]
    User.objects.filter(pk=cast.staff.pk).update(department=cast.clinic)

    assert client.get(f"{MINE}{wave.pk}/").json()["receipt"] == receipt
    assert Participation.objects.get().department == cast.roads


def test_nobody_answers_for_somebody_else(sign_in, cast, wave):
    wave.groups.create(department=cast.clinic, asked=50)
    for who in ("staff", "neighbour"):
        assert send(sign_in(who), wave).status_code == 201

    people = Participation.objects.order_by("person__email").values_list("person__email", flat=True)
    assert list(people) == ["neighbour@fairhaven.example", "staff@fairhaven.example"]


def test_a_wave_in_its_grace_takes_a_response_and_one_after_it_does_not(sign_in, cast):
    now, client = timezone.now(), sign_in("staff")
    minutes = dt.timedelta(minutes=1)
    opened = now - dt.timedelta(days=3)
    graced = make_wave(cast.roads, anonymity="named", opens_at=opened, closes_at=now - 5 * minutes)
    over = make_wave(cast.roads, anonymity="named", opens_at=opened, closes_at=now - 31 * minutes)
    later = make_wave(
        cast.roads, anonymity="named", opens_at=now + minutes, closes_at=now + 9 * minutes
    )

    assert [send(client, one).status_code for one in (graced, over, later)] == [201, 410, 404]


def test_who_still_needs_a_second_factor_is_told_so_in_json(sign_in, wave, settings):
    settings.SECOND_FACTOR_ROLES = ["lead"]
    client = sign_in("lead")

    refused = client.get(place(wave))
    closing = client.post(place(wave, "close/"), {}, "application/json")

    assert (refused.status_code, closing.status_code) == (403, 403)
    assert refused.json() == {
        "detail": "This account needs a second factor. Set it up in a browser first."
    }
    assert Wave.objects.get(pk=wave.pk).closed_at is None
    assert client.get("/surveys/")["Location"] == "/accounts/2fa/"
    assert sign_in("administrator").get(place(wave)).status_code == 200

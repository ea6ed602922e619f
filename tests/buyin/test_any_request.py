"""Whatever a program sends to /api/v1/: the answer is one that the schema describes, and no failure.

Schemathesis makes the requests from the schema: such as it allows, and such as break it. Who asks is
nobody, somebody with a made-up session, a member of staff and a lead.
"""

import os
from typing import Any

import pytest
import schemathesis
from django.core.handlers.wsgi import WSGIHandler
from django.core.signals import request_finished, request_started
from django.db import close_old_connections, transaction
from hypothesis import HealthCheck, given, settings
from schemathesis import GenerationMode
from schemathesis.config import SchemathesisConfig
from schemathesis.specs.openapi import checks

from buyin.schema import Schema
from surveys.actions import pausing
from surveys.models import Wave
from tests.access.world import standing

pytestmark = pytest.mark.production
# The whole suite tries half as many as whoever runs this file by itself.
FIXED = settings(
    max_examples=5 if os.environ.get("MIGRATED") else 10,
    derandomize=True,
    database=None,
    deadline=None,
    suppress_health_check=list(HealthCheck),
)
ALLOWED, BROKEN = GenerationMode.POSITIVE, GenerationMode.NEGATIVE
TOKEN = "t" * 32  # against forgery: the cookie and the header are the same
GUARDED = {"headers": {"X-CSRFToken": TOKEN}}
STRANGERS = {
    "nobody": {"csrf": TOKEN},
    "somebody with a made-up session": {"csrf": TOKEN, "session": "x" * 32},
}
# What a schema cannot say: which answers fit the questions, in which languages a survey asks, and
# which days and weeks there are.
DEPENDS = {
    "GET /api/v1/readiness/",
    "POST /api/v1/my/waves/{wave}/response/",
    "GET /api/v1/my/waves/{wave}/",
    "PUT /api/v1/surveys/{survey}/plan/",
    "POST /api/v1/surveys/{survey}/waves/{number}/extend/",
    "POST /api/v1/surveys/{survey}/waves/{number}/resume/",
    "POST /api/v1/needs/",
    "PUT /api/v1/needs/{need}/",
    "POST /api/v1/needs/{need}/evidence/",
    "POST /api/v1/needs/{need}/remedies/",
    "POST /api/v1/benefits/{benefit}/measurements/",
    "PATCH /api/v1/initiatives/{initiative}/record/",
    "POST /api/v1/initiatives/{initiative}/stages/",
    "POST /api/v1/initiatives/{initiative}/milestones/",
    "PUT /api/v1/initiatives/{initiative}/milestones/{row}/",
    "POST /api/v1/initiatives/{initiative}/updates/",
    "POST /api/v1/initiatives/{initiative}/goals/",
    "POST /api/v1/initiatives/{initiative}/agreements/",
    "GET /api/v1/stakeholders/",
    "POST /api/v1/stakeholders/",
    "PUT /api/v1/stakeholders/{id}/",
    "POST /api/v1/stakeholders/{stakeholder}/assessments/",
    "POST /api/v1/stakeholders/{stakeholder}/posts/",
    "POST /api/v1/stakeholders/{stakeholder}/consent/",
    "POST /api/v1/stakeholders/{stakeholder}/relations/",
    "POST /api/v1/merges/",
    "POST /api/v1/planned-activities/",
    "PUT /api/v1/planned-activities/{id}/",
    "POST /api/v1/planned-activities/{id}/close/",
    "POST /api/v1/planned-activities/{id}/drop/",
    "POST /api/v1/stakeholders/{stakeholder}/posts/{post}/ended/",
    "POST /api/v1/stakeholders/{stakeholder}/relations/{relation}/ended/",
    "POST /api/v1/stakeholders/{stakeholder}/interests/",
    "POST /api/v1/stakeholders/{stakeholder}/holds/",
    "POST /api/v1/initiatives/{initiative}/parts/",
    "GET /api/v1/engagements/",
    "GET /api/v1/initiatives/{initiative}/people/",
    "POST /api/v1/engagements/",
    "POST /api/v1/engagements/{engagement}/points/",
    "POST /api/v1/commitments/",
    "PUT /api/v1/commitments/{id}/",
    "POST /api/v1/commitments/{commitment}/entries/",
    "POST /api/v1/doubles/",
}
# Made up bodies hardly ever point to something that there is.
HARDLY = {
    "PUT /api/v1/surveys/{survey}/plan/",
    "POST /api/v1/surveys/{survey}/waves/{number}/extend/",
    "POST /api/v1/needs/",
    "PUT /api/v1/needs/{need}/",
    "POST /api/v1/needs/{need}/evidence/",
    "POST /api/v1/benefits/{benefit}/measurements/",
    "PATCH /api/v1/initiatives/{initiative}/record/",
    "POST /api/v1/initiatives/{initiative}/stages/",
    "POST /api/v1/initiatives/{initiative}/goals/",
    "POST /api/v1/initiatives/{initiative}/agreements/",
    "POST /api/v1/stakeholders/",
    "PUT /api/v1/stakeholders/{id}/",
    "POST /api/v1/stakeholders/{stakeholder}/assessments/",
    "POST /api/v1/stakeholders/{stakeholder}/posts/",
    "POST /api/v1/stakeholders/{stakeholder}/relations/",
    "POST /api/v1/merges/",
    "POST /api/v1/planned-activities/",
    "PUT /api/v1/planned-activities/{id}/",
    "POST /api/v1/planned-activities/{id}/close/",
    "POST /api/v1/planned-activities/{id}/drop/",
    "POST /api/v1/stakeholders/{stakeholder}/interests/",
    "POST /api/v1/initiatives/{initiative}/parts/",
    "POST /api/v1/engagements/",
    "POST /api/v1/commitments/",
    "PUT /api/v1/commitments/{id}/",
    "POST /api/v1/commitments/{commitment}/entries/",
    "POST /api/v1/doubles/",
}
FOR_ADMINISTRATORS = ("/v1/people/", "/holds/", "/v1/retention/", "/v1/removals/")


def load() -> Any:
    """Return the schema as schemathesis reads it; the session is not a value to play with."""
    config = SchemathesisConfig.from_dict({"generation": {"with-security-parameters": False}})
    document = Schema().get_schema(request=None, public=True)
    schema = schemathesis.openapi.from_dict(document, config=config)
    schema.app = WSGIHandler()
    return schema


OPERATIONS = {found.label: found for one in load().get_all_operations() for found in [one.ok()]}
OPEN = [label for label in OPERATIONS if "/public/" in label]
ASKED = [(label, who) for label in OPERATIONS for who in ("staff", "lead")]
ASKED += [
    (label, "administrator")
    for label in OPERATIONS
    if any(part in label for part in FOR_ADMINISTRATORS)
]


@pytest.fixture(autouse=True)
def _requests_leave_the_connection_of_the_test_open():
    """Do as the test client does: a real request gives its connection back when it is answered."""
    for signal in (request_started, request_finished):
        signal.disconnect(close_old_connections)
    yield
    for signal in (request_started, request_finished):
        signal.connect(close_old_connections)


@pytest.fixture(scope="module")
def found(django_db_setup, django_db_blocker):
    with standing(django_db_blocker) as found:
        yield found


@pytest.fixture
def cast(found, db):
    return found[0]


@pytest.fixture
def world(found, db):
    return found[1]


def cookies_of(client: Any) -> dict[str, str]:
    return {"csrf": TOKEN, **{name: cookie.value for name, cookie in client.cookies.items()}}


def wave_for(label: str) -> str:
    """Return which wave of the world an operation asks about."""
    if "/my/results/" in label:
        return "shared_wave"
    if label.startswith("DELETE /api/v1/my/waves/"):
        return "signed_wave"
    return "counted_wave" if "/results/" in label else "confidential_wave"


def initiative_for(label: str) -> str:
    """Return which initiative of the world an operation asks about."""
    if "/parts/" in label:
        return "stakeholder_initiative"
    return "recorded_initiative" if "/record/" in label else "roads_initiative"


def named_by_id(label: str) -> str:
    """Return what of the world an operation names that calls it `id`."""
    named = {
        "/people/": "staff",
        "/engagements/": "engagement",
        "/commitments/": "commitment",
        "/planned-activities/": "activity",
        "/stakeholders/": "roads_stakeholder",
        "/impact-assessments/": "roads_impact",
    }
    return next((one for part, one in named.items() if part in label), "roads_initiative")


def existing(operation: Any, world: dict[str, Any]) -> dict[str, Any] | None:
    """Return the parts of the address for which there is something."""
    there = {
        "survey": world[
            "planned_survey" if "{survey}/plan/" in operation.label else "roads_survey"
        ],
        "number": 1,
        "wave": world[wave_for(operation.label)],
        "need": world["need"],
        "benefit": world["benefit"],
        "remedy": world["remedy"],
        "address": world["published_address"],
        "code": "roads",
        "initiative": world[initiative_for(operation.label)],
        "row": world["milestone"],
        "merge": world["merge_record"],
        "post": world["roads_post"],
        "relation": world["roads_relation"],
        "hold": world["roads_hold"],
        "part": world["roads_part"],
        "engagement": world["engagement"],
        "point": world["point"],
        "commitment": world["commitment"],
        "stakeholder": world["roads_stakeholder"],
        "id": world[named_by_id(operation.label)],
    }
    return {part.name: there[part.name] for part in operation.path_parameters} or None


def whose(label: str) -> str:
    """Return for whom an operation is."""
    if any(part in label for part in FOR_ADMINISTRATORS):
        return "administrator"
    return "staff" if "/my/" in label else "lead"


def unsaid_of(label: str) -> list[Any]:
    """Return what the schema of an operation does not promise."""
    return [checks.ignored_auth, *([checks.positive_data_acceptance] * (label in DEPENDS))]


def ask_all(cases: Any, **how: Any) -> set[int]:
    """Send these requests, check each answer against the schema, and return the statuses."""
    statuses = set()

    @FIXED
    @given(case=cases)
    def ask(case: Any) -> None:
        with transaction.atomic():
            statuses.add(case.call_and_validate(**GUARDED, **how).status_code)
            transaction.set_rollback(True)

    ask()
    return statuses


@pytest.mark.parametrize(("label", "who"), ASKED)
def test_a_request_that_the_schema_allows_is_answered_as_it_says(sign_in, world, label, who):
    operation = OPERATIONS[label]
    cookies = cookies_of(sign_in(who))
    unsaid = unsaid_of(label)
    if label.endswith("/resume/"):
        wave = Wave.objects.get(survey=world["roads_survey"], number=1)
        pausing.pause_wave(wave=wave, by=wave.survey.owner)

    cases = operation.as_strategy(ALLOWED, path_parameters=existing(operation, world))
    statuses = ask_all(cases, cookies=cookies, excluded_checks=unsaid)

    assert statuses <= {200, 201, 204, 400, 403, 404, 409}
    if who == whose(label) and label not in HARDLY:
        assert statuses & {200, 201, 204}


@pytest.mark.parametrize(("label", "who"), ASKED)
def test_a_request_that_breaks_the_schema_is_refused_as_it_says(sign_in, world, label, who):
    operation = OPERATIONS[label]
    cookies = cookies_of(sign_in(who))
    has_more = bool(operation.query or operation.body)
    numbers = [
        part for part in operation.path_parameters if part.name not in {"id", "code", "address"}
    ]
    if not (has_more or numbers):
        pytest.skip("there is nothing in this request that could be broken")
    places = existing(operation, world) if has_more else None

    cases = operation.as_strategy(BROKEN, path_parameters=places)
    ask_all(cases, cookies=cookies, excluded_checks=unsaid_of(label))


@pytest.mark.parametrize("who", STRANGERS)
@pytest.mark.parametrize("label", [label for label in OPERATIONS if label not in OPEN])
def test_a_stranger_is_refused_whatever_they_ask(world, label, who):
    operation = OPERATIONS[label]

    cases = operation.as_strategy(ALLOWED, path_parameters=existing(operation, world))
    statuses = ask_all(cases, cookies=STRANGERS[who])

    assert statuses == {403}


@pytest.mark.parametrize("who", STRANGERS)
@pytest.mark.parametrize("label", OPEN)
def test_a_stranger_reads_what_is_for_everybody(world, label, who):
    operation = OPERATIONS[label]

    cases = operation.as_strategy(ALLOWED, path_parameters=existing(operation, world))
    statuses = ask_all(cases, cookies=STRANGERS[who])

    assert 200 in statuses
    assert statuses <= {200, 404}

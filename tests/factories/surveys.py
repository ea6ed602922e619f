"""Surveys and waves for tests: one small definition with every type of question."""

import datetime as dt
from typing import Any
from uuid import uuid4

from django.db import transaction
from django.utils import timezone

from buyin.accounts.models import User
from buyin.initiatives.models import Initiative
from surveys import definitions
from surveys.actions.naming import claim_name
from surveys.models import (
    Anonymity,
    CollectionBasis,
    Draft,
    Invitation,
    Panel,
    Participation,
    PersonalLink,
    Response,
    Signature,
    Survey,
    SurveyVersion,
    Wave,
    WaveDepartment,
    WavePlan,
)
from surveys.queries.filling import Filling, Respondent, asked_in, filling_of
from surveys.sealing import hashed, new_secret
from tests.factories.trail import without_trail

POINTS = ["Strongly disagree", "Disagree", "Neither", "Agree", "Strongly agree"]
DEFINITION: dict[str, Any] = {
    "schema": 1,
    "language": "en",
    "intro": "Tell us how the permit assistant fits your work.",
    "scales": {"agree5": [{"code": str(n), "text": text} for n, text in enumerate(POINTS, 1)]},
    "pages": [
        {
            "code": "work",
            "title": "Your work",
            "questions": [
                {
                    "code": "useful",
                    "type": "likert",
                    "text": "The assistant is useful for my work.",
                    "scale": "agree5",
                    "dimension": "commitment",
                    "required": True,
                },
                {
                    "code": "reasons",
                    "type": "multiple",
                    "text": "What would you use it for?",
                    "help": "Choose all that apply.",
                    "choices": [
                        {"code": "speed", "text": "Answering faster, with fewer clicks"},
                        {"code": "check", "text": "Checking my own decision"},
                        {"code": "other", "text": "Something else"},
                    ],
                },
                {
                    "code": "helped",
                    "type": "single",
                    "text": "Did anybody show you how it works?",
                    "choices": [{"code": "yes", "text": "Yes"}, {"code": "no", "text": "No"}],
                },
                {
                    "code": "statements",
                    "type": "matrix",
                    "text": "How far do you agree?",
                    "scale": "agree5",
                    "dont_know": True,
                    "rows": [
                        {
                            "code": "told",
                            "text": "I was told what will change.",
                            "dimension": "openness",
                            "required": True,
                        },
                        {
                            "code": "heard",
                            "text": "Nobody asked me.",
                            "dimension": "openness",
                            "reversed": True,
                        },
                    ],
                },
            ],
        },
        {
            "code": "needs",
            "title": "What you need",
            "questions": [
                {
                    "code": "hours",
                    "type": "number",
                    "text": "How much time could you give to training?",
                    "min": 0,
                    "max": 40,
                    "unit": "hours",
                },
                {"code": "wish", "type": "short_text", "text": "One wish", "max_length": 100},
                {
                    "code": "more",
                    "type": "long_text",
                    "text": "Anything else?",
                    "help": "Do not name people.",
                    "max_length": 4000,
                },
            ],
        },
    ],
}


TITLE = "Permit assistant"
AUTHORITY = "City Code, section 4-12"
PURPOSE = "We ask so that training starts where it helps most."


@without_trail
def make_version(
    anonymity: str = Anonymity.ANONYMOUS, definition: dict[str, Any] = DEFINITION
) -> SurveyVersion:
    """Return a published version of a new survey."""
    owner, _made = User.objects.get_or_create(
        email="owner@fairhaven.example", defaults={"name": "Olga Owner", "password": "!"}
    )
    initiative, _made = Initiative.objects.get_or_create(name=TITLE)
    survey = Survey.objects.create(
        title=TITLE,
        purpose=PURPOSE,
        initiative=initiative,
        owner=owner,
    )
    return SurveyVersion.objects.create(
        survey=survey,
        number=1,
        definition=definition,
        anonymity=anonymity,
        fingerprint=definitions.fingerprint(definition, anonymity),
        published_at=timezone.now(),
    )


@without_trail
def make_draft_version(definition: dict[str, Any] = DEFINITION) -> SurveyVersion:
    """Return the draft of a new survey that has never been published, with a plan for a wave."""
    version = make_version(definition=definition)
    SurveyVersion.objects.filter(pk=version.pk).update(published_at=None, fingerprint="")
    version.refresh_from_db()
    WavePlan.objects.create(survey=version.survey)
    return version


@without_trail
def make_planned(*departments: Any) -> Survey:
    """Write a survey whose only wave is closed, with a plan for the next one."""
    survey = make_wave(*departments, closed_at=timezone.now()).survey
    WavePlan.objects.create(survey=survey)
    return survey


@without_trail
def make_wave(
    *departments: Any,
    anonymity: str = Anonymity.ANONYMOUS,
    definition: dict[str, Any] = DEFINITION,
    **fields: Any,
) -> Wave:
    """Return an open wave of a new survey that asks everybody in these departments."""
    version = make_version(anonymity, definition)
    now = timezone.now()
    fields = {
        "opens_at": now - dt.timedelta(days=1),
        "closes_at": now + dt.timedelta(days=6),
        "grace": dt.timedelta(minutes=30),
        "number": 1,
        **fields,
    }
    with transaction.atomic():
        fields.setdefault("called", claim_name(version.survey))
    wave = Wave.objects.create(survey=version.survey, version=version, **fields)
    WaveDepartment.objects.bulk_create(
        WaveDepartment(wave=wave, department=department, asked=department.people.count())
        for department in departments
    )
    return wave


@without_trail
def make_public_wave(address: str = "permits", **fields: Any) -> Wave:
    """Return an open wave that anybody can answer who has its address, with a complete basis."""
    wave = make_wave(address=address, **fields)
    CollectionBasis.objects.create(
        survey=wave.survey,
        authority=AUTHORITY,
        control_number="3090-0321",
        expires_on=timezone.localdate() + dt.timedelta(days=90),
        burden_minutes=6,
    )
    return wave


@without_trail
def make_invitation(wave: Wave, person: Any) -> Invitation:
    """Return that the wave asks this person by name."""
    return Invitation.objects.create(wave=wave, person=person, department=person.department)


@without_trail
def make_guest(wave: Wave, address: str = "mira@elsewhere.example", home: Any = None) -> Invitation:
    """Return that the wave asks somebody without an account, outside or in a department."""
    return Invitation.objects.create(wave=wave, address=address, department=home, by_address=True)


@without_trail
def make_link(invitation: Invitation) -> str:
    """Return the token of a link that was sent with this invitation."""
    token = new_secret()
    PersonalLink.objects.create(token_hash=hashed(token), invitation=invitation)
    return token


@without_trail
def make_participation(wave: Wave, person: Any) -> Participation:
    """Return that this person has answered the wave."""
    return Participation.objects.create(
        wave=wave, person=person, department=person.department, receipt=uuid4()
    )


@without_trail
def make_signed(wave: Wave, person: Any, **answers: Any) -> Signature:
    """Return what ties this person to these answers, stored in a named or confidential wave."""
    Participation.objects.create(
        wave=wave, person=person, department=person.department, receipt=uuid4(), is_sealed=True
    )
    response = Response.objects.create(
        wave=wave, department=person.department, answers=answers, week="2026-W47"
    )
    return Signature.objects.create(response=response, person=person)


@without_trail
def make_panel(*people: Any, owner: Any, name: str = "Testers") -> Panel:
    """Return a panel of these people."""
    panel = Panel.objects.create(name=name, owner=owner)
    panel.people.set(people)
    return panel


@without_trail
def make_draft(wave: Wave, person: Any, **typed: str | list[str]) -> Draft:
    """Return what this person has typed so far in a named or confidential wave."""
    return Draft.objects.create(wave=wave, person=person, typed=typed)


def make_filling(wave: Wave, person: Any, *, secret: str = "a browser's own secret") -> Filling:
    """Return a person at a wave that asks them, in the browser that holds this secret."""
    asked = asked_in(wave.pk, person)
    assert asked, "the wave does not ask this person"
    return filling_of(asked, respondent=Respondent.of(person), secret=secret)

"""Public questionnaires: one that is open, and one whose result is published. All made up."""

from collections.abc import Iterator, Sequence
from datetime import datetime, time, timedelta
from typing import Any
from uuid import uuid4

import numpy as np
from django.utils import timezone
from django.utils.translation import gettext as _

from buyin.features import DemoAgency
from buyin.periods import week_of
from surveys.actions import close_wave, flush_group
from surveys.actions.freezing import freeze_results
from surveys.actions.naming import claim_name
from surveys.actions.noting import receipt_hash
from surveys.actions.publishing import GRACE, public_address
from surveys.actions.sharing import Message, share_results
from surveys.models import (
    BufferedResponse,
    CollectionBasis,
    Receipt,
    Response,
    Survey,
    Wave,
    WaveResult,
)
from surveys.queries.authoring import end_of
from surveys.queries.filling import definition_of
from surveys.queries.sharing import document_for
from surveys.results.sharing import fingerprint_of

ANSWERS = 148
# How visitors lean: shares of choices, and means of statements from 1 to 5.
MET = {"lately": 0.44, "before": 0.21, "never": 0.32, "dk": 0.03}
VIEWS = {"use": 3.3, "person": 4.6, "told": 4.4, "fair": 2.9, "object": 2.2}
WORRIES = {"mistakes": 0.61, "privacy": 0.48, "bias": 0.37, "contact": 0.55, "cost": 0.19}
ORDER = {"limits": 0.38, "who": 0.29, "how": 0.2, "data": 0.13}
TRUST, SPREAD, UNSURE, WRITES = 5.4, 2.3, 0.05, 0.3
COMMENTS = (
    "Tell me in the letter that a machine read my plans, and whom I can call.",
    "Keep the counter open on Thursdays. Not everybody can upload a drawing.",
    "If it is faster, good. But a refusal should come from a person with a name.",
    "My garage took eleven weeks. Anything that helps is welcome.",
    "Publish how often it is wrong, every month, in plain words.",
    "The form asked me the same thing three times. Start there.",
    "What happens to my drawings afterwards?",
    "I could not find out how to object. Please print it on the first page.",
)
WISHES = (
    "Put up a sign that says what the sensors count.",
    "The night buses should get green first.",
    "It works. I wait less at the bridge.",
)


def ask_the_public(agency: DemoAgency, survey: Survey) -> Wave:
    """Open a wave for everybody and let visitors answer it."""
    survey.purpose = _(
        "The city tries out an assistant that reads permit applications. Before we decide whether it"
        " stays, we want to hear from everybody who builds, waits or lives next door."
    )
    survey.save(update_fields=["purpose"])
    wave = _open(agency, survey, number="FH-0412-26", since=9, until=19)
    _answer(wave, np.random.default_rng(agency.seed + 1), COMMENTS)
    flush_group(wave=wave.pk, department=None)
    return wave


def answer_the_public(agency: DemoAgency, survey: Survey) -> None:
    """Close a wave that everybody could answer, and publish what came of it."""
    survey.purpose = _(
        "Sensors at 40 crossings count the traffic, and the lights adapt. Before we add more of them, we"
        " want to know what you think."
    )
    survey.save(update_fields=["purpose"])
    wave = _open(agency, survey, number="FH-0377-26", since=70, until=-35)
    _answer(wave, np.random.default_rng(agency.seed + 2), WISHES)
    close_wave(wave=wave.pk, by=None)
    Wave.objects.filter(pk=wave.pk).update(closed_at=wave.closes_at)
    Response.objects.filter(wave=wave).update(week=week_of(wave.closes_at))
    freeze_results(wave=wave.pk)
    result = WaveResult.objects.select_related("wave__survey", "wave__version").get(wave=wave)
    message = Message(
        learned=_(
            "Most of you want to be told, and want a person to decide in the end. Mistakes that nobody "
            "notices worry you most."
        ),
        next_steps=_(
            "Signs stand at all 40 crossings since last week. Two people check the green phases every "
            "day, and we publish each month how long people waited. We add no crossing this year."
        ),
    )
    seen = fingerprint_of(document_for(result, departments=None, needs=()))
    share_results(wave=wave.pk, by=agency.lead, message=message, seen=seen, made_by_form=uuid4())


def _open(agency: DemoAgency, survey: Survey, *, number: str, since: int, until: int) -> Wave:
    """Open a wave for everybody since so many days, until so many from today on."""
    zone = timezone.get_default_timezone()
    today = agency.now.astimezone(zone).date()
    CollectionBasis.objects.create(
        survey=survey,
        authority=_("Fairhaven City Code, section 2-31 (public participation)"),
        control_number=number,
        expires_on=today + timedelta(days=until + 101),
        burden_minutes=4,
    )
    return Wave.objects.create(
        survey=survey,
        version=survey.versions.get(),
        number=1,
        called=claim_name(survey),
        opens_at=datetime.combine(today - timedelta(days=since), time(9), zone),
        closes_at=end_of(today + timedelta(days=until)),
        grace=GRACE,
        address=public_address(survey, 1),
    )


def _answer(wave: Wave, chance: np.random.Generator, comments: Sequence[str]) -> None:
    """Write what the public pages write: receipts, and answers in the buffer."""
    Receipt.objects.bulk_create(
        Receipt(wave=wave, token_hash=receipt_hash(wave.pk, uuid4())) for _n in range(ANSWERS)
    )
    nothing: dict[str, Any] = {
        item.code: None
        for item in definition_of(wave.version).items()
        if item.is_typed and not item.is_other
    }
    BufferedResponse.objects.bulk_create(
        BufferedResponse(wave=wave, answers=nothing | dict(_said(chance, comments)))
        for _n in range(ANSWERS)
    )


def _said(chance: np.random.Generator, comments: Sequence[str]) -> Iterator[tuple[str, Any]]:
    """Yield one visitor's answers by question."""
    leaning = chance.normal(0, 0.6)
    yield "met", _one_of(MET, chance)
    for code, mean in VIEWS.items():
        point = round(float(np.clip(mean + leaning + chance.normal(0, 0.8), 1, 5)))
        yield code, "dk" if chance.random() < UNSURE else point
    trust = TRUST + leaning * 1.5 + chance.normal(0, SPREAD)
    yield "trust", round(float(np.clip(trust, 0, 10)))
    worries = [code for code, share in WORRIES.items() if chance.random() < share]
    yield "worries", worries or ["nothing"]
    codes, shares = list(ORDER), list(ORDER.values())
    first = chance.choice(codes, size=len(codes), replace=False, p=shares)
    yield "inform", [str(code) for code in first]
    if chance.random() < WRITES:
        yield "change", str(chance.choice(comments))


def _one_of(shares: dict[str, float], chance: np.random.Generator) -> str:
    return str(chance.choice(list(shares), p=list(shares.values())))

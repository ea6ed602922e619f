"""The demo agency's initiatives over two years: stages, plans, updates. Every word is invented."""

from datetime import date, timedelta
from typing import Any
from uuid import uuid4

from django.utils import timezone

from buyin.features import DemoAgency
from buyin.initiatives.models import (
    DataAgreement,
    Initiative,
    Milestone,
    SharedGoal,
    StageChange,
    Update,
)

from .lives import AGREEMENTS, GOALS, LIVES, Life


def fill(agency: DemoAgency) -> None:
    """Write what happened in two years; days are counted back from today."""
    today = timezone.localdate(agency.now)
    changes: list[StageChange] = []
    milestones: list[Milestone] = []
    updates: list[Update] = []
    for initiative, life in zip(agency.initiatives, LIVES, strict=True):
        changes += _changes(agency, initiative, life, today)
        milestones += _milestones(initiative, life, today)
        updates += _updates(agency, initiative, life)
    StageChange.objects.bulk_create(changes)
    Milestone.objects.bulk_create(milestones)
    Update.objects.bulk_create(updates)
    _together(agency, today)


def _changes(
    agency: DemoAgency, initiative: Initiative, life: Life, today: date
) -> list[StageChange]:
    rows, before = [], ""
    for days, stage, note, unmet in life.stages:
        rows.append(
            StageChange(
                initiative=initiative,
                from_stage=before,
                to_stage=stage,
                day=today - timedelta(days=days),
                by=agency.lead,
                note=note,
                unmet=list(unmet),
            )
        )
        before = stage
    return rows


def _milestones(initiative: Initiative, life: Life, today: date) -> list[Milestone]:
    rows = []
    for title, planned, moved, how_far in life.milestones:
        fields: dict[str, Any] = {"percent": how_far} if isinstance(how_far, int) else {}
        if isinstance(how_far, tuple):
            fields = dict(zip(("steps_done", "steps"), how_far, strict=True))
        due = today + timedelta(days=planned + moved)
        if how_far == "done":
            fields = {"done_on": due}
        first = today + timedelta(days=planned)
        rows.append(Milestone(initiative=initiative, title=title, planned=first, due=due, **fields))
    return rows


def _updates(agency: DemoAgency, initiative: Initiative, life: Life) -> list[Update]:
    return [
        Update(
            initiative=initiative,
            title=title,
            text=text,
            by=agency.lead,
            made_by_form=uuid4(),
            made_at=agency.now - timedelta(days=days),
        )
        for days, title, text in life.updates
    ]


def _together(agency: DemoAgency, today: date) -> None:
    """Write the goals that departments share and the agreements about data."""
    for position, codes, goal, measure, target, days, state in GOALS:
        made = SharedGoal.objects.create(
            initiative=agency.initiatives[position],
            goal=goal,
            measure=measure,
            target=target,
            due=today + timedelta(days=days),
            state=state,
        )
        made.departments.set([agency.departments[code] for code in codes])
    rows = []
    for position, giver, taker, shared, purpose, basis, ago in AGREEMENTS:
        signed = today - timedelta(days=ago) if ago else None
        rows.append(
            DataAgreement(
                initiative=agency.initiatives[position],
                giver=agency.departments[giver],
                taker=agency.departments[taker],
                shared=shared,
                purpose=purpose,
                legal_basis=basis,
                state="signed" if signed else "asked",
                signed_on=signed,
                review_on=signed + timedelta(days=180) if signed else None,
                expires_on=signed + timedelta(days=380) if signed else None,
            )
        )
    DataAgreement.objects.bulk_create(rows)

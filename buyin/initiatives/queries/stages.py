"""The way of one initiative through its stages."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from buyin.initiatives.models import Initiative, Stage, StageChange

from .gates import BY_CODE


@dataclass(frozen=True)
class Step:
    """One stage as the row of all stages shows it; `since` is the day it was reached last."""

    stage: Stage
    since: date | None
    is_now: bool
    is_past: bool


@dataclass(frozen=True)
class Passed:
    """A change of stage with the checks that were not met, in words."""

    change: StageChange
    unmet: list[Any]


def history_of(initiative: Initiative) -> list[Passed]:
    """Return every change of stage, the newest first."""
    changes = initiative.stage_changes.select_related("by")
    return [Passed(one, [_text(code) for code in one.unmet]) for one in changes]


def stages_of(initiative: Initiative, history: Sequence[Passed]) -> list[Step]:
    """Return all stages with the days on which they were reached; one that was left out has none."""
    now = Stage(initiative.stage).position
    reached: dict[str, date] = {}
    for passed in reversed(history):
        reached[passed.change.to_stage] = passed.change.day
    return [
        Step(
            stage,
            reached.get(stage) if stage.position <= now else None,
            stage.position == now,
            stage.position < now,
        )
        for stage in Stage
    ]


def _text(code: str) -> Any:
    """Return a check in words; one that is no longer made keeps its code."""
    gate = BY_CODE.get(code)
    return gate.text if gate else code

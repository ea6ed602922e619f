"""What has to be in place before an initiative moves on, and whether it is.

The list is short and stands here once. What the portal holds answers by itself; for the rest a person
answers. What knows an answer is a function that the settings name in GATE_SOURCES: that of this app is
in `facts`, others are in apps that stand above it.
"""

from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import gettext_lazy as _

from buyin.initiatives.models import Initiative, Stage

from .sources import sources_in

PRE, PILOT, DEPLOYED, RETIRED = Stage.PRE_DEPLOYMENT, Stage.PILOT, Stage.DEPLOYED, Stage.RETIRED


@dataclass(frozen=True)
class Gate:
    """One thing that has to be in place before an initiative comes into these stages."""

    code: str
    stages: tuple[Stage, ...]
    text: Any
    advice: Any


@dataclass(frozen=True)
class Answer:
    """What the portal knows about one check: whether it is met, in words, and where to look."""

    code: str
    is_met: bool
    detail: str = ""
    url: str = ""


@dataclass(frozen=True)
class Checked:
    """A check with its answer; `answer` is None where only a person can say."""

    gate: Gate
    is_met: bool
    answer: Answer | None = field(default=None)


type Source = Callable[[Initiative, str], Iterable[Answer]]

GATES = (
    Gate(
        "lead",
        (PRE, PILOT, DEPLOYED),
        _("Somebody leads it"),
        _("Name a lead whose account is open."),
    ),
    Gate(
        "summary",
        (PRE, PILOT, DEPLOYED),
        _("What it is for is written down"),
        _("Write a summary in two plain sentences."),
    ),
    Gate(
        "departments",
        (PRE, PILOT, DEPLOYED),
        _("The departments that take part are named"),
        _("Name the departments: their people read about it from then on."),
    ),
    Gate(
        "milestones",
        (PILOT, DEPLOYED),
        _("There is a plan with milestones"),
        _("Say what is to be reached and when."),
    ),
    Gate(
        "agreements",
        (PILOT, DEPLOYED),
        _("No agreement about shared data is still open"),
        _("Have each signed, refused or renewed."),
    ),
    Gate(
        "people-asked",
        (PILOT, DEPLOYED),
        _("The people concerned were asked"),
        _("Ask in a survey, in interviews or in a consultation."),
    ),
    Gate(
        "record",
        (PILOT, DEPLOYED),
        _("Its record holds what the stage demands"),
        _("Fill the record in: the public reads it."),
    ),
    Gate(
        "on-time",
        (DEPLOYED,),
        _("No milestone is overdue"),
        _("Mark what is reached, give up what is not wanted, or set an honest day."),
    ),
    Gate(
        "told-lately",
        (DEPLOYED,),
        _("People were told lately how it goes"),
        _("Publish an update; the last one should be no older than 90 days."),
    ),
    Gate(
        "operators-trained",
        (DEPLOYED,),
        _("Those who work with it are trained"),
        _("Offer training before people depend on it."),
    ),
    Gate(
        "way-to-object",
        (DEPLOYED,),
        _("Whoever it decides about can object"),
        _("Say how, and who answers."),
    ),
    Gate(
        "end-told",
        (RETIRED,),
        _("People were told that it ends"),
        _("Publish an update that says so and what takes its place."),
    ),
    Gate(
        "agreements-ended",
        (RETIRED,),
        _("No agreement about shared data is still in force"),
        _("End each on the page with its plan."),
    ),
    Gate(
        "records-kept",
        (RETIRED,),
        _("What has to be kept is kept, and the rest is deleted"),
        _("Follow the agency's rules for records."),
    ),
)
BY_CODE = {gate.code: gate for gate in GATES}


def demanded(start: str, to: str) -> list[Gate]:
    """Return the checks of a step; one that leaves a stage out makes its checks, too.

    A step back has none. What ends has only those of its end.
    """
    first, last = Stage(start).position, Stage(to).position
    crossed = [to] if to == RETIRED else list(Stage)[first + 1 : last + 1]
    return [gate for gate in GATES if last > first and {*gate.stages} & {*crossed}]


def checked(initiative: Initiative, to: str, confirmed: Collection[str] = ()) -> list[Checked]:
    """Return the checks of the step to this stage, each with whether it is met."""
    gates = demanded(initiative.stage, to)
    known: dict[str, Answer] = {}
    sources: Sequence[Source] = sources_in("GATE_SOURCES")
    for source in sources:
        known |= {answer.code: answer for answer in source(initiative, to)} if gates else {}
    return [_checked(gate, known.get(gate.code), confirmed) for gate in gates]


def _checked(gate: Gate, answer: Answer | None, confirmed: Collection[str]) -> Checked:
    return Checked(gate, answer.is_met if answer else gate.code in confirmed, answer)

"""Who has to be involved in an initiative at each stage, and who is missing. The rules stand here once.

Categories and stages are named by their codes; a rule for each department asks for somebody of the
department itself or of one under it.
"""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy as _

IDEA, PRE, PILOT, DEPLOYED, RETIRED = "idea", "pre-deployment", "pilot", "deployed", "retired"
WITH_ACCOUNTABLE = (PRE, PILOT, DEPLOYED)  # from then on somebody answers for what is made
WITH_CHAMPION = (PRE, PILOT, DEPLOYED)  # from then on somebody has to pull
WITH_SPONSORS = (PRE, PILOT, DEPLOYED)  # from then on it costs departments money and time
SPONSORING = ("decision-maker", "budget-holder")


@dataclass(frozen=True)
class Rule:
    """A category of which somebody has to be involved at these stages, and why."""

    category: str
    stages: tuple[str, ...]
    text: Any
    why: Any
    in_each_department: bool = False


RULES = (
    Rule(
        "decision-maker",
        (IDEA, PRE, DEPLOYED, RETIRED),
        _("A decision-maker"),
        _("Somebody has to be able to say yes, and to say when it ends."),
    ),
    Rule(
        "expert",
        (IDEA, PRE, PILOT),
        _("A subject-matter expert"),
        _("Who knows the work says early what would not work."),
    ),
    Rule(
        "budget-holder",
        (PRE, PILOT),
        _("A budget holder"),
        _("What is tried has to be paid for, and so has what follows."),
    ),
    Rule(
        "it",
        (PRE, PILOT, DEPLOYED),
        _("Somebody of IT"),
        _("Whoever keeps it running knows what it rests on."),
    ),
    Rule(
        "data-scientist",
        (PRE, PILOT),
        _("A data scientist"),
        _("Somebody has to say how well it works, and for whom it does not."),
    ),
    Rule(
        "union",
        (PRE, PILOT),
        _("A union"),
        _("Those who speak for staff are heard before work changes, not after."),
    ),
    Rule(
        "end-user",
        (PILOT, DEPLOYED),
        _("An end user"),
        _("Who works with it every day finds what nobody else sees."),
    ),
    Rule(
        "citizens",
        (DEPLOYED,),
        _("A citizen group"),
        _("It touches people outside now; some of them should be able to ask back."),
    ),
    Rule(
        "representative",
        (PRE, PILOT, DEPLOYED, RETIRED),
        _("A representative of each department that takes part"),
        _("A department that nobody speaks for learns of decisions when they are made."),
        in_each_department=True,
    ),
)


@dataclass(frozen=True)
class Involved:
    """One stakeholder who is involved: of which category, and where."""

    category: str
    department: int | None = None


@dataclass(frozen=True)
class Missing:
    """A rule that is not kept; `department` where it is not kept for this one."""

    rule: Rule
    department: int | None = None


def lines(parents: Mapping[int, int | None]) -> dict[int, frozenset[int]]:
    """Return for each department itself with all that it is part of; the map names the one above."""
    found: dict[int, frozenset[int]] = {}
    for bottom in parents:
        line: set[int] = set()
        at: int | None = bottom
        while at is not None and at not in line:
            line.add(at)
            at = parents.get(at)
        found[bottom] = frozenset(line)
    return found


def missing(
    stage: str,
    involved: Collection[Involved],
    departments: Collection[int],
    above: Mapping[int, frozenset[int]],
) -> list[Missing]:
    """Return the rules of a stage that are not kept, in their order.

    `departments` are those that take part, `above` is what `lines` returns.
    """
    return list(_missing(stage, involved, departments, above))


def _missing(
    stage: str,
    involved: Collection[Involved],
    departments: Collection[int],
    above: Mapping[int, frozenset[int]],
) -> Iterator[Missing]:
    there = {one.category for one in involved}
    for rule in RULES:
        if stage not in rule.stages:
            continue
        if rule.in_each_department:
            theirs = (one.department for one in involved if one.category == rule.category)
            reached = reach(theirs, above)
            yield from (Missing(rule, pk) for pk in departments if pk not in reached)
        elif rule.category not in there:
            yield Missing(rule)


def reach(
    departments: Collection[int | None] | Iterator[int | None],
    above: Mapping[int, frozenset[int]],
) -> set[int]:
    """Return the departments for which somebody of these speaks: these and all above them."""
    return {up for pk in departments if pk is not None for up in above.get(pk, ())}


def is_needed(category: str, stage: str) -> bool:
    """Return whether some rule asks for this category at this stage."""
    return any(rule.category == category and stage in rule.stages for rule in RULES)

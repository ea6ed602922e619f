"""What to do about a gap: a table of rules, read from top to bottom; the first that fits proposes.

Pure: words of models and forms in, a proposal out. What each rule says to people stands in `wording`.
"""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, timedelta

from .standing import UNAWARE, Quadrant, Salience

RESISTANT, NEUTRAL, SUPPORTIVE, LEADING = 1, 2, 3, 4
MEETING, CALL, WORKSHOP, DEMO, INTERVIEW, MAIL = (
    *("meeting", "call", "workshop"),
    *("demo", "interview", "mail"),
)
MONTHLY, QUARTERLY = 30, 91
SATURDAY = 5
# A kind of engagement for each way in which somebody likes to be reached.
BY_CHANNEL = {"meeting": MEETING, "call": CALL, "workshop": WORKSHOP, "mail": MAIL, "letter": MAIL}

CLOSE, SATISFIED = Quadrant.MANAGE_CLOSELY, Quadrant.KEEP_SATISFIED
INFORMED, MONITOR = Quadrant.KEEP_INFORMED, Quadrant.MONITOR
PRESSING = {Salience.DEFINITIVE, Salience.DANGEROUS, Salience.DEMANDING}
NOT_WON = {RESISTANT, NEUTRAL}


@dataclass(frozen=True)
class Case:
    """Somebody who is not yet where they are wanted, as a rule looks at them."""

    category: str
    current: int
    desired: int
    quadrant: Quadrant | None = None
    salience: Salience | None = None
    channel: str = ""


@dataclass(frozen=True)
class Rule:
    """When it fits and what it proposes; a condition that is left empty fits everybody.

    No `kind` means: as they like to be reached. `by_lead` gives it to who leads the initiative, else
    whoever keeps in touch does it.
    """

    code: str
    kind: str = ""
    days: int = 14
    cadence: int | None = None
    by_lead: bool = False

    categories: Collection[str] = ()
    quadrants: Collection[Quadrant] = ()
    saliences: Collection[Salience] = ()
    levels: Collection[int] = ()
    desired: Collection[int] = ()

    def fits(self, case: Case) -> bool:
        """Return whether it is for this case."""
        asked: tuple[tuple[Collection[object], object], ...] = (
            (self.categories, case.category),
            (self.quadrants, case.quadrant),
            (self.saliences, case.salience),
            (self.levels, case.current),
            (self.desired, case.desired),
        )
        return all(not wanted or found in wanted for wanted, found in asked)

    def kind_for(self, case: Case) -> str:
        """Return the kind of engagement that it proposes."""
        return self.kind or BY_CHANNEL.get(case.channel, MAIL)


TOUCH = Rule("in-touch", days=7)  # with whom somebody is to be in touch, whatever the gap
RULES = (
    Rule(
        "tell-in-person",
        MEETING,
        days=10,
        by_lead=True,
        levels={UNAWARE},
        quadrants={CLOSE, SATISFIED},
    ),
    Rule("show-first", DEMO, days=21, levels={UNAWARE}),
    Rule(
        "hear-who-pays",
        MEETING,
        days=7,
        by_lead=True,
        categories={"budget-holder", "decision-maker"},
        levels={RESISTANT},
        quadrants={CLOSE, SATISFIED},
    ),
    Rule("answer-now", CALL, days=5, levels={RESISTANT}, saliences=PRESSING),
    Rule(
        "work-through-worries",
        WORKSHOP,
        days=21,
        by_lead=True,
        categories={"union", "citizens", "representative"},
        levels=NOT_WON,
    ),
    Rule(
        "let-them-test",
        DEMO,
        days=14,
        categories={"it", "data-scientist", "expert"},
        levels=NOT_WON,
    ),
    Rule("try-own-work", WORKSHOP, days=21, categories={"end-user"}, levels=NOT_WON),
    Rule("agree-in-writing", MEETING, days=14, categories={"vendor"}, levels=NOT_WON),
    Rule("hear-out", MEETING, days=7, by_lead=True, levels={RESISTANT}, quadrants={CLOSE}),
    Rule("give-a-part", MEETING, days=21, by_lead=True, desired={LEADING}, levels={SUPPORTIVE}),
    Rule("win-over", MEETING, days=14, by_lead=True, quadrants={CLOSE}),
    Rule("what-would-matter", CALL, days=14, quadrants={SATISFIED}),
    Rule("keep-informed", days=14, cadence=MONTHLY, quadrants={INFORMED}),
    Rule("short-note", MAIL, days=30, cadence=QUARTERLY, quadrants={MONITOR}),
    Rule("ask-how-they-see-it", INTERVIEW, days=14),
)


def propose(case: Case) -> Rule:
    """Return the first rule that fits; the last fits everybody."""
    return next(rule for rule in RULES if rule.fits(case))


def day_for(rule: Rule, *, today: date, desired_by: date | None) -> date:
    """Return until when to do it: in the rule's time, earlier where the level is wanted earlier.

    Never before today, and on no Saturday or Sunday unless the level is wanted by then.
    """
    day = today + timedelta(days=rule.days)
    if day.weekday() >= SATURDAY:
        day += timedelta(days=7 - day.weekday())
    return max(today, min(day, desired_by)) if desired_by else day


def next_day(last: date, cadence: int, *, today: date) -> date:
    """Return the day of the next one of what is repeated: counted from the last, never in the past.

    After the last day of the calendar there is none.
    """
    latest = date.max - timedelta(days=cadence)
    return max(today, min(last, latest) + timedelta(days=cadence))

"""Benefits as pages and programs show them: every figure in words, with its unit and its day."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from . import wording
from .models import Benefit, BenefitChange, Measurement
from .queries import Standing

State = Benefit.State
_TONES: dict[str, str] = {State.REALISED: "good", State.AT_RISK: "due", State.NOT_REALISED: "due"}


@dataclass(frozen=True)
class Told:
    """A benefit in words."""

    benefit: Benefit
    state: str
    baseline: str
    target: str
    newest: str
    day: date | None
    way: str
    # The state that the newest measurement suggests, as code and in words; empty where it is so.
    suggested: str
    suggested_words: str

    @property
    def tone(self) -> str:
        """Return "good" or "due" where its state has that meaning, else nothing."""
        return _TONES.get(self.benefit.state, "")


@dataclass(frozen=True)
class Change:
    """A formal change in words."""

    row: BenefitChange
    before: str
    after: str


def told(found: Iterable[Standing]) -> list[Told]:
    """Return benefits in words."""
    return [told_of(one) for one in found]


def told_of(standing: Standing) -> Told:
    """Return one benefit in words."""
    row, suggestion = standing.benefit, standing.suggested_state
    return Told(
        benefit=row,
        state=wording.state_words(row),
        baseline=wording.amount(row, row.baseline_value),
        target=wording.amount(row, row.target_value),
        newest=wording.amount(row, standing.value),
        day=standing.day,
        way=_way(standing),
        suggested=suggestion.value if suggestion else "",
        suggested_words=wording.state_words(row, suggestion) if suggestion else "",
    )


def _way(standing: Standing) -> str:
    if standing.progress is None or standing.progress.percent is None:
        return ""
    words = {"percent": standing.progress.percent}
    if standing.benefit.is_disbenefit:
        return _("%(percent)d %% of the limit used") % words
    return _("%(percent)d %% of the way") % words


def value_of(benefit: Benefit, measurement: Measurement) -> str:
    """Return what was measured, with its unit."""
    return wording.amount(benefit, measurement.value)


def changes_of(benefit: Benefit, rows: Iterable[BenefitChange]) -> list[Change]:
    """Return formal changes in words."""
    return [
        Change(row, *(_said(benefit, row.what, stored) for stored in (row.before, row.after)))
        for row in rows
    ]


def _said(benefit: Benefit, what: str, stored: str) -> str:
    """Return a stored value as people read it."""
    What = BenefitChange.What  # noqa: N806 - a class
    say: dict[str, Callable[[str], str]] = {
        What.STATE: lambda code: wording.state_words(benefit, code),
        What.DIRECTION: lambda code: str(Benefit.Direction(code).label),
        What.IS_DISBENEFIT: lambda text: _("yes") if text == "True" else _("no"),
        What.BASELINE_ON: _day,
        What.TARGET_ON: _day,
        What.BASELINE_VALUE: wording.number_in,
        What.TARGET_VALUE: wording.number_in,
    }
    return say.get(what, str)(stored) if stored else _("none")


def _day(stored: str) -> str:
    return str(date_format(date.fromisoformat(stored)))

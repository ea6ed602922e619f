"""The agency's own numbers on the page that explains the method."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from buyin.readiness.index import BY_CODE

from .sureness import difference_sentence, probability_words
from .words import grouped


@dataclass(frozen=True)
class DimensionFacts:
    """One dimension: how well its questions go together, and whether departments differ in it."""

    name: str
    alpha: str
    omega: str
    note: str
    difference: str


@dataclass(frozen=True)
class Facts:
    """What the newest measurement says about its own quality."""

    answered: str
    asked: str
    silent: str
    score: str
    difference: str
    dimensions: list[DimensionFacts]


def method_facts(summary: Mapping[str, Any]) -> Facts | None:
    """Return the facts of a snapshot's summary, or None where too few answered."""
    overall = next((c for c in summary.get("agency", []) if not c["dimension"]), None)
    if overall is None or not overall["is_released"]:
        return None
    difference = summary.get("difference")
    return Facts(
        answered=grouped(overall["answered"]),
        asked=grouped(overall["asked"]),
        silent=grouped(max(0, overall["asked"] - overall["answered"])),
        score=str(round(overall["value"])),
        difference=difference_sentence(is_real=difference["is_real"], p=difference["p"])
        if difference
        else "",
        dimensions=[
            _dimension(code, facts)
            for code, facts in summary.get("by_dimension", {}).items()
            if code in BY_CODE
        ],
    )


def _dimension(code: str, facts: Mapping[str, Any]) -> DimensionFacts:
    difference, found = facts["difference"], facts["reliability"]
    p = probability_words(difference["p"]) if difference else _("one department only")
    if not found:
        return DimensionFacts(str(BY_CODE[code].name), "–", "–", _("too few answers"), p)
    alpha = _("%(alpha)s (%(low)s to %(high)s)") % {
        "alpha": _decimal(found["alpha"]),
        "low": _decimal(found["low"]),
        "high": _decimal(found["high"]),
    }
    omega = "–" if found["omega"] is None else _decimal(found["omega"])
    note = _("too loose: read the questions one by one") if found["is_low"] else _("good enough")
    return DimensionFacts(str(BY_CODE[code].name), alpha, omega, note, p)


def _decimal(number: float) -> str:
    """Return a coefficient below one as papers print it."""
    sign, digits = "-" if number < 0 else "", f"{abs(number):.2f}"
    return sign + digits.removeprefix("0")

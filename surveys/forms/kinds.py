"""The types of questions as an author reads them, and what can be said of each."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

KINDS: dict[str, tuple[Promise, Promise]] = {
    "single": (_("One choice"), _("People choose one of several answers.")),
    "multiple": (_("Several choices"), _("People tick everything that applies.")),
    "likert": (_("Statement with a scale"), _("How far people agree, how often, how sure.")),
    "matrix": (_("Several statements with one scale"), _("A table with a row for each statement.")),
    "rating": (_("0 to 10"), _("A number from 0 to 10, with words for both ends.")),
    "ranking": (_("Order"), _("People bring choices into an order.")),
    "short_text": (_("Short text"), _("One line in people's own words.")),
    "long_text": (_("Long text"), _("Several lines in people's own words.")),
    "number": (_("Number"), _("A number, with a unit and limits.")),
    "date": (_("Day"), _("A day of the calendar.")),
    "note": (_("Note"), _("Words or a heading between the questions. Nothing is answered.")),
    "computed": (_("Computed value"), _("Nobody sees it: it is computed from other answers.")),
}
CHOOSING = ("single", "multiple", "ranking")
SCALED = ("likert", "matrix")

# Which fields each type has, in their order: first what is asked, then what the answer may be.
_ASKED = ("text", "help")
_OWN: dict[str, tuple[str, ...]] = {
    "single": (),
    "multiple": (),
    "ranking": (),
    "likert": ("scale", "points", "dimension", "reversed"),
    "matrix": ("scale", "points"),
    "rating": ("low", "high"),
    "short_text": ("max_length",),
    "long_text": ("max_length",),
    "number": ("unit", "min", "max"),
    "date": ("min", "max"),
    "note": (),
    "computed": ("value",),
}
_SHOWN = ("shown", "show_if")
_REQUIRED = ("must", "required_if")
_REFUSED = ("constraint", "constraint_message")


def own_fields(kind: str) -> tuple[str, ...]:
    """Return the fields that say what is asked and what the answer may be."""
    asked = ("text",) if kind == "computed" else _ASKED
    unknown = () if kind in {"note", "computed"} else ("dont_know",)
    return (*asked, *_OWN[kind], *unknown)


def rule_fields(kind: str) -> tuple[str, ...]:
    """Return the fields that say when it is asked, required and refused."""
    if kind in {"note", "computed"}:
        return _SHOWN
    return (*_REQUIRED, *_SHOWN, *(() if kind == "matrix" else _REFUSED))

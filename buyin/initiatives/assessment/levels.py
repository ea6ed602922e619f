"""What the four impact levels mean, in the portal's own words.

The facts are those of Canada's Directive on Automated Decision-Making: appendix B says what each
level stands for, appendix C what has to be done before a system of that level is used.
"""

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

DIRECTIVE = "https://www.tbs-sct.canada.ca/pol/doc-eng.aspx?id=32592"

_HUMAN = _("A person makes the final decision, and people can step in on the way to it.")
_NO_HUMAN = _("Decisions may be made without a person taking part in each.")
_EXPLAIN = _("Everybody who is refused something is told why, together with the decision.")
_PUBLISHED = _(
    "The public can read in plain language how the system works, how it supports decisions, what "
    "reviews found and which data it learned from."
)


@dataclass(frozen=True)
class LevelMeaning:
    """One level: its name, what decisions of that level do to people, and what is asked for."""

    number: int
    numeral: str
    name: str | Promise
    meaning: str | Promise
    asked: tuple[str | Promise, ...]


LEVELS = {
    1: LevelMeaning(
        1,
        "I",
        _("little to no impact"),
        _("Decisions touch people hardly or not at all, for a short time, and can be undone."),
        (
            _("No review from outside is asked for."),
            _NO_HUMAN,
            _("Common results are explained, for example among frequent questions."),
        ),
    ),
    2: LevelMeaning(
        2,
        "II",
        _("moderate impact"),
        _("Decisions touch people noticeably. It mostly passes soon and can likely be undone."),
        (
            _("At least one qualified reviewer from outside looks at the system."),
            _("A notice in plain language tells people that the system is used."),
            _NO_HUMAN,
            _("Whoever is refused something is told why when they ask."),
        ),
    ),
    3: LevelMeaning(
        3,
        "III",
        _("high impact"),
        _("Decisions touch people heavily, go on for long and are difficult to undo."),
        (
            _("At least one qualified reviewer from outside looks at the system."),
            _PUBLISHED,
            _HUMAN,
            _EXPLAIN,
            _("Those who work with it have completed a training."),
        ),
    ),
    4: LevelMeaning(
        4,
        "IV",
        _("very high impact"),
        _("Decisions touch people very heavily, for good, and cannot be undone."),
        (
            _(
                "At least two qualified reviewers from outside look at the system, or its "
                "specification is published in a reviewed journal."
            ),
            _PUBLISHED,
            _HUMAN,
            _EXPLAIN,
            _("Those who work with it have completed a training, and do so again."),
        ),
    ),
}

"""The survey that a mapping describes, for answers whose questions the portal never asked."""

from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from surveys import definitions

from .mappings import MappingError

TEXTS = ("title", "purpose", "initiative")


@dataclass(frozen=True)
class NewSurvey:
    """A survey to be made for imported answers; `asked` is people by department code."""

    title: str
    purpose: str
    initiative: str
    definition: dict[str, Any]
    asked: dict[str, int]


def read_new_survey(raw: Any) -> NewSurvey:
    """Return the survey described in this mapping; raise MappingError with everything wrong."""
    survey = raw.get("survey") if isinstance(raw, dict) else None
    if not isinstance(survey, dict):
        raise MappingError([_("The mapping has no “survey” to make a new one from.")])
    problems = [
        _("“survey” needs “%(name)s”, a text.") % {"name": name}
        for name in TEXTS
        if not isinstance(survey.get(name), str) or not survey[name].strip()
    ]
    asked = survey.get("asked")
    if not isinstance(asked, dict) or not asked or not all(map(_is_count, asked.values())):
        problems.append(_("“asked” gives the number of people asked for each department code."))
    found = definitions.check(raw.get("definition"))
    problems += [f"{problem.where}: {problem.message}" for problem in found]
    if problems:
        raise MappingError(problems)
    texts = {name: survey[name].strip() for name in TEXTS}
    return NewSurvey(**texts, definition=raw["definition"], asked=asked or {})


def _is_count(value: object) -> bool:
    return isinstance(value, int) and not isinstance(value, bool) and value > 0

"""What an edit may not leave behind, and what it leaves of texts and scales that nobody needs."""

from typing import Any

from django.utils.translation import gettext as _

from surveys.definitions import Problem, check, texts_of

from .outline import Raw, questions_in

STUB = {"type": "note", "text": "-"}


class RefusedEditError(ValueError):
    """An edit that was not done; the message says why, for the person who asked for it."""


def problems_in_draft(definition: Raw) -> list[Problem]:
    """Return everything that is wrong with a draft, but that some of its pages are empty yet."""
    pages = [
        page if page["questions"] else {**page, "questions": [{**STUB, "code": f"empty__{n}"}]}
        for n, page in enumerate(definition["pages"])
    ]
    return check({**definition, "pages": pages})


def accepted(before: Raw, after: Raw) -> Raw:
    """Return the edited definition, tidied; raise where the edit brought a new problem into it."""
    tidy = tidied(after)
    if tidy == before:
        return before
    found = problems_in_draft(tidy)
    if found:
        known = {problem.message for problem in problems_in_draft(before)}
        new = [one for one in found if one.message not in known]
        if new:
            told = " ".join(f"{one.where}: {one.message}" for one in new[:3])
            raise RefusedEditError(
                _("Nothing was changed, because something would not fit any more. %s") % told
            )
    return tidy


def tidied(definition: Raw) -> Raw:
    """Return a definition without scales that no question has and translations of nothing."""
    tidy: dict[str, Any] = dict(definition)
    wanted = {question.get("scale") for question in questions_in(definition)}
    scales = {name: points for name, points in tidy.pop("scales", {}).items() if name in wanted}
    if scales:
        tidy["scales"] = scales
    translations = tidy.pop("translations", {})
    if translations:
        known = texts_of(tidy)
        tidy["translations"] = {
            language: {key: text for key, text in texts.items() if key in known and text.strip()}
            for language, texts in translations.items()
        }
    return tidy

"""What an edit may not leave behind, and what it leaves of texts and scales that nobody needs."""

from typing import Any

from django.utils.translation import gettext as _

from surveys.definitions import Problem, check, texts_of

from .outline import Raw, questions_in

STUB = {"type": "note", "text": "-"}


class RefusedEditError(ValueError):
    """An edit that was not done; the message says why, for the person who asked for it."""


def problems_in_draft(definition: Raw) -> list[Problem]:
    """Return everything that is wrong with a draft, but that some of its pages and sections are empty."""
    pages = [_filled(page, n) for n, page in enumerate(definition["pages"])]
    return check({**definition, "pages": pages})


def _filled(page: Raw, number: int) -> Raw:
    """Return a page with a question in each section that has none, and one at least."""
    filled = {question.get("section") for question in page["questions"]}
    sections = page.get("sections", [])
    empty = [
        {name: part for name, part in section.items() if name != "before"}
        for section in sections
        if section["code"] not in filled
    ]
    stubs = [
        {**STUB, "code": f"empty__{number}_{n}", "section": section["code"]}
        for n, section in enumerate(empty)
    ]
    questions = [*page["questions"], *stubs] or [{**STUB, "code": f"empty__{number}"}]
    listed = [*(one for one in sections if one["code"] in filled), *empty]
    return {**page, **({"sections": listed} if listed else {}), "questions": questions}


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

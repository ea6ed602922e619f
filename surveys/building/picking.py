"""Conditions that an author can choose instead of writing: an answer to a question before."""

from collections.abc import Iterable, Iterator, Sequence
from itertools import takewhile
from textwrap import shorten

from django.utils.translation import gettext as _

from surveys.definitions import HIGHEST_RATING, LOWEST_RATING

from .editing import Place
from .outline import Raw, questions_in

SHORT = 50  # characters of a question inside another sentence
RATINGS = [{"code": str(n), "text": str(n)} for n in range(LOWEST_RATING, HIGHEST_RATING + 1)]
TAKEN = {"single": "${%s} = '%s'", "multiple": "selected(${%s}, '%s')"}
NOT_TAKEN = {"single": "${%s} != '%s'", "multiple": "not(selected(${%s}, '%s'))"}


Offered = list[tuple[str, list[tuple[str, str]]]]


def offered_on_page(definition: Raw, page: str) -> Offered:
    """Return what a page can depend on: answers on the pages before it, all for a new one."""
    codes = [one["code"] for one in definition["pages"]]
    end = codes.index(page) if page in codes else len(codes)
    asked = questions_in({"pages": definition["pages"][:end]})
    return _offered(asked, definition.get("scales", {}))


def offered_at(definition: Raw, place: Place) -> Offered:
    """Return what a question at this place can depend on: answers that come before it."""
    codes = [one["code"] for one in definition["pages"]]
    pages = definition["pages"][: codes.index(place.page) + 1]
    asked = questions_in({"pages": pages})
    before = takewhile(lambda question: question["code"] != place.before, asked)
    return _offered(before, definition.get("scales", {}))


def _offered(questions: Iterable[Raw], scales: Raw) -> Offered:
    """Return (text, [(condition, in words)]) for each question or row with choices or a scale."""
    found: Offered = []
    for question in questions:
        code, text = question["code"], question.get("text", "")
        match question["type"]:
            case "single" | "multiple":
                found.append((text, list(_of_choices(question))))
            case "likert":
                found.append((text, list(_of_points(code, text, scales[question["scale"]]))))
            case "matrix":
                points = scales[question["scale"]]
                rows = [(row["code"], row["text"]) for row in question["rows"]]
                found += [(said, list(_of_points(row, said, points))) for row, said in rows]
            case "rating":
                found.append((text, list(_of_points(code, text, RATINGS))))
    return found


def _of_choices(question: Raw) -> Iterator[tuple[str, str]]:
    """Yield for each choice that it was taken, then for each that it was not."""
    kind, asked = question["type"], _short(question["text"])
    taken = {
        "single": _("The answer to “%(question)s” is “%(answer)s”"),
        "multiple": _("The answer to “%(question)s” has “%(answer)s” in it"),
    }
    other = {
        "single": _("The answer to “%(question)s” is not “%(answer)s”"),
        "multiple": _("The answer to “%(question)s” does not have “%(answer)s” in it"),
    }
    for forms, words in ((TAKEN, taken), (NOT_TAKEN, other)):
        for choice in question["choices"]:
            said = {"question": asked, "answer": choice["text"]}
            yield forms[kind] % (question["code"], choice["code"]), words[kind] % said


def _of_points(code: str, text: str, points: Sequence[Raw]) -> Iterator[tuple[str, str]]:
    """Yield for each point of a scale that it was given or a higher one, or a lower one."""
    exactly = _("The answer to “%(question)s” is “%(answer)s”")
    above = _("The answer to “%(question)s” is “%(answer)s” or higher")
    below = _("The answer to “%(question)s” is “%(answer)s” or lower")
    for sign, some, end, words in (
        (">=", points[1:], points[-1], above),
        ("<=", points[:-1], points[0], below),
    ):
        for point in some:
            said = {"question": _short(text), "answer": point["text"]}
            condition = f"${{{code}}} {sign} {point['code']}"
            yield condition, (exactly if point is end else words) % said


def _short(text: str) -> str:
    """Return a question short enough to stand inside another sentence."""
    return shorten(text, SHORT, placeholder="…")

"""Conditions that an author can choose instead of writing: an answer to a question before."""

from collections.abc import Iterable
from itertools import takewhile
from textwrap import shorten

from django.utils.translation import gettext as _

from .editing import Place
from .outline import Raw, questions_in

SHORT = 50  # characters of a question inside another sentence
FORMS = {"single": "${%s} = '%s'", "multiple": "selected(${%s}, '%s')"}


Offered = list[tuple[str, list[tuple[str, str]]]]


def offered_on_page(definition: Raw, page: str) -> Offered:
    """Return what a page can depend on: answers on the pages before it, all for a new one."""
    codes = [one["code"] for one in definition["pages"]]
    end = codes.index(page) if page in codes else len(codes)
    return _offered(questions_in({"pages": definition["pages"][:end]}))


def offered_at(definition: Raw, place: Place) -> Offered:
    """Return what a question at this place can depend on: answers that come before it."""
    codes = [one["code"] for one in definition["pages"]]
    pages = definition["pages"][: codes.index(place.page) + 1]
    asked = questions_in({"pages": pages})
    return _offered(takewhile(lambda question: question["code"] != place.before, asked))


def _offered(questions: Iterable[Raw]) -> Offered:
    """Return (question, [(condition, in words)]) for each question with choices."""
    words = {
        "single": _("The answer to “%(question)s” is “%(answer)s”"),
        "multiple": _("The answer to “%(question)s” has “%(answer)s” in it"),
    }
    found = []
    for question in questions:
        kind, code = question["type"], question["code"]
        if kind in FORMS:
            asked = shorten(question["text"], SHORT, placeholder="…")
            pairs = [
                (
                    FORMS[kind] % (code, choice["code"]),
                    words[kind] % {"question": asked, "answer": choice["text"]},
                )
                for choice in question["choices"]
            ]
            found.append((question["text"], pairs))
    return found

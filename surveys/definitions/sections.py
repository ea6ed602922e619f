"""What no schema can say about the sections of a page: which questions stand in which."""

from collections.abc import Collection, Iterator
from itertools import groupby
from typing import Any

from django.utils.translation import gettext as _


def broken_sections(page: dict[str, Any], seen: Collection[str]) -> Iterator[str]:
    """Yield what is wrong with the sections of one page; `seen` are codes that are taken."""
    sections = page.get("sections", [])
    titles = {one["code"]: one["title"] for one in sections}
    found = [code for code, _group in groupby(q.get("section", "") for q in page["questions"])]
    yield from _codes([one["code"] for one in sections], seen)
    for code in sorted({code for code in found if code and code not in titles}):
        yield _("There is no section “%s” on this page.") % code
    filled = [code for code in found if code in titles]
    for section in sections:
        yield from _questions(section, filled.count(section["code"]))
    if len(filled) == len(set(filled)) and filled != [code for code in titles if code in filled]:
        yield _("The sections must be listed in the order of their questions.")


def _codes(codes: list[str], seen: Collection[str]) -> Iterator[str]:
    for n, code in enumerate(codes):
        if code in seen or code in codes[:n]:
            yield _("The code “%s” of a section is used already.") % code


def _questions(section: dict[str, Any], places: int) -> Iterator[str]:
    """Yield what is wrong with a section whose questions stand in so many places."""
    if places == 0:
        yield _("The section “%s” has no question.") % section["title"]
    elif places > 1:
        yield _("The questions of the section “%s” do not stand together.") % section["title"]
    elif "before" in section:
        yield _("“before” is for sections without questions: “%s” has some.") % section["title"]

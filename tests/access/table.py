"""Reads access.toml and the tables of single areas beside it, and walks the addresses of the portal."""

import re
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path

from django.urls import URLPattern, URLResolver, get_resolver

from tests.cast import PERSONAS

OTHER = "OTHER"
METHODS = ["GET", "POST", "PUT", "PATCH", "DELETE"]
SIGNED_OUT = {"anonymous", "deactivated"}
SIGNED_IN = set(PERSONAS) - SIGNED_OUT
GROUPS = {"everyone": set(PERSONAS), "signed_in": SIGNED_IN, "signed_out": SIGNED_OUT}


@dataclass(frozen=True)
class Row:
    """What the table says of one address, or of all addresses that a pattern matches."""

    title: str
    methods: dict[str, str]
    objects: dict[str, str] = field(default_factory=dict)
    is_pattern: bool = False

    @property
    def route(self) -> str:
        """The route without the remark in brackets that tells rows of one route apart."""
        return re.sub(r" \([^()]*\)$", "", self.title)

    def expected(self, method: str) -> dict[str, set[int]]:
        """Return the statuses that each persona may get; later words overrule earlier ones."""
        answers = {persona: {302} for persona in SIGNED_OUT}
        for word in self.methods[method].split():
            who, statuses = word.split("=")
            allowed = {int(status) for status in statuses.split("|")}
            for name in who.split(","):
                answers |= dict.fromkeys(GROUPS.get(name, {name}), allowed)
        assert set(answers) == set(PERSONAS), (
            f"{self.title} {method}: {set(PERSONAS) - set(answers)}"
        )
        return answers


def read_table() -> tuple[list[Row], list[Row]]:
    """Return the rows for single routes and the rows whose title is a pattern of routes."""
    tables = [
        tomllib.loads(path.read_text()) for path in sorted(Path(__file__).parent.glob("*.toml"))
    ]
    rows = [make_row(title, cells) for one in tables for title, cells in one["routes"].items()]
    patterns = [
        replace(make_row(title, cells), is_pattern=True)
        for one in tables
        for title, cells in one.get("patterns", {}).items()
    ]
    return rows, patterns


def make_row(title: str, cells: dict) -> Row:
    """Split the cells of a row into methods and the objects that fill its address."""
    methods = {name: said for name, said in cells.items() if name in {*METHODS, OTHER}}
    return Row(title=title, methods=methods, objects=cells.get("with", {}))


def all_routes() -> list[str]:
    """Return every address that the portal answers, as its urls.py files write it."""
    return sorted(set(_walk(get_resolver().url_patterns, "")))


def _walk(patterns: list, prefix: str) -> Iterator[str]:
    for pattern in patterns:
        route = prefix + re.sub(r"^\^|(\$|\\[Zz])$", "", str(pattern.pattern))
        if isinstance(pattern, URLResolver):
            yield from _walk(pattern.url_patterns, route)
        elif isinstance(pattern, URLPattern):
            yield route


def fill(route: str, objects: dict[str, object]) -> str:
    """Return an address for the route with these objects in it, and 1 where none is named."""
    filled = re.sub(r"<(?:\w+:)?(\w+)>", lambda m: str(objects.get(m[1], 1)), route)
    group = r"\(\?P<(\w+)>(?:[^()]|\([^()]*\))*\)"
    return "/" + re.sub(group, lambda m: str(objects.get(m[1], 1)), filled).replace("\\", "")

"""What programs may ask the portal, for people who write them: read from the schema itself."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import get_language
from django.views.decorators.http import require_safe

from buyin.paging import Pages
from buyin.schema import everything

LISTS = "results"  # the part of a long list that holds its rows


@dataclass(frozen=True)
class Part:
    """A parameter of a question, or a field of its answer."""

    name: str
    type: str
    text: str = ""


@dataclass(frozen=True)
class Operation:
    """One thing that a program may ask: the method, the address, what it does and answers."""

    method: str
    path: str
    text: str
    parameters: list[Part]
    sent: list[Part]
    fields: list[Part]
    is_list: bool

    @property
    def anchor(self) -> str:
        """Return the name of its place on the page."""
        words = "".join(c if c.isalnum() else "-" for c in self.path)
        return f"{self.method.lower()}{words}".strip("-")


@require_safe
def api_docs(request: HttpRequest) -> HttpResponse:
    """Show every address for programs with what it does; needs no script and no other host."""
    context = {
        "operations": operations(),
        "usual": Pages.default_limit,
        "most": Pages.max_limit,
    }
    return render(request, "buyin/api_docs.html", context)


def operations() -> list[Operation]:
    """Return all that programs may ask, in the order of the addresses."""
    schema = everything(get_language() or "")
    schemas = schema["components"]["schemas"]
    return [
        _operation(path, method, found, schemas)
        for path, methods in sorted(schema["paths"].items())
        for method, found in methods.items()
    ]


def _operation(path: str, method: str, found: dict[str, Any], schemas: dict[str, Any]) -> Operation:
    answer = _resolved(_answer(found), schemas)
    is_list = LISTS in answer.get("properties", {}) or answer.get("type") == "array"
    if is_list:
        rows = answer.get("properties", {}).get(LISTS, answer)
        answer = _resolved(rows["items"], schemas)
    return Operation(
        method=method.upper(),
        path=path,
        text=found.get("description", ""),
        parameters=[
            Part(one["name"], _type(one["schema"], schemas), one.get("description", ""))
            for one in found.get("parameters", [])
        ],
        sent=list(_fields(_resolved(_body(found), schemas), schemas)),
        fields=list(_fields(answer, schemas)),
        is_list=is_list,
    )


def _answer(found: dict[str, Any]) -> dict[str, Any]:
    """Return the schema of the answer to a question that was understood, {} where none is given."""
    understood = (one for status, one in found["responses"].items() if status.startswith("2"))
    return next(filter(None, map(_schema, understood)), {})


def _body(found: dict[str, Any]) -> dict[str, Any]:
    """Return the schema of what is sent along, {} where nothing is."""
    return _schema(found.get("requestBody", {}))


def _schema(described: dict[str, Any]) -> dict[str, Any]:
    """Return the schema of the first kind of content, {} where there is none."""
    contents: list[dict[str, Any]] = [*described.get("content", {}).values(), {}]
    schema: dict[str, Any] = contents[0].get("schema", {})
    return schema


def _fields(schema: dict[str, Any], schemas: dict[str, Any]) -> Iterator[Part]:
    for name, field in schema.get("properties", {}).items():
        # What the schema says of a field can be a note from the code, so it is left out.
        yield Part(name, _type(field, schemas))


def _resolved(schema: dict[str, Any], schemas: dict[str, Any]) -> dict[str, Any]:
    """Return what a reference stands for; a field that may be null wraps it once more."""
    while "$ref" in schema or "allOf" in schema:
        schema = schema["allOf"][0] if "allOf" in schema else schemas[_name(schema["$ref"])]
    return schema


def _type(schema: dict[str, Any], schemas: dict[str, Any]) -> str:
    found = _resolved(schema, schemas)
    if found.get("type") == "array":
        return f"array of {_type(found['items'], schemas)}"
    name = str(found.get("format") or found.get("type", "any"))
    return f"{name} or null" if schema.get("nullable") or found.get("nullable") else name


def _name(reference: str) -> str:
    return reference.rpartition("/")[2]

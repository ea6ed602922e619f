"""What a browser would send of a form on a page if nobody touched it."""

import re
from html.parser import HTMLParser

from django.http import QueryDict


class Forms(HTMLParser):
    """Collects the fields of every form of a page, with the values that they show."""

    def __init__(self) -> None:
        super().__init__()
        self.forms: list[tuple[str, QueryDict]] = []
        self.inside = False
        self.name = ""
        self.kind = ""
        self.text = ""

    def handle_starttag(self, tag, attrs):
        given = dict(attrs)
        if tag == "form":
            self.inside = True
            self.forms.append((given.get("action") or "", QueryDict(mutable=True)))
        if not self.inside:
            return
        fields = self.forms[-1][1]
        name, value = given.get("name"), given.get("value") or ""
        if tag == "input" and name:
            is_box = given.get("type") in {"checkbox", "radio"}
            if not is_box or "checked" in given:
                fields.appendlist(name, value or ("on" if is_box else ""))
        if tag in {"textarea", "select"}:
            self.name, self.kind, self.text = name or "", tag, ""
        is_first = self.name not in fields
        if tag == "option" and self.kind == "select" and ("selected" in given or is_first):
            fields[self.name] = value

    def handle_data(self, data):
        self.text += data

    def handle_endtag(self, tag):
        if tag == "textarea" and self.inside:
            text = re.sub(r"^\n", "", self.text)
            self.forms[-1][1].appendlist(self.name, re.sub(r"\r?\n", "\r\n", text))
        if tag == "form":
            self.inside = False
        self.kind = "" if tag == "select" else self.kind


def untouched(page: str, having: str) -> tuple[str, QueryDict]:
    """Return the address and the fields of the form that has this field, without its token."""
    reader = Forms()
    reader.feed(page)
    action, fields = next((a, f) for a, f in reader.forms if having in f)
    fields.pop("csrfmiddlewaretoken", None)
    return action, fields

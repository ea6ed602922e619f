"""Filling in a public questionnaire as any visitor would."""

import re
from html import unescape

from django.test import Client

BASE = "/surveys/public/permits/"
PAGE_1 = {"q_useful": "4", "q_told": "dk"}


def url(page=1):
    return f"{BASE}pages/{page}/"


def form_on(answer):
    """Return the hidden fields of the page, as a browser would send them."""
    fields = re.findall(r'type="hidden"\s+name="(\w+)"(?:\s+value="([^"]*)")?', answer.text)
    return {name: unescape(value) for name, value in fields}


def press(visitor, page, button, form=None, **fields):
    form = form_on(visitor.get(url(page))) if form is None else form
    return visitor.post(url(page), {**form, **fields, "go": button})


def answer(visitor=None, **fields):
    """Fill in both pages and hand them in; return the answer to the last button."""
    visitor = visitor or Client()
    press(visitor, 1, "next", **PAGE_1)
    return press(visitor, 2, "submit", **fields)

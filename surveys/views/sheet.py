"""One page of a survey in front of one person: what it is made of, and how it is shown."""

import re
from collections.abc import Mapping
from functools import cached_property
from http import HTTPStatus
from typing import Any
from uuid import UUID, uuid4

from django.conf import settings
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from buyin.http import Request
from surveys.answers import Edit, Typed, shown_in, typed_in
from surveys.definitions import Definition
from surveys.queries.filling import Asked, Filling, asked_in, definition_of, filling_of
from surveys.rendering import Body, body_of

from . import keeping

COUNT = re.compile(r"\d{1,9}", re.ASCII)


def found(asked: Asked | None) -> Asked:
    """Return the wave, or answer that there is no such page for this person."""
    if asked is None:
        raise Http404
    return asked


class Sheet:
    """A page that this person is asked to fill in; not found for everybody else."""

    def __init__(self, request: Request, wave: int, number: int) -> None:
        self.request = request
        self.number = number
        self.asked = found(asked_in(wave, request.user))
        self.secret = keeping.secret_of(request)
        if not 1 <= number <= len(self.definition.pages):
            raise Http404

    @cached_property
    def definition(self) -> Definition:
        """Return all questions of the version that this wave asks."""
        return definition_of(self.asked.wave.version)

    @cached_property
    def body(self) -> Body:
        """Return the questions of this page, ready to be filled in."""
        return body_of(self.asked.wave.version, self.number)

    @cached_property
    def filling(self) -> Filling:
        """Return whose answers these are and how their draft is opened."""
        return filling_of(self.asked, person=self.request.user, secret=self.secret.text)

    @property
    def is_last(self) -> bool:
        """Whether answers are handed in from this page."""
        return self.number == len(self.definition.pages)

    @property
    def button(self) -> str:
        """Return which button was pressed."""
        return self.request.POST.get("go", "")

    @cached_property
    def receipt(self) -> UUID:
        """Return what the form calls this try to hand in, or a new name for the next try."""
        try:
            return UUID(self.request.POST.get("receipt", ""))
        except ValueError:
            return uuid4()

    def url_of(self, number: int) -> str:
        """Return the address of another page of the same survey."""
        return reverse("surveys:fill", args=[self.asked.wave.pk, number])

    def edit(self) -> Edit:
        """Return what the form holds."""
        post = self.request.POST
        count = post.get("count", "")
        return Edit(
            shown=shown_in(post.get("shown", "")),
            typed=typed_in(self.body.page.items(), post.getlist),
            client=post.get("client", "")[:40],
            count=int(count) if COUNT.fullmatch(count) else 0,
            touched=frozenset(post.get("touched", "").split()),
        )

    def show(
        self,
        typed: Mapping[str, Any],
        *,
        shown: Typed,
        errors: Mapping[str, str] | None = None,
        notice: str = "",
        status: int = 200,
    ) -> HttpResponse:
        """Return the page with these texts in it; `shown` is what they are compared with later."""
        errors = errors or {}
        context = {
            "asked": self.asked,
            "survey": self.asked.wave.survey,
            "definition": self.definition,
            "page": self.body.page,
            "number": self.number,
            "total": len(self.definition.pages),
            "is_last": self.is_last,
            "questions": self.body.filled(typed, errors),
            "problems": self.body.problems(errors),
            "shown": self.body.shown(shown),
            "receipt": self.receipt,
            "owner": self.request.POST.get("owner") or self._owner_mark,
            "notice": notice,
            "is_over": status == HTTPStatus.GONE,
            "smallest_group": settings.SMALLEST_GROUP,
        }
        return render(self.request, "surveys/fill.html", context, status=status)

    @property
    def _owner_mark(self) -> str:
        return keeping.owner_mark(self.request.user, self.asked.wave.pk)

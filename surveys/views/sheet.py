"""One page of a survey in front of one respondent: what it is made of, and how it is shown."""

from collections.abc import Mapping
from contextlib import suppress
from functools import cached_property
from http import HTTPStatus
from typing import Any
from uuid import UUID, uuid4

from django.conf import settings
from django.contrib.messages import get_messages
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.template.defaultfilters import linebreaksbr
from django.utils.timezone import get_current_timezone_name
from django.utils.translation import get_language

from buyin.http import agency
from buyin.navigation import navigation
from surveys import logic
from surveys.answers import Edit, Typed, edit_in
from surveys.building.translating import language_name
from surveys.definitions import Definition
from surveys.queries.filling import Filling, definition_of, typed_in_draft
from surveys.rendering import Body, body_of, framed

from . import keeping
from .doors import Door
from .language import language_for

TEMPLATE = "surveys/fill.html"


class Sheet:
    """A page that whoever came in by this door is asked to fill in, the last one by default."""

    def __init__(self, door: Door, number: int | None = None) -> None:
        self.door = door
        self.request = door.request
        self.asked = door.asked
        self.number = len(self.definition.pages) if number is None else number
        self.place = self.number, len(self.definition.pages)
        self._stood: tuple[Mapping[str, Any], logic.State] | None = None
        if not 1 <= self.number <= len(self.definition.pages):
            raise Http404

    @cached_property
    def offered(self) -> list[str]:
        """Return the languages in which this wave asks, first that in which it is written."""
        written = definition_of(self.asked.wave.version)
        return [written.language, *written.languages]

    @cached_property
    def language(self) -> str:
        """Return the language for this respondent, nothing where it is the one of the questions."""
        if len(self.offered) == 1:
            return ""
        language = language_for(self.request, self.offered)
        return "" if language == self.offered[0] else language

    @cached_property
    def definition(self) -> Definition:
        """Return all questions of the version that this wave asks, in this respondent's language."""
        return definition_of(self.asked.wave.version, self.language)

    @cached_property
    def body(self) -> Body:
        """Return the questions of this page, ready to be filled in."""
        return body_of(self.asked.wave.version, self.number, self.language)

    @cached_property
    def filling(self) -> Filling:
        """Return whose answers these are and how their draft is opened."""
        return self.door.filling

    @property
    def is_last(self) -> bool:
        """Whether answers are handed in from this page."""
        return self.number == len(self.definition.pages)

    @property
    def sent(self) -> Mapping[str, str]:
        """Return the form that was sent, none where the page is opened: to look for one costs."""
        return self.request.POST if self.request.method == "POST" else {}

    @property
    def button(self) -> str:
        """Return which button was pressed."""
        return self.sent.get("go", "")

    @cached_property
    def receipt(self) -> UUID:
        """Return what the form calls this try to hand in, or a new name for the next try."""
        given = self.sent.get("receipt", "")
        with suppress(ValueError):
            return UUID(given) if given else uuid4()
        return uuid4()

    def url_of(self, number: int) -> str:
        """Return the address of another page of the same survey."""
        return self.door.url("fill", page=number)

    def errors_in(self, typed: Typed) -> dict[str, str]:
        """Return what is wrong or missing on this page."""
        return logic.read_page(self.definition, self.number, typed).errors

    @cached_property
    def draft(self) -> Typed:
        """Return what had been typed on all pages when the wave was read."""
        return typed_in_draft(self.asked, self.filling)

    def is_asked(self, typed: Typed) -> bool:
        """Return whether this page has anything for a person with these answers."""
        state = self._state(typed)
        return (
            state is None or self.number == 1 or state.asks(self.definition.pages[self.number - 1])
        )

    def _state(self, everything: Mapping[str, Any]) -> logic.State | None:
        """Return where a person with these texts stands, None where nothing depends on that.

        It knows what is shown to them, not all that they have answered.
        """
        plan = logic.plan_of(self.definition)
        if plan.is_plain:
            return None
        if self._stood is None or self._stood[0] != everything:
            self._stood = dict(everything), logic.state_of(plan, everything, plan.deciding)
        return self._stood[1]

    def url_after(self, typed: Typed) -> str:
        """Return the address of the next page with a question, or of the look at all answers."""
        number = logic.page_after(logic.plan_of(self.definition), self.number, typed)
        if number:
            return self.url_of(number)
        return self.door.url("check")

    def url_before(self, typed: Typed) -> str:
        """Return the address of the page before this one, nothing on the first."""
        number = logic.page_before(logic.plan_of(self.definition), self.number, typed)
        return self.url_of(number) if number else ""

    def edit(self) -> Edit:
        """Return what the form holds."""
        return edit_in(self.body.items, self.request.POST.getlist)

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
        everything = self._everything(typed)
        state = self._state(everything)
        if state is not None:
            self.place = logic.place_of(state, self.number)
        values = self.body.values(typed, errors, everything=everything, state=state)
        # The address by which the page was reached: looking it up again has its price with each page.
        action = self.request.path
        personal = {"action": action, **dict(self.hidden(shown)), "intro": self._intro(everything)}
        personal["sent_to"] = self.door.sent_to
        if errors or notice or status != HTTPStatus.OK or len(get_messages(self.request)):
            told = {
                "problems": self.body.problems(errors, everything=everything),
                "notice": notice,
                "is_over": status == HTTPStatus.GONE,
            }
            questions = self.body.drawn(values)
            context = {**self._frame(), **told, **personal, "questions": questions}
            return render(self.request, TEMPLATE, context, status=status)
        encoded: dict[str, str | bytes] = {
            **personal,
            "questions": self.body.pieces.encoded(values),
            "csrf_token": keeping.form_token(self.request),
        }
        viewer = self.request.user
        return HttpResponse(
            framed(TEMPLATE, self._look, self._whole, viewer=viewer, values=encoded)
        )

    def _everything(self, typed: Mapping[str, Any]) -> Mapping[str, Any]:
        """Return what is typed here with what the draft has of other pages, if it matters here."""
        if self.body.is_plain or typed is self.draft:
            return typed
        here = {item.code for item in self.body.items}
        return {code: v for code, v in self.draft.items() if code not in here} | dict(typed)

    def _intro(self, everything: Mapping[str, Any]) -> str:
        """Return the first words; an answer in them is one that was given on a visit before."""
        text = self.definition.intro if self.number == 1 else ""
        if "${" in text:
            plan = logic.plan_of(self.definition)
            state = logic.state_of(plan, {**self.draft, **everything})
            text = logic.piped(text, state)
        return linebreaksbr(text) if text else ""

    def hidden(self, shown: Typed) -> list[tuple[str, str]]:
        """Return the fields by which a form of this page is known and its changes are found."""
        return [
            ("shown", self.body.shown(shown)),
            ("receipt", str(self.receipt)),
            ("owner", self.sent.get("owner") or self._owner_mark),
        ]

    def _frame(self) -> dict[str, Any]:
        """Return what the page says to everybody around its questions."""
        return {
            "asked": self.asked,
            "promise": self.door.promised,
            "trap": self.door.trap,
            "by_link": self.door.by_link,
            "small_print": self.door.small_print,
            "survey": self.asked.wave.survey,
            "definition": self.definition,
            "page": self.body.page,
            "number": self.number,
            "place": self.place[0],
            "total": self.place[1],
            "is_last": self.is_last,
            "languages": self._languages(),
            "problems": [],
            "notice": "",
            "is_over": False,
            "has_conditions": not self.body.is_plain,
            "smallest_group": settings.SMALLEST_GROUP,
        }

    def _languages(self) -> list[tuple[str, str, bool]]:
        """Return (code, name, whether it is this one) of each language, none where there is one."""
        now = self.language or self.offered[0]
        several = self.offered if len(self.offered) > 1 else []
        return [(code, language_name(code), code == now) for code in several]

    def _whole(self) -> dict[str, Any]:
        """Return the frame with what context processors give to every page."""
        around = {**agency(self.request), **navigation(self.request)}
        return {**self._frame(), **around, "messages": [], "LANGUAGE_CODE": get_language()}

    @property
    def _look(self) -> tuple[object, ...]:
        """Return all on which the frame depends, but for the roles of the viewer."""
        return (
            *self.door.look,
            *(self.asked.wave.pk, self.asked.wave.version_id, self.asked.wave.version.fingerprint),
            *(
                self.number,
                self.place,
                self.language,
                self.asked.wave.closes_at,
                get_language(),
                get_current_timezone_name(),
            ),
            *(self.asked.wave.survey.title, self.asked.wave.survey.purpose),
        )

    @property
    def _owner_mark(self) -> str:
        return keeping.owner_mark(self.door.respondent, self.asked.wave.pk)

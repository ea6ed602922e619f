"""The frame around the questions: header, promise, buttons and footer, drawn once for many people.

Whatever belongs to one person is a place to fill in here, and the template is given a stand-in for
the person, so that a drawn frame holds nothing of the one for whom it was drawn first.
"""

from collections.abc import Callable, Hashable, Mapping
from typing import Any

from django.template.loader import render_to_string
from django.utils.html import conditional_escape
from django.utils.safestring import SafeString

from .pieces import Pieces, Slots

MOST = 400  # frames in memory: about 15 KB each
PERSONAL = ("receipt", "owner", "shown", "questions", "csrf_token")

frames: dict[Hashable, Pieces] = {}


class StandIn:
    """Stands for the person while a frame is drawn: signed in, and nothing known but places."""

    is_authenticated = True

    def __init__(self, slots: Slots) -> None:
        self.email = slots.place("email")
        self.name = slots.place("name")
        self.short_name = slots.place("short_name")

    def __str__(self) -> str:
        return self.name

    def get_short_name(self) -> SafeString:
        """Return the place of the first name."""
        return self.short_name


def framed(
    template: str,
    key: Hashable,
    context: Callable[[], Mapping[str, Any]],
    *,
    person: Any,
    values: Mapping[str, str],
) -> str:
    """Return a page for this person: the frame of this key, with their values in it.

    `context` is asked only where the frame is not there yet; all that it depends on must be part of
    the key, and nothing in it may belong to one person. `values` are escaped here, but for those
    that are safe already.
    """
    frame = frames.get(key)
    if frame is None:
        if len(frames) >= MOST:
            frames.clear()
        frame = frames[key] = _drawn(template, context())
    own = {"name": str(person), "short_name": person.get_short_name(), "email": person.email}
    return frame.joined(
        {name: conditional_escape(value) for name, value in (own | dict(values)).items()}
    )


def _drawn(template: str, context: Mapping[str, Any]) -> Pieces:
    slots = Slots()
    places = {name: slots.place(name) for name in PERSONAL}
    html = render_to_string(template, {**context, **places, "user": StandIn(slots)})
    return slots.cut(html)

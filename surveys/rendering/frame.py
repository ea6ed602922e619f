"""The frame around the questions: header, promise, buttons and footer, drawn once for many people.

Whatever belongs to one person is a place to fill in here, and the template is given a stand-in for
the person, so that a drawn frame holds nothing of the one for whom it was drawn first.
"""

from collections.abc import Callable, Hashable, Mapping
from typing import Any

from django.contrib.auth.models import AnonymousUser
from django.template.loader import render_to_string
from django.utils.safestring import SafeString

from buyin.accounts.models import User

from .pieces import Pieces, Slots, escaped

MOST = 400  # frames in memory: about 15 KB each
PERSONAL = ("action", "receipt", "owner", "shown", "intro", "questions", "csrf_token", "sent_to")

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
    viewer: User | AnonymousUser,
    values: Mapping[str, str | bytes],
) -> bytes:
    """Return a page for whoever looks at it: the frame of this key, with their values in it.

    `context` is asked only where the frame is not there yet; all that it depends on must be part of
    the key or follow from what the viewer holds and leads; nothing in it may belong to one person.
    `values` are escaped here, but for those that are safe or encoded already.
    """
    own: dict[str, str | bytes] = {}
    roles: tuple[object, ...] = (None,)
    if isinstance(viewer, User):
        roles = (*sorted(viewer.held_roles, key=str), viewer.leads_initiatives)
        own = {"name": str(viewer), "short_name": viewer.get_short_name(), "email": viewer.email}
    frame = frames.get((key, roles))
    if frame is None:
        if len(frames) >= MOST:
            frames.clear()
        drawn = _drawn(template, context(), is_signed_in=bool(own))
        frame = frames[key, roles] = drawn
    return frame.encoded(
        {
            name: value if isinstance(value, bytes) else escaped(value)
            for name, value in (own | dict(values)).items()
        }
    )


def _drawn(template: str, context: Mapping[str, Any], *, is_signed_in: bool) -> Pieces:
    slots = Slots()
    places = {name: slots.place(name) for name in PERSONAL}
    user = StandIn(slots) if is_signed_in else AnonymousUser()
    html = render_to_string(template, {**context, **places, "user": user})
    return slots.cut(html)

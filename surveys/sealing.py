"""What keeps anonymous answers apart from people: sealed drafts, and groups that are large enough.

A browser holds one random secret in a cookie that scripts cannot read. From it, a wave and a person
follow the name and the key of one draft: another person at the same browser, another wave and
everybody who holds the database without the cookie find nothing they could read.
"""

import hashlib
import hmac
import json
import secrets
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from django.conf import settings
from django.utils.crypto import salted_hmac

NONCE = 12
COOKIE = f"{settings.COOKIE_PREFIX}drafts"
SHORTEST = 40  # characters of a secret; anything less was not made by us


@dataclass(frozen=True)
class Seal:
    """What one browser's secret makes for one purpose; most pages need a part of it only."""

    secret: bytes = field(repr=False)
    purpose: bytes

    @cached_property
    def token_hash(self) -> str:
        """Return the name under which something sealed is found."""
        token = hmac.digest(self.secret, b"token:" + self.purpose, "sha256")
        return hashlib.sha256(token).hexdigest()

    @cached_property
    def key(self) -> bytes:
        """Return the key that opens it."""
        return hmac.digest(self.secret, b"key:" + self.purpose, "sha256")

    def close(self, value: Any) -> bytes:
        """Return a JSON value as text that only this seal opens."""
        nonce = secrets.token_bytes(NONCE)
        text = json.dumps(value).encode()
        return nonce + AESGCM(self.key).encrypt(nonce, text, self.token_hash.encode())

    def open(self, sealed: bytes) -> Any:
        """Return the value, or None where the text was sealed by another seal or was changed."""
        try:
            text = AESGCM(self.key).decrypt(
                sealed[:NONCE], sealed[NONCE:], self.token_hash.encode()
            )
        except (InvalidTag, ValueError):
            return None
        return json.loads(text)


def new_secret() -> str:
    """Return a fresh secret for one browser or one link, 256 bits."""
    return secrets.token_urlsafe(32)


def hashed(token: str) -> str:
    """Return what is kept of a token: enough to know it again, nothing to make it from."""
    return hashlib.sha256(token.encode()).hexdigest()


def marks_of(address: str, survey: int) -> list[str]:
    """Return by what a stop at this address is known once the address is forgotten, the newest first.

    Addresses are few enough to try them all, so each mark needs the portal's key; another survey has
    other marks. Old keys make theirs, too.
    """
    text = f"{survey}:{address.lower()}"
    keys = [settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS]
    marks = (salted_hmac("surveys.stops", text, key, algorithm="sha256") for key in keys)
    return [mark.hexdigest() for mark in marks]


def shuffled[T](rows: Sequence[T]) -> list[T]:
    """Return the rows in an order that nobody can guess or repeat."""
    return secrets.SystemRandom().sample(rows, len(rows))


def secret_in(cookies: Mapping[str, str]) -> str:
    """Return the secret that a browser brings along, "" where it brings none."""
    text = cookies.get(COOKIE, "")
    return text if len(text) >= SHORTEST else ""


def seal_for(secret: str, *purpose: str | int) -> Seal:
    """Return the seal that this browser's secret makes for one purpose, such as wave and person."""
    return Seal(secret.encode(), ":".join(map(str, purpose)).encode())


Groups = dict[int | None, int]
Homes = dict[int, int | None]


def large_enough(
    counts: Mapping[int, int], parents: Mapping[int, int | None], *, smallest: int
) -> Homes:
    """Return for each department with answers the one they are counted in, so that all are safe.

    Groups under the smallest size move to their parent, from the leaves up. Where too few are left
    at the top, the smallest group below joins them. None stands for the agency where it has several
    departments at the top. Only when all answers together are too few does a small group remain.
    """
    homes: Homes = {}
    left: Groups = {department: n for department, n in counts.items() if n}
    for department in sorted(parents, key=lambda d: -len(_line(d, parents))):
        parent = parents[department]
        if 0 < left.get(department, 0) < smallest and parent is not None:
            _move(left, homes, department, into=parent)
    tops = {d: _line(d, parents)[-1] for d in left if d is not None}
    for top in sorted(set(tops.values())):
        below = [d for d in tops if tops[d] == top != d]
        _top_up(left, homes, below, into=top, smallest=smallest)
    small = [d for d, n in left.items() if d is not None and n < smallest]
    if small and len(left) > 1:
        for department in small:
            _move(left, homes, department, into=None)
        _top_up(left, homes, [d for d in left if d is not None], into=None, smallest=smallest)
    return {d: _home(d, homes) for d, n in counts.items() if n}


def _line(department: int, parents: Mapping[int, int | None]) -> list[int]:
    """Return a department and all it is part of, itself first."""
    line = [department]
    while (parent := parents[line[-1]]) is not None:
        line.append(parent)
    return line


def _move(left: Groups, homes: Homes, department: int, *, into: int | None) -> None:
    left[into] = left.get(into, 0) + left.pop(department)
    homes[department] = into


def _top_up(
    left: Groups, homes: Homes, below: list[int], *, into: int | None, smallest: int
) -> None:
    """Let the smallest group below join a group at the top that is too small."""
    if below and 0 < left.get(into, 0) < smallest:
        _move(left, homes, min(below, key=lambda d: (left[d], d)), into=into)


def _home(department: int, homes: Homes) -> int | None:
    home: int | None = department
    while home in homes:
        home = homes[home]
    return home

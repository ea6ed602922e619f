"""Notes what happens at the doors, where the sign-in library and Django announce it."""

import time
from typing import Any

from allauth.account import signals as account_signals
from allauth.mfa import signals as factor_signals
from django.contrib.auth import signals as auth_signals
from django.dispatch import receiver
from django.http import HttpRequest
from django.utils.translation import gettext as _

from .actions import record_event
from .middleware import BEGAN, SEEN
from .models import EventKind, User
from .permissions import network_of


@receiver(auth_signals.user_logged_in)
def note_sign_in(sender: Any, request: HttpRequest, user: User, **kwargs: Any) -> None:
    """Start the clock of the session and note who came in."""
    request.session[BEGAN] = request.session[SEEN] = int(time.time())
    record_event(kind=EventKind.SIGNED_IN, person=user, network=network_of(request))


@receiver(auth_signals.user_logged_out)
def note_sign_out(
    sender: Any, request: HttpRequest, user: User | None = None, **kwargs: Any
) -> None:
    """Note who left."""
    if user:
        record_event(kind=EventKind.SIGNED_OUT, person=user, network=network_of(request))


@receiver(auth_signals.user_login_failed)
def note_refusal(
    sender: Any, credentials: dict[str, Any], request: HttpRequest | None = None, **kwargs: Any
) -> None:
    """Note whose door was tried. What was typed is not kept: it may be a password."""
    person = User.objects.filter(email=str(credentials.get("email", "")).lower()).first()
    record_event(kind=EventKind.REFUSED, person=person, network=network_of(request))


@receiver(factor_signals.authentication_failed)
def note_wrong_factor(sender: Any, request: HttpRequest, user: User, **kwargs: Any) -> None:
    """Note that a second factor was refused: somebody may know the password."""
    detail = str(_("Second factor"))
    record_event(kind=EventKind.REFUSED, person=user, network=network_of(request), detail=detail)


@receiver([account_signals.password_changed, account_signals.password_set])
@receiver(account_signals.password_reset)
def note_password(sender: Any, request: HttpRequest, user: User, **kwargs: Any) -> None:
    """Note that a password is new."""
    record_event(kind=EventKind.PASSWORD_CHANGED, person=user, network=network_of(request))


@receiver(factor_signals.authenticator_added)
def note_factor(sender: Any, request: HttpRequest, user: User, **kwargs: Any) -> None:
    """Note that a second factor was added."""
    record_event(kind=EventKind.FACTOR_ADDED, person=user, network=network_of(request))


@receiver(factor_signals.authenticator_removed)
def note_lost_factor(sender: Any, request: HttpRequest, user: User, **kwargs: Any) -> None:
    """Note that a second factor was removed."""
    record_event(kind=EventKind.FACTOR_REMOVED, person=user, network=network_of(request))

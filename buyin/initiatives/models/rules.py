"""What single values must hold: addresses lead somewhere, and what has been measured has been."""

from datetime import date

from django.core.exceptions import ValidationError
from django.core.validators import URLValidator
from django.utils import timezone
from django.utils.translation import gettext as _


def leads_somewhere(link: str) -> None:
    """Refuse an address that leads nowhere or runs a script."""
    if link.startswith("/") and not link.startswith(("//", "/\\")):
        return
    try:
        URLValidator(schemes=["https", "http"])(link)
    except ValidationError:
        raise ValidationError(
            _("Write an address that begins with https:// or, in this portal, with /."),
            code="link",
        ) from None


def has_been(day: date) -> None:
    """Refuse a day that is still to come."""
    if day > timezone.localdate():
        raise ValidationError(_("This day is still to come."), code="future")

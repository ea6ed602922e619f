"""The initiative to which an address narrows a list."""

from collections.abc import Callable

from django.db.models import QuerySet

from buyin.accounts.models import User
from buyin.http import Request
from buyin.initiatives.models import Initiative

LONGEST = 15


def chosen_initiative(
    request: Request, choices: Callable[[User], QuerySet[Initiative]]
) -> Initiative | None:
    """Return the initiative that the address names, None where it is none of this person's choices."""
    pk = request.GET.get("initiative", "")
    if not (pk.isascii() and pk.isdigit() and len(pk) <= LONGEST):
        return None
    return choices(request.user).filter(pk=pk).first()

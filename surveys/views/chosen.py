"""The initiative to which an address narrows a list."""

from collections.abc import Callable

from django.db.models import QuerySet

from buyin.accounts.models import User
from buyin.http import Request
from buyin.initiatives.models import Initiative
from buyin.keys import key_in


def chosen_initiative(
    request: Request, choices: Callable[[User], QuerySet[Initiative]]
) -> Initiative | None:
    """Return the initiative that the address names, None where it is none of this person's choices."""
    pk = key_in(request.GET.get("initiative"))
    return None if pk is None else choices(request.user).filter(pk=pk).first()

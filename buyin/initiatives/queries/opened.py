"""One initiative as somebody opens it."""

from django.http import Http404

from buyin.accounts.models import User
from buyin.editing import held
from buyin.initiatives.models import Initiative


def opened(user: User, pk: int, *, to_change: bool = False, is_sent: bool = False) -> Initiative:
    """Return an initiative that this person may open, or change; Http404 where there is none.

    Every page that hangs on an initiative begins with this, so that none forgets who may see it. It
    is held where its own form is sent.
    """
    rows = Initiative.objects.visible_to(user).select_related("lead")
    found: Initiative | None = held(rows, is_sent=is_sent).filter(pk=pk).first()
    if found is None or (to_change and not found.may_be_changed_by(user)):
        raise Http404
    return found

"""Needs on the page "For you" and in the weekly report."""

from collections.abc import Iterator
from datetime import datetime

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from buyin.features import DigestItem, Task, end_of
from surveys.models import Need, Remedy
from surveys.queries.needs import News
from surveys.queries.needs_waiting import Waits

MOST = 5


def tasks_of(waits: Waits) -> Iterator[Task]:
    """Yield what waits for one person: their own needs, then what they lead and nobody does."""
    own = [_due(one) for one in waits.due] + [_undecided(one) for one in waits.undecided]
    yield from own[:MOST]
    if left := len(own[MOST:]):
        yield _several(
            ngettext("%d more thing to do about needs", "%d more things to do about needs", left)
            % left,
            _("See all"),
            "mine",
        )
    if waits.late:
        yield _late(waits.late)
    if waits.unowned:
        yield _unowned(waits.unowned)


def news_item(news: News) -> DigestItem:
    """Return what is new about needs as a line of the report."""
    new = ngettext("%d new need", "%d new needs", news.new) % news.new
    answered = ngettext("%d answered", "%d answered", news.answered) % news.answered
    return DigestItem(
        title=_("%(new)s, %(answered)s") % {"new": new, "answered": answered},
        url=reverse("surveys:needs-kept"),
        detail=_("What people need, and what is done about it."),
    )


def _due(remedy: Remedy) -> Task:
    return Task(
        kind=_("Need"),
        title=remedy.text,
        url=_page(remedy.need),
        action=_("Say how far it is"),
        detail=remedy.need.statement,
        due=end_of(remedy.due),
    )


def _undecided(need: Need) -> Task:
    return Task(
        kind=_("Need"),
        title=need.statement,
        url=_page(need),
        action=_("Decide what is done"),
        detail=_("You take care of it. People wait to read what is done about it."),
    )


def _late(late: list[Remedy]) -> Task:
    first, *more = late
    if not more:
        title = _("Overdue: %s") % first.text
        return Task(
            kind=_("Need"),
            title=title,
            url=_page(first.need),
            action=_("See how far it is"),
            detail=_owner_words(first.need),
            due=end_of(first.due),
        )
    n = len(late)
    title = (
        ngettext(
            "%d thing promised about needs is overdue",
            "%d things promised about needs are overdue",
            n,
        )
        % n
    )
    return _several(title, _("See which"), "overdue", due=end_of(first.due))


def _unowned(needs: list[Need]) -> Task:
    first, *more = needs
    action = _("Choose who does")
    if not more:
        title = _("Nobody takes care of: %s") % first.statement
        url = reverse("surveys:need-edit", args=[first.pk])
        return Task(_("Need"), title, f"{url}#id_owner", action)
    n = len(needs)
    title = ngettext("Nobody takes care of %d need", "Nobody takes care of %d needs", n) % n
    return _several(title, action, "nobody", detail=first.statement)


def _several(
    title: str, action: str, show: str, *, detail: str = "", due: datetime | None = None
) -> Task:
    url = f"{reverse('surveys:needs-kept')}?show={show}"
    return Task(_("Need"), title, url, action, detail=detail, due=due)


def _owner_words(need: Need) -> str:
    if not need.is_taken_care_of:
        return _("Nobody takes care of it.")
    return _("%(name)s takes care of it.") % {"name": need.owner}


def _page(need: Need) -> str:
    """Return where it says what is done about a need."""
    return f"{reverse('surveys:need', args=[need.pk])}#done"

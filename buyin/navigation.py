"""What stands in the header for each person: the one place that lists the portal's parts."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest
from django.urls import NoReverseMatch, reverse
from django.utils.functional import Promise, SimpleLazyObject
from django.utils.translation import gettext_lazy as _

from buyin.accounts.models import Role, User
from buyin.accounts.permissions import PEOPLE_READERS


def everybody(_person: User) -> bool:
    """Return True: this part is for all who can sign in."""
    return True


def _writes_surveys(person: User) -> bool:
    return person.has_role(Role.LEAD, Role.ADMINISTRATOR)


def _looks_people_up(person: User) -> bool:
    return person.has_role(*PEOPLE_READERS)


def _gives(person: User) -> bool:
    return person.has_role(Role.EXECUTIVE)


def _works_with_stakeholders(person: User) -> bool:
    return person.looks_into_departments or person.leads_initiatives


def _keeps_people(person: User) -> bool:
    return person.holds(Role.ADMINISTRATOR)


@dataclass(frozen=True)
class Entry:
    """A part of the portal: its name, the name of its address and who is shown it.

    `also` is the name of an address below which its pages stand, too.
    """

    label: str | Promise
    url_name: str
    is_for: Callable[[User], bool] = everybody
    also: str = ""


@dataclass(frozen=True)
class Link:
    """A line of a menu as a template draws it."""

    label: str | Promise
    url: str
    is_current: bool = False
    also: str = ""


MAIN = (
    Entry(_("For you"), "home"),
    Entry(_("Surveys"), "surveys:mine"),
    Entry(_("Write surveys"), "surveys:author-list", _writes_surveys),
    Entry(_("Needs"), "surveys:needs"),
    Entry(_("Initiatives"), "initiatives:list", also="stakeholders:commitment-register"),
    Entry(_("Asked of you"), "stakeholders:asked-of-me", _gives),
    Entry(_("Stakeholders"), "stakeholders:list", _works_with_stakeholders),
    Entry(_("Readiness"), "readiness:dashboard"),
    Entry(_("Reports"), "digests:mine"),
    Entry(_("People"), "accounts:people", _looks_people_up),
)
ACCOUNT = (
    Entry(_("Your account"), "accounts:me"),
    Entry(_("Second factor"), "mfa_index"),
    Entry(_("Record keeping"), "admin:index", _keeps_people),
)
FOOTER = (
    Entry(_("AI register"), "ai:list"),
    Entry(_("How we compute this"), "readiness:method"),
    Entry(_("Accessibility"), "accessibility"),
    Entry(_("Privacy"), "privacy"),
)


def main_links(person: User, path: str) -> list[Link]:
    """Return the parts that this person may open; the one that holds the path is current."""
    links = list(_links(MAIN, person))
    home = reverse("home")
    below = [place for link in links for place in (link.url, link.also) if place not in {"", home}]
    inside = [place for place in below if path.startswith(place)]
    current = max(inside, key=len, default=home if path == home else "")
    return [Link(one.label, one.url, current in {one.url, one.also} - {""}) for one in links]


def navigation(request: HttpRequest) -> dict[str, Any]:
    """Give every template the header's and the footer's links, worked out when they are drawn."""
    person = getattr(request, "user", None)

    def header() -> list[Link]:
        return main_links(person, request.path) if isinstance(person, User) else []

    def account() -> list[Link]:
        return list(_links(ACCOUNT, person)) if isinstance(person, User) else []

    def roles() -> list[str]:
        held = {role for role, _department in person.held_roles} if isinstance(person, User) else ()
        return [str(role.label) for role in Role if role in held] or [str(Role.STAFF.label)]

    return {
        "role_names": SimpleLazyObject(roles),
        "main_links": SimpleLazyObject(header),
        "account_links": SimpleLazyObject(account),
        "footer_links": SimpleLazyObject(lambda: list(_links(FOOTER, person))),
    }


def _links(entries: tuple[Entry, ...], person: Any) -> Iterator[Link]:
    """Yield the entries that are for this person and whose pages exist."""
    for entry in entries:
        if entry.is_for(person):
            try:
                also = reverse(entry.also) if entry.also else ""
                yield Link(entry.label, reverse(entry.url_name), also=also)
            except NoReverseMatch:
                continue

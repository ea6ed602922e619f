"""One stakeholder as somebody opens it, and whose business stakeholders are."""

from collections.abc import Collection

from django.db.models import QuerySet
from django.http import Http404

from buyin.accounts.models import User
from buyin.editing import held
from buyin.initiatives.models import Initiative
from buyin.initiatives.queries import opened as opened_initiative
from buyin.stakeholders.models import CHANGING_ROLES, Interest, Stakeholder


def opened(user: User, pk: int, *, to_change: bool = False, is_sent: bool = False) -> Stakeholder:
    """Return a stakeholder whom this person may see, or change; Http404 where there is none.

    Every page of one stakeholder begins with this, so that none forgets who may see it. The record
    is held where its own form is sent.
    """
    rows = Stakeholder.objects
    found = rows.changeable_by(user) if to_change else rows.visible_to(user)
    related = found.select_related("person__user", "organisation", "group", "department", "owner")
    stakeholder: Stakeholder | None = held(related, is_sent=is_sent).filter(pk=pk).first()
    if stakeholder is None:
        raise Http404
    return stakeholder


def opened_person(user: User, pk: int, *, to_change: bool = False) -> Stakeholder:
    """Return the same of somebody who is a person; Http404 for organisations and groups, too."""
    found = opened(user, pk, to_change=to_change)
    if found.person is None:
        raise Http404
    return found


def opened_interest(user: User, stakeholder: int, pk: int) -> Interest:
    """Return one interest of this stakeholder that the person may assess, or Http404."""
    rows = Interest.objects.changeable_by(user).select_related("stakeholder", "initiative")
    found = rows.filter(pk=pk, stakeholder=stakeholder).first()
    if found is None:
        raise Http404
    return found


def opened_people(user: User, pk: int) -> Initiative:
    """Return an initiative whose people this person may look at; Http404 where there is none.

    They are for those who look into departments, and for who changes the initiative.
    """
    initiative = opened_initiative(user, pk)
    if not (user.looks_into_departments or initiative.may_be_changed_by(user)):
        raise Http404
    return initiative


def with_people_for(user: User) -> QuerySet[Initiative]:
    """Return the initiatives whose people this person may look at, as `opened_people` opens each."""
    found = Initiative.objects.visible_to(user)
    return found if user.looks_into_departments else found.filter(user.leading())


def works_with_stakeholders(user: User) -> bool:
    """Return whether this person works with any, so that the list is for them."""
    return user.looks_into_departments or user.leads_initiatives


def for_those_who_work_with_stakeholders(user: User) -> None:
    """Raise Http404 for whoever works with none: every page about several of them begins with it."""
    if not works_with_stakeholders(user):
        raise Http404


def _may_change_some(user: User) -> bool:
    """Return whether this person may change stakeholders of some kind; False means: surely none."""
    return may_add(user) or user.leads_initiatives


def changes_any(user: User) -> bool:
    """Return whether there is any stakeholder that this person may change."""
    return _may_change_some(user) and Stakeholder.objects.changeable_by(user).exists()


def changeable(user: User, stakeholders: Collection[int]) -> set[int]:
    """Return those of the stakeholders of a page, by id, that this person may change."""
    return _changeable(Stakeholder, user, stakeholders)


def assessable(user: User, interests: Collection[int]) -> set[int]:
    """Return those of the interests of a page, by id, that this person may assess."""
    return _changeable(Interest, user, interests)


def _changeable(kind: type[Stakeholder | Interest], user: User, ids: Collection[int]) -> set[int]:
    if user.leads_agency:
        return set(ids)  # all but of who was removed, and these are archived, so on no page
    if not _may_change_some(user):
        return set()
    mine = kind.objects.changeable_by(user).filter(pk__in=ids)
    return set(mine.order_by().values_list("pk", flat=True))


def may_add(user: User) -> bool:
    """Return whether this person may add stakeholders of their own."""
    return user.has_role(*CHANGING_ROLES)

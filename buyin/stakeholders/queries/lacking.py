"""What initiatives lack of people: by code and department, without words and next steps."""

from collections.abc import Iterator
from itertools import batched, chain
from typing import NamedTuple

from buyin.accounts.models import Department, in_tree_order
from buyin.initiatives.models import Initiative
from buyin.stakeholders.representation import (
    WITH_ACCOUNTABLE,
    WITH_CHAMPION,
    WITH_SPONSORS,
    missing,
)

from .involvement import Party, whole_parties

NOBODY, ACCOUNTABLE, CHAMPION, SPONSOR = "nobody", "accountable", "champion", "sponsor"
AT_ONCE = 500


class Lack(NamedTuple):
    """A category of which somebody is missing, or one of the four above; and in which department."""

    code: str
    department: Department | None = None


def lacks(party: Party, stage: str) -> Iterator[Lack]:
    """Yield whom an initiative needs at a stage and who is not involved; sponsors are not among them."""
    if not party.members:
        yield Lack(NOBODY)
        return
    departments = {one.pk: one for one in party.departments}
    for gap in missing(stage, party.involved, departments, party.above):
        yield Lack(gap.rule.category, departments.get(gap.department or 0))
    if stage in WITH_ACCOUNTABLE and not party.has_accountable:
        yield Lack(ACCOUNTABLE)
    if stage in WITH_CHAMPION and not party.has_champion:
        yield Lack(CHAMPION)


def lacks_sponsors(party: Party) -> Iterator[Lack]:
    """Yield that nobody sponsors it now, or the departments in which nobody does."""
    if party.initiative.stage not in WITH_SPONSORS or not party.members:
        return
    if not party.sponsors:
        yield Lack(SPONSOR)
        return
    for _depth, department in in_tree_order(party.departments):
        if not party.sponsors_in(department.pk):
            yield Lack(SPONSOR, department)


def lacks_somebody(party: Party) -> bool:
    """Return whether anybody is missing in an initiative now, be it a sponsor."""
    now = lacks(party, party.initiative.stage)
    return any(True for _lack in chain(now, lacks_sponsors(party)))


def lacking_everywhere() -> set[int]:
    """Return the initiatives of the agency in which somebody is missing now, by their ids."""
    everything = Initiative.objects.order_by("pk").only("stage")
    found = set()
    for some in batched(everything.iterator(AT_ONCE), AT_ONCE):
        found |= {one.initiative.pk for one in whole_parties(some) if lacks_somebody(one)}
    return found

"""Beside each level the evidence that the portal has."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from django.utils import timezone
from django.utils.translation import gettext, gettext_lazy, ngettext_lazy

from buyin.accounts.models import User
from buyin.features import Evidence
from buyin.stakeholders.evidence import Against, Clash, Facts, against, trend
from buyin.stakeholders.models import Interest, Level, Stakeholder
from buyin.stakeholders.models.interests import Assessed

from . import happened
from .happened import Meetings, Place, Promise
from .stances import newest_until

WORDS = {
    Clash.QUIET: ngettext_lazy("no contact for %(n)d month", "no contact for %(n)d months", "n"),
    Clash.LATE: ngettext_lazy("a promise is late", "%(n)d promises are late", "n"),
    Clash.DECLINED: ngettext_lazy("a request was declined", "%(n)d requests were declined", "n"),
    Clash.COOLED: gettext_lazy("the last two engagements went badly"),
    Clash.WARMED: gettext_lazy("the last two engagements went well"),
    Clash.GIVES: ngettext_lazy("a promise was kept", "%(n)d promises were kept", "n"),
    Clash.TOLD: ngettext_lazy("met about it once", "met about it %(n)d times", "n"),
}


@dataclass(frozen=True)
class Ledger:
    """One interest with what was assessed by a day and the evidence up to it.

    `open_points` and `done_points` are what somebody took on when people met; `told` is what the
    features know. A level is never changed by any of it.
    """

    interest: Interest
    said: Assessed
    facts: Facts
    hidden: int
    open_points: int
    done_points: int
    promises: Sequence[Promise]
    parts: Sequence[str]
    told: Sequence[Evidence]
    against: Sequence[Against]

    @property
    def trend(self) -> int:
        """Whether engagements went better (1) or worse (-1) lately than before, else 0."""
        return trend(self.facts.moods)

    @property
    def suggestion(self) -> str:
        """Why to assess again, in one sentence; empty where level and evidence agree."""
        return suggestion(self.said.current, self.against)

    @property
    def made(self) -> int:
        """How many commitments were promised or given."""
        return sum(one.is_made for one in self.promises)

    @property
    def kept(self) -> int:
        """How many commitments came in full."""
        return sum(one.kept_on is not None for one in self.promises)

    @property
    def late(self) -> int:
        """How many were promised and have not come by their day."""
        return sum(one.late_since is not None for one in self.promises)

    @property
    def is_empty(self) -> bool:
        """Whether there is no evidence at all."""
        return not (self.facts.met or self.promises or self.parts or self.told)


def ledgers_of(viewer: User, stakeholder: Stakeholder, day: date | None = None) -> list[Ledger]:
    """Return a ledger for each interest of a stakeholder that the viewer may read, up to a day."""
    rows = Interest.objects.visible_to(viewer).filter(stakeholder=stakeholder)
    interests = list(rows.select_related("initiative", "stakeholder__person"))
    until = day or timezone.localdate()
    noted = newest_until(day, rows) if day else {}
    ids = [stakeholder.pk]
    met = happened.meetings(viewer, ids, until)
    taken_on = happened.points(viewer, ids, until)
    promised = happened.promises(viewer, ids, until)
    parts = happened.parts(ids)
    user = stakeholder.person.user_id if stakeholder.person else None
    told = happened.told_by_features(viewer, {user: stakeholder.pk} if user else {}, until)
    found = []
    for one in interests:
        place = (stakeholder.pk, one.initiative_id)
        said = noted.get(one.pk, Interest()) if day else one
        facts = facts_of(said.current, _day_of(said), place, met, promised.get(place, ()))
        still, done = taken_on.get(place, (0, 0))
        ledger = Ledger(
            interest=one,
            said=said,
            facts=facts,
            hidden=_hidden(place, met),
            open_points=still,
            done_points=done,
            promises=promised.get(place, ()),
            parts=parts.get(place, ()),
            told=told.get(place, ()),
            against=against(facts, until),
        )
        found.append(ledger)
    return found


def _day_of(said: Assessed) -> date | None:
    day: date | None = getattr(said, "assessed_on", None)
    return day


def _hidden(place: Place, met: Mapping[Place, Meetings]) -> int:
    return sum(there.hidden for there in _there(place, met))


def _there(place: Place, met: Mapping[Place, Meetings]) -> list[Meetings]:
    """Return the engagements about an initiative and those about none in particular."""
    return [met[key] for key in (place, (place[0], None)) if key in met]


def facts_of(
    level: int | None,
    assessed_on: date | None,
    place: Place,
    met: Mapping[Place, Meetings],
    promised: Iterable[Promise],
) -> Facts:
    """Return what happened at a place since a level was assessed, out of what `happened` knows."""
    there = _there(place, met)
    made = list(promised)
    return Facts(
        level=level,
        assessed_on=assessed_on,
        met=sorted(day for one in there for day in one.days),
        moods=sorted((mood for one in there for mood in one.moods), key=lambda mood: mood[0]),
        late=sorted(one.late_since for one in made if one.late_since),
        declined=sorted(one.declined_on for one in made if one.declined_on),
        given=sorted(one.kept_on for one in made if one.kept_on),
    )


def suggestion(level: int | None, reasons: Sequence[Against]) -> str:
    """Return in one sentence why a level should be looked at again; empty where nothing speaks so."""
    if level is None or not reasons:
        return ""
    said = ", ".join(WORDS[one.clash] % {"n": one.number} for one in reasons)
    return gettext("Assessed as “%(level)s”, but since then: %(reasons)s") % {
        "level": Level(level).label,
        "reasons": said,
    }

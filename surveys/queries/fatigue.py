"""How much the people whom a plan would ask have been asked lately: as groups, never by name.

Mails are counted by the rounds that went out, whoever got one. What somebody got in fact would tell
whether they have answered: who has is not reminded.
"""

from collections import Counter
from collections.abc import Collection, Iterable
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

from django.conf import settings
from django.db.models import Count, Q, QuerySet
from django.db.models.functions import Now
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from buyin.accounts.models import User
from buyin.fatigue import DAYS, MUCH_SURVEYS, Asked, Contact, shown
from buyin.features import People
from buyin.readiness.wording import grouped
from surveys.models import Invitation, WavePlan, What

from .audience import people_asked

MAILS = (What.INVITED, What.REMINDED)
SEVERAL = 3  # from here on it is not counted further


@dataclass(frozen=True)
class Band:
    """A group of people who got about as many surveys or mails; never fewer than may be shown."""

    least: int
    most: int
    people: int

    @property
    def label(self) -> str:
        """Return how many each of them got, in words."""
        if self.most >= SEVERAL:
            return _("%(n)d or more") % {"n": self.least} if self.least else _("none, one or more")
        if self.least == self.most:
            return str(self.least) if self.least else _("none")
        return _("%(least)d to %(most)d") % {"least": self.least, "most": self.most}


@dataclass(frozen=True)
class Load:
    """What the people of a plan got in the last 30 days; nothing where they are too few."""

    surveys: list[Band] = field(default_factory=list)
    mails: list[Band] = field(default_factory=list)

    @property
    def warning(self) -> str:
        """Return a sentence where many have been asked often, else nothing."""
        much = sum(band.people for band in self.surveys if band.least >= MUCH_SURVEYS)
        if not much:
            return ""
        words = ngettext(
            "%(n)s of the %(all)s people whom this asks was asked in %(much)d surveys or more in the "
            "last %(days)d days. Each further one makes it less likely that people answer any.",
            "%(n)s of the %(all)s people whom this asks were asked in %(much)d surveys or more in "
            "the last %(days)d days. Each further one makes it less likely that people answer any.",
            much,
        )
        everybody = sum(band.people for band in self.surveys)
        counts = {"n": grouped(much), "all": grouped(everybody)}
        return words % {**counts, "much": MUCH_SURVEYS, "days": DAYS}

    @property
    def rows(self) -> list[tuple[Any, list[Band]]]:
        """Return what was counted, each with its groups."""
        mails = _("Mails about surveys, at most")
        counted = [(_("Surveys"), self.surveys), (mails, self.mails)]
        return [(name, bands) for name, bands in counted if bands]


def load_of(plan: WavePlan) -> Load:
    """Return how many got how many surveys and mails; as many queries for any number of people.

    Guests are left out: whoever lists addresses could make up as many as a group needs to be shown.
    """
    people = people_asked(plan).order_by()
    everybody = people.count()
    counts = _counts(people.values("pk"))
    surveys = _bands((asked for asked, _mails in counts), everybody)
    return Load(surveys, _bands((mails for _asked, mails in counts), everybody))


def contacts_of(people: People) -> dict[int, Contact]:
    """Return how many surveys and rounds of mails each of these people had who had any; one query."""
    rows = _lately(people).values("person").annotate(**_COUNTED)
    return {
        person: Contact(surveys=asked, mails=mails)
        for person, asked, mails in rows.values_list("person", *_COUNTED)
    }


def contacts_in(departments: Collection[int]) -> dict[int, Asked]:
    """Return how the people of each of these departments were asked, without those under it.

    How many of them were asked much is left out where it would point at somebody; three queries.
    """
    people = User.objects.active().filter(department__in=departments).order_by()
    sizes = dict(people.values("department").annotate(n=Count("pk")).values_list("department", "n"))
    lately = _lately(people.values("pk"))
    waves = {"asked": Count("wave", distinct=True), "mails": _COUNTED["mails"]}
    rows = lately.values("person__department").annotate(**waves)
    found = {place: (asked, mails) for place, asked, mails in rows.values_list(*_PLACE, *waves)}
    each = lately.values("person", *_PLACE).annotate(asked=Count("pk", distinct=True))
    much = each.filter(asked__gte=MUCH_SURVEYS).values_list(*_PLACE, flat=True)
    often = Counter(much)
    return {
        place: Asked(
            *found.get(place, (0, 0)), size, shown(often[place], size, settings.SMALLEST_GROUP)
        )
        for place, size in sizes.items()
    }


def _counts(people: QuerySet[Any]) -> list[tuple[int, int]]:
    """Return how many surveys and rounds of mails each person had who had any."""
    rows = _lately(people).values("person").annotate(**_COUNTED)
    return list(rows.values_list(*_COUNTED))


_SINCE = Now() - timedelta(days=DAYS)
_ROUNDS = Q(wave__happenings__what__in=MAILS, wave__happenings__at__gt=_SINCE)
_COUNTED: dict[str, Any] = {
    "asked": Count("pk", distinct=True),
    "mails": Count("wave__happenings", filter=_ROUNDS, distinct=True),
}
_PLACE = ("person__department",)


def _lately(people: Any) -> QuerySet[Invitation, Any]:
    """Return the invitations of these people that count now."""
    lately = Q(wave__opens_at__gt=_SINCE) | Q(wave__closes_at__gt=Now())
    asked = Invitation.objects.filter(lately, wave__opens_at__lte=Now(), person__in=people)
    return asked.order_by()


def _bands(numbers: Iterable[int], everybody: int) -> list[Band]:
    """Return groups that together are everybody, each none or large enough to be shown.

    Small groups join the one below, and the lowest joins the one above.
    """
    counted = Counter(min(number, SEVERAL) for number in numbers)
    counted[0] = everybody - counted.total()
    bands: list[Band] = []
    for number in range(SEVERAL, -1, -1):
        band = Band(number, number, counted[number])
        if bands and 0 < bands[-1].people < settings.SMALLEST_GROUP:
            above = bands.pop()
            band = Band(number, above.most, above.people + band.people)
        bands.append(band)
    kept = [band for band in bands if band.people]
    if len(kept) > 1 and kept[-1].people < settings.SMALLEST_GROUP:
        lowest, above = kept.pop(), kept.pop()
        kept.append(Band(lowest.least, above.most, lowest.people + above.people))
    return kept if everybody >= settings.SMALLEST_GROUP else []

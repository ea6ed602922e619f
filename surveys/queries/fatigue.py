"""How much the people whom a plan would ask have been asked lately: as groups, never by name."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

from django.conf import settings
from django.db.models import Count, Q, QuerySet
from django.db.models.functions import Now
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from buyin.outbox.models import Message, MessageState
from surveys.models import Invitation, WavePlan

from .audience import guests_of, people_asked
from .mailing import KIND

DAYS = 30
MUCH = 2  # surveys in that time; one more is worth a warning
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
        much = sum(band.people for band in self.surveys if band.least >= MUCH)
        if not much:
            return ""
        words = ngettext(
            "%(n)d of the %(all)d people whom this asks was asked in %(much)d surveys or more in the "
            "last %(days)d days. Each further one makes it less likely that people answer any.",
            "%(n)d of the %(all)d people whom this asks were asked in %(much)d surveys or more in "
            "the last %(days)d days. Each further one makes it less likely that people answer any.",
            much,
        )
        everybody = sum(band.people for band in self.surveys)
        return words % {"n": much, "all": everybody, "much": MUCH, "days": DAYS}

    @property
    def rows(self) -> list[tuple[Any, list[Band]]]:
        """Return what was counted, each with its groups."""
        counted = [(_("Surveys"), self.surveys), (_("Mails about surveys"), self.mails)]
        return [(name, bands) for name, bands in counted if bands]


def load_of(plan: WavePlan) -> Load:
    """Return how many got how many surveys and mails; six queries for any number of people."""
    people, guests = people_asked(plan).order_by(), guests_of(plan).order_by()
    everybody = people.count() + guests.count()
    keys, addresses = people.values("pk"), guests.values("address")
    since = Now() - timedelta(days=DAYS)
    lately = Q(wave__opens_at__gt=since) | Q(wave__closes_at__gt=Now())
    invited = Invitation.objects.filter(lately, wave__opens_at__lte=Now())
    gone = Message.objects.filter(kind=KIND, dated__gt=since)
    mailed = gone.exclude(state__in=[MessageState.SKIPPED, MessageState.DEAD])
    counts = [
        [*_counts(rows, "person", keys), *_counts(rows, "address", addresses)]
        for rows in (invited, mailed)
    ]
    surveys, mails = (_bands(numbers, everybody) for numbers in counts)
    return Load(surveys, mails)


def _counts(rows: QuerySet[Any], who: str, among: QuerySet[Any]) -> list[int]:
    """Return how many of these rows each person or address has who has any."""
    theirs = rows.filter(**{f"{who}__in": among}).order_by().values(who)
    return list(theirs.annotate(n=Count("pk")).values_list("n", flat=True))


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
    shown = [band for band in bands if band.people]
    if len(shown) > 1 and shown[-1].people < settings.SMALLEST_GROUP:
        lowest, above = shown.pop(), shown.pop()
        shown.append(Band(lowest.least, above.most, lowest.people + above.people))
    return shown if everybody >= settings.SMALLEST_GROUP else []

"""Benefits as pages, files and programs read them, each with what was measured last."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from django.db.models import OuterRef, Q, QuerySet, Subquery
from django.utils import timezone

from buyin.accounts.models import User
from buyin.initiatives.models import Benefit, Initiative, Measurement
from buyin.initiatives.progress import Progress, Suggestion, progress, suggested

LONGEST_SEARCH = 100


@dataclass(frozen=True)
class Standing:
    """A benefit, its newest value, how far that is, and the state that it suggests.

    `suggestion` is None where figures can suggest nothing, or where it is the state already.
    """

    benefit: Benefit
    value: Decimal | None
    day: date | None
    progress: Progress | None
    suggestion: Suggestion | None

    @property
    def suggested_state(self) -> Benefit.State | None:
        """Return the suggestion as the register writes it."""
        return Benefit.State(self.suggestion.value) if self.suggestion else None


def benefits_of(initiative: Initiative) -> list[Standing]:
    """Return the benefits of one initiative, then its dis-benefits."""
    rows = Benefit.objects.filter(initiative=initiative).select_related("initiative", "owner")
    return standings(with_newest(rows))


def register(user: User, **wanted: Any) -> QuerySet[Benefit]:
    """Return all benefits that this person may read and that are wanted, by initiative.

    What may be wanted: `search` in titles, indicators and names of initiatives; `category`,
    `state`, `initiative` and `owner`.
    """
    rows: QuerySet[Benefit] = Benefit.objects.visible_to(user)
    if search := wanted.pop("search", ""):
        words = Q(title__icontains=search) | Q(indicator__icontains=search)
        rows = rows.filter(words | Q(initiative__name__icontains=search))
    # An initiative with the number nought is asked for, and there is none.
    rows = rows.filter(**{n: value for n, value in wanted.items() if value not in {None, ""}})
    rows = rows.select_related("initiative", "owner")
    return with_newest(rows.order_by("initiative__name", "is_disbenefit", "title", "pk"))


def with_newest(benefits: QuerySet[Benefit]) -> QuerySet[Benefit]:
    """Annotate `newest_value` and `newest_day`, None where nobody has measured."""
    newest = Measurement.objects.standing().filter(benefit=OuterRef("pk")).order_by("-day", "-pk")
    return benefits.annotate(
        newest_value=Subquery(newest.values("value")[:1]),
        newest_day=Subquery(newest.values("day")[:1]),
    )


def standings(benefits: Iterable[Benefit], today: date | None = None) -> list[Standing]:
    """Return how these benefits stand; they carry what `with_newest` adds."""
    return list(_standings(benefits, today or timezone.localdate()))


def standing_of(benefit: Benefit) -> Standing:
    """Return how one benefit stands."""
    rows = with_newest(Benefit.objects.filter(pk=benefit.pk).select_related("initiative", "owner"))
    return standings(rows)[0]


def measured(benefit: Benefit) -> list[Measurement]:
    """Return every measurement of a benefit, the newest day first, also those corrected since."""
    rows = benefit.measurements.select_related("entered_by", "corrects", "corrected_by")
    return list(rows)


def _standings(benefits: Iterable[Benefit], today: date) -> Iterator[Standing]:
    for one in benefits:
        row: Any = one
        value, day, aim = row.newest_value, row.newest_day, one.aim
        newest = None if value is None else (value, day)
        stands = progress(aim, value) if aim and newest else None
        suggestion = suggested(aim, newest, today) if aim else None
        is_open = one.state != Benefit.State.WITHDRAWN
        is_news = suggestion is not None and suggestion.value != one.state
        yield Standing(one, value, day, stands, suggestion if is_open and is_news else None)

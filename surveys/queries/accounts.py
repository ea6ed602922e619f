"""How many people with an account have answered: guests are whom an author made up a mail address for.

An author knows what they answered as their own guests. So guests never make a group of people large
enough: where people with an account answer beside guests, those people alone have to be enough.
"""

from django.conf import settings
from django.db.models import Count, Exists, IntegerField, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce

from surveys.models import Participation, Wave


def answered_beside_guests(wave: Wave) -> dict[int | None, int]:
    """Return by department how many with an account have answered; nothing without guests."""
    rows = Participation.objects.filter(wave=wave)
    if not rows.filter(invitation__isnull=False).exists():
        return {}
    people = rows.filter(person__isnull=False).order_by().values("department")
    return dict(people.annotate(n=Count("pk")).values_list("department", "n"))


def too_few_beside_guests(waves: QuerySet[Wave], smallest: int = 0) -> QuerySet[Wave]:
    """Keep waves of which nothing may be shown: guests would make up most of a group of people."""
    rows = Participation.objects.filter(wave=OuterRef("pk")).order_by()
    people = rows.filter(person__isnull=False).values("wave").annotate(n=Count("pk")).values("n")
    counted = waves.annotate(
        known=Coalesce(Subquery(people, output_field=IntegerField()), 0),
        has_guests=Exists(rows.filter(invitation__isnull=False)),
    )
    least = max(smallest, settings.SMALLEST_GROUP)
    return counted.filter(Q(has_guests=True), known__gt=0, known__lt=least)

"""Who may be one, as it was found last: worked out from the registry, and thrown away at will."""

from datetime import datetime, timedelta
from typing import ClassVar, Self

from django.db import models
from django.db.models import Exists, OuterRef
from django.utils.translation import gettext_lazy as _

from buyin.accounts.models import User

from .looking import LastLook
from .merges import NotDouble
from .stakeholders import Stakeholder

GOOD_FOR = timedelta(days=1)


class LikelyDoubleQuerySet(models.QuerySet["LikelyDouble"]):
    """Pairs that may be one, and who may see them."""

    def visible_to(self, user: User) -> Self:
        """Keep pairs of two whom this person works with, and whom nobody has set apart.

        So whoever was merged, removed or set apart meanwhile is not proposed, however old a pair is.
        """
        known = Stakeholder.objects.known_to(user).order_by().values("pk")
        apart = NotDouble.objects.filter(first=OuterRef("first"), second=OuterRef("second"))
        return self.filter(~Exists(apart), first__in=known, second__in=known)

    def of(self, stakeholder: Stakeholder) -> Self:
        """Keep the pairs of which one is this."""
        return self.filter(models.Q(first=stakeholder.pk) | models.Q(second=stakeholder.pk))


class LikelyDouble(models.Model):
    """Two stakeholders that may be one, by their ids, and why; the one who was here first is first.

    The ids are no foreign keys: a pair is no note about anybody that a merge would move, a removal
    would have to look for, or that would keep something from being undone.
    """

    first = models.BigIntegerField()
    second = models.BigIntegerField()
    sureness = models.PositiveSmallIntegerField()
    score = models.FloatField()
    reasons = models.JSONField(default=list)

    objects: ClassVar[LikelyDoubleQuerySet] = LikelyDoubleQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        verbose_name = _("pair that may be one")
        verbose_name_plural = _("pairs that may be one")
        ordering = ["-sureness", "-score", "first", "second"]
        constraints = [
            models.UniqueConstraint(fields=["first", "second"], name="one_likely_double_per_pair"),
            models.CheckConstraint(
                condition=models.Q(first__lt=models.F("second")), name="likely_double_is_in_order"
            ),
        ]
        indexes = [
            models.Index(
                fields=["-sureness", "-score", "first", "second"], name="likely_double_surest_first"
            ),
            models.Index(fields=["second"], name="likely_double_by_second"),
        ]

    def __str__(self) -> str:
        return f"{self.first} ~ {self.second}"


class DoublesSearch(LastLook):
    """When pairs were looked for last, and among whom."""

    # Of all that tells stakeholders apart, so that nothing is looked for where nothing changed.
    digest = models.CharField(max_length=64)

    class Meta:
        verbose_name = _("search for likely doubles")
        verbose_name_plural = _("searches for likely doubles")

    def is_good(self, digest: str, now: datetime) -> bool:
        """Return whether what was found still holds for those who are there."""
        return self.digest == digest and now - self.made_at < GOOD_FOR

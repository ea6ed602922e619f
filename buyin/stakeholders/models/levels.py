"""Where levels and evidence disagreed when it was looked last: worked out, and thrown away at will."""

from collections.abc import Collection
from datetime import date, datetime
from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from buyin.accounts.models import User

from .looking import LastLook


class DisagreeingLevelQuerySet(models.QuerySet["DisagreeingLevel"]):
    """Levels that disagree, for those who look into the whole agency."""

    def numbers_for(
        self, user: User, own: Collection[int]
    ) -> models.QuerySet["DisagreeingLevel", tuple[int, int]]:
        """Return the interests of others with how much speaks against each, the most first.

        This is for those who look into the whole agency, and read either all that is confidential
        or nothing of it; `own` are the interests that are hidden from them.
        """
        number = "many" if user.leads_agency else "many_open"
        rows = self.filter(**{f"{number}__gt": 0})
        rows = rows.exclude(interest__in=own) if own else rows
        return rows.order_by(f"-{number}", "interest").values_list("interest", number)


class DisagreeingLevel(models.Model):
    """An interest, by its id, of which the level and what happened since do not agree.

    The id is no foreign key: it is no note about anybody that a merge would move, a removal would
    have to look for, or that would keep something from being undone.
    """

    interest = models.BigIntegerField(unique=True)
    # How much speaks against it for who reads all that is confidential, and for who reads none of it.
    many = models.PositiveSmallIntegerField()
    many_open = models.PositiveSmallIntegerField()

    objects: ClassVar[DisagreeingLevelQuerySet] = DisagreeingLevelQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        verbose_name = _("level to look at again")
        verbose_name_plural = _("levels to look at again")
        ordering = ["-many", "interest"]
        indexes = [
            models.Index(
                fields=["-many", "interest"],
                condition=models.Q(many__gt=0),
                name="level_by_all_against_it",
            ),
            models.Index(
                fields=["-many_open", "interest"],
                condition=models.Q(many_open__gt=0),
                name="level_by_open_against_it",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.interest}: {self.many}, {self.many_open}"


class LevelsSearch(LastLook):
    """When levels were looked at last, and as of which day."""

    day = models.DateField()
    # How many disagree for who reads all that is confidential, and for who reads none of it, so that
    # nobody counts thousands for the heading of a page.
    many = models.PositiveIntegerField()
    many_open = models.PositiveIntegerField(default=0)

    class Meta:
        verbose_name = _("look at the levels")
        verbose_name_plural = _("looks at the levels")

    def number_for(self, user: User) -> int:
        """Return how many disagree for who reads all that is confidential, or none of it."""
        return self.many if user.leads_agency else self.many_open

    def is_good(self, now: datetime, day: date) -> bool:
        """Return whether it was lately, and what was found is about this day."""
        return self.day == day and self.is_recent(now)

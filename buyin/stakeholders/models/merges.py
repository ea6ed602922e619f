"""Merges: that two stakeholders were one, what moved, and who undid it; and pairs that are two."""

from typing import ClassVar, Self

from django.conf import settings
from django.core.serializers.json import DjangoJSONEncoder
from django.db import models
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _

from buyin.accounts.models import User
from buyin.initiatives.models import MadeOnce

from .stakeholders import Stakeholder


class MergeQuerySet(models.QuerySet["MergeRecord"]):
    """Merges, and who may read and undo them."""

    def visible_to(self, user: User) -> Self:
        """Keep all for who leads or administers the agency, and none for others."""
        return self if user.leads_agency else self.none()

    def in_force(self) -> Self:
        """Keep those that nobody undid."""
        return self.filter(undone_at=None)


class MergeRecord(MadeOnce):
    """That one stakeholder was merged into another, with every change that this made.

    `snapshot` is written once: the changes in their order, each with what stood there before.
    """

    kept = models.ForeignKey(
        Stakeholder, verbose_name=_("kept"), on_delete=models.PROTECT, related_name="merges"
    )
    absorbed = models.ForeignKey(
        Stakeholder, verbose_name=_("absorbed"), on_delete=models.PROTECT, related_name="merged_by"
    )
    snapshot = models.JSONField(
        _("what changed"), default=list, blank=True, encoder=DjangoJSONEncoder
    )
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("merged by"),
        null=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    made_at = models.DateTimeField(_("merged"), db_default=Now())
    undone_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("undone by"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    undone_at = models.DateTimeField(_("undone"), null=True, blank=True)
    stayed = models.JSONField(_("what did not go back"), default=list, blank=True)

    objects: ClassVar[MergeQuerySet] = MergeQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        verbose_name = _("merge")
        verbose_name_plural = _("merges")
        ordering = ["-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["absorbed"],
                condition=models.Q(undone_at=None),
                name="merged_once_at_a_time",
                violation_error_message=_("This stakeholder was merged already."),
            )
        ]

    def __str__(self) -> str:
        return f"{self.absorbed} → {self.kept}"


class NotDouble(models.Model):
    """That two stakeholders look alike and are two, as somebody looked up."""

    first = models.ForeignKey(Stakeholder, on_delete=models.CASCADE, related_name="+")
    second = models.ForeignKey(Stakeholder, on_delete=models.CASCADE, related_name="+")
    said_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )
    said_at = models.DateTimeField(db_default=Now())

    class Meta:
        verbose_name = _("pair that is two")
        verbose_name_plural = _("pairs that are two")
        constraints = [
            models.UniqueConstraint(fields=["first", "second"], name="one_note_per_pair"),
            models.CheckConstraint(
                condition=models.Q(first__lt=models.F("second")), name="pair_is_in_order"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.first} ≠ {self.second}"

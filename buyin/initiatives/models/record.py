"""The AI system record of an initiative, and every version of it."""

import datetime
from typing import ClassVar, Self

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from buyin.accounts.models import User
from buyin.initiatives.record import Share, Tier, Value, completeness, missing, whole
from buyin.initiatives.record.parts import Field

from .initiatives import Initiative, Stage


class SystemRecordQuerySet(models.QuerySet["SystemRecord"]):
    """Records, and who may read them within the agency."""

    def visible_to(self, user: User) -> Self:
        """Keep the records of initiatives that this person may open."""
        return self.filter(initiative__in=Initiative.objects.visible_to(user))

    def to_review(self, *leads: User, until: datetime.date) -> Self:
        """Keep the records that these people lead and that have to be looked at until a day."""
        due = self.filter(initiative__lead__in=leads, review_due__lte=until)
        return due.exclude(initiative__stage=Stage.RETIRED)


class SystemRecord(models.Model):
    """What the agency says about one AI system: values by the names of the declaration.

    `revision` is the number of the newest version. `redactions` holds a reason for each field that
    is kept from the public; its value stays here.
    """

    initiative = models.OneToOneField(
        Initiative, verbose_name=_("initiative"), on_delete=models.CASCADE, related_name="record"
    )
    values = models.JSONField(_("values"), default=dict, blank=True)
    redactions = models.JSONField(_("withheld fields"), default=dict, blank=True)
    revision = models.PositiveIntegerField(_("version"), default=0, editable=False)
    last_reviewed = models.DateField(_("last reviewed"), null=True, blank=True)
    review_due = models.DateField(_("to be reviewed by"), null=True, blank=True)

    objects: ClassVar[SystemRecordQuerySet] = SystemRecordQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        verbose_name = _("AI system record")
        verbose_name_plural = _("AI system records")
        indexes = [models.Index(fields=["review_due"], name="record_review_due")]

    def __str__(self) -> str:
        return str(self.initiative)

    @property
    def whole(self) -> dict[str, Value]:
        """Return the values with the name and stage of the initiative."""
        return whole(self.values, name=self.initiative.name, stage=self.initiative.stage)

    @property
    def completeness(self) -> Share:
        """Return how many of the fields that are needed at this stage are filled in."""
        return completeness(self.whole, atrs=settings.FOLLOWS_ATRS)

    @property
    def is_overdue(self) -> bool:
        """Whether somebody should have looked at it again by now."""
        return self.review_due is not None and self.review_due < timezone.localdate()

    @property
    def is_withheld(self) -> bool:
        """Whether the whole record is kept from the public."""
        return self.values.get("is_withheld", "No") not in {"", "No"}

    def missing(self, tier: Tier | None = None) -> list[Field]:
        """Return the fields that this record needs at its stage and does not have yet."""
        return missing(self.whole, atrs=settings.FOLLOWS_ATRS, tier=tier)

    def missing_at(self, stage: str) -> list[Field]:
        """Return the fields that this record would lack once its initiative is in that stage."""
        then = whole(self.values, name=self.initiative.name, stage=stage)
        return missing(then, atrs=settings.FOLLOWS_ATRS)


class RecordVersion(models.Model):
    """The record as somebody saved it once; never changed afterwards."""

    record = models.ForeignKey(
        SystemRecord, verbose_name=_("record"), on_delete=models.CASCADE, related_name="versions"
    )
    number = models.PositiveIntegerField(_("number"))
    values = models.JSONField(_("values"), default=dict, blank=True)
    redactions = models.JSONField(_("withheld fields"), default=dict, blank=True)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("saved by"),
        null=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    at = models.DateTimeField(_("saved at"), default=timezone.now)
    note = models.CharField(_("note"), max_length=300, blank=True)

    class Meta:
        verbose_name = _("version of a record")
        verbose_name_plural = _("versions of records")
        ordering = ["-number"]
        constraints = [
            models.UniqueConstraint(fields=["record", "number"], name="record_version_once")
        ]

    def __str__(self) -> str:
        return f"{self.record_id}/{self.number}"

"""How long people are kept: what holds a removal up, and what is left of one: a record without names."""

from django.conf import settings
from django.db import models
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _

from buyin.lines import NameField

from .people import Person


class LegalHold(models.Model):
    """That a person must be kept, whatever else says that they go; until somebody lifts it."""

    person = models.ForeignKey(
        Person, verbose_name=_("person"), on_delete=models.CASCADE, related_name="holds"
    )
    reason = NameField(_("why they must be kept"), max_length=300)
    placed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("placed by"),
        null=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    placed_at = models.DateTimeField(_("placed"), db_default=Now())
    lifted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("lifted by"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    lifted_at = models.DateTimeField(_("lifted"), null=True, blank=True)

    class Meta:
        verbose_name = _("legal hold")
        verbose_name_plural = _("legal holds")
        ordering = ["-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["person"],
                condition=models.Q(lifted_at=None),
                name="one_open_hold_per_person",
                violation_error_message=_("There is a legal hold on this person already."),
            )
        ]

    def __str__(self) -> str:
        return self.reason


class RemovalBasis(models.TextChoices):
    """Why a person was removed."""

    PERIOD = "period", _("No dealing for longer than people are kept")
    WISH = "wish", _("At their own wish")


class Removal(models.Model):
    """The certificate that a person was removed: when, why, by whose yes, and how much. No names."""

    basis = models.CharField(_("why"), max_length=8, choices=RemovalBasis.choices)
    keep_days = models.PositiveIntegerField(_("days that people are kept"), null=True)
    approved_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("approved by"),
        null=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    removed_at = models.DateTimeField(_("removed"), db_default=Now())
    counts = models.JSONField(_("how much was removed"), default=dict)

    class Meta:
        verbose_name = _("certificate of removal")
        verbose_name_plural = _("certificates of removal")
        ordering = ["-pk"]

    def __str__(self) -> str:
        return f"{self.pk}"

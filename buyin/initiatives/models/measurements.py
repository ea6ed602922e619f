"""What was measured of benefits, one row a value, and every formal change of what was agreed."""

from typing import ClassVar, Self

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _

from buyin.accounts.models import User
from buyin.lines import NameField

from .benefits import Benefit
from .initiatives import Initiative
from .once import MadeOnce
from .rules import has_been, leads_somewhere


class BenefitChange(models.Model):
    """One formal change: what was agreed before, what is now, who changed it and why."""

    class What(models.TextChoices):
        """What was changed."""

        INDICATOR = "indicator", _("indicator")
        UNIT = "unit", _("unit")
        DIRECTION = "direction", _("direction")
        IS_DISBENEFIT = "is_disbenefit", _("whether it is a dis-benefit")
        BASELINE_VALUE = "baseline_value", _("baseline")
        BASELINE_ON = "baseline_on", _("day of the baseline")
        TARGET_VALUE = "target_value", _("target")
        TARGET_ON = "target_on", _("day of the target")
        STATE = "state", _("state")

    benefit = models.ForeignKey(Benefit, on_delete=models.CASCADE, related_name="changes")
    what = models.CharField(_("what"), max_length=20, choices=What.choices)
    before = models.CharField(_("before"), max_length=200, blank=True)
    after = models.CharField(_("after"), max_length=200, blank=True)
    reason = models.CharField(_("reason"), max_length=500, blank=True)
    changed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )
    changed_at = models.DateTimeField(_("changed"), db_default=Now())

    class Meta:
        verbose_name = _("change of a benefit")
        verbose_name_plural = _("changes of benefits")
        ordering = ["-changed_at", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(what="state") | ~Q(reason=""),
                name="benefit_change_has_a_reason",
                violation_error_message=_("Say why."),
            )
        ]

    def __str__(self) -> str:
        return f"{self.get_what_display()}: {self.before} → {self.after}"


class MeasurementQuerySet(models.QuerySet["Measurement"]):
    """Measurements, who may read them, and those that count."""

    def visible_to(self, user: User) -> Self:
        """Keep the measurements of initiatives that this person may open."""
        return self.filter(benefit__initiative__in=Initiative.objects.visible_to(user))

    def standing(self) -> Self:
        """Keep those that no later measurement corrects."""
        return self.filter(corrected_by__isnull=True)


class Measurement(MadeOnce):
    """One value as it was measured. It is never changed: a correction is one more, and names it."""

    benefit = models.ForeignKey(
        Benefit, verbose_name=_("benefit"), on_delete=models.CASCADE, related_name="measurements"
    )
    value = models.DecimalField(_("value"), max_digits=18, decimal_places=4)
    day = models.DateField(_("measured on"), validators=[has_been])
    begins_on = models.DateField(
        _("period from"),
        null=True,
        blank=True,
        help_text=_(
            "Where the value stands for a period: its first day. It ends on the day above."
        ),
    )
    n = models.PositiveIntegerField(
        _("number of cases"), null=True, blank=True, help_text=_("How many cases stand behind it.")
    )
    method = NameField(_("how it was measured"), max_length=300, blank=True)
    link = models.CharField(
        _("page of the source"), max_length=500, blank=True, validators=[leads_somewhere]
    )
    note = models.TextField(
        _("what else may explain it"),
        blank=True,
        max_length=1000,
        help_text=_("How much of the change comes from the initiative, and what else happened."),
    )
    corrects = models.OneToOneField(
        "self", null=True, blank=True, on_delete=models.PROTECT, related_name="corrected_by"
    )
    entered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )
    entered_at = models.DateTimeField(_("entered"), db_default=Now())

    objects: ClassVar[MeasurementQuerySet] = MeasurementQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        verbose_name = _("measurement")
        verbose_name_plural = _("measurements")
        ordering = ["-day", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(begins_on__isnull=True) | Q(begins_on__lte=F("day")),
                name="measurement_period_ends_after_it_begins",
                violation_error_message=_("The period begins after the day on which it ends."),
            )
        ]

    def __str__(self) -> str:
        return f"{self.value:f} ({self.day})"

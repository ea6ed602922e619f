"""Weekly reports: one run a week, one delivery a person, and who does not want them."""

from typing import Self

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from buyin import periods
from buyin.accounts.models import Department, User
from buyin.outbox.models import Message


class DigestKind(models.TextChoices):
    """Which report a person gets; the highest of a person's roles decides."""

    STAFF = "staff", _("Staff report")
    LEAD = "lead", _("Lead report")
    EXECUTIVE = "executive", _("Executive report")


class DigestRun(models.Model):
    """One week's round of reports, for the half-open period [starts_on, ends_on)."""

    period = models.CharField(_("week"), max_length=8, unique=True, help_text=_("As 2026-W47."))
    starts_on = models.DateField(_("from"))
    ends_on = models.DateField(_("until before"))
    planned_at = models.DateTimeField(_("planned"), null=True)

    class Meta:
        verbose_name = _("report run")
        verbose_name_plural = _("report runs")
        ordering = ["-starts_on"]

    def __str__(self) -> str:
        return self.period

    @property
    def week(self) -> str:
        """Return the week as people say it."""
        return periods.name_of(self.period)


class DeliveryQuerySet(models.QuerySet["Delivery"]):
    """Reports, and who may open them."""

    def visible_to(self, user: User) -> Self:
        """Keep a person's own reports: nobody reads another's."""
        return self.filter(person=user)

    def readable(self) -> Self:
        """Keep reports that were written, whether or not they could be mailed."""
        return self.filter(message__isnull=False)


class Delivery(models.Model):
    """One person's report of one run: a message to send, or the reason why there is none."""

    run = models.ForeignKey(DigestRun, on_delete=models.PROTECT, related_name="deliveries")
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="digest_deliveries"
    )
    kind = models.CharField(_("kind"), max_length=10, choices=DigestKind.choices)
    department = models.ForeignKey(
        Department,
        verbose_name=_("department"),
        null=True,
        on_delete=models.SET_NULL,
        related_name="+",
        help_text=_("What a lead report is about; empty for the whole agency."),
    )
    message = models.OneToOneField(
        Message, null=True, on_delete=models.SET_NULL, related_name="delivery"
    )
    skip_reason = models.CharField(_("why there is none"), max_length=120, blank=True)

    objects = DeliveryQuerySet.as_manager()

    class Meta:
        verbose_name = _("delivery")
        verbose_name_plural = _("deliveries")
        constraints = [
            models.UniqueConstraint(fields=["run", "person"], name="one_report_per_person_and_week")
        ]

    def __str__(self) -> str:
        return f"{self.run} · {self.person}"


class DigestPreferenceQuerySet(models.QuerySet["DigestPreference"]):
    """Preferences by what they mean."""

    def off(self) -> Self:
        """Keep the preferences of people who want no report."""
        return self.filter(frequency=DigestPreference.Frequency.OFF)


class DigestPreference(models.Model):
    """How often a person wants the report; no row means every week."""

    class Frequency(models.TextChoices):
        """The choices on the preferences page."""

        WEEKLY = "weekly", _("Every week")
        MONTHLY = "monthly", _("Once a month")
        OFF = "off", _("Never")

    person = models.OneToOneField(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="digest_preference"
    )
    frequency = models.CharField(
        _("how often"), max_length=10, choices=Frequency.choices, default=Frequency.WEEKLY
    )

    objects = DigestPreferenceQuerySet.as_manager()

    class Meta:
        verbose_name = _("report preference")
        verbose_name_plural = _("report preferences")

    def __str__(self) -> str:
        return f"{self.person}: {self.get_frequency_display()}"

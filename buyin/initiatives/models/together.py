"""What departments share on an initiative: goals, and agreements about data."""

from datetime import date
from typing import Self

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from buyin.accounts.models import Department
from buyin.lines import NameField

from .initiatives import Initiative
from .once import MadeOnce


class SharedGoal(MadeOnce):
    """Something that two or more departments want to reach together, and how they will know."""

    class State(models.TextChoices):
        """How it stands, in the words of those who share it."""

        AGREED = "agreed", _("agreed")
        ON_TRACK = "on-track", _("on track")
        AT_RISK = "at-risk", _("at risk")
        REACHED = "reached", _("reached")
        MISSED = "missed", _("not reached")
        GIVEN_UP = "given-up", _("given up")

    initiative = models.ForeignKey(Initiative, on_delete=models.CASCADE, related_name="goals")
    goal = NameField(_("goal"), max_length=300)
    departments = models.ManyToManyField(
        Department, verbose_name=_("departments that share it"), related_name="shared_goals"
    )
    measure = NameField(_("how it is measured"), max_length=200)
    target = NameField(_("target"), max_length=100)
    due = models.DateField(_("by"))
    state = models.CharField(_("state"), max_length=10, choices=State.choices, default=State.AGREED)

    class Meta:
        verbose_name = _("shared goal")
        verbose_name_plural = _("shared goals")
        ordering = ["due", "pk"]

    def __str__(self) -> str:
        return self.goal

    @property
    def is_open(self) -> bool:
        """Whether it is still to be reached."""
        return self.state in {self.State.AGREED, self.State.ON_TRACK, self.State.AT_RISK}

    @property
    def is_overdue(self) -> bool:
        """Whether it should have been reached by now."""
        return self.is_open and self.due < timezone.localdate()


class DataAgreementQuerySet(models.QuerySet["DataAgreement"]):
    """Agreements about data, and which need somebody."""

    def ending(self, by: date) -> Self:
        """Keep those in force that end, or are to be looked at again, by this day."""
        soon = models.Q(expires_on__lte=by) | models.Q(review_on__lte=by)
        return self.filter(soon, state=DataAgreement.State.SIGNED)


class DataAgreement(MadeOnce):
    """Which data one department gives to another for an initiative, why, and on which basis."""

    class State(models.TextChoices):
        """How far it is."""

        ASKED = "asked", _("asked for")
        SIGNED = "signed", _("signed")
        REFUSED = "refused", _("refused")
        ENDED = "ended", _("ended")

    initiative = models.ForeignKey(Initiative, on_delete=models.CASCADE, related_name="agreements")
    giver = models.ForeignKey(
        Department,
        verbose_name=_("from"),
        on_delete=models.PROTECT,
        related_name="data_given",
    )
    taker = models.ForeignKey(
        Department,
        verbose_name=_("to"),
        on_delete=models.PROTECT,
        related_name="data_taken",
    )
    shared = NameField(_("which data"), max_length=300)
    purpose = NameField(_("what for"), max_length=300)
    legal_basis = NameField(_("legal basis"), max_length=200, blank=True)
    state = models.CharField(_("state"), max_length=10, choices=State.choices, default=State.ASKED)
    signed_on = models.DateField(_("signed on"), null=True, blank=True)
    review_on = models.DateField(_("to be looked at again on"), null=True, blank=True)
    expires_on = models.DateField(_("ends on"), null=True, blank=True)

    objects = DataAgreementQuerySet.as_manager()

    class Meta:
        verbose_name = _("data-sharing agreement")
        verbose_name_plural = _("data-sharing agreements")
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                condition=~models.Q(giver=models.F("taker")),
                name="agreement_is_between_two_departments",
                violation_error_message=_("Choose two departments: one gives, the other takes."),
            ),
            models.CheckConstraint(
                condition=~models.Q(state="signed")
                | (models.Q(signed_on__isnull=False) & ~models.Q(legal_basis="")),
                name="signed_agreement_has_day_and_basis",
                violation_error_message=_("What is signed has a day and a legal basis."),
            ),
            models.CheckConstraint(
                condition=models.Q(expires_on__isnull=True)
                | models.Q(signed_on__isnull=True)
                | models.Q(expires_on__gte=models.F("signed_on")),
                name="agreement_ends_after_it_begins",
                violation_error_message=_("It cannot end before it was signed."),
            ),
        ]

    def __str__(self) -> str:
        return self.shared

    @property
    def has_run_out(self) -> bool:
        """Whether it is still called signed although its last day has passed."""
        is_signed = self.state == self.State.SIGNED and self.expires_on is not None
        return is_signed and self.expires_on < timezone.localdate()  # type: ignore[operator]

    @property
    def waits_for_review(self) -> bool:
        """Whether the day has come to look at it again."""
        is_signed = self.state == self.State.SIGNED and self.review_on is not None
        return is_signed and self.review_on <= timezone.localdate()  # type: ignore[operator]

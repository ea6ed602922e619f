"""Commitments: who gives what to an initiative, and how far that is, one dated entry after another."""

from datetime import date
from decimal import Decimal
from typing import ClassVar, Self

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Now
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from buyin.accounts.models import LOOKING_ROLES, User
from buyin.initiatives.models import Initiative, MadeOnce, has_been, leads_somewhere
from buyin.lines import NameField
from buyin.stakeholders import promises

from .stakeholders import Stakeholder


def _given_by(user: User) -> Q:
    """Return what a commitment must be for this person to be the one who gives."""
    # By the one that is theirs: a join would go through all people of the registry.
    own = Stakeholder.objects.filter(person__user=user).order_by().values("pk")
    return Q(stakeholder__in=own)


class CommitmentQuerySet(models.QuerySet["Commitment"]):
    """Commitments, who may read them, and how they stand."""

    def visible_to(self, user: User) -> Self:
        """Keep what this person leads, looks after or has promised; all for the agency's roles."""
        if user.sees_agency:
            return self
        if not user.is_active:
            return self.none()
        held = user.department_ids_held(*LOOKING_ROLES)
        return self.filter(
            user.leading("initiative__lead") | Q(stakeholder__department__in=held) | _given_by(user)
        )

    def asked_of(self, *people: User) -> Self:
        """Keep what waits for the word of these: asked of them, not promised or given in full."""
        open_steps = {
            f"{step}__lt": F("requested") for step in ("pledged", "committed", "received")
        }
        waiting = Q(declined_on=None, **open_steps)
        return self.filter(waiting, stakeholder__person__user__in=people)

    def promised_by(self, user: User) -> Self:
        """Keep what this person has pledged, committed or given."""
        promised = Q(pledged__gt=0) | Q(committed__gt=0) | Q(received__gt=0)
        return self.filter(_given_by(user), promised)

    def late(self, today: date) -> Self:
        """Keep what should be there by now and is not."""
        return self.filter(declined_on=None, needed_by__lt=today, received__lt=F("requested"))

    def lapsed(self, today: date) -> Self:
        """Keep what was promised up to a day that has passed, and did not come in full."""
        promised = Q(committed__gt=F("received")) | Q(pledged__gt=F("received"))
        return self.filter(promised, expires_on__lt=today)


class Commitment(MadeOnce):
    """Something that a stakeholder is asked to give to an initiative, and may promise and give.

    The four amounts repeat the newest entry of each step, so that lists and sums need no history;
    `actions.commitments` keeps them so.
    """

    class Kind(models.TextChoices):
        """What is given."""

        FUNDING = "funding", _("Funding")
        INFRASTRUCTURE = "infrastructure", _("Infrastructure")
        PERSONNEL = "personnel", _("Personnel")
        DATA = "data", _("Data")
        SPONSORSHIP = "sponsorship", _("Sponsorship")

    initiative = models.ForeignKey(
        Initiative,
        verbose_name=_("initiative"),
        on_delete=models.CASCADE,
        related_name="commitments",
    )
    stakeholder = models.ForeignKey(
        Stakeholder,
        verbose_name=_("who gives"),
        on_delete=models.PROTECT,
        related_name="commitments",
    )
    kind = models.CharField(_("kind"), max_length=16, choices=Kind.choices)
    title = NameField(
        _("what"), max_length=200, help_text=_("Such as “Two developers for the pilot”.")
    )
    unit = NameField(
        _("unit"),
        max_length=40,
        help_text=_("In which it is counted, such as USD, full-time posts or GPU hours."),
    )
    begins_on = models.DateField(_("for the time from"), null=True, blank=True)
    ends_on = models.DateField(_("to"), null=True, blank=True)
    needed_by = models.DateField(
        _("needed by"), null=True, blank=True, help_text=_("After this day it counts as late.")
    )
    expires_on = models.DateField(
        _("the promise ends on"),
        null=True,
        blank=True,
        help_text=_("Such as the end of the budget year."),
    )
    conditions = models.TextField(_("conditions"), blank=True, max_length=1000)

    requested = models.DecimalField(max_digits=18, decimal_places=2, default=0, editable=False)
    pledged = models.DecimalField(max_digits=18, decimal_places=2, default=0, editable=False)
    committed = models.DecimalField(max_digits=18, decimal_places=2, default=0, editable=False)
    received = models.DecimalField(max_digits=18, decimal_places=2, default=0, editable=False)
    declined_on = models.DateField(null=True, editable=False)

    objects: ClassVar[CommitmentQuerySet] = CommitmentQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        verbose_name = _("commitment")
        verbose_name_plural = _("commitments")
        ordering = [F("needed_by").asc(nulls_last=True), "title", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(begins_on=None) | Q(ends_on=None) | Q(ends_on__gte=F("begins_on")),
                name="commitment_ends_after_it_begins",
                violation_error_message=_("The time ends before it begins."),
            )
        ]
        indexes = [
            models.Index(fields=["needed_by", "title", "id"], name="commitment_by_day"),
            models.Index(fields=["initiative", "kind"], name="commitment_by_kind"),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def amounts(self) -> promises.Amounts:
        """The four amounts together."""
        return promises.Amounts(self.requested, self.pledged, self.committed, self.received)

    @property
    def promised(self) -> Decimal:
        """The most that was said or signed."""
        return max(self.pledged, self.committed)

    @property
    def stage(self) -> promises.Stage:
        """How far it has come."""
        return promises.stage_of(self.amounts, is_declined=self.declined_on is not None)

    @property
    def waits(self) -> bool:
        """Whether it has not come in full and nobody has declined it."""
        return self.declined_on is None and self.received < self.requested

    @property
    def is_late(self) -> bool:
        """Whether it should be there by now and is not."""
        is_due = self.needed_by is not None and self.needed_by < timezone.localdate()
        return is_due and self.waits

    @property
    def has_lapsed(self) -> bool:
        """Whether the day has passed up to which it was promised, and it did not come in full."""
        is_over = self.expires_on is not None and self.expires_on < timezone.localdate()
        return is_over and self.received < self.promised

    def is_given_by(self, user: User) -> bool:
        """Return whether this person is the one who is asked to give."""
        person = self.stakeholder.person
        return person is not None and person.user_id == user.pk and user.is_active

    def may_be_changed_by(self, user: User) -> bool:
        """Return whether the person may say what is asked and what has arrived."""
        return self.initiative.may_be_changed_by(user)


class CommitmentEntry(MadeOnce):
    """What stands at one step from a day on, in all. Added, never changed."""

    class Step(models.TextChoices):
        """How binding it is. A pledge is said and binds nobody; a commitment is signed."""

        REQUESTED = "requested", _("Requested")
        PLEDGED = "pledged", _("Pledged")
        COMMITTED = "committed", _("Committed")
        RECEIVED = "received", _("Received")
        DECLINED = "declined", _("Declined")

    commitment = models.ForeignKey(Commitment, on_delete=models.CASCADE, related_name="entries")
    step = models.CharField(_("step"), max_length=10, choices=Step.choices)
    amount = models.DecimalField(
        _("amount"),
        max_digits=18,
        decimal_places=2,
        default=Decimal(0),
    )
    day = models.DateField(_("day"), validators=[has_been])
    note = models.TextField(_("note"), blank=True, max_length=1000)
    evidence = NameField(
        _("evidence"),
        max_length=300,
        blank=True,
        help_text=_("What it can be checked by: a letter, minutes, a line of the budget."),
    )
    link = models.CharField(
        _("page of the evidence"), max_length=500, blank=True, validators=[leads_somewhere]
    )
    entered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )
    entered_at = models.DateTimeField(_("entered"), db_default=Now())

    class Meta:
        verbose_name = _("entry of a commitment")
        verbose_name_plural = _("entries of commitments")
        ordering = ["-day", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(amount__gte=0),
                name="commitment_amount_is_not_negative",
                violation_error_message=_("An amount cannot be below zero."),
            ),
            models.CheckConstraint(
                condition=~Q(step="declined") | ~Q(note=""),
                name="commitment_is_declined_with_a_reason",
                violation_error_message=_("Say why it is declined: somebody has to plan anew."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_step_display()}: {self.amount} ({self.day})"

"""Risks, assumptions, issues and dependencies of an initiative."""

from datetime import date
from typing import ClassVar, Self

from django.conf import settings
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Coalesce
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from buyin.accounts.models import User
from buyin.lines import NameField

from .initiatives import Initiative
from .once import MadeOnce
from .rules import has_been

ONE_TO_FIVE = [MinValueValidator(1), MaxValueValidator(5)]


class RaidQuerySet(models.QuerySet["RaidItem"]):
    """RAID items, who may read them, and in which order they need somebody."""

    def visible_to(self, user: User) -> Self:
        """Keep the items of initiatives that this person may open."""
        return self.filter(initiative__in=Initiative.objects.visible_to(user))

    def open(self) -> Self:
        """Keep what is not closed."""
        return self.exclude(status=RaidItem.Status.CLOSED)

    def pressing_first(self, today: date) -> Self:
        """Order by score, then what is overdue, then by day; what has no score comes after risks."""
        is_late = Q(due__lt=today) | Q(valid_until__lt=today, proved_by="")
        return self.annotate(
            weight=Coalesce(F("probability") * F("impact"), 0),
            lateness=models.Case(
                models.When(is_late & ~Q(status=RaidItem.Status.CLOSED), then=1), default=0
            ),
        ).order_by("-weight", "-lateness", F("due").asc(nulls_last=True), "pk")


class RaidItem(MadeOnce):
    """Something that could go wrong, that is taken for granted, that is wrong, or that is waited for."""

    class Kind(models.TextChoices):
        """What it is."""

        RISK = "risk", _("risk")
        ASSUMPTION = "assumption", _("assumption")
        ISSUE = "issue", _("issue")
        DEPENDENCY = "dependency", _("dependency")

    class Category(models.TextChoices):
        """What it is about."""

        PEOPLE = "people", _("people and jobs")
        PRIVACY = "privacy", _("privacy")
        FAIRNESS = "fairness", _("fairness")
        QUALITY = "quality", _("quality and accuracy")
        SECURITY = "security", _("security")
        LAW = "law", _("law")
        MONEY = "money", _("money")
        TIME = "time", _("time")
        SUPPLIER = "supplier", _("supplier")
        OTHER = "other", _("other")

    class Response(models.TextChoices):
        """What is done about a risk."""

        AVOID = "avoid", _("avoid")
        MITIGATE = "mitigate", _("mitigate")
        TRANSFER = "transfer", _("transfer")
        ACCEPT = "accept", _("accept")

    class Status(models.TextChoices):
        """Whether somebody still has to care."""

        OPEN = "open", _("open")
        IN_WORK = "in-work", _("in work")
        CLOSED = "closed", _("closed")

    initiative = models.ForeignKey(
        Initiative, verbose_name=_("initiative"), on_delete=models.CASCADE, related_name="raid"
    )
    kind = models.CharField(_("type"), max_length=10, choices=Kind.choices)
    statement = NameField(
        _("statement"),
        max_length=300,
        help_text=_("For a risk: because of …, … may happen, so that …."),
    )
    category = models.CharField(_("category"), max_length=10, choices=Category.choices)
    probability = models.PositiveSmallIntegerField(
        _("probability, 1 to 5"), null=True, blank=True, validators=ONE_TO_FIVE
    )
    impact = models.PositiveSmallIntegerField(
        _("impact, 1 to 5"), null=True, blank=True, validators=ONE_TO_FIVE
    )
    response = models.CharField(_("response"), max_length=8, choices=Response.choices, blank=True)
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("owner"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="owned_raid",
    )
    next_action = NameField(_("next action"), max_length=300, blank=True)
    due = models.DateField(_("next action by"), null=True, blank=True)
    trigger = NameField(
        _("escalate when"),
        max_length=300,
        blank=True,
        help_text=_("What makes it somebody else's."),
    )
    status = models.CharField(
        _("status"), max_length=8, choices=Status.choices, default=Status.OPEN
    )
    raised_on = models.DateField(_("raised on"), validators=[has_been], default=timezone.localdate)
    valid_until = models.DateField(
        _("assumption holds until"), null=True, blank=True, help_text=_("Look at it again by then.")
    )
    proved_by = NameField(
        _("proved by"), max_length=300, blank=True, help_text=_("What shows that it holds.")
    )

    objects: ClassVar[RaidQuerySet] = RaidQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        verbose_name = _("RAID item")
        verbose_name_plural = _("RAID items")
        ordering = ["kind", "pk"]
        constraints = [
            models.CheckConstraint(
                # A comparison with nothing holds for a database, so each must be said to be there.
                condition=Q(
                    kind="risk",
                    probability__isnull=False,
                    impact__isnull=False,
                    probability__range=(1, 5),
                    impact__range=(1, 5),
                )
                | (~Q(kind="risk") & Q(probability__isnull=True, impact__isnull=True)),
                name="raid_risks_and_only_risks_are_rated",
                violation_error_message=_(
                    "A risk has a probability and an impact from 1 to 5; nothing else has."
                ),
            ),
            models.CheckConstraint(
                condition=~Q(kind="risk") | ~Q(response=""),
                name="raid_risk_has_a_response",
                violation_error_message=_(
                    "Say what is done about the risk, also if it is accepted."
                ),
            ),
            models.CheckConstraint(
                condition=Q(kind="assumption") | Q(valid_until__isnull=True, proved_by=""),
                name="raid_only_assumptions_are_proved",
                violation_error_message=_("Only an assumption holds until a day and is proved."),
            ),
        ]

    def __str__(self) -> str:
        return self.statement

    @property
    def score(self) -> int | None:
        """Return how much a risk weighs: probability times impact, from 1 to 25."""
        if self.probability is None or self.impact is None:
            return None
        return self.probability * self.impact

    @property
    def is_overdue(self) -> bool:
        """Whether its next action is late, or an assumption has outlived its day without proof."""
        return self.is_late(timezone.localdate())

    def is_late(self, today: date) -> bool:
        """Return whether it waits for somebody since before today."""
        is_unproved = self.valid_until is not None and self.valid_until < today
        is_waiting = self.due is not None and self.due < today
        is_late = is_waiting or (is_unproved and not self.proved_by)
        return is_late and self.status != self.Status.CLOSED

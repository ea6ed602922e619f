"""Benefits: what an initiative is to bring, from which baseline to which target, and whether it does."""

from typing import ClassVar, Self

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from buyin.accounts.models import User
from buyin.initiatives.progress import Aim
from buyin.lines import NameField

from .initiatives import Initiative
from .once import MadeOnce
from .rules import has_been

# What may change only with a reason once somebody has measured.
FORMAL = (
    "indicator", "unit", "direction", "is_disbenefit",
    "baseline_value", "baseline_on", "target_value", "target_on",
)  # fmt: skip


class BenefitQuerySet(models.QuerySet["Benefit"]):
    """Benefits, and who may read them."""

    def visible_to(self, user: User) -> Self:
        """Keep the benefits of initiatives that this person may open."""
        return self.filter(initiative__in=Initiative.objects.visible_to(user))


class Benefit(MadeOnce):
    """Something that gets better through an initiative, or, as a dis-benefit, worse."""

    class Category(models.TextChoices):
        """What gets better."""

        EFFICIENCY = "efficiency", _("efficiency")
        COST = "cost", _("cost")
        DECISIONS = "decisions", _("decisions")
        SERVICE = "service", _("public service")

    class Kind(models.TextChoices):
        """How it can be counted, in the words of public budgets."""

        CASH = "cash-releasing", _("cash-releasing: a budget gets smaller")
        NON_CASH = "non-cash-releasing", _("non-cash-releasing: worth money, but no budget changes")
        QUANTIFIABLE = "quantifiable", _("quantifiable: a number, but no money")
        QUALITATIVE = "qualitative", _("qualitative: described in words")

    class Direction(models.TextChoices):
        """Which way is better."""

        HIGHER = "higher", _("higher is better")
        LOWER = "lower", _("lower is better")

    class State(models.TextChoices):
        """How it stands; people set it, figures only suggest it."""

        PLANNED = "planned", _("planned")
        ON_TRACK = "on-track", _("on track")
        AT_RISK = "at-risk", _("at risk")
        REALISED = "realised", _("realised")
        NOT_REALISED = "not-realised", _("not realised")
        WITHDRAWN = "withdrawn", _("withdrawn")

    initiative = models.ForeignKey(
        Initiative, verbose_name=_("initiative"), on_delete=models.CASCADE, related_name="benefits"
    )
    title = NameField(
        _("title"),
        max_length=200,
        help_text=_("What gets better, such as “Permits decided sooner”."),
    )
    is_disbenefit = models.BooleanField(
        _("this gets worse, and we accept it up to a limit"),
        default=False,
        help_text=_("A dis-benefit: what the change costs people. Its target is a limit to keep."),
    )
    category = models.CharField(_("category"), max_length=12, choices=Category.choices)
    kind = models.CharField(_("class"), max_length=20, choices=Kind.choices)
    description = models.TextField(_("description"), blank=True, max_length=2000)
    feature = NameField(
        _("what brings it about"),
        max_length=300,
        blank=True,
        help_text=_("The part of the system or of the work that gives rise to it."),
    )
    affected = NameField(_("who is affected"), max_length=300, blank=True)
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("owner"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="owned_benefits",
    )
    indicator = NameField(
        _("indicator"),
        max_length=200,
        blank=True,
        help_text=_("What is measured, such as “Median days to decide”."),
    )
    unit = NameField(_("unit"), max_length=40, blank=True, help_text=_("Such as days, % or USD."))
    direction = models.CharField(
        _("direction"), max_length=6, choices=Direction.choices, default=Direction.LOWER
    )
    baseline_value = models.DecimalField(
        _("baseline"), max_digits=18, decimal_places=4, null=True, blank=True
    )
    baseline_on = models.DateField(
        _("baseline taken on"), null=True, blank=True, validators=[has_been]
    )
    target_value = models.DecimalField(
        _("target, or limit of a dis-benefit"),
        max_digits=18,
        decimal_places=4,
        null=True,
        blank=True,
    )
    target_on = models.DateField(_("target to be met by"), null=True, blank=True)
    source = NameField(
        _("data source"),
        max_length=300,
        blank=True,
        help_text=_("Where the numbers come from, so that somebody else could get the same."),
    )
    state = models.CharField(
        _("state"), max_length=12, choices=State.choices, default=State.PLANNED, editable=False
    )

    objects: ClassVar[BenefitQuerySet] = BenefitQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        verbose_name = _("benefit")
        verbose_name_plural = _("benefits")
        ordering = ["is_disbenefit", "title", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(baseline_value__isnull=True, baseline_on__isnull=True)
                | Q(baseline_value__isnull=False, baseline_on__isnull=False),
                name="benefit_baseline_has_a_day",
                violation_error_message=_("A baseline is a number and the day it was taken: give both."),
            ),
            models.CheckConstraint(
                condition=Q(target_value__isnull=True, target_on__isnull=True)
                | Q(target_value__isnull=False, target_on__isnull=False),
                name="benefit_target_has_a_day",
                violation_error_message=_("A target is a number and a day to meet it by: give both."),
            ),
            models.CheckConstraint(
                condition=Q(target_on__isnull=True)
                | Q(baseline_on__isnull=True)
                | Q(target_on__gt=F("baseline_on")),
                name="benefit_target_after_baseline",
                violation_error_message=_("The day of the target comes after that of the baseline."),
            ),
            models.CheckConstraint(
                condition=Q(kind="qualitative") | (~Q(indicator="") & ~Q(unit="")),
                name="benefit_says_what_is_measured",
                violation_error_message=_(
                    "Say what is measured and in which unit, or choose the class “qualitative”."
                ),
            ),
            models.CheckConstraint(
                condition=Q(target_value__isnull=True)
                | Q(baseline_value__isnull=True)
                | Q(is_disbenefit=False, direction="higher", target_value__gt=F("baseline_value"))
                | Q(is_disbenefit=False, direction="lower", target_value__lt=F("baseline_value"))
                | Q(is_disbenefit=True, direction="higher", target_value__lte=F("baseline_value"))
                | Q(is_disbenefit=True, direction="lower", target_value__gte=F("baseline_value")),
                name="benefit_target_lies_its_way",
                violation_error_message=_(
                    "The target lies on the wrong side of the baseline: a benefit aims at what is "
                    "better, the limit of a dis-benefit allows for what is worse."
                ),
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        return self.title

    @property
    def aim(self) -> Aim | None:
        """Return where it began and where it should go, None where either is not said."""
        baseline, baseline_on = self.baseline_value, self.baseline_on
        target, target_on = self.target_value, self.target_on
        if baseline is None or baseline_on is None or target is None or target_on is None:
            return None
        is_higher = self.direction == self.Direction.HIGHER
        return Aim(baseline, baseline_on, target, target_on, is_higher, self.is_disbenefit)

    def may_be_measured_by(self, user: User) -> bool:
        """Return whether the person may add measurements: its owner, and who may change it."""
        is_own = self.owner_id == user.pk and user.is_active
        return is_own or self.initiative.may_be_changed_by(user)

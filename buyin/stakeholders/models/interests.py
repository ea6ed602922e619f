"""What stakeholders have to do with an initiative, and how that was assessed over time."""

from typing import TYPE_CHECKING, ClassVar, Self

from django.conf import settings
from django.db import models
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from buyin.accounts.models import LOOKING_ROLES, Role, User
from buyin.initiatives.models import Initiative
from buyin.stakeholders import standing

from .stakeholders import CHANGING_ROLES, Stakeholder
from .words import QUADRANTS, SALIENCES

if TYPE_CHECKING:
    from .plan import PlannedActivity

SCORES = ("power", "interest", "legitimacy", "urgency", "impact")
# What an assessment says, and an interest repeats of the newest.
ASSESSED = (*SCORES, "current", "desired", "desired_by")


class Level(models.IntegerChoices):
    """How somebody stands to an initiative. Unaware is off the scale: not worse than resistant."""

    UNAWARE = standing.UNAWARE, _("Unaware")
    RESISTANT = 1, _("Resistant")
    NEUTRAL = 2, _("Neutral")
    SUPPORTIVE = 3, _("Supportive")
    LEADING = 4, _("Leading")

    @property
    def code(self) -> str:
        """The word that programs and files use for it."""
        return self.name.lower()


def level_words(level: int | None) -> str:
    """Return a level as people read it, also where nobody assessed it."""
    return gettext("Not assessed") if level is None else str(Level(level).label)


class Assessed(models.Model):
    """Five scores and two levels. None is "not assessed" and never means the middle."""

    power = models.PositiveSmallIntegerField(_("power"), null=True, blank=True)
    interest = models.PositiveSmallIntegerField(_("interest"), null=True, blank=True)
    legitimacy = models.PositiveSmallIntegerField(_("legitimacy"), null=True, blank=True)
    urgency = models.PositiveSmallIntegerField(_("urgency"), null=True, blank=True)
    impact = models.PositiveSmallIntegerField(_("impact on them"), null=True, blank=True)
    current = models.PositiveSmallIntegerField(
        _("current level"), null=True, blank=True, choices=Level.choices
    )
    desired = models.PositiveSmallIntegerField(
        _("desired level"), null=True, blank=True, choices=Level.choices
    )
    desired_by = models.DateField(_("desired by"), null=True, blank=True)

    class Meta:
        abstract = True
        constraints = [
            *(
                models.CheckConstraint(
                    condition=models.Q(**{score: None}) | models.Q(**{f"{score}__range": (1, 5)}),
                    name=f"%(class)s_{score}_is_1_to_5",
                    violation_error_message=_("Scores go from 1 to 5."),
                )
                for score in SCORES
            ),
            models.CheckConstraint(
                condition=models.Q(current=None) | models.Q(current__in=Level.values),
                name="%(class)s_current_is_a_level",
                violation_error_message=_("There is no such level."),
            ),
            models.CheckConstraint(
                condition=models.Q(desired=None) | models.Q(desired__in=Level.values[1:]),
                name="%(class)s_desired_is_on_the_scale",
                violation_error_message=_("Nobody is wanted to be unaware."),
            ),
        ]

    @property
    def current_words(self) -> str:
        """The current level as people read it, also where nobody assessed it."""
        return level_words(self.current)

    @property
    def desired_words(self) -> str:
        """The desired level as people read it, also where nobody assessed it."""
        return level_words(self.desired)

    @property
    def quadrant(self) -> standing.Quadrant | None:
        """Where they stand by power and interest."""
        return standing.quadrant(self.power, self.interest)

    @property
    def quadrant_words(self) -> str:
        """The quadrant as people read it, also where nobody assessed it."""
        found = self.quadrant
        return str(QUADRANTS[found]) if found else gettext("Not assessed")

    @property
    def salience_words(self) -> str:
        """The salience class as people read it, with what it is made of."""
        found = self.salience
        return str(SALIENCES[found]) if found else gettext("Not assessed")

    @property
    def salience(self) -> standing.Salience | None:
        """Which class they are of by power, legitimacy and urgency."""
        return standing.salience(self.power, self.legitimacy, self.urgency)

    @property
    def gap(self) -> int | None:
        """How many steps are missing to the desired level."""
        return standing.gap(self.current, self.desired)

    @property
    def is_behind(self) -> bool:
        """Whether they are not yet where they are wanted; so is who knows nothing of it yet."""
        return standing.is_behind(self.current, self.desired)


class InterestQuerySet(models.QuerySet["Interest"]):
    """Interests, and who may see and change them."""

    def of_others(self, user: User) -> Self:
        """Leave out what is thought of this person themselves, unless they lead all of it."""
        return self if user.leads_agency else self.exclude(self._about(user))

    def hidden_from(self, user: User) -> Self:
        """Keep what `of_others` leaves out."""
        return self.none() if user.leads_agency else self.filter(self._about(user))

    def of_current(self) -> Self:
        """Keep those of stakeholders that are not archived."""
        # By those that are, instead of looking each of them up.
        return self.exclude(stakeholder__in=Stakeholder.objects.filter(archived_at__isnull=False))

    def visible_to(self, user: User) -> Self:
        """Keep those of known stakeholders in initiatives that this person may open.

        Nobody reads by this what is thought of them; who leads an initiative, or the agency, reads
        all of it.
        """
        rows = self if user.sees_agency else self._near(user, *LOOKING_ROLES)
        return rows.of_others(user)

    def changeable_by(self, user: User) -> Self:
        """Keep those that this person may assess; who was removed is nobody's to assess."""
        keeps_all = user.leads_agency or user.holds(Role.COORDINATOR)
        rows = self if keeps_all else self._near(user, *CHANGING_ROLES)
        return rows.filter(stakeholder__erased_at=None).of_others(user)

    def behind(self) -> Self:
        """Keep those of whom more is wanted than there is, unaware ones as well."""
        return self.filter(current__lt=models.F("desired"))

    @staticmethod
    def _about(user: User) -> models.Q:
        # By the one that is theirs, instead of looking each of them up.
        own = Stakeholder.objects.filter(person__user=user).order_by().values("pk")
        return models.Q(~user.leading("initiative__lead"), stakeholder__in=own)

    def _near(self, user: User, *roles: Role) -> Self:
        if not user.is_active:
            return self.none()
        theirs = models.Q(
            stakeholder__department__in=user.department_ids_held(*roles),
            initiative__in=Initiative.objects.visible_to(user).order_by().values("pk"),
        )
        return self.filter(theirs | user.leading("initiative__lead"))


class Interest(Assessed):
    """One stakeholder in one initiative, as the newest assessment has it; moved by `assess` only."""

    # What is planned next about a gap, where a page has asked `queries.plans.show_planned`.
    planned: "PlannedActivity | None" = None

    stakeholder = models.ForeignKey(
        Stakeholder,
        verbose_name=_("stakeholder"),
        on_delete=models.CASCADE,
        related_name="interests",
    )
    initiative = models.ForeignKey(
        Initiative,
        verbose_name=_("initiative"),
        on_delete=models.CASCADE,
        related_name="interests",
    )
    assessed_on = models.DateField(_("assessed"), null=True, blank=True)

    objects: ClassVar[InterestQuerySet] = InterestQuerySet.as_manager()  # type: ignore[assignment]

    class Meta(Assessed.Meta):
        verbose_name = _("interest")
        verbose_name_plural = _("interests")
        ordering = ["stakeholder__name", "initiative__name", "id"]
        constraints = [
            *Assessed.Meta.constraints,
            models.UniqueConstraint(
                fields=["stakeholder", "initiative"],
                name="one_interest_per_stakeholder_and_initiative",
                violation_error_message=_("This stakeholder is on the initiative's list already."),
            ),
        ]
        indexes = [
            models.Index(fields=["initiative", "power", "interest"], name="interest_by_quadrant"),
            models.Index(fields=["initiative", "current", "desired"], name="interest_by_level"),
        ]

    def __str__(self) -> str:
        return f"{self.stakeholder}: {self.initiative}"


class Source(models.TextChoices):
    """What an assessment rests on."""

    MANUAL = "manual", _("Somebody's judgement")
    SURVEY = "survey", _("A survey")
    DERIVED = "derived", _("Derived from what happened")
    IMPORTED = "imported", _("Brought in from a file")


class Confidence(models.IntegerChoices):
    """How sure whoever assessed it was."""

    LOW = 1, _("Low")
    MEDIUM = 2, _("Medium")
    HIGH = 3, _("High")


class Assessment(Assessed):
    """How a stakeholder stood on a day, in full, by whom and why. Added, never changed."""

    about = models.ForeignKey(
        Interest,
        verbose_name=_("about"),
        on_delete=models.CASCADE,
        related_name="assessments",
    )
    assessed_on = models.DateField(_("day"))
    source = models.CharField(
        _("source"), max_length=12, choices=Source.choices, default=Source.MANUAL
    )
    rationale = models.TextField(_("why"), blank=True)
    evidence = models.TextField(_("evidence"), blank=True)
    confidence = models.PositiveSmallIntegerField(
        _("confidence"), null=True, blank=True, choices=Confidence.choices
    )
    assessed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("assessed by"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    noted_at = models.DateTimeField(_("noted"), auto_now_add=True)

    class Meta(Assessed.Meta):
        verbose_name = _("assessment")
        verbose_name_plural = _("assessments")
        ordering = ["-assessed_on", "-id"]
        indexes = [
            models.Index(fields=["about", "-assessed_on", "-id"], name="assessment_newest_first")
        ]

    def __str__(self) -> str:
        return f"{self.about}, {self.assessed_on}"

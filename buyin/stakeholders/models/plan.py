"""The engagement plan: what is to happen with whom, who does it and until when."""

from datetime import date
from typing import ClassVar, Self

from django.conf import settings
from django.db import models
from django.db.models import Q, QuerySet
from django.db.models.functions import Now
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from buyin.accounts.models import LOOKING_ROLES, Role, User
from buyin.initiatives.models import Initiative, MadeOnce
from buyin.lines import NameField
from buyin.outbox.models import Message

from .engagements import Engagement
from .stakeholders import CHANGING_ROLES, Cadence, Stakeholder


class PlannedActivityQuerySet(models.QuerySet["PlannedActivity"]):
    """Planned activities, who may read and change them, and how they stand."""

    def visible_to(self, user: User) -> Self:
        """Keep what this person has to do, planned or leads, and what is planned with whom they know."""
        if user.sees_agency:
            return self
        return self.filter(self._own(user) | self._near(user, *LOOKING_ROLES))

    def changeable_by(self, user: User) -> Self:
        """Keep what this person may change and close: all that they see but by looking only."""
        if user.leads_agency:
            return self
        return self.filter(self._own(user) | self._near(user, *CHANGING_ROLES))

    def open(self) -> Self:
        """Keep what is still to be done."""
        return self.filter(state=PlannedActivity.State.PLANNED)

    def overdue(self, today: date) -> Self:
        """Keep what should have been done by now."""
        return self.open().filter(due_on__lt=today)

    @staticmethod
    def _own(user: User) -> Q:
        if not user.is_active:
            return Q(pk__in=[])
        return Q(owner=user) | Q(planned_by=user) | user.leading("initiative__lead")

    @staticmethod
    def _near(user: User, *roles: Role) -> Q:
        """Those with stakeholders of departments for which a role is held, as far as one sees it."""
        if not user.is_active:
            return Q(pk__in=[])
        held = user.department_ids_held(*roles)
        opens = Initiative.objects.visible_to(user).order_by().values("pk")
        with_them = PlannedActivity.ids_with(Stakeholder.objects.filter(department__in=held))
        return Q(pk__in=with_them) & (Q(initiative=None) | Q(initiative__in=opens))


class PlannedActivity(MadeOnce):
    """One thing to be done with stakeholders: planned, then done or dropped.

    The plan of an initiative is its planned activities. One that is repeated makes the next when it
    is closed, so that each has its own day, owner and outcome.
    """

    class State(models.TextChoices):
        """What became of it."""

        PLANNED = "planned", _("Planned")
        DONE = "done", _("Done")
        DROPPED = "dropped", _("Dropped")

    stakeholders = models.ManyToManyField(
        Stakeholder, verbose_name=_("with whom"), related_name="planned_activities"
    )
    initiative = models.ForeignKey(
        Initiative,
        verbose_name=_("initiative"),
        null=True,
        blank=True,
        on_delete=models.CASCADE,
        related_name="planned_activities",
    )
    kind = models.CharField(_("what it is"), max_length=12, choices=Engagement.Kind.choices)
    purpose = NameField(_("what it is for"), max_length=300)
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("who does it"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="planned_activities",
    )
    due_on = models.DateField(_("until"))
    cadence = models.PositiveSmallIntegerField(
        _("how often"), null=True, blank=True, choices=Cadence.choices
    )
    state = models.CharField(
        _("state"), max_length=8, choices=State.choices, default=State.PLANNED, editable=False
    )
    dropped_why = models.TextField(_("why it was dropped"), max_length=1000, blank=True)
    closed_on = models.DateField(_("closed on"), null=True, blank=True, editable=False)
    closed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    engagement = models.ForeignKey(
        Engagement, null=True, blank=True, on_delete=models.SET_NULL, related_name="fulfilled"
    )
    springs_from = models.ForeignKey(
        Engagement, null=True, blank=True, on_delete=models.SET_NULL, related_name="follow_ups"
    )
    follows = models.OneToOneField(
        "self", null=True, blank=True, on_delete=models.SET_NULL, related_name="next_one"
    )
    reminder = models.ForeignKey(
        Message, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    planned_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    planned_at = models.DateTimeField(_("planned"), db_default=Now())

    objects: ClassVar[PlannedActivityQuerySet] = PlannedActivityQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        verbose_name = _("planned activity")
        verbose_name_plural = _("planned activities")
        ordering = ["due_on", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(state="planned", closed_on=None)
                | (~Q(state="planned") & Q(closed_on__isnull=False)),
                name="planned_activity_is_closed_on_a_day",
            ),
            models.CheckConstraint(
                condition=~Q(state="dropped") | ~Q(dropped_why=""),
                name="planned_activity_is_dropped_with_a_reason",
                violation_error_message=_("Say why it is dropped: others planned with it."),
            ),
        ]
        indexes = [
            models.Index(fields=["state", "due_on", "id"], name="planned_activity_by_day"),
            models.Index(fields=["initiative", "state", "due_on"], name="planned_of_initiative"),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()}: {self.purpose}"

    @classmethod
    def ids_with(cls, stakeholders: QuerySet[Stakeholder]) -> QuerySet:
        """Return the ids of activities with one of these, as a subquery: a join would repeat rows."""
        through = cls.stakeholders.through._default_manager  # noqa: SLF001
        known = stakeholders.order_by().values("pk")
        return through.filter(stakeholder__in=known).values("plannedactivity")

    @property
    def is_open(self) -> bool:
        """Whether it is still to be done."""
        return self.state == self.State.PLANNED

    @property
    def is_overdue(self) -> bool:
        """Whether it should have been done by now."""
        return self.is_open and self.due_on < timezone.localdate()

    def may_be_changed_by(self, user: User) -> bool:
        """Return whether this person may change and close it."""
        return type(self).objects.changeable_by(user).filter(pk=self.pk).exists()

"""What people need: each need with what is done about it; what it rests on is in `evidence`."""

from datetime import date
from typing import Self

from auditlog.registry import auditlog
from django.conf import settings
from django.db import models
from django.db.models.functions import Now
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from buyin.accounts.models import Department, User
from buyin.initiatives.models import Initiative

from .editing import EDITING, Edited


class Frequency(models.IntegerChoices):
    """How many of the people concerned have a need."""

    SINGLE = 1, _("single people")
    SOME = 2, _("some")
    HALF = 3, _("about half")
    MOST = 4, _("most")
    ALL = 5, _("nearly everybody")

    @classmethod
    def of_share(cls, percent: int) -> "Frequency":
        """Return how many a share of those who answered is, in these words."""
        limits = ((10, cls.SINGLE), (40, cls.SOME), (60, cls.HALF), (85, cls.MOST))
        return next((one for limit, one in limits if percent < limit), cls.ALL)


class Severity(models.IntegerChoices):
    """How much it costs people that a need is not met."""

    NICE = 1, _("would be nice")
    ANNOYS = 2, _("annoys")
    SLOWS = 3, _("slows work down")
    HARMS = 4, _("leads to mistakes or harm")
    STOPS = 5, _("stops people from taking part")


class NeedQuerySet(models.QuerySet["Need"]):
    """Needs, who may read what is done about them and who works on them."""

    def standing(self) -> Self:
        """Keep those that were not put together with another one."""
        return self.filter(merged_into__isnull=True)

    def visible_to(self, user: User) -> Self:
        """Keep the needs of initiatives that this person may open, as everybody reads them."""
        return self.standing().filter(initiative__in=Initiative.objects.visible_to(user))

    def kept_by(self, user: User) -> Self:
        """Keep the needs that this person works on, with their evidence: the survey team's."""
        if user.leads_agency:
            return self.standing()
        return self.standing().filter(initiative__lead=user)

    def worked_on_by(self, user: User) -> Self:
        """Keep the needs that this person keeps, and those of others that they take care of."""
        kept = Need.objects.kept_by(user).values("pk")
        return self.standing().filter(models.Q(owner=user) | models.Q(pk__in=kept))

    def unanswered(self) -> Self:
        """Keep those about which something is still to be decided or done."""
        return self.standing().filter(status__in=[Need.Status.NEW, Need.Status.IN_WORK])

    def not_taken_care_of(self) -> Self:
        """Keep those that nobody with an open account takes care of."""
        return self.filter(models.Q(owner__isnull=True) | models.Q(owner__is_active=False))

    def with_overdue(self, today: date) -> Self:
        """Keep those about which something should have been done by now."""
        late = Remedy.objects.open().filter(due__lt=today).values("need")
        return self.filter(pk__in=late)

    def ranked(self) -> Self:
        """Put the most pressing first: how many, times how bad."""
        priority = models.F("frequency") * models.F("severity")
        return self.annotate(priority=priority).order_by("-priority", "pk")


class Need(Edited):
    """Something that people need, in plain words, as the survey team understood it."""

    class Status(models.TextChoices):
        """How far it is; what is done about it decides."""

        NEW = "new", _("new")
        IN_WORK = "in-work", _("in work")
        ANSWERED = "answered", _("answered")
        DECLINED = "declined", _("nothing for now")

    statement = models.CharField(_("what people need"), max_length=300)
    initiative = models.ForeignKey(
        Initiative, verbose_name=_("initiative"), on_delete=models.PROTECT, related_name="needs"
    )
    departments = models.ManyToManyField(
        Department, verbose_name=_("departments"), blank=True, related_name="needs"
    )
    frequency = models.PositiveSmallIntegerField(_("how many"), choices=Frequency.choices)
    severity = models.PositiveSmallIntegerField(_("how bad"), choices=Severity.choices)
    status = models.CharField(
        _("status"), max_length=10, choices=Status.choices, default=Status.NEW, editable=False
    )
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("taken care of by"),
        null=True,
        on_delete=models.SET_NULL,
        related_name="owned_needs",
    )
    merged_into = models.ForeignKey(
        "self", null=True, blank=True, on_delete=models.PROTECT, related_name="merged"
    )
    made_by_form = models.UUIDField(_("made by form"), unique=True, editable=False)
    created_at = models.DateTimeField(_("created"), db_default=Now())
    answered_at = models.DateTimeField(_("answered"), null=True, blank=True, editable=False)

    objects = NeedQuerySet.as_manager()

    class Meta:
        verbose_name = _("need")
        verbose_name_plural = _("needs")
        constraints = [
            models.CheckConstraint(
                condition=models.Q(frequency__range=(1, 5), severity__range=(1, 5)),
                name="need_is_rated_from_1_to_5",
            )
        ]

    def __str__(self) -> str:
        return self.statement

    @property
    def pressure(self) -> int:
        """Return how pressing it is: how many, times how bad, from 1 to 25."""
        return self.frequency * self.severity

    @property
    def is_taken_care_of(self) -> bool:
        """Whether somebody with an open account takes care of it."""
        return self.owner is not None and self.owner.is_active

    def is_kept_by(self, user: User) -> bool:
        """Return whether this person keeps it; the same people as `kept_by`."""
        return user.leads_agency or self.initiative.lead_id == user.pk


class RemedyQuerySet(models.QuerySet["Remedy"]):
    """What is done about needs, and what of it is still to do."""

    def open(self) -> Self:
        """Keep what was promised and is not done yet."""
        return self.filter(done_on__isnull=True).exclude(kind=Remedy.Kind.NOTHING)


class Remedy(Edited):
    """What is done about a need, or that nothing is done for now and why."""

    class Kind(models.TextChoices):
        """What kind of thing is done."""

        COURSE = "course", _("a course")
        DECISION = "decision", _("a decision")
        CHANGE = "change", _("a change to the system")
        NOTHING = "nothing", _("nothing for now")

    need = models.ForeignKey(Need, on_delete=models.CASCADE, related_name="remedies")
    kind = models.CharField(_("what is done"), max_length=10, choices=Kind.choices)
    text = models.CharField(_("in plain words"), max_length=300)
    link = models.CharField(_("page about it"), max_length=200, blank=True)
    due = models.DateField(_("by"), null=True, blank=True)
    done_on = models.DateField(_("done on"), null=True, blank=True)

    objects = RemedyQuerySet.as_manager()

    class Meta:
        verbose_name = _("remedy")
        verbose_name_plural = _("remedies")
        ordering = ["pk"]

    def __str__(self) -> str:
        return self.text

    @property
    def is_late(self) -> bool:
        """Whether it should have been done by now."""
        return self.is_overdue(timezone.localdate())

    def is_overdue(self, today: date) -> bool:
        """Return whether its day has passed and it is not done."""
        is_open = self.done_on is None and self.kind != self.Kind.NOTHING
        return is_open and self.due is not None and self.due < today


auditlog.register(Need, exclude_fields=["made_by_form", *EDITING])
auditlog.register(Remedy, exclude_fields=EDITING)

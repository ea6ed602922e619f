"""What people need: each need with what is done about it; what it rests on is in `evidence`."""

from typing import Self

from auditlog.registry import auditlog
from django.conf import settings
from django.db import models
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _

from buyin.accounts.models import Department, Role, User
from buyin.initiatives.models import Initiative


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
        if user.holds(Role.LEAD) or user.holds(Role.ADMINISTRATOR):
            return self.standing()
        return self.standing().filter(initiative__lead=user)

    def ranked(self) -> Self:
        """Put the most pressing first: how many, times how bad."""
        priority = models.F("frequency") * models.F("severity")
        return self.annotate(priority=priority).order_by("-priority", "pk")


class Need(models.Model):
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


class Remedy(models.Model):
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

    class Meta:
        verbose_name = _("remedy")
        verbose_name_plural = _("remedies")
        ordering = ["pk"]

    def __str__(self) -> str:
        return self.text


auditlog.register(Need, exclude_fields=["made_by_form"])
auditlog.register(Remedy)

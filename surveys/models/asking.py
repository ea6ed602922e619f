"""The waves in which surveys are asked, and the departments in their audience."""

from datetime import datetime
from typing import Self

from auditlog.registry import auditlog
from django.db import models
from django.db.models.functions import Now
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from buyin.accounts.models import Department, User

from .mailing import Aiming, Mailing
from .writing import Survey, SurveyVersion

OUTSIDE = 0  # stands for no department where groups are counted by the number of theirs


class WaveQuerySet(models.QuerySet["Wave"]):
    """Waves by time and by person. The database's clock decides, not the web server's."""

    def open(self) -> Self:
        """Keep waves that take answers on their pages now; one that is paused does not."""
        return self.filter(
            opens_at__lte=Now(),
            closes_at__gt=Now(),
            closed_at__isnull=True,
            paused_at__isnull=True,
            takes_imports=False,
        )

    def visible_to(self, user: User) -> Self:
        """Keep the waves of those surveys that this person follows, as their author."""
        return self.filter(survey__in=Survey.objects.visible_to(user))

    def asking(self, person: User) -> Self:
        """Keep waves that invited this person, or that ask everybody in their department."""
        whole = WaveDepartment.objects.filter(department=person.department_id, is_whole=True)
        invited = models.Q(pk__in=person.invitations.order_by().values("wave"))
        return self.filter(invited | models.Q(pk__in=whole.order_by().values("wave")))

    def asking_near(self, user: User) -> Self:
        """Keep waves that asked people in departments into which this person may look."""
        visible = Department.objects.visible_to(user)
        groups = WaveDepartment.objects.filter(department__in=visible.order_by()).order_by()
        return self.filter(pk__in=groups.values("wave"))

    def followed_near(self, user: User) -> Self:
        """Keep those of them that this person does not follow as an author, on pages of its own.

        Answers that came in from a file are not among them: nobody was asked.
        """
        asked = self.asking_near(user).filter(address=None, takes_imports=False)
        return asked.exclude(survey__in=Survey.objects.visible_to(user))

    def awaiting(self, person: User) -> Self:
        """Keep open waves that ask this person and have no answer from them yet."""
        return self.open().asking(person).exclude(participations__person=person)

    def closed_between(self, since: datetime, until: datetime) -> Self:
        """Keep waves that people were asked in and that closed in this period, the first first."""
        closed = self.filter(closed_at__gt=since, closed_at__lte=until, takes_imports=False)
        return closed.order_by("closed_at", "pk")

    def public(self) -> Self:
        """Keep waves that anybody can answer."""
        return self.filter(address__isnull=False)

    def with_end(self) -> Self:
        """Add `ends_at`: when the grace after closing is over."""
        end = models.ExpressionWrapper(
            models.F("closes_at") + models.F("grace"), output_field=models.DateTimeField()
        )
        return self.annotate(ends_at=end)

    def taking_answers(self) -> Self:
        """Keep waves that still take an answer, also from a page that was open at closing."""
        return self.keeping_drafts().filter(paused_at__isnull=True)

    def keeping_drafts(self) -> Self:
        """Keep waves in which what is typed is kept: those that take answers, and paused ones."""
        is_on = models.Q(ends_at__gt=Now()) | models.Q(paused_at__isnull=False)
        return self.with_end().filter(
            is_on, closed_at__isnull=True, opens_at__lte=Now(), takes_imports=False
        )

    def due_to_close(self) -> Self:
        """Keep waves whose time and grace are over and that have not been closed yet.

        One that is paused waits: whoever has begun could not hand in any more.
        """
        return self.with_end().filter(
            closed_at__isnull=True, paused_at__isnull=True, ends_at__lte=Now()
        )

    def uncounted(self) -> Self:
        """Keep closed waves whose results have not been frozen yet, the first to close first."""
        return self.filter(closed_at__isnull=False, result=None).order_by("closed_at", "pk")


class Wave(Mailing, Aiming):
    """One round of asking a published version, with its audience and its dates."""

    survey = models.ForeignKey(Survey, on_delete=models.PROTECT, related_name="waves")
    version = models.ForeignKey(SurveyVersion, on_delete=models.PROTECT, related_name="waves")
    number = models.PositiveSmallIntegerField(_("number"))
    called = models.CharField(
        _("called"),
        max_length=100,
        editable=False,
        help_text=_("The title when people were asked: what its scores are called ever after."),
    )
    opens_at = models.DateTimeField(_("opens"))
    closes_at = models.DateTimeField(_("closes"))
    grace = models.DurationField(
        _("grace"),
        help_text=_("How long after closing an answer is taken from a page that was open."),
    )
    closed_at = models.DateTimeField(_("closed"), null=True, blank=True, editable=False)
    paused_at = models.DateTimeField(
        _("paused"),
        null=True,
        blank=True,
        editable=False,
        help_text=_("While it is set nothing is handed in; what is typed is kept."),
    )
    takes_imports = models.BooleanField(
        _("takes imports"),
        default=False,
        editable=False,
        help_text=_("Its answers come from a file; nobody is asked to fill it in."),
    )
    rules = models.JSONField(
        _("rules of the audience"),
        default=dict,
        editable=False,
        help_text=_("By which rules people were chosen, for asking them again."),
    )
    address = models.SlugField(
        _("public address"),
        max_length=80,
        unique=True,
        null=True,
        blank=True,
        editable=False,
        help_text=_("Where anybody can answer; empty where only people of the agency can."),
    )

    objects = WaveQuerySet.as_manager()

    class Meta:
        verbose_name = _("wave")
        verbose_name_plural = _("waves")
        ordering = ["-opens_at"]
        constraints = [
            models.UniqueConstraint(fields=["survey", "number"], name="one_wave_per_number"),
            models.CheckConstraint(
                condition=models.Q(closes_at__gt=models.F("opens_at")),
                name="wave_closes_after_it_opens",
                violation_error_message=_("The closing date must be after the opening date."),
            ),
        ]

    def __str__(self) -> str:
        return _("%(survey)s, wave %(number)d") % {"survey": self.survey, "number": self.number}

    @property
    def is_public(self) -> bool:
        """Whether anybody can answer who knows the address."""
        return self.address is not None

    @property
    def heading(self) -> str:
        """What it is called in a list: the survey's title, with the number where it asks again."""
        return str(self) if self.number > 1 else str(self.survey)

    @property
    def last_moment(self) -> datetime:
        """Until when it takes answers, or took them: somebody may have ended it early."""
        return min(self.closed_at, self.closes_at) if self.closed_at else self.closes_at

    @property
    def is_first_day(self) -> bool:
        """Whether people can answer since today, as days are for the agency: rates say little yet."""
        zone = timezone.get_default_timezone()
        is_new = timezone.localdate(self.opens_at, zone) == timezone.localdate(timezone=zone)
        return is_new and not self.takes_imports


class WaveDepartment(models.Model):
    """A department in the audience of a wave, with the number of people asked there.

    Guests of no department are a group of their own: those outside.
    """

    wave = models.ForeignKey(Wave, on_delete=models.CASCADE, related_name="groups")
    department = models.ForeignKey(
        Department,
        null=True,
        on_delete=models.PROTECT,
        related_name="wave_groups",
        help_text=_("Empty for all who are asked and belong to no department."),
    )
    asked = models.PositiveIntegerField(_("people asked"))
    is_whole = models.BooleanField(
        _("everybody there"),
        default=True,
        help_text=_("Everybody who belongs there is asked, also who comes while the wave runs."),
    )
    merged_into = models.ForeignKey(
        Department,
        verbose_name=_("answers counted in"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="merged_wave_groups",
        help_text=_("Set at closing where too few people answered to keep their department."),
    )

    class Meta:
        verbose_name = _("department in a wave")
        verbose_name_plural = _("departments in a wave")
        constraints = [
            models.UniqueConstraint(
                fields=["wave", "department"], name="one_group_per_wave_and_department"
            ),
            models.UniqueConstraint(
                fields=["wave"],
                condition=models.Q(department__isnull=True),
                name="one_group_outside_per_wave",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.wave} · {self.department}"


# The history of what authors change. Who has answered, and what, is never registered here.
auditlog.register(Wave)

"""Surveys, their immutable versions, and the waves in which they are asked."""

from datetime import datetime
from typing import Self

from auditlog.registry import auditlog
from django.conf import settings
from django.db import models
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _

from buyin.accounts.models import Department, Role, User
from buyin.initiatives.models import Initiative
from buyin.lines import NameField

from .mailing import Mailing


class Anonymity(models.TextChoices):
    """What the agency can know of the author of an answer; fixed when a version is published."""

    ANONYMOUS = "anonymous", _("Anonymous: nobody can see who answered what")
    CONFIDENTIAL = "confidential", _("Confidential: stored with the name, shown without it")
    NAMED = "named", _("Named: the survey team sees who answered what")


class Kind(models.TextChoices):
    """What a survey is for."""

    READINESS = "readiness", _("Readiness survey")
    NEEDS = "needs", _("Needs survey")
    PULSE = "pulse", _("Pulse")
    CONSULTATION = "consultation", _("Public consultation questionnaire")
    INTERVIEW = "interview", _("Interviews")
    USABILITY = "usability", _("Usability test")


# Filled in by whoever leads a session with one participant; nobody is asked by a wave.
IN_SESSIONS = (Kind.INTERVIEW, Kind.USABILITY)


class SurveyQuerySet(models.QuerySet["Survey"]):
    """Surveys, and who may author them."""

    def visible_to(self, user: User) -> Self:
        """Keep the surveys that this person may build and follow: an author's page, not a form.

        Having made a survey is no right of its own: it ends with the role that allowed it.
        """
        if user.holds(Role.LEAD) or user.holds(Role.ADMINISTRATOR):
            return self
        return self.filter(initiative__lead=user)

    def in_sessions(self) -> Self:
        """Keep interview guides and usability tests."""
        return self.filter(kind__in=IN_SESSIONS)

    def in_waves(self) -> Self:
        """Keep what many people are asked at once."""
        return self.exclude(kind__in=IN_SESSIONS)


class Survey(models.Model):
    """A set of questions that may be asked again and again, wave by wave."""

    title = NameField(_("title"), max_length=200)
    kind = models.CharField(_("kind"), max_length=20, choices=Kind.choices, default=Kind.READINESS)
    purpose = models.TextField(
        _("purpose"), help_text=_("Why you ask, and what will happen with the answers.")
    )
    initiative = models.ForeignKey(
        Initiative,
        verbose_name=_("initiative"),
        on_delete=models.PROTECT,
        related_name="surveys",
    )
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("owner"),
        on_delete=models.PROTECT,
        related_name="owned_surveys",
    )
    created_at = models.DateTimeField(_("created"), db_default=Now())
    revision = models.PositiveIntegerField(
        _("revision"), default=1, editable=False, help_text=_("Tells two editors of each other.")
    )

    objects = SurveyQuerySet.as_manager()

    class Meta:
        verbose_name = _("survey")
        verbose_name_plural = _("surveys")
        ordering = ["-id"]

    def __str__(self) -> str:
        return self.title

    @property
    def is_in_sessions(self) -> bool:
        """Whether it is filled in session by session, not asked by waves."""
        return self.kind in IN_SESSIONS


class SurveyVersion(models.Model):
    """The questions as they were at one publication. A published version never changes."""

    survey = models.ForeignKey(Survey, on_delete=models.CASCADE, related_name="versions")
    number = models.PositiveSmallIntegerField(_("number"))
    definition = models.JSONField(_("definition"))
    anonymity = models.CharField(
        _("anonymity"), max_length=12, choices=Anonymity.choices, default=Anonymity.ANONYMOUS
    )
    fingerprint = models.CharField(
        _("fingerprint"),
        max_length=64,
        blank=True,
        editable=False,
        help_text=_("SHA-256 of the definition and the anonymity, taken at publication."),
    )
    published_at = models.DateTimeField(_("published"), null=True, blank=True)

    class Meta:
        verbose_name = _("survey version")
        verbose_name_plural = _("survey versions")
        ordering = ["survey", "number"]
        constraints = [
            models.UniqueConstraint(fields=["survey", "number"], name="one_version_per_number"),
            models.UniqueConstraint(
                fields=["survey"],
                condition=models.Q(published_at__isnull=True),
                name="one_draft_per_survey",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.survey} v{self.number}"

    @property
    def is_published(self) -> bool:
        """Whether this version is out and therefore fixed."""
        return self.published_at is not None


class WaveQuerySet(models.QuerySet["Wave"]):
    """Waves by time and by person. The database's clock decides, not the web server's."""

    def open(self) -> Self:
        """Keep waves that take answers on their pages now."""
        return self.filter(
            opens_at__lte=Now(),
            closes_at__gt=Now(),
            closed_at__isnull=True,
            takes_imports=False,
        )

    def asking(self, person: User) -> Self:
        """Keep waves that invited this person, or that ask everybody in their department."""
        whole = WaveDepartment.objects.filter(department=person.department_id, is_whole=True)
        invited = models.Q(pk__in=person.invitations.order_by().values("wave"))
        return self.filter(invited | models.Q(pk__in=whole.order_by().values("wave")))

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
        return self.with_end().filter(
            closed_at__isnull=True, opens_at__lte=Now(), ends_at__gt=Now(), takes_imports=False
        )

    def due_to_close(self) -> Self:
        """Keep waves whose time and grace are over and that have not been closed yet."""
        return self.with_end().filter(closed_at__isnull=True, ends_at__lte=Now())

    def uncounted(self) -> Self:
        """Keep closed waves whose results have not been frozen yet, the first to close first."""
        return self.filter(closed_at__isnull=False, result=None).order_by("closed_at", "pk")


class Wave(Mailing):
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


class WaveDepartment(models.Model):
    """A department in the audience of a wave, with the number of people asked there."""

    wave = models.ForeignKey(Wave, on_delete=models.CASCADE, related_name="groups")
    department = models.ForeignKey(Department, on_delete=models.PROTECT, related_name="wave_groups")
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
            )
        ]

    def __str__(self) -> str:
        return f"{self.wave} · {self.department}"


# The history of what authors change. Who has answered, and what, is never registered here.
auditlog.register(Survey, exclude_fields=["revision"])
auditlog.register(Wave)

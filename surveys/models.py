"""Surveys, their immutable versions, the waves in which they are asked, and what came back.

Who has answered (`Participation`) and what was answered (`Response`) never refer to each other.
Only named and confidential waves write a `Signature`, which ties a response to its author.
"""

import uuid
from typing import Self

from django.conf import settings
from django.db import models
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _

from buyin.accounts.models import Department, Role, User
from buyin.initiatives.models import Initiative


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


class SurveyQuerySet(models.QuerySet["Survey"]):
    """Surveys, and who may author them."""

    def visible_to(self, user: User) -> Self:
        """Keep the surveys that this person may build and follow: an author's page, not a form."""
        if user.holds(Role.LEAD) or user.holds(Role.ADMINISTRATOR):
            return self
        return self.filter(models.Q(owner=user) | models.Q(initiative__lead=user)).distinct()


class Survey(models.Model):
    """A set of questions that may be asked again and again, wave by wave."""

    title = models.CharField(_("title"), max_length=200)
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

    objects = SurveyQuerySet.as_manager()

    class Meta:
        verbose_name = _("survey")
        verbose_name_plural = _("surveys")
        ordering = ["-id"]

    def __str__(self) -> str:
        return self.title


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
        """Keep waves that take answers now."""
        return self.filter(opens_at__lte=Now(), closes_at__gt=Now(), closed_at__isnull=True)

    def asking(self, person: User) -> Self:
        """Keep waves whose audience includes this person's department."""
        return self.filter(groups__department=person.department_id)

    def awaiting(self, person: User) -> Self:
        """Keep open waves that ask this person and have no answer from them yet."""
        answered = Participation.objects.filter(wave=models.OuterRef("pk"), person=person)
        return self.open().asking(person).exclude(models.Exists(answered))

    def due_to_close(self) -> Self:
        """Keep waves whose time and grace are over and that have not been closed yet."""
        over = models.ExpressionWrapper(
            models.F("closes_at") + models.F("grace"), output_field=models.DateTimeField()
        )
        return self.filter(closed_at__isnull=True).annotate(over_at=over).filter(over_at__lt=Now())


class Wave(models.Model):
    """One round of asking a published version, with its audience and its dates."""

    survey = models.ForeignKey(Survey, on_delete=models.PROTECT, related_name="waves")
    version = models.ForeignKey(SurveyVersion, on_delete=models.PROTECT, related_name="waves")
    number = models.PositiveSmallIntegerField(_("number"))
    opens_at = models.DateTimeField(_("opens"))
    closes_at = models.DateTimeField(_("closes"))
    grace = models.DurationField(
        _("grace"),
        help_text=_("How long after closing an answer is taken from a page that was open."),
    )
    closed_at = models.DateTimeField(_("closed"), null=True, blank=True, editable=False)

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


class WaveDepartment(models.Model):
    """A department in the audience of a wave, with the number of people asked there."""

    wave = models.ForeignKey(Wave, on_delete=models.CASCADE, related_name="groups")
    department = models.ForeignKey(Department, on_delete=models.PROTECT, related_name="wave_groups")
    asked = models.PositiveIntegerField(_("people asked"))
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


class Participation(models.Model):
    """That a person has answered a wave; never what. No time, no order, no running number."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    wave = models.ForeignKey(Wave, on_delete=models.PROTECT, related_name="participations")
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="participations"
    )
    receipt = models.UUIDField(
        _("receipt"), help_text=_("Made by the form; tells a repeated send from a second answer.")
    )
    is_sealed = models.BooleanField(
        _("sealed"),
        default=False,
        help_text=_("The answer has left the buffer and can no longer be tied to this row."),
    )

    class Meta:
        verbose_name = _("participation")
        verbose_name_plural = _("participations")
        constraints = [
            models.UniqueConstraint(
                fields=["wave", "person"],
                name="one_answer_per_person_and_wave",
                violation_error_message=_("You have answered this survey already."),
            )
        ]

    def __str__(self) -> str:
        return f"{self.person} · {self.wave}"


class AnswerSheet(models.Model):
    """What every stored answer has: its wave, its department and the answers by question code."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    department = models.ForeignKey(
        Department, null=True, on_delete=models.PROTECT, related_name="+"
    )
    answers = models.JSONField(_("answers"))

    class Meta:
        abstract = True


class BufferedResponse(AnswerSheet):
    """An anonymous answer that waits until enough others are there to be shuffled among."""

    wave = models.ForeignKey(Wave, on_delete=models.PROTECT, related_name="buffered_responses")

    class Meta:
        verbose_name = _("buffered response")
        verbose_name_plural = _("buffered responses")

    def __str__(self) -> str:
        return str(self.pk)


class Response(AnswerSheet):
    """One answered survey, without its author; the week is the only time it knows."""

    wave = models.ForeignKey(Wave, on_delete=models.PROTECT, related_name="responses")
    week = models.CharField(_("week"), max_length=8, help_text=_("As 2026-W47."))

    class Meta:
        verbose_name = _("response")
        verbose_name_plural = _("responses")
        indexes = [models.Index(fields=["wave", "department"], name="response_wave_department")]

    def __str__(self) -> str:
        return str(self.pk)


class Signature(models.Model):
    """Who gave a response and when, for named and confidential waves only."""

    response = models.OneToOneField(Response, primary_key=True, on_delete=models.CASCADE)
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="signatures"
    )
    submitted_at = models.DateTimeField(_("submitted"), db_default=Now())

    class Meta:
        verbose_name = _("signature")
        verbose_name_plural = _("signatures")

    def __str__(self) -> str:
        return f"{self.person} · {self.response_id}"


class Draft(models.Model):
    """A person's unfinished answers in a named or confidential wave."""

    wave = models.ForeignKey(Wave, on_delete=models.CASCADE, related_name="drafts")
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="survey_drafts"
    )
    answers = models.JSONField(_("answers"), default=dict)
    touched_on = models.DateField(_("last changed"), db_default=Now())

    class Meta:
        verbose_name = _("draft")
        verbose_name_plural = _("drafts")
        constraints = [
            models.UniqueConstraint(fields=["wave", "person"], name="one_draft_per_person_and_wave")
        ]

    def __str__(self) -> str:
        return f"{self.person} · {self.wave}"


class AnonymousDraft(models.Model):
    """Unfinished anonymous answers: readable only with the cookie of the browser that wrote them."""

    token_hash = models.CharField(_("token hash"), primary_key=True, max_length=64)
    ciphertext = models.BinaryField(_("ciphertext"))
    expires_on = models.DateField(_("forgotten on"))

    class Meta:
        verbose_name = _("anonymous draft")
        verbose_name_plural = _("anonymous drafts")

    def __str__(self) -> str:
        return self.token_hash[:8]

"""Interviews and usability tests: sessions with one participant each, and what was noted there.

No participant is named anywhere: a session knows a number, a department or that the participant
came from outside, and what the participant agreed to. Nothing can be noted without that consent.
"""

from typing import Self

from auditlog.registry import auditlog
from django.conf import settings
from django.db import models
from django.db.models.functions import Lower
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from buyin.accounts.models import Department, User
from buyin.lines import NameField

from .editing import EDITING, Edited
from .writing import Survey, SurveyVersion


class Consent(models.TextChoices):
    """How a participant agreed to take part."""

    SPOKEN = "spoken", _("Said so")
    WRITTEN = "written", _("Signed")


class SessionQuerySet(models.QuerySet["Session"]):
    """Sessions, and who may open them."""

    def visible_to(self, user: User) -> Self:
        """Keep the sessions of the surveys that this person may build and follow."""
        return self.filter(survey__in=Survey.objects.visible_to(user))

    def finished(self) -> Self:
        """Keep what counts: sessions that were finished and whose consent still stands."""
        return self.filter(finished_at__isnull=False, withdrawn_on__isnull=True)


class Session(models.Model):
    """One interview or usability test with one participant, who is never named."""

    survey = models.ForeignKey(Survey, on_delete=models.PROTECT, related_name="sessions")
    version = models.ForeignKey(SurveyVersion, on_delete=models.PROTECT, related_name="sessions")
    number = models.PositiveSmallIntegerField(_("number"))
    made_by_form = models.UUIDField(
        _("made by form"), unique=True, editable=False, help_text=_("Tells a repeated send.")
    )
    held_on = models.DateField(_("day"), default=timezone.localdate)
    department = models.ForeignKey(
        Department, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    is_outside = models.BooleanField(_("from outside the agency"), default=False)
    role_group = models.CharField(_("kind of work"), max_length=60, blank=True)
    consent_text = models.TextField(_("what the participant agreed to"))
    consent = models.CharField(_("consent"), max_length=10, choices=Consent.choices)
    may_quote = models.BooleanField(_("may be quoted"))
    withdrawn_on = models.DateField(_("consent withdrawn on"), null=True, blank=True)
    leader = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("led by"),
        null=True,
        on_delete=models.SET_NULL,
        related_name="led_sessions",
    )
    typed = models.JSONField(_("typed"), default=dict)
    saves = models.JSONField(_("saves"), default=dict)
    answers = models.JSONField(_("answers"), default=dict)
    finished_at = models.DateTimeField(_("finished"), null=True, blank=True)

    objects = SessionQuerySet.as_manager()

    class Meta:
        verbose_name = _("session with a participant")
        verbose_name_plural = _("sessions with participants")
        ordering = ["survey", "number"]
        constraints = [
            models.UniqueConstraint(fields=["survey", "number"], name="one_session_per_number"),
            models.CheckConstraint(
                condition=models.Q(consent__in=Consent.values) & ~models.Q(consent_text=""),
                name="no_session_without_consent",
                violation_error_message=_("Without consent there is no session."),
            ),
            models.CheckConstraint(
                condition=models.Q(department__isnull=True) | models.Q(is_outside=False),
                name="a_participant_is_inside_or_outside",
            ),
            models.CheckConstraint(
                condition=models.Q(withdrawn_on__isnull=True)
                | models.Q(typed={}, answers={}, department__isnull=True, role_group=""),
                name="nothing_is_kept_without_consent",
            ),
        ]

    def __str__(self) -> str:
        return self.label

    @property
    def label(self) -> str:
        """Return how the participant is called everywhere: P1, P2 and so on."""
        return f"P{self.number}"

    @property
    def counts(self) -> bool:
        """Whether what was noted goes into the results."""
        return self.finished_at is not None and self.withdrawn_on is None


class Theme(Edited):
    """What several notes are about, in a few words."""

    survey = models.ForeignKey(Survey, on_delete=models.CASCADE, related_name="themes")
    name = NameField(_("name"), max_length=80)
    meaning = models.CharField(_("what belongs to it"), max_length=300, blank=True)

    class Meta:
        verbose_name = _("theme")
        verbose_name_plural = _("themes")
        ordering = ["name"]
        constraints = [
            models.UniqueConstraint(
                "survey",
                Lower("name"),
                name="one_theme_per_name",
                violation_error_message=_("There is a theme with this name already."),
            )
        ]

    def __str__(self) -> str:
        return self.name


class Note(models.Model):
    """One line of what was noted or said at one question or task of a session."""

    session = models.ForeignKey(Session, on_delete=models.CASCADE, related_name="notes")
    question = models.CharField(_("question"), max_length=80)
    is_quote = models.BooleanField(_("word for word"), default=False)
    position = models.PositiveSmallIntegerField(_("position"))
    text = models.TextField(_("text"))
    themes = models.ManyToManyField(Theme, related_name="notes", blank=True)

    class Meta:
        verbose_name = _("note")
        verbose_name_plural = _("notes")
        ordering = ["session", "position"]

    def __str__(self) -> str:
        return self.text[:60]

    @property
    def query(self) -> str:
        """Return how an address names it as the source of a need."""
        return f"note={self.pk}"


class UsabilityTask(Edited):
    """Something that participants of a usability test try to do."""

    survey = models.ForeignKey(Survey, on_delete=models.CASCADE, related_name="tasks")
    position = models.PositiveSmallIntegerField(_("position"))
    name = NameField(_("name"), max_length=80)
    instruction = models.TextField(_("instruction"), max_length=1000)
    criterion = models.CharField(_("done when"), max_length=300)

    class Meta:
        verbose_name = _("task")
        verbose_name_plural = _("tasks")
        ordering = ["survey", "position", "pk"]
        constraints = [
            models.UniqueConstraint(
                "survey",
                Lower("name"),
                name="one_task_per_name",
                violation_error_message=_("There is a task with this name already."),
            )
        ]

    def __str__(self) -> str:
        return self.name


class TaskResult(models.Model):
    """How one participant got on with one task."""

    class Success(models.TextChoices):
        """Whether the task was done."""

        YES = "yes", _("Yes")
        HARD = "hard", _("With difficulty")
        NO = "no", _("No")

    session = models.ForeignKey(Session, on_delete=models.CASCADE, related_name="results")
    task = models.ForeignKey(UsabilityTask, on_delete=models.PROTECT, related_name="results")
    success = models.CharField(_("done"), max_length=4, choices=Success.choices)
    seconds = models.PositiveIntegerField(_("seconds"), null=True, blank=True)
    errors = models.PositiveSmallIntegerField(_("errors"), null=True, blank=True)

    class Meta:
        verbose_name = _("result of a task")
        verbose_name_plural = _("results of tasks")
        ordering = ["session", "task"]
        constraints = [
            models.UniqueConstraint(
                fields=["session", "task"], name="one_result_per_session_and_task"
            )
        ]

    def __str__(self) -> str:
        return f"{self.session} · {self.task}: {self.get_success_display()}"


# What was said is never in the history, nor by whom: it would outlive a consent that is withdrawn.
SAID = ["typed", "saves", "answers"]
WHO = ["department", "is_outside", "role_group", "consent_text"]
auditlog.register(Session, exclude_fields=[*SAID, *WHO, "made_by_form"])
auditlog.register(Theme, exclude_fields=EDITING)
auditlog.register(UsabilityTask, exclude_fields=EDITING)

"""Answers that come in from a file."""

from typing import Self

from django.conf import settings
from django.db import models
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _

from buyin.accounts.models import User

from .asking import Wave


class ImportedRow(models.Model):
    """That a row of a file has been taken into a wave; the same row is never taken twice.

    The digest is of the row alone. It leads to no response and no person.
    """

    wave = models.ForeignKey(Wave, on_delete=models.CASCADE, related_name="imported_rows")
    digest = models.CharField(_("digest"), max_length=64)

    class Meta:
        verbose_name = _("imported row")
        verbose_name_plural = _("imported rows")
        constraints = [
            models.UniqueConstraint(fields=["wave", "digest"], name="one_import_per_wave_and_row")
        ]

    def __str__(self) -> str:
        return self.digest[:8]


class SurveyFileQuerySet(models.QuerySet["SurveyFile"]):
    """Uploaded surveys, and who may see them."""

    def visible_to(self, user: User) -> Self:
        """Keep this person's own uploads."""
        return self.filter(owner=user)

    def waiting(self) -> Self:
        """Keep those that nobody has read yet, the oldest first."""
        return self.filter(state=SurveyFile.State.WAITING).order_by("pk")


class SurveyFile(models.Model):
    """A survey from another program between its upload and its draft; deleted then or after 7 days.

    `texts` is what its author typed, `report` what reading it gave: a definition and the list of
    what was left out, or the reason why there is none.
    """

    class State(models.TextChoices):
        """How far the reading is."""

        WAITING = "waiting", _("waiting")
        READ = "read", _("read")
        REFUSED = "refused", _("refused")

    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="survey_files"
    )
    name = models.CharField(_("file name"), max_length=200)
    content = models.BinaryField(_("content"))
    texts = models.JSONField(_("texts"), default=dict)
    report = models.JSONField(_("report"), default=dict)
    state = models.CharField(
        _("state"), max_length=10, choices=State.choices, default=State.WAITING
    )
    tries = models.PositiveSmallIntegerField(_("tries"), default=0)
    percent = models.PositiveSmallIntegerField(_("read so far, in percent"), default=0)
    uploaded_at = models.DateTimeField(_("uploaded"), db_default=Now())

    objects = SurveyFileQuerySet.as_manager()

    class Meta:
        verbose_name = _("file of a survey")
        verbose_name_plural = _("files of surveys")
        ordering = ["-uploaded_at"]

    def __str__(self) -> str:
        return self.name


class AnswerFileQuerySet(models.QuerySet["AnswerFile"]):
    """Uploaded files, and who may see them."""

    def visible_to(self, user: User) -> Self:
        """Keep this person's own uploads: a file of answers is nobody else's business."""
        return self.filter(owner=user)


class AnswerFile(models.Model):
    """A file of answers between its upload and its import; deleted afterwards or after 7 days."""

    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="answer_files"
    )
    name = models.CharField(_("file name"), max_length=200)
    content = models.BinaryField(_("content"))
    mapping = models.JSONField(_("mapping"), default=dict)
    uploaded_at = models.DateTimeField(_("uploaded"), db_default=Now())

    objects = AnswerFileQuerySet.as_manager()

    class Meta:
        verbose_name = _("file of answers")
        verbose_name_plural = _("files of answers")
        ordering = ["-uploaded_at"]

    def __str__(self) -> str:
        return self.name

"""Answers that come in from a file."""

from typing import Self

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from buyin.accounts.models import User
from buyin.uploads import Upload

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


class SurveyFile(Upload):
    """A survey from another program between its upload and its draft; deleted then or after 7 days.

    `texts` is what its author typed, `report` what reading it gave: a definition and the first
    remarks, or the reason why there is none; `left_out` has all remarks as a table.
    """

    class State(models.TextChoices):
        """How far the reading is."""

        WAITING = "waiting", _("waiting")
        READ = "read", _("read")
        REFUSED = "refused", _("refused")

    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="survey_files"
    )
    texts = models.JSONField(_("texts"), default=dict)
    state = models.CharField(
        _("state"), max_length=10, choices=State.choices, default=State.WAITING
    )

    objects = SurveyFileQuerySet.as_manager()

    class Meta(Upload.Meta):
        verbose_name = _("file of a survey")
        verbose_name_plural = _("files of surveys")


class AnswerFileQuerySet(models.QuerySet["AnswerFile"]):
    """Uploaded files, and who may see them."""

    def visible_to(self, user: User) -> Self:
        """Keep this person's own uploads: a file of answers is nobody else's business."""
        return self.filter(owner=user)

    def waiting(self) -> Self:
        """Keep those that wait to be read or to be imported, the oldest first."""
        return self.filter(state__in=AnswerFile.WAITING).order_by("pk")


class AnswerFile(Upload):
    """A file of answers between its upload and its import; gone afterwards or after 7 days.

    What came of it (`report`, and `left_out` as a table) stays for those days, without the file.
    """

    class State(models.TextChoices):
        """How far the import is: two times its author decides, and three times they wait."""

        READING = "reading", _("waits to be looked at")
        COLUMNS = "columns", _("its columns are being named")
        CHECKING = "checking", _("waits to be read")
        CHECKED = "checked", _("read")
        IMPORTING = "importing", _("waits to be imported")
        DONE = "done", _("imported")
        REFUSED = "refused", _("refused")

    WAITING = (State.READING, State.CHECKING, State.IMPORTING)
    CHANGEABLE = (State.COLUMNS, State.CHECKED)

    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="answer_files"
    )
    guesses = models.JSONField(_("what its columns seem to hold"), default=list)
    mapping = models.JSONField(_("mapping"), default=dict)
    language = models.CharField(_("language"), max_length=20, blank=True)
    state = models.CharField(
        _("state"), max_length=10, choices=State.choices, default=State.COLUMNS
    )

    objects = AnswerFileQuerySet.as_manager()

    class Meta(Upload.Meta):
        verbose_name = _("file of answers")
        verbose_name_plural = _("files of answers")

    @property
    def is_waiting(self) -> bool:
        """Whether the portal is at work, not its author."""
        return self.state in self.WAITING

    @property
    def is_changeable(self) -> bool:
        """Whether its author may still say what its columns mean."""
        return self.state in self.CHANGEABLE

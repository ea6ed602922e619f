"""What every import has, whatever comes in: who brought it, what was said of it, how far it is."""

from typing import Self

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from .files import Upload


class ImportState(models.TextChoices):
    """How far an import is."""

    CHECKING = "checking", _("waits to be read")
    CHECKED = "checked", _("read")
    IMPORTING = "importing", _("waits to be imported")
    DONE = "done", _("imported")
    REFUSED = "refused", _("refused")
    UNDOING = "undoing", _("waits to be taken back")
    UNDONE = "undone", _("undone")


class ImportQuerySet[I: "Import"](models.QuerySet[I]):
    """Imports by how far they are."""

    def waiting(self) -> Self:
        """Keep those that wait to be read or to be written, the oldest first."""
        return self.filter(state__in=Import.WAITING).order_by("pk")


class Import(Upload):
    """A file and what came of it; the file goes when it is decided.

    `report` is the account of the newest reading, `left_out` its problems and remarks as a table.
    """

    State = ImportState
    WAITING = (ImportState.CHECKING, ImportState.IMPORTING, ImportState.UNDOING)
    OPEN = (
        ImportState.CHECKING,
        ImportState.CHECKED,
        ImportState.IMPORTING,
        ImportState.REFUSED,
    )

    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("brought in by"),
        null=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    source = models.CharField(_("source"), max_length=200, blank=True)
    mapping = models.JSONField(_("what was said of its columns"), default=dict, blank=True)
    language = models.CharField(_("language"), max_length=20, blank=True)
    state = models.CharField(
        _("state"), max_length=10, choices=ImportState.choices, default=ImportState.CHECKING
    )
    done_at = models.DateTimeField(_("imported at"), null=True, blank=True)
    undone_at = models.DateTimeField(_("undone at"), null=True, blank=True)

    class Meta(Upload.Meta):
        abstract = True

    @property
    def is_waiting(self) -> bool:
        """Whether the portal is at work, not its owner."""
        return self.state in self.WAITING

    @property
    def is_open(self) -> bool:
        """Whether nothing was written yet."""
        return self.state in self.OPEN


class LearnedSource(models.Model):
    """Where files come from, with what somebody said about their columns and words."""

    name = models.CharField(_("name"), max_length=200, unique=True, blank=True)
    learned = models.JSONField(_("what was said of its columns"), default=dict, blank=True)

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return self.name


class ChangeByImport(models.Model):
    """What a row of an import did: it made something (`before` is null), or changed it."""

    row = models.PositiveIntegerField(_("row"))
    name = models.CharField(_("name"), max_length=200)
    before = models.JSONField(_("before"), null=True)
    after = models.JSONField(_("after"))

    class Meta:
        verbose_name = _("change by an import")
        verbose_name_plural = _("changes by imports")
        ordering = ["row", "pk"]
        abstract = True

    def __str__(self) -> str:
        return self.name

    @property
    def is_new(self) -> bool:
        """Whether the import made what this is about."""
        return self.before is None

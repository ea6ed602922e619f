"""Lists of stakeholders that come in from files: the files, what was learned, and what they changed."""

from typing import ClassVar, Self

from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from buyin.accounts.models import User
from buyin.uploads import ChangeByImport, Import, ImportQuerySet, LearnedSource

from .stakeholders import Category, Stakeholder


class ImportSource(LearnedSource):
    """Where lists come from, with what somebody said about their columns and words.

    The source without a name is for all that were brought in without one. Its row is also what
    imports wait for, so that two at once do not make a stakeholder twice.
    """

    class Meta:
        verbose_name = _("source of stakeholders")
        verbose_name_plural = _("sources of stakeholders")


class ImportRunQuerySet(ImportQuerySet["ImportRun"]):
    """Imports, and who may see them."""

    def visible_to(self, user: User) -> Self:
        """Keep all for who leads the agency or administers it, and none for anybody else."""
        return self if user.leads_agency else self.none()

    def light(self) -> Self:
        """Leave the long parts where they are until somebody asks for one."""
        return self.defer("content", "left_out", "doubts")


class ImportRun(Import):
    """A list of stakeholders from a file and what came of it.

    `doubts` are the rows that may be somebody whom we have, `decisions` what people said of them by
    row, and `made` what the import made beside stakeholders.
    """

    category = models.CharField(
        _("category of whom the file gives none"),
        max_length=20,
        blank=True,
        choices=Category.choices,
    )
    doubts = models.JSONField(_("who may be known"), default=list, blank=True)
    decisions = models.JSONField(_("what was decided"), default=dict, blank=True)
    made = models.JSONField(_("what was made beside"), default=dict, blank=True)

    objects: ClassVar[ImportRunQuerySet] = ImportRunQuerySet.as_manager()  # type: ignore[assignment]

    class Meta(Import.Meta):
        verbose_name = _("import of stakeholders")
        verbose_name_plural = _("imports of stakeholders")

    def get_absolute_url(self) -> str:
        """Return where it is looked at before and after it is written."""
        return reverse("stakeholders:import", args=[self.pk])


class ImportedRow(models.Model):
    """Which row of which import was about whom: the same row again is about the same."""

    run = models.ForeignKey(ImportRun, on_delete=models.CASCADE, related_name="rows")
    stakeholder = models.ForeignKey(
        Stakeholder, on_delete=models.CASCADE, related_name="imported_rows"
    )
    digest = models.CharField(_("digest"), max_length=50, db_index=True)

    class Meta:
        verbose_name = _("imported row")
        verbose_name_plural = _("imported rows")

    def __str__(self) -> str:
        return self.digest


class ImportChange(ChangeByImport):
    """What an import did to one stakeholder: made it (`before` is null), or changed it.

    Both are all that an import may touch, in full: the party, the stakeholder, posts, tags, consent.
    """

    run = models.ForeignKey(ImportRun, on_delete=models.CASCADE, related_name="changes")
    stakeholder = models.ForeignKey(
        Stakeholder, null=True, on_delete=models.SET_NULL, related_name="import_changes"
    )

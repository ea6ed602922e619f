"""Inventories that come in from files: the files, what was learned of them, and what they changed."""

from typing import ClassVar, Self

from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from buyin.accounts.models import User
from buyin.uploads import ChangeByImport, Import, ImportQuerySet, LearnedSource

from .initiatives import Initiative


class InventorySource(LearnedSource):
    """Where inventories come from, with what somebody said about its columns and its words.

    The source without a name is the agency itself. Its row is also what imports wait for, so that
    two at once do not make a record twice.
    """

    class Meta:
        verbose_name = _("source of inventories")
        verbose_name_plural = _("sources of inventories")


class InventoryImportQuerySet(ImportQuerySet["InventoryImport"]):
    """Imports, and who may see them."""

    def visible_to(self, user: User) -> Self:
        """Keep all for who leads the agency or administers it, and none for anybody else."""
        return self if user.leads_agency else self.none()


class InventoryImport(Import):
    """A file with an inventory and what came of it."""

    hides_addresses = models.BooleanField(_("puts the public mailbox for addresses"), default=False)

    objects: ClassVar[models.Manager["InventoryImport"]] = InventoryImportQuerySet.as_manager()

    class Meta(Import.Meta):
        verbose_name = _("import of an inventory")
        verbose_name_plural = _("imports of inventories")

    def get_absolute_url(self) -> str:
        """Return where it is looked at before and after it is written."""
        return reverse("initiatives:import-preview", args=[self.pk])


class InventoryEntry(models.Model):
    """From which row of which inventory an initiative came, and what of it has no field here.

    `digest` is of the row as it came last: the same row again changes nothing, whatever people
    have written into the record since.
    """

    initiative = models.OneToOneField(
        Initiative, on_delete=models.CASCADE, related_name="inventory_entry"
    )
    source = models.CharField(_("source"), max_length=200, blank=True)
    key = models.CharField(_("key"), max_length=100)
    digest = models.CharField(_("digest"), max_length=40)
    extra = models.JSONField(_("what has no field"), default=dict, blank=True)

    class Meta:
        verbose_name = _("entry of an inventory")
        verbose_name_plural = _("entries of inventories")
        constraints = [
            models.UniqueConstraint(fields=["source", "key"], name="one_initiative_per_entry")
        ]

    def __str__(self) -> str:
        return f"{self.source} {self.key}"


class InventoryChange(ChangeByImport):
    """What an import did to one initiative: made it (`before` is null), or changed these values."""

    run = models.ForeignKey(InventoryImport, on_delete=models.CASCADE, related_name="changes")
    initiative = models.ForeignKey(
        Initiative, null=True, on_delete=models.SET_NULL, related_name="inventory_changes"
    )

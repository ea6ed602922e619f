"""Organisations that have something to say in an initiative, inside the agency and outside."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from buyin.accounts.models import Department
from buyin.lines import NameField


class OrganisationKind(models.TextChoices):
    """What sort of organisation it is."""

    INTERNAL = "internal", _("Part of this agency")
    AGENCY = "agency", _("Other agency")
    VENDOR = "vendor", _("Vendor")
    UNION = "union", _("Union")
    CIVIL_SOCIETY = "civil-society", _("Civil society")
    ACADEMIA = "academia", _("Academia")
    MEDIA = "media", _("Media")
    OVERSIGHT = "oversight", _("Oversight body")
    CITIZENS = "citizens", _("Citizens")


class Organisation(models.Model):
    """A body with a name; one that is part of the agency may stand for a department."""

    name = NameField(_("name"), max_length=200)
    kind = models.CharField(_("kind"), max_length=20, choices=OrganisationKind.choices)
    department = models.ForeignKey(
        Department,
        verbose_name=_("department"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="organisations",
        help_text=_("The department that it belongs to, or that works with it."),
    )

    class Meta:
        verbose_name = _("organisation")
        verbose_name_plural = _("organisations")
        ordering = ["name", "id"]
        indexes = [models.Index(fields=["name"], name="organisation_by_name")]

    def __str__(self) -> str:
        return self.name

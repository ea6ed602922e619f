"""Where somebody was missing when it was looked last: worked out, and thrown away at will."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from .looking import LastLook


class LackingInitiative(models.Model):
    """An initiative, by its id, in which somebody is missing for who looks into every department.

    The id is no foreign key: it is no note about an initiative that would keep it from being undone.
    """

    initiative = models.BigIntegerField(unique=True)

    class Meta:
        verbose_name = _("initiative in which somebody is missing")
        verbose_name_plural = _("initiatives in which somebody is missing")
        ordering = ["initiative"]

    def __str__(self) -> str:
        return str(self.initiative)


class LacksSearch(LastLook):
    """When it was looked last who is missing, and in how many initiatives somebody is."""

    many = models.PositiveIntegerField()

    class Meta:
        verbose_name = _("search for who is missing")
        verbose_name_plural = _("searches for who is missing")

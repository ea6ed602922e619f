"""Named lists of people who are asked again and again."""

from typing import Self

from django.conf import settings
from django.db import models
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _

from buyin.accounts.models import Role, User
from buyin.lines import NameField

KEEPERS = (Role.COORDINATOR, Role.LEAD, Role.ADMINISTRATOR)


def keeps_panels(user: User) -> bool:
    """Return whether this person may make panels: whoever may look people up by name."""
    return user.has_role(*KEEPERS)


class PanelQuerySet(models.QuerySet["Panel"]):
    """Panels, and who may see them."""

    def visible_to(self, user: User) -> Self:
        """Keep all panels for leads and administrators, and for others those that they keep.

        Having made a panel is no right of its own: it ends with the role that allowed it.
        """
        if user.leads_agency:
            return self
        return self.filter(owner=user) if keeps_panels(user) else self.none()


class Panel(models.Model):
    """A named list of people of the agency, such as those who try things out first."""

    name = NameField(_("name"), max_length=120)
    purpose = models.CharField(_("what it is for"), max_length=300, blank=True)
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("kept by"),
        on_delete=models.PROTECT,
        related_name="owned_panels",
    )
    people = models.ManyToManyField(
        settings.AUTH_USER_MODEL, verbose_name=_("people"), blank=True, related_name="panels"
    )
    created_at = models.DateTimeField(_("created"), db_default=Now())

    objects = PanelQuerySet.as_manager()

    class Meta:
        verbose_name = _("panel")
        verbose_name_plural = _("panels")
        ordering = ["name", "pk"]

    def __str__(self) -> str:
        return self.name

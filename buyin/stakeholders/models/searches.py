"""Searches of the list of stakeholders that somebody comes back to."""

from typing import ClassVar, Self

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from buyin.accounts.models import User
from buyin.lines import NameField


class SavedSearchQuerySet(models.QuerySet["SavedSearch"]):
    """Saved searches, each for who keeps it."""

    def visible_to(self, user: User) -> Self:
        """Keep this person's own."""
        return self.filter(person=user)


class SavedSearch(models.Model):
    """What the filters of the list say, under a name; for nobody but its owner."""

    person = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("person"),
        on_delete=models.CASCADE,
        related_name="stakeholder_searches",
    )
    name = NameField(_("name"), max_length=60)
    words = models.JSONField(_("filters"), default=dict, blank=True)

    objects: ClassVar[SavedSearchQuerySet] = SavedSearchQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        verbose_name = _("saved search")
        verbose_name_plural = _("saved searches")
        ordering = ["name", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["person", "name"],
                name="one_search_per_person_and_name",
                violation_error_message=_("You keep a search of this name already."),
            )
        ]

    def __str__(self) -> str:
        return self.name

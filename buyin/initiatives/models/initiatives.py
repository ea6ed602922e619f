"""AI initiatives: what the agency builds or buys, who leads it and which departments take part."""

from collections.abc import Collection
from typing import ClassVar, Self

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from buyin.accounts.models import Department, Role, User
from buyin.lines import NameField


class Stage(models.TextChoices):
    """How far an initiative has come, in the words of the federal inventories."""

    IDEA = "idea", _("Idea")
    PRE_DEPLOYMENT = "pre-deployment", _("Pre-deployment")
    PILOT = "pilot", _("Pilot")
    DEPLOYED = "deployed", _("Deployed")
    RETIRED = "retired", _("Retired")

    @property
    def position(self) -> int:
        """Return how far along it is, counted from 0."""
        return list(Stage).index(self)

    @property
    def next(self) -> "Stage | None":
        """Return the stage that usually follows, None after the last."""
        later = list(Stage)[self.position + 1 :]
        return later[0] if later else None


class InitiativeQuerySet(models.QuerySet["Initiative"]):
    """Initiatives, and who may see them."""

    def visible_to(self, user: User) -> Self:
        """Keep what this person may open: all for the agency's roles, else what reaches them.

        A department that takes part brings everybody under it along.
        """
        if user.sees_agency:
            return self
        near = {*user.own_line, *user.department_ids_held(*Role)}
        return self.filter(user.leading() | models.Q(pk__in=Initiative.reached_by(near)))

    def in_use(self) -> Self:
        """Keep those whose system works for people already, be it to try it out."""
        return self.filter(stage__in=[Stage.PILOT, Stage.DEPLOYED])


class Initiative(models.Model):
    """One AI use of the agency, from idea to retirement; everything else hangs on it."""

    name = NameField(_("name"), max_length=200)
    summary = models.TextField(
        _("summary"), blank=True, help_text=_("What it is for, in two plain sentences.")
    )
    stage = models.CharField(_("stage"), max_length=20, choices=Stage.choices, default=Stage.IDEA)
    lead = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("lead"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="led_initiatives",
    )
    departments = models.ManyToManyField(
        Department,
        verbose_name=_("departments taking part"),
        blank=True,
        related_name="initiatives",
    )

    objects: ClassVar[InitiativeQuerySet] = InitiativeQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        verbose_name = _("initiative")
        verbose_name_plural = _("initiatives")
        ordering = ["name", "pk"]
        indexes = [
            models.Index(fields=["name", "id"], name="initiative_by_name"),
            models.Index(fields=["stage", "name", "id"], name="initiative_by_stage"),
        ]

    def __str__(self) -> str:
        return self.name

    @classmethod
    def reached_by(cls, departments: Collection[int]) -> models.QuerySet:
        """Return the ids of initiatives in which one of these departments takes part.

        As a subquery: a join would name an initiative once for each of its departments.
        """
        through = cls.departments.through._default_manager  # noqa: SLF001
        return through.filter(department__in=departments).values("initiative")

    def may_be_changed_by(self, user: User) -> bool:
        """Return whether the person may change it: its own lead, the agency's, administrators."""
        is_own = self.pk is not None and self.lead_id == user.pk and user.is_active
        return is_own or user.leads_agency

"""Who has to do with whom, who does what for a deliverable, and who agreed to be contacted."""

from datetime import date
from typing import ClassVar, Self

from django.conf import settings
from django.db import models
from django.db.models.functions import Lower, Now
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from buyin.accounts.models import User
from buyin.initiatives.models import Initiative
from buyin.lines import NameField

from .people import Person
from .stakeholders import Stakeholder


class RelationshipKind(models.TextChoices):
    """What the first is to the second."""

    REPORTS_TO = "reports-to", _("reports to")
    INFLUENCES = "influences", _("influences")
    REPRESENTS = "represents", _("represents")
    ADVISES = "advises", _("advises")


class Strength(models.IntegerChoices):
    """How strong a relation is."""

    WEAK = 1, _("weak")
    MEDIUM = 2, _("medium")
    STRONG = 3, _("strong")


class RelationshipQuerySet(models.QuerySet["Relationship"]):
    """Relations by when they hold, and who may see them."""

    def visible_to(self, user: User) -> Self:
        """Keep the relations between two with whom this person works."""
        known = Stakeholder.objects.known_to(user).order_by().values("pk")
        return self.filter(first__in=known, second__in=known)

    def holding(self) -> Self:
        """Keep the relations that hold today."""
        today = timezone.localdate()
        begun = models.Q(starts_on=None) | models.Q(starts_on__lte=today)
        return self.filter(begun).filter(models.Q(ends_on=None) | models.Q(ends_on__gte=today))


class Relationship(models.Model):
    """The first reports to, influences, represents or advises the second."""

    first = models.ForeignKey(
        Stakeholder, verbose_name=_("who"), on_delete=models.CASCADE, related_name="relations_from"
    )
    kind = models.CharField(_("relation"), max_length=12, choices=RelationshipKind.choices)
    second = models.ForeignKey(
        Stakeholder, verbose_name=_("whom"), on_delete=models.CASCADE, related_name="relations_to"
    )
    strength = models.PositiveSmallIntegerField(
        _("strength"), choices=Strength.choices, default=Strength.MEDIUM
    )
    starts_on = models.DateField(_("from"), null=True, blank=True)
    ends_on = models.DateField(_("to"), null=True, blank=True)

    objects: ClassVar[RelationshipQuerySet] = RelationshipQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        verbose_name = _("relation")
        verbose_name_plural = _("relations")
        ordering = ["first__name", "kind", "second__name", "id"]
        constraints = [
            models.CheckConstraint(
                condition=~models.Q(first=models.F("second")),
                name="relation_is_between_two",
                violation_error_message=_("A relation is between two different stakeholders."),
            ),
            models.CheckConstraint(
                condition=models.Q(starts_on=None)
                | models.Q(ends_on=None)
                | models.Q(ends_on__gte=models.F("starts_on")),
                name="relation_ends_after_it_starts",
                violation_error_message=_("A relation cannot end before it starts."),
            ),
            models.UniqueConstraint(
                fields=["first", "kind", "second"],
                condition=models.Q(ends_on=None),
                name="one_open_relation_of_a_kind",
                violation_error_message=_("This relation is noted already."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.first} {self.get_kind_display()} {self.second}"

    def holds_on(self, day: date) -> bool:
        """Return whether it held on a day; without a day of its own it always has."""
        has_begun = self.starts_on is None or self.starts_on <= day
        return has_begun and (self.ends_on is None or self.ends_on >= day)


class Part(models.TextChoices):
    """The four letters of who does what."""

    RESPONSIBLE = "R", _("Responsible")
    ACCOUNTABLE = "A", _("Accountable")
    CONSULTED = "C", _("Consulted")
    INFORMED = "I", _("Informed")


class Raci(models.Model):
    """What a stakeholder is for one deliverable of an initiative; one at most is accountable."""

    initiative = models.ForeignKey(
        Initiative, verbose_name=_("initiative"), on_delete=models.CASCADE, related_name="raci"
    )
    deliverable = NameField(_("deliverable"), max_length=200)
    stakeholder = models.ForeignKey(
        Stakeholder, verbose_name=_("stakeholder"), on_delete=models.CASCADE, related_name="raci"
    )
    part = models.CharField(_("part"), max_length=1, choices=Part.choices)

    class Meta:
        verbose_name = _("part in a deliverable")
        verbose_name_plural = _("parts in deliverables")
        ordering = [Lower("deliverable"), "part", "stakeholder__name", "id"]
        constraints = [
            models.UniqueConstraint(
                models.F("initiative"),
                Lower("deliverable"),
                condition=models.Q(part="A"),
                name="one_accountable_per_deliverable",
                violation_error_message=_(
                    "Somebody is accountable for this deliverable already. Remove them first: only"
                    " one can be."
                ),
            ),
            models.UniqueConstraint(
                models.F("initiative"),
                Lower("deliverable"),
                models.F("stakeholder"),
                models.F("part"),
                name="one_part_of_a_kind_per_deliverable",
                violation_error_message=_("They have this part in the deliverable already."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.deliverable}: {self.stakeholder} ({self.part})"


class ConsentKind(models.TextChoices):
    """What somebody said about being contacted."""

    GIVEN = "given", _("Agreed to be contacted")
    WITHDRAWN = "withdrawn", _("Does not want to be contacted")


class ConsentEvent(models.Model):
    """That somebody agreed to be contacted or took it back, and how we know. Never changed."""

    person = models.ForeignKey(
        Person, verbose_name=_("person"), on_delete=models.CASCADE, related_name="consent_events"
    )
    kind = models.CharField(_("what they said"), max_length=12, choices=ConsentKind.choices)
    basis = NameField(_("how we know"), max_length=300, blank=True)
    at = models.DateTimeField(_("when"), db_default=Now())
    noted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("noted by"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )

    class Meta:
        verbose_name = _("note on consent")
        verbose_name_plural = _("notes on consent")
        ordering = ["-at", "-id"]

    def __str__(self) -> str:
        return f"{self.person}: {self.get_kind_display()}"

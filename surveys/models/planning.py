"""What an author prepares: the next wave before it is published."""

from django.db import models
from django.db.models.functions import Now
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from buyin.accounts.models import Department, Tag, subtree_ids

from .mailing import Aiming, Mailing
from .panels import Panel
from .writing import Anonymity, Survey


class WavePlan(Mailing, Aiming):
    """Whom the next wave of a survey will ask, when and how; gone once it is published."""

    survey = models.OneToOneField(Survey, on_delete=models.CASCADE, related_name="plan")
    asks_everybody = models.BooleanField(_("ask the whole agency"), default=True)
    is_public = models.BooleanField(
        _("anybody can answer"),
        default=False,
        help_text=_("Whoever has the address, without signing in; no department is asked."),
    )
    departments = models.ManyToManyField(
        Department,
        verbose_name=_("departments"),
        blank=True,
        related_name="+",
        help_text=_("A department stands for itself and everything under it."),
    )
    roles = models.JSONField(
        _("roles"),
        default=list,
        blank=True,
        help_text=_("Of the departments only people with one of these; empty for everybody."),
    )
    tags = models.ManyToManyField(
        Tag,
        verbose_name=_("tags"),
        blank=True,
        related_name="+",
        help_text=_("Of the departments only people with one of these; empty for everybody."),
    )
    panels = models.ManyToManyField(
        Panel,
        verbose_name=_("panels"),
        blank=True,
        related_name="+",
        help_text=_("Their people are asked too, wherever they belong."),
    )
    opens_on = models.DateField(_("opens on"), null=True, blank=True)
    closes_on = models.DateField(_("closes on"), null=True, blank=True)
    anonymity = models.CharField(
        _("anonymity"), max_length=12, choices=Anonymity.choices, default=Anonymity.ANONYMOUS
    )

    class Meta:
        verbose_name = _("plan of a wave")
        verbose_name_plural = _("plans of waves")

    def __str__(self) -> str:
        return _("Next wave of %(survey)s") % {"survey": self.survey}

    def audience(self) -> models.QuerySet[Department]:
        """Return the departments that would be asked, those under a chosen one included."""
        departments = Department.objects.all()
        if self.is_public:
            return departments.none()
        if self.asks_everybody:
            return departments
        tops = self.departments.order_by().values_list("pk", flat=True)
        return departments.filter(pk__in=subtree_ids(tops))

    @property
    def is_narrowed(self) -> bool:
        """Whether not everybody in the departments is asked, but who holds a role or has a tag."""
        return bool(self.roles) or self.tags.exists()

    @cached_property
    def forgotten_stops(self) -> frozenset[str]:
        """Return the marks of addresses that want no mails about the survey and are forgotten."""
        return frozenset(self.survey.forgotten_stops.values_list("mark", flat=True))


class PlannedAddress(models.Model):
    """A mail address that an author listed: whoever reads it is asked, with an account or without.

    Where nobody has an account with it, `department` is where they count.
    """

    plan = models.ForeignKey(WavePlan, on_delete=models.CASCADE, related_name="addresses")
    address = models.EmailField(_("mail address"))
    department = models.ForeignKey(
        Department, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )

    class Meta:
        verbose_name = _("planned address")
        verbose_name_plural = _("planned addresses")
        constraints = [
            models.UniqueConstraint(fields=["plan", "address"], name="one_address_per_plan")
        ]

    def __str__(self) -> str:
        return self.address


class DraftStep(models.Model):
    """The questions of a draft as they were before one edit, so that it can be undone."""

    survey = models.ForeignKey(Survey, on_delete=models.CASCADE, related_name="steps")
    definition = models.JSONField(_("definition"))
    outdated = models.JSONField(_("outdated translations"), default=dict, blank=True)
    told = models.CharField(_("what was done"), max_length=200)
    made_at = models.DateTimeField(_("made"), db_default=Now())

    class Meta:
        verbose_name = _("step of a draft")
        verbose_name_plural = _("steps of drafts")
        ordering = ["-id"]

    def __str__(self) -> str:
        return self.told


class OutdatedTexts(models.Model):
    """The translations of a survey that are older than their text; no row where none is."""

    survey = models.OneToOneField(Survey, on_delete=models.CASCADE, primary_key=True)
    texts = models.JSONField(
        _("texts"), help_text=_("By language and key: the text of which the translation was made.")
    )

    class Meta:
        verbose_name = _("outdated translations")
        verbose_name_plural = _("outdated translations")

    def __str__(self) -> str:
        return str(self.survey)

"""The decision log: what was decided, by whom, why, and what of people's words it rests on."""

from datetime import date
from typing import ClassVar, Self

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from buyin.accounts.models import User
from buyin.lines import NameField

from .initiatives import Initiative
from .once import MadeOnce
from .rules import has_been, leads_somewhere


class DecisionQuerySet(models.QuerySet["Decision"]):
    """Decisions, who may read them, and which stand."""

    def visible_to(self, user: User) -> Self:
        """Keep the decisions of initiatives that this person may open."""
        return self.filter(initiative__in=Initiative.objects.visible_to(user))

    def standing(self) -> Self:
        """Keep those that no later decision replaces."""
        return self.filter(superseded_by__isnull=True)

    def resting_on(self, link: str) -> Self:
        """Keep those that rest on the page at this address."""
        rows = DecisionInput.objects.filter(link=link)
        return self.filter(pk__in=rows.values("decision"))


class Decision(MadeOnce):
    """One decision about an initiative."""

    initiative = models.ForeignKey(
        Initiative, verbose_name=_("initiative"), on_delete=models.CASCADE, related_name="decisions"
    )
    title = NameField(_("what was decided"), max_length=200)
    decided_on = models.DateField(_("decided on"), validators=[has_been])
    decided_by = NameField(
        _("decided by"),
        max_length=200,
        blank=True,
        help_text=_("A person, a post or a body, such as “Head of Permits”."),
    )
    decider = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("person in the portal"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="decisions",
    )
    forum = NameField(
        _("forum"),
        max_length=200,
        blank=True,
        help_text=_("The meeting or board, if there was one."),
    )
    options = models.TextField(
        _("options considered"),
        blank=True,
        max_length=3000,
        help_text=_("One a line, also those that were turned down."),
    )
    rationale = models.TextField(_("why"), max_length=3000)
    review_on = models.DateField(
        _("look at it again on"), null=True, blank=True, help_text=_("It is overdue from then on.")
    )
    superseded_by = models.ForeignKey(
        "self",
        verbose_name=_("replaced by"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="supersedes",
    )

    objects: ClassVar[DecisionQuerySet] = DecisionQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        verbose_name = _("decision")
        verbose_name_plural = _("decisions")
        ordering = ["-decided_on", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(decided_by=""),
                name="decision_has_a_decider",
                violation_error_message=_("Say who decided."),
            ),
            models.CheckConstraint(
                condition=~Q(rationale=""),
                name="decision_has_a_rationale",
                violation_error_message=_("Say why."),
            ),
            models.CheckConstraint(
                condition=Q(review_on__isnull=True) | Q(review_on__gt=F("decided_on")),
                name="decision_is_reviewed_later",
                violation_error_message=_("Look at it again after the day of the decision."),
            ),
            models.CheckConstraint(
                condition=Q(superseded_by__isnull=True) | ~Q(superseded_by=F("id")),
                name="decision_does_not_replace_itself",
                violation_error_message=_("A decision cannot replace itself."),
            ),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def is_review_overdue(self) -> bool:
        """Whether somebody should have looked at it again by now."""
        return self.is_overdue(timezone.localdate())

    def is_overdue(self, today: date) -> bool:
        """Return whether it stands and its day of review has come."""
        is_due = self.review_on is not None and self.review_on <= today
        return is_due and self.superseded_by_id is None


class DecisionInput(models.Model):
    """What drove a decision: in words, with the address of the page where it can be read.

    Needs, surveys and consultations live in apps above this one, so the link is an address.
    """

    class Kind(models.TextChoices):
        """What kind of thing it is."""

        NEED = "need", _("need")
        SURVEY = "survey", _("survey")
        CONCERN = "concern", _("concern or question")
        CONSULTATION = "consultation", _("consultation")
        MEASUREMENT = "measurement", _("measurement")
        RISK = "risk", _("risk")
        DOCUMENT = "document", _("document")
        OTHER = "other", _("other")

    decision = models.ForeignKey(Decision, on_delete=models.CASCADE, related_name="inputs")
    kind = models.CharField(_("kind"), max_length=12, choices=Kind.choices)
    text = NameField(_("what it says"), max_length=300)
    link = models.CharField(
        _("page about it"),
        max_length=500,
        blank=True,
        validators=[leads_somewhere],
        help_text=_("An address that begins with https:// or, in this portal, with /."),
    )

    class Meta:
        verbose_name = _("input of a decision")
        verbose_name_plural = _("inputs of decisions")
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["decision", "kind", "text", "link"],
                name="decision_rests_on_each_input_once",
                violation_error_message=_("The decision rests on this already."),
            )
        ]

    def __str__(self) -> str:
        return self.text

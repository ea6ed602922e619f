"""Success stories: each rests on a number that was measured, and nobody is quoted unasked."""

from typing import ClassVar, Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from buyin.accounts.models import User
from buyin.lines import NameField

from .initiatives import Initiative
from .measurements import Measurement
from .once import MadeOnce
from .rules import has_been


class StoryQuerySet(models.QuerySet["Story"]):
    """Stories, who may read them, and those that are out."""

    def published(self) -> Self:
        """Keep what everybody may read, also without an account.

        A story whose number was corrected since is not told until somebody has looked at it.
        """
        return self.filter(
            state=Story.State.PUBLISHED, measurement__corrected_by__isnull=True
        ).select_related("initiative", "measurement__benefit")

    def readable_by(self, user: User) -> Self:
        """Keep those of initiatives that this person may open: published, or theirs to write."""
        rows = self.filter(initiative__in=Initiative.objects.visible_to(user))
        if user.leads_agency:
            return rows
        out = Q(pk__in=Story.objects.published().values("pk"))
        return rows.filter(out | Q(initiative__lead=user))


class Story(MadeOnce):
    """What an initiative made better for whom, told in a minute."""

    class State(models.TextChoices):
        """How far it is."""

        DRAFT = "draft", _("draft")
        CLEARED = "cleared", _("cleared")
        PUBLISHED = "published", _("published")

    initiative = models.ForeignKey(
        Initiative, verbose_name=_("initiative"), on_delete=models.CASCADE, related_name="stories"
    )
    title = NameField(
        _("title"),
        max_length=200,
        help_text=_("With a verb, and without broad, sweeping statements."),
    )
    challenge = models.TextField(
        _("the challenge"), max_length=2000, help_text=_("With figures, and who was affected.")
    )
    done = models.TextField(_("what was done, and with whom"), max_length=2000)
    result = models.TextField(
        _("the result"),
        max_length=2000,
        help_text=_("The number of the measurement stands below it."),
    )
    measurement = models.ForeignKey(
        Measurement,
        verbose_name=_("measurement that shows it"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="stories",
    )
    quote = models.TextField(_("quotation"), blank=True, max_length=1000)
    quoted = NameField(
        _("who is quoted"), max_length=200, blank=True, help_text=_("As it is to be printed.")
    )
    consent_on = models.DateField(
        _("agreed on"), null=True, blank=True, validators=[has_been],
        help_text=_("When the person quoted agreed to these words being published."),
    )  # fmt: skip
    consent_how = NameField(
        _("agreed how"),
        max_length=200,
        blank=True,
        help_text=_("Such as “by mail, kept in the file”."),
    )
    outlook = models.TextField(_("what is next"), blank=True, max_length=1000)
    state = models.CharField(
        _("state"), max_length=9, choices=State.choices, default=State.DRAFT, editable=False
    )
    written_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        editable=False,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    cleared_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        editable=False,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    cleared_on = models.DateField(_("cleared on"), null=True, editable=False)
    published_on = models.DateField(_("published on"), null=True, editable=False)

    objects: ClassVar[StoryQuerySet] = StoryQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        verbose_name = _("success story")
        verbose_name_plural = _("success stories")
        ordering = ["-published_on", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(state="draft") | Q(cleared_on__isnull=False),
                name="story_is_cleared_before_it_is_out",
                violation_error_message=_("Somebody has to clear it first."),
            ),
            models.CheckConstraint(
                condition=Q(state="draft") | Q(measurement__isnull=False),
                name="story_rests_on_a_measurement",
                violation_error_message=_("Choose the measurement that shows the result."),
            ),
            models.CheckConstraint(
                condition=Q(state="draft")
                | Q(quote="")
                | (~Q(quoted="") & ~Q(consent_how="") & Q(consent_on__isnull=False)),
                name="story_quotes_nobody_unasked",
                violation_error_message=_(
                    "Say who is quoted, and when and how they agreed, or leave the quotation out."
                ),
            ),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def is_outdated(self) -> bool:
        """Whether the number that it tells was corrected since."""
        return self.measurement is not None and hasattr(self.measurement, "corrected_by")

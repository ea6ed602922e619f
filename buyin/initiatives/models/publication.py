"""What the public may read of a record: a copy made when somebody publishes it."""

from typing import ClassVar, Self

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from buyin.initiatives.record import BY_NAME, STAGE_CODES, withheld

from .initiatives import Stage
from .record import RecordVersion, SystemRecord

# Whether a system is no longer used, worded as the index words it.
IS_OVER = models.Case(models.When(stage=STAGE_CODES[Stage.RETIRED], then=True), default=False)


class PublicationQuerySet(models.QuerySet["Publication"]):
    """Publications, and those that stand in the register now."""

    def current(self) -> Self:
        """Keep what everybody may read now."""
        return self.filter(ended_at__isnull=True)

    def in_order(self) -> Self:
        """Put those of systems that are no longer used last, all of them by name."""
        return self.order_by(IS_OVER, "name", "pk")


class Publication(models.Model):
    """A record as everybody may read it: what is withheld is not in it.

    A later publication or taking it back ends it. What the list of the register filters by stands
    in columns of its own; `words` is what its search looks through.
    """

    record = models.ForeignKey(
        SystemRecord,
        verbose_name=_("record"),
        on_delete=models.CASCADE,
        related_name="publications",
    )
    version = models.ForeignKey(
        RecordVersion, verbose_name=_("version"), on_delete=models.CASCADE, related_name="+"
    )
    values = models.JSONField(_("values"), default=dict)
    redactions = models.JSONField(_("withheld fields"), default=dict, blank=True)
    name = models.CharField(_("name"), max_length=300)
    stage = models.CharField(_("stage"), max_length=60, blank=True)
    topic = models.CharField(_("topic"), max_length=200, blank=True)
    department = models.CharField(_("department"), max_length=300, blank=True)
    impact = models.CharField(_("impact"), max_length=60, blank=True)
    words = models.TextField(_("words"), blank=True, editable=False)
    shows_benefits = models.BooleanField(
        _("shows what was measured of its benefits"), default=False
    )
    note = models.CharField(_("what is new"), max_length=300, blank=True)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("published by"),
        null=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    at = models.DateTimeField(_("published at"), default=timezone.now)
    changed_at = models.DateTimeField(_("last changed"), auto_now=True)
    ended_at = models.DateTimeField(_("ended at"), null=True, blank=True)
    taken_back = models.CharField(_("why it was taken back"), max_length=300, blank=True)

    objects: ClassVar[PublicationQuerySet] = PublicationQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        verbose_name = _("published record")
        verbose_name_plural = _("published records")
        ordering = ["name", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["record"],
                condition=models.Q(ended_at__isnull=True),
                name="record_published_once",
            )
        ]
        indexes = [
            # What the public register reads with each page: its order, and what it filters by.
            models.Index(
                IS_OVER,
                "name",
                "id",
                condition=models.Q(ended_at__isnull=True),
                name="published_in_order",
            ),
            models.Index(
                fields=["stage", "topic", "department", "impact"],
                condition=models.Q(ended_at__isnull=True),
                name="published_by_filters",
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def description(self) -> str:
        """Return what it is in a few sentences, or why nobody may read that."""
        if "description" in self.redactions:
            return withheld(self.redactions["description"])
        return str(self.values.get("description", ""))

    @property
    def stage_words(self) -> str:
        """Return the stage as people read it, in a word."""
        return _in_short("development_stage", self.stage)

    @property
    def topic_words(self) -> str:
        """Return the topic as people read it."""
        return _in_short("topic_area", self.topic)

    @property
    def impact_words(self) -> str:
        """Return how much is at stake, in a word."""
        return _in_short("is_high_impact", self.impact)


def _in_short(name: str, value: str) -> str:
    choice = BY_NAME[name].choice(value)
    return str(choice.label).partition(":")[0] if choice else value

"""What an initiative means to reach and when, and how far that is."""

from datetime import date
from typing import Self

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from buyin.lines import NameField

from .initiatives import Initiative
from .once import MadeOnce

FULL = 100


class MilestoneQuerySet(models.QuerySet["Milestone"]):
    """Milestones, and which of them are still to be reached."""

    def open(self) -> Self:
        """Keep those that are neither reached nor given up."""
        return self.filter(done_on__isnull=True, is_given_up=False)

    def overdue(self, today: date) -> Self:
        """Keep those that should have been reached by now."""
        return self.open().filter(due__lt=today)


class Milestone(MadeOnce):
    """Something to reach by a day; progress is a percentage, or steps done of steps in all.

    `planned` is the day that was promised first, so that a day that was moved is told as such.
    """

    initiative = models.ForeignKey(Initiative, on_delete=models.CASCADE, related_name="milestones")
    title = NameField(_("title"), max_length=200)
    planned = models.DateField(_("promised first for"))
    due = models.DateField(_("due"))
    percent = models.PositiveSmallIntegerField(_("progress in percent"), default=0)
    steps = models.PositiveSmallIntegerField(_("steps in all"), null=True, blank=True)
    steps_done = models.PositiveSmallIntegerField(_("steps done"), default=0)
    done_on = models.DateField(_("reached on"), null=True, blank=True)
    is_given_up = models.BooleanField(_("given up"), default=False)
    note = models.TextField(_("note"), blank=True)

    objects = MilestoneQuerySet.as_manager()

    class Meta:
        verbose_name = _("milestone")
        verbose_name_plural = _("milestones")
        ordering = ["due", "pk"]
        indexes = [
            models.Index(
                fields=["due"],
                condition=models.Q(done_on__isnull=True, is_given_up=False),
                name="milestone_open_by_day",
            )
        ]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(percent__lte=FULL),
                name="milestone_has_at_most_100_percent",
                violation_error_message=_("Progress is a number from 0 to 100."),
            ),
            models.CheckConstraint(
                condition=models.Q(steps__isnull=True, steps_done=0)
                | models.Q(steps__isnull=False, steps__gt=0, steps_done__lte=models.F("steps")),
                name="milestone_steps_are_some_of_all",
                violation_error_message=_(
                    "Say how many steps there are, and no more done than that."
                ),
            ),
            models.CheckConstraint(
                condition=models.Q(done_on__isnull=True) | models.Q(is_given_up=False),
                name="milestone_is_reached_or_given_up",
                violation_error_message=_("It is either reached or given up."),
            ),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def progress(self) -> int:
        """Return how far it is, from 0 to 100."""
        if self.done_on:
            return FULL
        return FULL * self.steps_done // self.steps if self.steps else self.percent

    @property
    def is_open(self) -> bool:
        """Whether it is neither reached nor given up."""
        return self.done_on is None and not self.is_given_up

    @property
    def is_overdue(self) -> bool:
        """Whether it should have been reached by now."""
        return self.is_open and self.due < timezone.localdate()

    @property
    def is_moved(self) -> bool:
        """Whether it is due on another day than was promised first."""
        return self.due != self.planned

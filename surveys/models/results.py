"""What came out of a closed wave: counted once, after the release rule, and never changed.

Pages, files and mails read these rows and nothing else. What may not be shown is not in them.
"""

import uuid
from typing import Self

from django.db import models
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _

from buyin.accounts.models import Department, Role, User

from .asking import Wave
from .writing import Survey


class WaveResultQuerySet(models.QuerySet["WaveResult"]):
    """Results, and who may see them."""

    def visible_to(self, user: User) -> Self:
        """Keep the results of surveys that this person follows; all for executives of the agency."""
        if user.holds(Role.EXECUTIVE):
            return self
        return self.filter(wave__survey__in=Survey.objects.visible_to(user))

    def readable_by(self, user: User) -> Self:
        """Keep those of which this person may also read what people wrote: the survey team's."""
        if user.holds(Role.LEAD):
            return self
        return self.filter(wave__survey__initiative__lead=user)

    def shareable_by(self, user: User) -> Self:
        """Keep those that this person may share: with the people who were asked, or with everybody.

        Of what came in from a file nobody was asked here.
        """
        asked = self.filter(wave__takes_imports=False)
        return asked.filter(wave__survey__in=Survey.objects.visible_to(user))


class WaveResult(models.Model):
    """The results of one wave for all who answered, by question code."""

    wave = models.OneToOneField(Wave, on_delete=models.CASCADE, related_name="result")
    frozen_at = models.DateTimeField(_("frozen"), db_default=Now())
    smallest_group = models.PositiveSmallIntegerField(_("smallest group shown"))
    answers = models.PositiveIntegerField(
        _("answers"), null=True, help_text=_("Empty where too few have answered.")
    )
    asked = models.PositiveIntegerField(_("people asked"))
    questions = models.JSONField(_("questions"), default=dict)
    scales = models.JSONField(_("reliability"), default=list)
    tree = models.JSONField(
        _("department tree"),
        default=dict,
        help_text=_("The department above each one when the answers were counted."),
    )

    objects = WaveResultQuerySet.as_manager()

    class Meta:
        verbose_name = _("results of a wave")
        verbose_name_plural = _("results of waves")
        constraints = [
            models.CheckConstraint(
                condition=models.Q(answers__isnull=False)
                | models.Q(questions={}, scales=[], tree={}),
                name="too_few_answers_leave_no_results",
            )
        ]

    def __str__(self) -> str:
        return str(self.wave)


class DepartmentResult(models.Model):
    """What may be shown of one department beside the whole; there is no row where nothing may."""

    result = models.ForeignKey(WaveResult, on_delete=models.CASCADE, related_name="departments")
    department = models.ForeignKey(Department, on_delete=models.PROTECT, related_name="+")
    questions = models.JSONField(_("questions"), default=dict)

    class Meta:
        verbose_name = _("results of a department")
        verbose_name_plural = _("results of departments")
        constraints = [
            models.UniqueConstraint(
                fields=["result", "department"], name="one_result_per_wave_and_department"
            )
        ]

    def __str__(self) -> str:
        return f"{self.result} · {self.department}"


class WrittenAnswer(models.Model):
    """A text that somebody wrote, on its own: its key is random, and nothing leads to another."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    result = models.ForeignKey(WaveResult, on_delete=models.CASCADE, related_name="texts")
    code = models.CharField(_("question"), max_length=80)
    text = models.TextField(_("text"))

    class Meta:
        verbose_name = _("written answer")
        verbose_name_plural = _("written answers")
        indexes = [models.Index(fields=["result", "code", "id"], name="written_answer_question")]

    def __str__(self) -> str:
        return str(self.pk)

    @property
    def query(self) -> str:
        """Return how an address names it as the source of a need."""
        return f"text={self.pk}"

"""Impact assessments: how strongly a system touches people, as answers to published questions."""

from typing import TYPE_CHECKING, Any, ClassVar, Self

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from buyin.accounts.models import User
from buyin.initiatives.assessment import (
    LEVELS,
    NEWEST,
    LevelMeaning,
    Questionnaire,
    Score,
    questionnaire,
    score,
)
from buyin.initiatives.assessment.scoring import is_lowered

from .initiatives import Initiative

if TYPE_CHECKING:
    AnswerField = models.JSONField[dict[str, Any], dict[str, Any]]
else:
    AnswerField = models.JSONField

RESULT = (
    "raw",
    "raw_maximum",
    "mitigation",
    "mitigation_maximum",
    "total",
    "level",
    "left_open",
)
_NO_RESULT = models.Q(finished_at=None, **dict.fromkeys(RESULT))
_A_RESULT = models.Q(
    finished_at__isnull=False,
    raw__lte=models.F("raw_maximum"),
    mitigation__lte=models.F("mitigation_maximum"),
    total__lte=models.F("raw"),
    level__range=(1, 4),
    **{f"{name}__isnull": False for name in RESULT},  # a check that is unknown counts as kept
)


class ImpactAssessmentQuerySet(models.QuerySet["ImpactAssessment"]):
    """Impact assessments, and who may read them."""

    def finished(self) -> Self:
        """Keep those that have a result."""
        return self.filter(finished_at__isnull=False)

    def begun(self) -> Self:
        """Keep those that are still being filled in."""
        return self.filter(finished_at=None)

    def visible_to(self, user: User) -> Self:
        """Keep the finished ones of initiatives that this person may open."""
        initiatives = Initiative.objects.visible_to(user)
        return self.finished().filter(initiative__in=initiatives.order_by().values("pk"))

    def latest_result(self) -> "ImpactAssessment | None":
        """Return the newest that is finished, or None where there is none."""
        return self.finished().order_by("-number").first()


class ImpactAssessment(models.Model):
    """One version of the impact assessment of an initiative; once finished it never changes."""

    initiative = models.ForeignKey(
        Initiative,
        verbose_name=_("initiative"),
        on_delete=models.CASCADE,
        related_name="impact_assessments",
    )
    number = models.PositiveSmallIntegerField(_("version"))
    questions = models.CharField(_("version of the questions"), max_length=20, default=NEWEST)
    answers = AnswerField(_("answers"), default=dict, blank=True)
    begun_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("begun by"),
        null=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    begun_at = models.DateTimeField(_("begun"))
    changed_at = models.DateTimeField(_("changed"))
    finished_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("finished by"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    finished_at = models.DateTimeField(_("finished"), null=True, blank=True)
    raw = models.PositiveSmallIntegerField(_("raw impact score"), null=True)
    raw_maximum = models.PositiveSmallIntegerField(_("most raw points"), null=True)
    mitigation = models.PositiveSmallIntegerField(_("mitigation score"), null=True)
    mitigation_maximum = models.PositiveSmallIntegerField(_("most mitigation points"), null=True)
    total = models.PositiveSmallIntegerField(_("final score"), null=True)
    level = models.PositiveSmallIntegerField(_("impact level"), null=True)
    left_open = models.PositiveSmallIntegerField(_("scored questions left open"), null=True)

    objects: ClassVar[ImpactAssessmentQuerySet] = ImpactAssessmentQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        verbose_name = _("impact assessment")
        verbose_name_plural = _("impact assessments")
        ordering = ["initiative", "-number"]
        constraints = [
            models.UniqueConstraint(
                fields=["initiative", "number"], name="impact_versions_have_numbers_of_their_own"
            ),
            models.UniqueConstraint(
                fields=["initiative"],
                condition=models.Q(finished_at=None),
                name="one_impact_assessment_at_a_time",
            ),
            models.CheckConstraint(
                condition=_NO_RESULT | _A_RESULT, name="impact_result_when_finished"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.initiative}, {self.number}"

    @property
    def questionnaire(self) -> Questionnaire:
        """The questions that it answers."""
        return questionnaire(self.questions)

    @property
    def score(self) -> Score:
        """What its answers come to now; the result that is kept once it is finished."""
        return score(self.questionnaire, self.answers)

    @property
    def meaning(self) -> LevelMeaning:
        """What its level stands for, as kept when it was finished, else as it stands now."""
        return LEVELS[self.level or self.score.level]

    @property
    def is_lowered(self) -> bool:
        """Whether so much is done against the risks that the kept score was lowered."""
        return is_lowered(self.mitigation or 0, self.mitigation_maximum or 0)

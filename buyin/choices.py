"""What choices are called in the schema for programs, where a field's name would not tell them apart."""

from typing import Any

_GIVEN = ("declined", "open", "pledged", "committed", "partly", "received")
_LEVELS = ("unaware", "resistant", "neutral", "supportive", "leading")
NAMES: dict[str, Any] = {
    "StageEnum": "buyin.initiatives.models.Stage",
    "GoalStateEnum": "buyin.initiatives.models.together.SharedGoal.State",
    "AgreementStateEnum": "buyin.initiatives.models.together.DataAgreement.State",
    "BenefitStateEnum": "buyin.initiatives.models.benefits.Benefit.State",
    "CommitmentKindEnum": "buyin.stakeholders.models.commitments.Commitment.Kind",
    "EngagementKindEnum": "buyin.stakeholders.models.engagements.Engagement.Kind",
    "ActivityStateEnum": "buyin.stakeholders.models.plan.PlannedActivity.State",
    "LevelEnum": [(word, word) for word in _LEVELS],
    "CommitmentStageEnum": [(word, word) for word in _GIVEN],
    "ConsentKindEnum": "buyin.stakeholders.models.ConsentKind",
    "RelationshipKindEnum": "buyin.stakeholders.models.RelationshipKind",
    "StakeholderCategoryEnum": "buyin.stakeholders.models.Category",
    "StakeholderKindEnum": [(word, word) for word in ("person", "organisation", "group")],
    "SurveyKindEnum": "surveys.models.writing.Kind",
    "WaveStateEnum": "surveys.queries.field.WaveState",
}

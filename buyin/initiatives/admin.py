"""Record keeping for administrators: initiatives."""

from django.contrib import admin

from buyin.accounts.admin import ReadOnlyAdmin

from .models import (
    Benefit,
    BenefitChange,
    DataAgreement,
    Decision,
    DecisionInput,
    ImpactAssessment,
    Initiative,
    Measurement,
    Milestone,
    Publication,
    RaidItem,
    RecordVersion,
    SharedGoal,
    StageChange,
    Story,
    SystemRecord,
    Update,
)


@admin.register(Initiative)
class InitiativeAdmin(ReadOnlyAdmin):
    """Initiatives with their departments."""

    list_display = ["name", "stage", "lead"]
    list_filter = ["stage"]
    list_select_related = ["lead"]
    search_fields = ["name"]


@admin.register(Benefit)
class BenefitAdmin(ReadOnlyAdmin):
    """Benefits of initiatives."""

    list_display = ["title", "initiative", "category", "state", "owner"]
    list_filter = ["category", "state"]
    list_select_related = ["initiative", "owner"]
    search_fields = ["title"]


@admin.register(BenefitChange)
class BenefitChangeAdmin(ReadOnlyAdmin):
    """What was agreed otherwise, and why."""

    list_display = ["benefit", "what", "before", "after", "changed_by", "changed_at"]
    list_filter = ["what"]
    list_select_related = ["benefit", "changed_by"]


@admin.register(Measurement)
class MeasurementAdmin(ReadOnlyAdmin):
    """What was measured."""

    list_display = ["benefit", "value", "day", "entered_by"]
    list_select_related = ["benefit", "entered_by"]


@admin.register(SystemRecord)
class SystemRecordAdmin(ReadOnlyAdmin):
    """Records of AI systems as they are now."""

    list_display = ["initiative", "revision", "last_reviewed", "review_due"]
    list_select_related = ["initiative"]
    search_fields = ["initiative__name"]


@admin.register(RecordVersion)
class RecordVersionAdmin(ReadOnlyAdmin):
    """Every version of every record."""

    list_display = ["record", "number", "by", "at", "note"]
    list_select_related = ["record__initiative", "by"]


@admin.register(Publication)
class PublicationAdmin(ReadOnlyAdmin):
    """What everybody may read or could read, and why it was taken back."""

    list_display = ["name", "stage", "at", "by", "ended_at", "taken_back"]
    list_filter = ["stage"]
    list_select_related = ["by"]
    search_fields = ["name"]


@admin.register(ImpactAssessment)
class ImpactAssessmentAdmin(ReadOnlyAdmin):
    """Impact assessments with their results."""

    list_display = ["initiative", "number", "finished_at", "total", "level"]
    list_filter = ["level"]
    list_select_related = ["initiative"]
    search_fields = ["initiative__name"]


@admin.register(Decision)
class DecisionAdmin(ReadOnlyAdmin):
    """What was decided."""

    list_display = ["title", "initiative", "decided_on", "decided_by", "superseded_by"]
    list_select_related = ["initiative", "superseded_by"]
    search_fields = ["title"]


@admin.register(DecisionInput)
class DecisionInputAdmin(ReadOnlyAdmin):
    """What decisions rest on."""

    list_display = ["decision", "kind", "text", "link"]
    list_filter = ["kind"]
    list_select_related = ["decision"]


@admin.register(RaidItem)
class RaidItemAdmin(ReadOnlyAdmin):
    """Risks, assumptions, issues and dependencies."""

    list_display = ["statement", "initiative", "kind", "score", "status", "owner"]
    list_filter = ["kind", "status"]
    list_select_related = ["initiative", "owner"]
    search_fields = ["statement"]


@admin.register(Story)
class StoryAdmin(ReadOnlyAdmin):
    """Success stories."""

    list_display = ["title", "initiative", "state", "cleared_by", "published_on"]
    list_filter = ["state"]
    list_select_related = ["initiative", "cleared_by"]
    search_fields = ["title"]


@admin.register(StageChange)
class StageChangeAdmin(ReadOnlyAdmin):
    """The way of initiatives through their stages."""

    list_display = ["initiative", "from_stage", "to_stage", "day", "by"]
    list_filter = ["to_stage"]
    list_select_related = ["initiative", "by"]
    search_fields = ["initiative__name"]


@admin.register(Milestone)
class MilestoneAdmin(ReadOnlyAdmin):
    """What initiatives mean to reach."""

    list_display = ["title", "initiative", "due", "done_on", "is_given_up"]
    list_select_related = ["initiative"]
    search_fields = ["title", "initiative__name"]


@admin.register(Update)
class UpdateAdmin(ReadOnlyAdmin):
    """What initiatives told."""

    list_display = ["title", "initiative", "made_at", "by"]
    list_select_related = ["initiative", "by"]
    search_fields = ["title", "initiative__name"]


@admin.register(SharedGoal)
class SharedGoalAdmin(ReadOnlyAdmin):
    """What departments want to reach together."""

    list_display = ["goal", "initiative", "due", "state"]
    list_filter = ["state"]
    list_select_related = ["initiative"]
    search_fields = ["goal", "initiative__name"]


@admin.register(DataAgreement)
class DataAgreementAdmin(ReadOnlyAdmin):
    """Which data departments give to each other."""

    list_display = ["shared", "initiative", "giver", "taker", "state", "expires_on"]
    list_filter = ["state"]
    list_select_related = ["initiative", "giver", "taker"]
    search_fields = ["shared", "initiative__name"]

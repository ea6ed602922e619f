"""Record keeping for administrators: stakeholders and what is noted about them."""

from django.contrib import admin

from buyin.accounts.admin import ReadOnlyAdmin

from .models import (
    Assessment,
    Commitment,
    CommitmentEntry,
    ConsentEvent,
    DiscussionPoint,
    Engagement,
    Group,
    Interest,
    Organisation,
    Person,
    PlannedActivity,
    Post,
    Raci,
    Relationship,
    Stakeholder,
)


@admin.register(Stakeholder)
class StakeholderAdmin(ReadOnlyAdmin):
    """Stakeholders with their owners."""

    list_display = ["name", "category", "department", "owner", "archived_at"]
    list_filter = ["category"]
    list_select_related = ["department", "owner"]
    search_fields = ["name"]


@admin.register(Organisation)
class OrganisationAdmin(ReadOnlyAdmin):
    """Organisations by kind."""

    list_display = ["name", "kind", "department"]
    list_filter = ["kind"]
    list_select_related = ["department"]
    search_fields = ["name"]


@admin.register(Person)
class PersonAdmin(ReadOnlyAdmin):
    """People, and whether they may be contacted."""

    list_display = ["name", "email", "contact_permitted", "merged_into"]
    list_select_related = ["merged_into"]
    search_fields = ["name", "email"]


@admin.register(Post)
class PostAdmin(ReadOnlyAdmin):
    """Who holds or held which post."""

    list_display = ["title", "person", "organisation", "department", "starts_on", "ends_on"]
    list_select_related = ["person", "organisation", "department"]


@admin.register(Group)
class GroupAdmin(ReadOnlyAdmin):
    """Groups with their departments."""

    list_display = ["name", "department"]
    list_select_related = ["department"]
    search_fields = ["name"]


@admin.register(Interest)
class InterestAdmin(ReadOnlyAdmin):
    """How stakeholders stand to initiatives now."""

    list_display = ["stakeholder", "initiative", "power", "interest", "current", "desired"]
    list_select_related = ["stakeholder", "initiative"]


@admin.register(Assessment)
class AssessmentAdmin(ReadOnlyAdmin):
    """How they stood, by day."""

    list_display = ["about", "assessed_on", "current", "desired", "source", "assessed_by"]
    list_filter = ["source"]
    list_select_related = ["about__stakeholder", "about__initiative", "assessed_by"]


@admin.register(Relationship)
class RelationshipAdmin(ReadOnlyAdmin):
    """Who has to do with whom."""

    list_display = ["first", "kind", "second", "strength", "starts_on", "ends_on"]
    list_filter = ["kind"]
    list_select_related = ["first", "second"]


@admin.register(Raci)
class RaciAdmin(ReadOnlyAdmin):
    """Who does what for a deliverable."""

    list_display = ["initiative", "deliverable", "stakeholder", "part"]
    list_select_related = ["initiative", "stakeholder"]


@admin.register(ConsentEvent)
class ConsentEventAdmin(ReadOnlyAdmin):
    """Who agreed to be contacted, and who took it back."""

    list_display = ["person", "kind", "at", "noted_by"]
    list_filter = ["kind"]
    list_select_related = ["person", "noted_by"]


@admin.register(Commitment)
class CommitmentAdmin(ReadOnlyAdmin):
    """What is asked of whom, and how far that is."""

    list_display = ["title", "kind", "initiative", "stakeholder", "requested", "committed"]
    list_filter = ["kind"]
    list_select_related = ["initiative", "stakeholder"]
    search_fields = ["title"]


@admin.register(CommitmentEntry)
class CommitmentEntryAdmin(ReadOnlyAdmin):
    """Every step of a commitment, by day."""

    list_display = ["commitment", "step", "amount", "day", "entered_by"]
    list_filter = ["step"]
    list_select_related = ["commitment", "entered_by"]


@admin.register(Engagement)
class EngagementAdmin(ReadOnlyAdmin):
    """When people spoke; what was said is read in the log, by those whom it concerns."""

    list_display = ["kind", "day", "initiative", "entered_by"]
    list_filter = ["kind"]
    list_select_related = ["initiative", "entered_by"]
    exclude = ["summary"]


@admin.register(DiscussionPoint)
class DiscussionPointAdmin(ReadOnlyAdmin):
    """What came up, and who takes care of it."""

    list_display = ["text", "engagement", "owner", "due_on", "done_on"]
    list_select_related = ["engagement", "owner"]


@admin.register(PlannedActivity)
class PlannedActivityAdmin(ReadOnlyAdmin):
    """What is planned with whom, and what became of it."""

    list_display = ["purpose", "kind", "initiative", "owner", "due_on", "state"]
    list_filter = ["state", "kind"]
    list_select_related = ["initiative", "owner"]
    search_fields = ["purpose"]

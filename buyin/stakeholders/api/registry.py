"""Stakeholders for programs: who they are, how they stand, and how that was assessed over time."""

from drf_spectacular.utils import OpenApiExample, extend_schema_field, extend_schema_serializer
from rest_framework import serializers

from buyin.stakeholders.models import Assessment, Interest, Level, OrganisationKind, Stakeholder
from buyin.stakeholders.models.interests import Assessed
from buyin.stakeholders.queries.comparing import mark_of_record

LEVELS = [level.code for level in Level]
SAID = {"power": 5, "interest": 4, "legitimacy": 4, "urgency": 2, "impact": 3}
STANDS = {**SAID, "current": "resistant", "desired": "supportive", "desired_by": "2026-12-01"}


class AssessedSerializer(serializers.ModelSerializer):
    """Scores from 1 to 5 and levels by word; null is "not assessed"."""

    current = serializers.SerializerMethodField()
    desired = serializers.SerializerMethodField()

    @extend_schema_field(serializers.ChoiceField(LEVELS, allow_null=True))
    def get_current(self, found: Assessed) -> str | None:
        """Return the level now."""
        return None if found.current is None else Level(found.current).code

    @extend_schema_field(serializers.ChoiceField(LEVELS[1:], allow_null=True))
    def get_desired(self, found: Assessed) -> str | None:
        """Return the level wanted."""
        return None if found.desired is None else Level(found.desired).code


class InterestSerializer(AssessedSerializer):
    """How a stakeholder stands to an initiative now, with what follows from it."""

    quadrant = serializers.CharField(read_only=True, allow_null=True)
    salience = serializers.CharField(read_only=True, allow_null=True)
    gap = serializers.IntegerField(read_only=True, allow_null=True)

    class Meta:
        model = Interest
        fields = [
            "initiative", *STANDS, "assessed_on", "quadrant", "salience", "gap",
        ]  # fmt: skip


@extend_schema_serializer(
    examples=[
        OpenApiExample(
            "A stakeholder",
            {
                "id": 7,
                "kind": "person",
                "name": "Ruth Roads",
                "category": "decision-maker",
                "email": "ruth@example.org",
                "phone": "555 0100",
                "organisation_kind": None,
                "description": "",
                "department": "roads",
                "posts": ["Head of Roads, Roads"],
                "owner": "Lena Lead",
                "owner_email": "lena@agency.example",
                "channel": "meeting",
                "cadence": 30,
                "tags": ["Pilot"],
                "archived": False,
                "contact_permitted": True,
                "seen": "9b1c3f5a7d2e4806b1c3f5a7d2e48061",
                "interests": [
                    {
                        "initiative": 3,
                        **STANDS,
                        "assessed_on": "2026-10-01",
                        "quadrant": "manage-closely",
                        "salience": "dominant",
                        "gap": 2,
                    }
                ],
            },
            response_only=True,
        )
    ]
)
class StakeholderSerializer(serializers.ModelSerializer):
    """A stakeholder; the department by code, the owner by name, interests that one may read.

    `seen` names the state of the record that you read, to be sent when you change it. What people,
    organisations or groups do not have is empty.
    """

    kind = serializers.SerializerMethodField()
    email = serializers.CharField(source="person.email", default="", read_only=True)
    phone = serializers.CharField(source="person.phone", default="", read_only=True)
    organisation_kind = serializers.ChoiceField(
        OrganisationKind.choices,
        source="organisation.kind",
        allow_null=True,
        default=None,
        read_only=True,
    )
    description = serializers.CharField(source="group.description", default="", read_only=True)
    department: serializers.SlugRelatedField = serializers.SlugRelatedField(
        slug_field="code", read_only=True, allow_null=True
    )
    owner: serializers.StringRelatedField = serializers.StringRelatedField(allow_null=True)
    owner_email = serializers.CharField(
        source="owner.email", allow_null=True, default=None, read_only=True
    )
    posts = serializers.SerializerMethodField()
    tags: serializers.StringRelatedField = serializers.StringRelatedField(many=True)
    archived = serializers.SerializerMethodField()
    contact_permitted = serializers.BooleanField(
        source="person.contact_permitted", allow_null=True, default=None, read_only=True
    )
    seen = serializers.SerializerMethodField()
    interests = InterestSerializer(source="seen", many=True, read_only=True)

    class Meta:
        model = Stakeholder
        fields = [
            "id", "kind", "name", "category", "email", "phone", "organisation_kind",
            "description", "department", "posts", "owner", "owner_email", "channel", "cadence",
            "tags", "archived", "contact_permitted", "seen", "interests",
        ]  # fmt: skip

    @extend_schema_field(serializers.CharField())
    def get_kind(self, found: Stakeholder) -> str:
        """Return which it is: person, organisation or group."""
        return type(found.party).__name__.lower()

    def get_posts(self, found: Stakeholder) -> list[str]:
        """Return the posts that are held today, in words."""
        return [str(post) for post in found.person.held] if found.person else []  # type: ignore[attr-defined]

    def get_seen(self, found: Stakeholder) -> str:
        """Return a name for the state that is read here."""
        return mark_of_record(found)

    def get_archived(self, found: Stakeholder) -> bool:
        """Return whether they are out of the lists."""
        return found.archived_at is not None


@extend_schema_serializer(
    examples=[
        OpenApiExample(
            "An assessment",
            {
                "id": 21,
                "initiative": 3,
                "assessed_on": "2026-10-01",
                **STANDS,
                "source": "manual",
                "rationale": "Fears for the night shift.",
                "evidence": "Meeting of 28 September",
                "confidence": 2,
                "assessed_by": "Cora Coordinator",
            },
            response_only=True,
        )
    ]
)
class AssessmentSerializer(AssessedSerializer):
    """How a stakeholder stood to an initiative on a day, and why."""

    initiative = serializers.IntegerField(source="about.initiative_id", read_only=True)
    assessed_by: serializers.StringRelatedField = serializers.StringRelatedField(allow_null=True)

    class Meta:
        model = Assessment
        fields = [
            "id", "initiative", "assessed_on", *STANDS, "source", "rationale", "evidence",
            "confidence", "assessed_by",
        ]  # fmt: skip

"""What programs read of what is noted about a stakeholder, and what they send."""

from typing import Any

from django.utils.translation import gettext as _
from drf_spectacular.utils import OpenApiExample, extend_schema_field, extend_schema_serializer
from rest_framework import serializers

from buyin.bodies import CODE
from buyin.keys import LARGEST
from buyin.programs import Strict
from buyin.stakeholders.forms import NEW_FORMS
from buyin.stakeholders.models import (
    Cadence,
    Category,
    Channel,
    Confidence,
    ConsentEvent,
    ConsentKind,
    Level,
    MergeRecord,
    OrganisationKind,
    Post,
    Relationship,
    RelationshipKind,
    Source,
    Strength,
)
from buyin.stakeholders.queries.comparing import COMPARED, OF_ALL
from buyin.stakeholders.queries.merges import stayed

FORM = "0d3c7a52-3f0f-4c1e-8a0e-9a2f5f6b7c11"
LEVELS = [level.code for level in Level]
SCORE: dict[str, Any] = {
    "required": False, "allow_null": True, "min_value": 1, "max_value": 5,
}  # fmt: skip
TEXT: dict[str, Any] = {"required": False, "allow_blank": True}
FIELDS = sorted({name for names in COMPARED.values() for name in names} | set(OF_ALL))
RECORD: dict[str, Any] = {
    "name": "Ruth Roads",
    "category": "decision-maker",
    "email": "ruth@example.org",
    "phone": "555 0100",
    "organisation_kind": "union",
    "description": "Everybody who works at night",
    "department": "roads",
    "owner": "lena@agency.example",
    "channel": "call",
    "cadence": 30,
    "tags": ["Pilot"],
}
POST: dict[str, Any] = {
    "id": 31,
    "title": "Head of Roads",
    "department": "roads",
    "organisation": None,
    "starts_on": "2025-01-01",
    "ends_on": None,
}
CONSENT: dict[str, Any] = {
    "id": 12,
    "kind": "withdrawn",
    "basis": "Said so on the phone",
    "at": "2026-05-03T10:00:00+02:00",
    "noted_by": "Cora Coordinator",
}
RELATION: dict[str, Any] = {
    "id": 8,
    "first": 7,
    "kind": "influences",
    "second": 9,
    "strength": 2,
    "starts_on": None,
    "ends_on": None,
}
ASSESSED: dict[str, Any] = {
    "initiative": 3, "on": "2026-10-01", "power": 5, "interest": 4, "legitimacy": 4,
    "urgency": 2, "impact": 3, "current": "resistant", "desired": "supportive",
    "desired_by": "2026-12-01", "source": "manual", "rationale": "Fears for the night shift.",
    "evidence": "Meeting of 28 September", "confidence": 2,
}  # fmt: skip
MERGE: dict[str, Any] = {
    "id": 4,
    "kept": 7,
    "absorbed": 19,
    "made_by": "Lena Lead",
    "made_at": "2026-10-02T09:00:00+02:00",
    "undone_by": None,
    "undone_at": None,
    "did_not_go_back": [],
}
MERGED: dict[str, Any] = {
    "form": FORM, "kept": 7, "absorbed": 19, "choices": {"phone": "absorbed"},
}  # fmt: skip


def _sent(name: str, body: dict[str, Any]) -> Any:
    return extend_schema_serializer(examples=[OpenApiExample(name, body, request_only=True)])


def _read(name: str, row: dict[str, Any]) -> Any:
    return extend_schema_serializer(examples=[OpenApiExample(name, row, response_only=True)])


class WhoSerializer(Strict):
    """Who a stakeholder is; what is left out is empty afterwards. The owner is a mail address.

    People have `email` and `phone`, organisations `organisation_kind`, groups a `description`; the
    `department` of a person follows from their posts.
    """

    name = serializers.CharField(max_length=200)
    category = serializers.ChoiceField(Category.choices)
    email = serializers.EmailField(**TEXT)
    phone = serializers.CharField(max_length=40, **TEXT)
    organisation_kind = serializers.ChoiceField(OrganisationKind.choices, required=False)
    description = serializers.CharField(max_length=1000, **TEXT)
    department = serializers.CharField(required=False, allow_null=True, max_length=40)
    owner = serializers.EmailField(**TEXT)
    channel = serializers.ChoiceField(Channel.choices, **TEXT)
    cadence = serializers.ChoiceField(Cadence.choices, required=False, allow_null=True)
    tags: serializers.ListField = serializers.ListField(
        child=serializers.CharField(max_length=40), required=False
    )


@_sent("A record", {"seen": "9b1c3f5a7d2e4806b1c3f5a7d2e48061", **RECORD})
class StakeholderBodySerializer(WhoSerializer):
    """Who a stakeholder is; what is left out is empty afterwards. The owner is a mail address.

    `seen` is what the record said when you read it: then nobody's later change is overwritten.
    """

    seen = serializers.CharField(max_length=64, required=False)


@_sent("A new record", {"form": FORM, "kind": "person", **RECORD})
class NewStakeholderBodySerializer(WhoSerializer):
    """A stakeholder to add; the same `form`, a UUID that you make, adds one."""

    form = serializers.UUIDField(source="made_by_form")
    kind = serializers.ChoiceField(list(NEW_FORMS))


@_read("A post", POST)
class PostSerializer(serializers.ModelSerializer):
    """A post that a person holds or held; the department by code, the organisation by name."""

    department: serializers.SlugRelatedField = serializers.SlugRelatedField(**CODE, allow_null=True)
    organisation: serializers.StringRelatedField = serializers.StringRelatedField(allow_null=True)

    class Meta:
        model = Post
        fields = list(POST)


SENT_POST = {"form": FORM, **{k: v for k, v in POST.items() if k not in {"id", "ends_on"}}}


@_sent("A post", SENT_POST)
class PostBodySerializer(Strict):
    """A post, in a department or an organisation; the same `form` notes one."""

    form = serializers.UUIDField(source="made_by_form")
    title = serializers.CharField(max_length=200)
    department = serializers.CharField(required=False, allow_null=True, max_length=40)
    organisation = serializers.CharField(required=False, allow_null=True, max_length=200)
    starts_on = serializers.DateField(required=False, allow_null=True)


@_read("A note on consent", CONSENT)
class ConsentSerializer(serializers.ModelSerializer):
    """What a person said about being contacted; the newest counts."""

    noted_by: serializers.StringRelatedField = serializers.StringRelatedField(allow_null=True)

    class Meta:
        model = ConsentEvent
        fields = list(CONSENT)


@_sent("A note on consent", {name: CONSENT[name] for name in ("kind", "basis")})
class ConsentBodySerializer(Strict):
    """What a person said about being contacted, and how we know."""

    kind = serializers.ChoiceField(ConsentKind.choices)
    basis = serializers.CharField(max_length=300)


@_read("A relation", RELATION)
class RelationSerializer(serializers.ModelSerializer):
    """What the first stakeholder is to the second."""

    class Meta:
        model = Relationship
        fields = list(RELATION)


SENT_RELATION = {k: v for k, v in RELATION.items() if k not in {"id", "first", "ends_on"}}


@_sent("A relation", SENT_RELATION)
class RelationBodySerializer(Strict):
    """What this stakeholder is to another one, by number."""

    kind = serializers.ChoiceField(RelationshipKind.choices)
    second = serializers.IntegerField(min_value=1, max_value=LARGEST)
    strength = serializers.ChoiceField(Strength.choices, required=False)
    starts_on = serializers.DateField(required=False, allow_null=True)


@_sent("An assessment", ASSESSED)
class AssessmentBodySerializer(Strict):
    """How a stakeholder stood on a day, in full: what is left out or null is not assessed."""

    initiative = serializers.IntegerField(min_value=1, max_value=LARGEST)
    on = serializers.DateField()
    power = serializers.IntegerField(**SCORE)
    interest = serializers.IntegerField(**SCORE)
    legitimacy = serializers.IntegerField(**SCORE)
    urgency = serializers.IntegerField(**SCORE)
    impact = serializers.IntegerField(**SCORE)
    current = serializers.ChoiceField(LEVELS, required=False, allow_null=True)
    desired = serializers.ChoiceField(LEVELS[1:], required=False, allow_null=True)
    desired_by = serializers.DateField(required=False, allow_null=True)
    source = serializers.ChoiceField(Source.choices, required=False)  # type: ignore[assignment]
    rationale = serializers.CharField(max_length=2000, **TEXT)
    evidence = serializers.CharField(max_length=500, **TEXT)
    confidence = serializers.ChoiceField(Confidence.choices, required=False, allow_null=True)


@_read("A merge", MERGE)
class MergeSerializer(serializers.ModelSerializer):
    """A merge: which record stays, which was merged into it, and whether it was undone."""

    made_by: serializers.StringRelatedField = serializers.StringRelatedField(allow_null=True)
    undone_by: serializers.StringRelatedField = serializers.StringRelatedField(allow_null=True)
    did_not_go_back = serializers.SerializerMethodField()

    class Meta:
        model = MergeRecord
        fields = list(MERGE)

    @extend_schema_field(serializers.ListField(child=serializers.CharField()))
    def get_did_not_go_back(self, found: MergeRecord) -> list[str]:
        """Return in words what did not go back when it was undone."""
        words = _("%(kind)s “%(name)s” %(why)s")
        return [words % vars(one) for one in stayed(found)]


@_sent("A merge", MERGED)
class MergeBodySerializer(Strict):
    """Two records to merge; the same `form` merges once.

    `choices` names the fields of which the absorbed record's value is kept (`"absorbed"`); of other
    fields the kept record's stays, unless it is empty.
    """

    form = serializers.UUIDField(source="made_by_form")
    kept = serializers.IntegerField(min_value=1, max_value=LARGEST)
    absorbed = serializers.IntegerField(min_value=1, max_value=LARGEST)
    choices: serializers.DictField = serializers.DictField(
        child=serializers.ChoiceField(["kept", "absorbed"]), required=False
    )

    def validate_choices(self, said: dict[str, str]) -> dict[str, str]:
        """Return the choices; refuse a field that there is not."""
        if unknown := sorted(set(said) - set(FIELDS)):
            message = _("There is no such field: %(names)s.") % {"names": ", ".join(unknown)}
            raise serializers.ValidationError(message)
        return said

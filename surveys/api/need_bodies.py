"""What programs read of needs and send about them; the rules are those of the forms on the pages."""

from typing import Any

from django.utils.translation import gettext as _
from drf_spectacular.utils import OpenApiExample, extend_schema_field, extend_schema_serializer
from rest_framework import serializers

from buyin.accounts.models import User
from buyin.bodies import checked, departments_of
from buyin.keys import LARGEST
from buyin.programs import Strict
from surveys.forms.evidence import EvidenceForm, SourceForm
from surveys.models import Evidence, Frequency, Need, Remedy, Severity
from surveys.queries.evidence import find_source

CODES: serializers.ListField = serializers.ListField(child=serializers.CharField())
FORM = "5f0a2c9e-8f5b-4f3f-9a51-4a3c1c0f7a10"
REMEDY: dict[str, Any] = {
    "id": 4,
    "what": "course",
    "text": "A practice session each Thursday, counted as work.",
    "link": "/training/",
    "due": "2026-12-18",
    "done_on": None,
}
LINE: dict[str, Any] = {
    "id": 9,
    "statement": "I need to see why an application was sorted last.",
    "initiative": 3,
    "status": "in-work",
    "departments": ["permits"],
    "heard_in": ["surveys", "interviews"],
    "at_least": 30,
    "remedies": [REMEDY],
}
PIECE: dict[str, Any] = {
    "id": 12,
    "source_kind": "result",
    "words": "Strongly agree",
    "where": "I see why it decides. · How ready are we?, wave 2",
    "people": "36 of 60 people",
    "department": None,
    "page": "/surveys/12/results/questions/reasons/",
    "is_hidden": False,
    "is_gone": False,
}
DETAIL: dict[str, Any] = {
    **{name: LINE[name] for name in ("id", "statement", "initiative", "status")},
    "revision": 3,
    "departments": ["permits"],
    "frequency": 4,
    "severity": 3,
    "owner": "Lena Lead",
    "alike": [],
    "evidence": [PIECE],
    "remedies": [REMEDY],
}


class RemedySerializer(serializers.ModelSerializer):
    """What is done about a need."""

    what = serializers.ChoiceField(Remedy.Kind.choices, source="kind")

    class Meta:
        model = Remedy
        fields = list(REMEDY)


@extend_schema_serializer(examples=[OpenApiExample("A need", LINE, response_only=True)])
class NeedLineSerializer(serializers.Serializer):
    """A need as everybody reads it: no sources, and nothing of fewer people than may be told."""

    id = serializers.IntegerField(source="need.pk")
    statement = serializers.CharField(source="need.statement")
    initiative = serializers.IntegerField(source="need.initiative_id")
    status = serializers.ChoiceField(Need.Status.choices, source="need.status")
    departments = serializers.SerializerMethodField()
    heard_in: serializers.ListField = serializers.ListField(child=serializers.CharField())
    at_least = serializers.IntegerField(help_text="In tens; 0 where too few stand behind it.")
    remedies = RemedySerializer(many=True, source="need.remedies")

    @extend_schema_field(CODES)
    def get_departments(self, told: Any) -> list[str]:
        """Return the codes of the departments that may be named."""
        return [one.code for one in told.departments]


class PieceSerializer(serializers.Serializer):
    """One piece of evidence as whoever asks may read it.

    `words` is null where the source may not be opened, and for what people wrote or said
    themselves: that is read on its `page`.
    """

    id = serializers.IntegerField(source="evidence.pk")
    source_kind = serializers.ChoiceField(Evidence.Kind.choices, source="evidence.kind")
    words = serializers.SerializerMethodField()
    where = serializers.CharField(allow_blank=True, source="context")
    people = serializers.CharField(allow_blank=True)
    department = serializers.CharField(source="evidence.department.code", allow_null=True)
    page = serializers.CharField(source="url", allow_blank=True)
    is_hidden = serializers.BooleanField()
    is_gone = serializers.BooleanField()

    def get_words(self, piece: Any) -> str | None:
        """Return what the source says, unless it is somebody's own words or closed."""
        is_own = piece.evidence.kind in (Evidence.Kind.WRITTEN, Evidence.Kind.NOTE)
        return None if is_own or piece.is_hidden or piece.is_gone else piece.words


@extend_schema_serializer(examples=[OpenApiExample("A need", DETAIL, response_only=True)])
class NeedSerializer(serializers.Serializer):
    """A need as those read it who keep it or take care of it; `alike` are ids of similar ones."""

    id = serializers.IntegerField(source="need.pk")
    statement = serializers.CharField(source="need.statement")
    initiative = serializers.IntegerField(source="need.initiative_id")
    status = serializers.ChoiceField(Need.Status.choices, source="need.status")
    revision = serializers.IntegerField(
        source="need.revision", help_text="Counts up with each change; send it back to change it."
    )
    departments = serializers.SerializerMethodField()
    frequency = serializers.ChoiceField(Frequency.choices, source="need.frequency")
    severity = serializers.ChoiceField(Severity.choices, source="need.severity")
    owner: serializers.StringRelatedField = serializers.StringRelatedField(
        source="need.owner", allow_null=True
    )
    alike: serializers.ListField = serializers.ListField(child=serializers.IntegerField())
    evidence = PieceSerializer(many=True, source="pieces")
    remedies = RemedySerializer(many=True, source="need.remedies")

    @extend_schema_field(CODES)
    def get_departments(self, shown: Any) -> list[str]:
        """Return the codes of the departments in which it was heard."""
        return [one.code for one in shown.need.departments.all()]


@extend_schema_serializer(
    examples=[
        OpenApiExample(
            "An answer", {"wave": 12, "item": "useful", "answer": "5"}, request_only=True
        ),
        OpenApiExample(
            "An answer of several, in a department",
            {
                "wave": 12,
                "item": "topics",
                "part": "rules",
                "answer": "chosen",
                "department": "permits",
            },
            request_only=True,
        ),
        OpenApiExample("A theme", {"theme": 4}, request_only=True),
        OpenApiExample("A task", {"task": 2}, request_only=True),
        OpenApiExample("A note", {"note": 31}, request_only=True),
        OpenApiExample("A text", {"written": FORM}, request_only=True),
        OpenApiExample("By hand", {"text": "Town hall in May", "people": 14}, request_only=True),
    ]
)
class EvidenceBodySerializer(Strict):
    """What a need rests on: one source, or a `text` with the number of `people` behind it.

    A source is a `theme`, `task`, `note` or `written`, or a `wave` with `item` and `answer`.
    """

    theme = serializers.IntegerField(required=False, min_value=1, max_value=LARGEST)
    task = serializers.IntegerField(required=False, min_value=1, max_value=LARGEST)
    note = serializers.IntegerField(required=False, min_value=1, max_value=LARGEST)
    written = serializers.UUIDField(required=False)
    wave = serializers.IntegerField(required=False, min_value=1, max_value=LARGEST)
    item = serializers.CharField(required=False, max_length=80)
    part = serializers.CharField(required=False, max_length=80)
    answer = serializers.CharField(required=False, max_length=80)
    department = serializers.CharField(required=False, max_length=40)
    text = serializers.CharField(required=False, max_length=300)
    people = serializers.IntegerField(required=False, min_value=0, max_value=1_000_000)

    KINDS = ("theme", "task", "note", "written", "wave", "text")

    def validate(self, body: dict[str, Any]) -> dict[str, Any]:
        """Refuse what names no source, or several."""
        if sum(kind in body for kind in self.KINDS) != 1:
            names = ", ".join(self.KINDS)
            message = _("Name one of these, and only one: %(names)s.") % {"names": names}
            raise serializers.ValidationError(message)
        return body

    def evidence(self, user: User) -> Evidence:
        """Return what was pointed to or typed; refuse what is not there for this person."""
        body = dict(self.validated_data)
        code = body.pop("department", "")
        place = departments_of([code])[0] if code else None
        if "text" in body:
            typed = checked(EvidenceForm({**body, "department": place.pk if place else ""}))
            return typed.evidence(Need())
        if written := body.pop("written", None):
            body["text"] = written
        form = checked(SourceForm({**body, "department": place.pk if place else None}))
        found = find_source(user, form.source())
        if found is None:
            message = _("There is no such source, or none for this account.")
            raise serializers.ValidationError({"evidence": [message]})
        return found


PROMISED = {name: REMEDY[name] for name in ("what", "text", "link", "due")}


@extend_schema_serializer(examples=[OpenApiExample("A course", PROMISED, request_only=True)])
class RemedyBodySerializer(Strict):
    """What is to be done about a need."""

    what = serializers.ChoiceField(Remedy.Kind.choices, source="kind")
    text = serializers.CharField(max_length=300)
    link = serializers.CharField(required=False, max_length=200, allow_blank=True)
    due = serializers.DateField(required=False, allow_null=True)


BODY = {name: DETAIL[name] for name in ("statement", "initiative", "frequency", "severity")}
SENT = {
    "form": FORM,
    **BODY,
    "owner": "tariq@agency.example",
    "departments": ["permits"],
    "evidence": {"theme": 4},
}
CHANGED = {
    **BODY,
    "revision": DETAIL["revision"],
    "owner": "tariq@agency.example",
    "departments": ["permits"],
}


class _WordsSerializer(Strict):
    """What is said of a need, whether it is new or not."""

    statement = serializers.CharField(max_length=300)
    initiative = serializers.IntegerField(min_value=1, max_value=LARGEST)
    frequency = serializers.ChoiceField(Frequency.choices)
    severity = serializers.ChoiceField(Severity.choices)
    owner = serializers.EmailField(required=False)
    departments: serializers.ListField = serializers.ListField(
        child=serializers.CharField(max_length=40), required=False
    )


@extend_schema_serializer(examples=[OpenApiExample("A need", SENT, request_only=True)])
class NeedBodySerializer(_WordsSerializer):
    """A need to write down; the same `form`, a UUID that you make, writes it once."""

    form = serializers.UUIDField()
    evidence = EvidenceBodySerializer(required=False)


@extend_schema_serializer(examples=[OpenApiExample("Other words", CHANGED, request_only=True)])
class NeedChangeSerializer(_WordsSerializer):
    """A need in other words; all of it, for what is left out is empty afterwards.

    `revision` is that of the need as you read it: who saved it since then is never overwritten.
    """

    revision = serializers.IntegerField(min_value=1, max_value=LARGEST)

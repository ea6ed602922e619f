"""The AI system record for programs: read with what is missing, and written by field."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.core.exceptions import ValidationError as RefusedError
from django.urls import path
from django.utils.translation import gettext as _
from drf_spectacular.utils import (
    OpenApiExample,
    OpenApiResponse,
    extend_schema,
    extend_schema_field,
)
from drf_spectacular.utils import extend_schema_serializer as described
from rest_framework import serializers, status
from rest_framework.request import Request
from rest_framework.response import Response

from buyin.initiatives.actions import ChangedMeanwhileError, Edit, save_record
from buyin.initiatives.models import SystemRecord
from buyin.initiatives.queries import opened, published_of, record_of
from buyin.initiatives.record import check
from buyin.programs import ProblemSerializer, ReadAndWritten, Strict

DAY: dict[str, Any] = {
    "type": "object",
    "required": ["text", "date", "precision"],
    "properties": {
        "text": {"type": "string"},
        "date": {"type": "string"},
        "precision": {"type": "string", "enum": ["", "day", "month", "year"]},
    },
}
VALUES: dict[str, Any] = {
    "type": "object",
    "additionalProperties": {
        "anyOf": [
            {"type": "string"},
            {"type": "array", "items": {"type": "string"}},
            DAY,
        ]
    },
}
EXAMPLE: dict[str, Any] = {
    "revision": 4,
    "values": {
        "use_case_name": "Permit assistant",
        "development_stage": "Pilot",
        "topic_area": "Service Delivery",
        "demographic_features": ["None of the above"],
        "operational_date": {"text": "2026-03", "date": "2026-03-01", "precision": "month"},
    },
    "redactions": {"vendor_name": "The tender is still running."},
    "missing": ["benefits"],
    "warnings": {},
    "last_reviewed": "2026-05-02",
    "review_due": "2026-11-02",
    "published_revision": 3,
}


@extend_schema_field(VALUES)
class ValuesField(serializers.DictField):
    """Values by the names of the declaration, at `/about/record-fields/`."""


MEANWHILE = OpenApiResponse(
    ProblemSerializer, description="Somebody else has changed the same field meanwhile."
)


@described(
    examples=[
        OpenApiExample(
            "Two fields changed",
            {
                "revision": 4,
                "values": {"benefits": "Urgent applications are read within two hours."},
                "redactions": {"vendor_name": ""},
                "note": "Measured again in spring",
            },
            request_only=True,
        )
    ]
)
class EditSerializer(Strict):
    """Only what is to change: an empty value empties its field, an empty reason opens it."""

    revision = serializers.IntegerField(min_value=0, max_value=2_000_000_000)
    values = ValuesField(required=False)
    redactions = serializers.DictField(
        child=serializers.CharField(allow_blank=True, max_length=300), required=False
    )
    note = serializers.CharField(required=False, allow_blank=True, max_length=300)


@described(examples=[OpenApiExample("A record", EXAMPLE, response_only=True)])
class RecordSerializer(serializers.Serializer):
    """A record with what is missing at its stage; `warnings` are values that no field expects."""

    revision = serializers.IntegerField()
    values = ValuesField(source="whole")
    redactions = serializers.DictField(child=serializers.CharField())
    missing = serializers.SerializerMethodField()
    warnings = serializers.SerializerMethodField()
    last_reviewed = serializers.DateField(allow_null=True)
    review_due = serializers.DateField(allow_null=True)
    published_revision = serializers.SerializerMethodField(allow_null=True)

    def get_missing(self, record: SystemRecord) -> list[str]:
        """Return the names of the fields that are needed at its stage and empty."""
        return [field.name for field in record.missing()]

    def get_warnings(self, record: SystemRecord) -> dict[str, list[str]]:
        """Return what is odd about values, by field."""
        found = check(record.values).items()
        return {name: [problem.text for problem in problems] for name, problems in found}

    def get_published_revision(self, record: SystemRecord) -> int | None:
        """Return which version everybody reads, None while it is not public."""
        published = published_of(record)
        return published.version.number if published else None


class RecordOfInitiative(ReadAndWritten):
    """What the agency says about one AI system."""

    @extend_schema(responses=RecordSerializer)
    def get(self, request: Request, initiative: int) -> Response:
        """Read the record of an initiative, with what is missing in it."""
        found = record_of(opened(_person(request), initiative))
        return Response(RecordSerializer(found).data)

    @extend_schema(request=EditSerializer, responses={200: RecordSerializer, 409: MEANWHILE})
    def patch(self, request: Request, initiative: int) -> Response:
        """Change fields of the record; each change makes a version.

        For who may change the initiative. What others saved in other fields since `revision` stays;
        where they changed the same field, nothing is saved and the answer is 409.
        """
        user = _person(request)
        found = opened(user, initiative)
        if not found.may_be_changed_by(user):
            raise PermissionDenied
        body = EditSerializer(data=request.data)
        body.is_valid(raise_exception=True)
        sent = body.validated_data
        edit = Edit(
            values=sent.get("values", {}),
            redactions=sent.get("redactions", {}),
            seen=sent["revision"],
            note=sent.get("note", ""),
        )
        try:
            record = save_record(actor=user, initiative=found, edit=edit)
        except ChangedMeanwhileError as error:
            told = _("Changed since you read it, nothing was saved: %(names)s")
            detail = told % {"names": ", ".join(sorted(error.names))}
            return Response({"detail": detail}, status=status.HTTP_409_CONFLICT)
        except RefusedError as problem:
            raise serializers.ValidationError({"values": problem.message_dict}) from None
        return Response(RecordSerializer(record).data)


def _person(request: Request) -> Any:
    return request.user


urlpatterns = [
    path(
        "initiatives/<int:initiative>/record/",
        RecordOfInitiative.as_view(),
        name="api-record",
    ),
]

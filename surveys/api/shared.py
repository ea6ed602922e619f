"""Shared results for programs of the people who were asked: the same documents as on the pages."""

from typing import Any

from django.db.models import QuerySet
from django.db.models.fields.json import KT
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _
from drf_spectacular.utils import (
    OpenApiExample,
    OpenApiResponse,
    extend_schema,
    extend_schema_serializer,
)
from rest_framework import serializers, status
from rest_framework.generics import ListAPIView
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from buyin.accounts.permissions import SignedInReads
from buyin.programs import OftenReads, ProblemSerializer
from surveys.models import SharedResult
from surveys.queries.sharing import Shared, readable_by, shared_as

from .results import QUESTION, QuestionResultSerializer, questions_told

EXAMPLE: dict[str, Any] = {
    "wave": 12,
    "title": "How ready are we for the permit assistant?",
    "version": 1,
    "different": "",
    "shared_at": "2026-12-08T09:00:00Z",
    "page": "/surveys/12/shared/",
}
NEED = {
    "statement": "I need to see why an application was sorted last.",
    "remedies": [
        {"kind": "change", "text": "Reasons stand beside it.", "link": "", "due": "2027-01-31",
         "done_on": None},
    ],
}  # fmt: skip
TAKEN_BACK = OpenApiResponse(ProblemSerializer, description="They were taken back, and why.")


class VersionSerializer(serializers.ModelSerializer):
    """What one line tells of a version, whoever reads it."""

    title = serializers.CharField()
    version = serializers.IntegerField(source="number")

    class Meta:
        model = SharedResult
        fields = ["title", "version"]


@extend_schema_serializer(examples=[OpenApiExample("Shared", EXAMPLE, response_only=True)])
class SharedLineSerializer(VersionSerializer):
    """Results that are shared with you now; `different` says what is new in a later version."""

    wave = serializers.IntegerField(source="result.wave_id")
    page = serializers.SerializerMethodField()

    class Meta:
        model = SharedResult
        fields = list(EXAMPLE)

    def get_page(self, share: SharedResult) -> str:
        """Return where a person reads it."""
        return reverse("surveys:shared", args=[share.result.wave_id])


class SharedRemedySerializer(serializers.Serializer):
    """What was done about a need when the results were shared."""

    kind = serializers.CharField()
    text = serializers.CharField()
    link = serializers.CharField(allow_blank=True)
    due = serializers.DateField(allow_null=True)
    done_on = serializers.DateField(allow_null=True)


class SharedNeedSerializer(serializers.Serializer):
    """A need that comes from these answers."""

    statement = serializers.CharField()
    remedies = SharedRemedySerializer(many=True)


class DocumentSerializer(serializers.Serializer):
    """What a document tells, whoever reads it."""

    closed_on = serializers.DateField()
    answers = serializers.IntegerField()
    smallest_group = serializers.IntegerField()
    needs = SharedNeedSerializer(many=True)
    questions = QuestionResultSerializer(many=True)


DOCUMENT = ["closed_on", "answers", "smallest_group", "learned", "next_steps", "needs", "questions"]


@extend_schema_serializer(
    examples=[
        OpenApiExample(
            "Shared results",
            {
                **EXAMPLE,
                "closed_on": "2026-12-05",
                "answers": 60,
                "asked": 120,
                "smallest_group": 10,
                "learned": "Most of us expect help with routine cases and want to see reasons.",
                "next_steps": "Reasons are shown from February on. Practice begins in March.",
                "needs": [NEED],
                "department": "roads",
                "questions": [QUESTION],
            },
            response_only=True,
        )
    ]
)
class SharedSerializer(DocumentSerializer, SharedLineSerializer):
    """Shared results as you read them; `department` is yours, null where it is not shown."""

    asked = serializers.IntegerField()
    department = serializers.CharField(allow_null=True)

    class Meta:
        model = SharedResult
        fields = [*EXAMPLE, "asked", "department", *DOCUMENT]


class SharedList(ListAPIView):
    """The results that are shared with you now, the newest first."""

    queryset = SharedResult.objects.none()
    serializer_class = SharedLineSerializer
    permission_classes = [SignedInReads]
    throttle_classes = [OftenReads]

    def get_queryset(self) -> QuerySet[SharedResult]:
        """Return what this person may read, without what was taken back."""
        user: Any = self.request.user
        return lines_of(readable_by(user))


class SharedDetail(APIView):
    """What was found in one wave, as it was shared."""

    permission_classes = [SignedInReads]
    throttle_classes = [OftenReads]

    @extend_schema(responses={200: SharedSerializer, 410: TAKEN_BACK})
    def get(self, request: Request, wave: int) -> Response:
        """Read the results of a wave that were shared with you.

        They are a document that never changes: the whole agency's figures, and those of your own
        department where they may be shown. What was taken back answers 410 with the reason.
        """
        user: Any = request.user
        share: Any = get_object_or_404(titled(readable_by(user)), result__wave__pk=wave)
        if share.withdrawn_at:
            return gone(share)
        found = shared_as(share, share.home)
        own = found.own
        more = {"asked": found.asked, "department": own.code if own else None}
        return Response({**SharedLineSerializer(share).data, **told(share, found), **more})


def titled(shares: QuerySet[SharedResult]) -> QuerySet[SharedResult]:
    """Add the title under which each was shared."""
    return shares.annotate(title=KT("document__title"))


def lines_of(shares: Any) -> QuerySet[SharedResult]:
    """Return what of these is shared now, the newest first, without the documents."""
    return titled(shares.standing()).defer("document").order_by("-shared_at", "-pk")


def gone(share: SharedResult) -> Response:
    """Answer that results were taken back, and why, as the page does."""
    message = _("These results were taken back. The reason: %(reason)s")
    said = {"detail": message % {"reason": share.withdrawn_because}}
    return Response(said, status=status.HTTP_410_GONE)


def told(share: SharedResult, found: Shared) -> dict[str, Any]:
    """Return what a document tells whoever reads it, and the tables of their own department."""
    own = found.own
    parts = [(own.code, own.questions)] if own else []
    return {
        "closed_on": found.document["closed_on"],
        "answers": found.answers,
        "smallest_group": found.smallest_group,
        "learned": share.learned,
        "next_steps": share.next_steps,
        "needs": [
            {"statement": one["statement"], "remedies": one["remedies"]}
            for one in found.document["needs"]
        ],
        "questions": questions_told(found.sections, parts),
    }

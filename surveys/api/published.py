"""Published results of public questionnaires for everybody's programs: no account, nothing kept back.

They are the documents of the pages for visitors, and caches may keep them as long as those.
"""

from functools import partial
from typing import Any, cast

from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.cache import patch_vary_headers
from drf_spectacular.utils import OpenApiExample, extend_schema, extend_schema_serializer
from rest_framework import serializers, status
from rest_framework.generics import ListAPIView
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from buyin.accounts.permissions import EverybodyReads
from buyin.http import once_for_visitors
from buyin.programs import OftenVisits
from surveys.models import SharedResult
from surveys.queries.sharing import published, shared_as

from .results import ITEM, QUESTION
from .shared import (
    DOCUMENT,
    NEED,
    TAKEN_BACK,
    DocumentSerializer,
    VersionSerializer,
    gone,
    lines_of,
    titled,
    told,
)

EXAMPLE: dict[str, Any] = {
    "address": "traffic-lights-6-1",
    "title": "Traffic lights: what do you think?",
    "version": 1,
    "different": "",
    "published_at": "2026-12-08T09:00:00Z",
    "page": "/surveys/public/traffic-lights-6-1/results/",
}


@extend_schema_serializer(examples=[OpenApiExample("Published", EXAMPLE, response_only=True)])
class PublishedLineSerializer(VersionSerializer):
    """Results that everybody may read; `different` says what is new in a later version."""

    address = serializers.CharField(source="result.wave.address")
    published_at = serializers.DateTimeField(source="shared_at")
    page = serializers.SerializerMethodField()

    class Meta:
        model = SharedResult
        fields = list(EXAMPLE)

    def get_page(self, share: SharedResult) -> str:
        """Return where a person reads it."""
        return reverse("surveys:public-results", args=[share.result.wave.address])


@extend_schema_serializer(
    examples=[
        OpenApiExample(
            "Published results",
            {
                **EXAMPLE,
                "closed_on": "2026-12-05",
                "answers": 60,
                "smallest_group": 10,
                "learned": "Most of you wait too long at the bridge.",
                "next_steps": "The lights there change in March.",
                "needs": [NEED],
                "questions": [{**QUESTION, "items": [{**ITEM, "departments": []}]}],
            },
            response_only=True,
        )
    ]
)
class PublishedSerializer(DocumentSerializer, PublishedLineSerializer):
    """What was heard (`learned`) and decided (`next_steps`), and all figures that may be told."""

    class Meta:
        model = SharedResult
        fields = [*EXAMPLE, *DOCUMENT]


class _ForVisitors(APIView):
    """What is the same for everybody: nobody signs in, and caches keep it for a minute."""

    authentication_classes = []
    permission_classes = [EverybodyReads]
    throttle_classes = [OftenVisits]

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """Answer so that what did not change is not sent again."""
        reader = request.user  # nobody signs in here; but of who has, no cache keeps a thing
        response = cast("Response", super().dispatch(request, *args, **kwargs))
        request.user = reader
        patch_vary_headers(response, ["Accept-Language", "Cookie"])
        if response.status_code == status.HTTP_200_OK:
            response.add_post_render_callback(partial(once_for_visitors, request))
        return response


class PublishedList(_ForVisitors, ListAPIView):
    """The published results of public questionnaires, the newest first; no account is needed."""

    queryset = SharedResult.objects.none()
    serializer_class = PublishedLineSerializer

    def get_queryset(self) -> QuerySet[SharedResult]:
        """Return what is published now, without what was taken back."""
        return lines_of(published())


class PublishedDetail(_ForVisitors):
    """What came of one public questionnaire."""

    @extend_schema(responses={200: PublishedSerializer, 410: TAKEN_BACK})
    def get(self, request: Request, address: str) -> Response:
        """Read what came of a public questionnaire: what was heard, what was decided, all figures.

        No account is needed. It is the document of its page, which never changes; what was taken
        back answers 410 with the reason.
        """
        share = get_object_or_404(titled(published()), result__wave__address=address)
        if share.withdrawn_at:
            return gone(share)
        found = told(share, shared_as(share, None))
        return Response({**PublishedLineSerializer(share).data, **found})

"""A whole response from a person's own program, stored as if it came from the pages, or deleted.

Anonymous waves are answered on their pages only. There the portal keeps person and answer apart; a
program that stands between would know both, and could promise nothing.
"""

from typing import Any
from uuid import UUID

from django.urls import reverse
from django.utils.translation import gettext as _
from drf_spectacular.utils import (
    OpenApiExample,
    OpenApiResponse,
    extend_schema,
    extend_schema_serializer,
)
from rest_framework import serializers, status
from rest_framework.exceptions import NotFound, PermissionDenied, ValidationError
from rest_framework.permissions import IsAuthenticated
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from buyin.programs import JSONBody, OftenWrites, ProblemSerializer, Strict
from surveys import actions
from surveys.actions.withdrawing import withdraw_answers
from surveys.queries.filling import Asked, Respondent, filling_of
from surveys.queries.own import is_withdrawn

from .mine import asked_or_404

RECEIPT = "0b5f2a3e-5d0f-4b83-9c1c-3f6f0a6c2c11"


@extend_schema_serializer(
    examples=[
        OpenApiExample(
            "A response",
            {
                "receipt": RECEIPT,
                "answers": {
                    "useful": 4,
                    "reasons": ["speed", "check"],
                    "helped": "yes",
                    "told": "dk",
                    "hours": 2.5,
                    "wish": "A quiet room to try it out",
                },
            },
            request_only=True,
        )
    ]
)
class ResponseSerializer(Strict):
    """A whole response: the answers by question code, and a receipt that you make yourself."""

    receipt = serializers.UUIDField()
    answers: serializers.DictField = serializers.DictField()


@extend_schema_serializer(
    examples=[
        OpenApiExample("Stored", {"receipt": RECEIPT, "outcome": "stored"}, response_only=True)
    ]
)
class ReceiptSerializer(serializers.Serializer):
    """That the response with this receipt is stored: now, or already before this request."""

    receipt = serializers.UUIDField()
    outcome = serializers.ChoiceField(["stored", "repeated"])


class MyResponse(APIView):
    """The response of whoever is signed in."""

    permission_classes = [IsAuthenticated]
    throttle_classes = [OftenWrites]
    parser_classes = [JSONBody]

    @extend_schema(
        request=ResponseSerializer,
        responses={
            201: ReceiptSerializer,
            200: OpenApiResponse(ReceiptSerializer, description="It was stored before."),
            409: OpenApiResponse(
                ProblemSerializer,
                description="You have answered with another receipt, or deleted what you answered.",
            ),
            410: OpenApiResponse(ProblemSerializer, description="The wave takes no more."),
        },
    )
    def post(self, request: Request, wave: int) -> Response:
        """Send your whole response to a confidential or named wave, once.

        The answers go the way of the page: conditions, required questions and limits hold, and what is
        not asked of you is left out. The same receipt again answers 200 and stores nothing more;
        another one answers 409, and so does any once you have had the first deleted. Anonymous waves
        are refused with 403: answer them on their page.
        """
        asked = asked_or_404(request, wave)
        if asked.is_anonymous:
            raise PermissionDenied(_refused_because_anonymous(asked))
        body = ResponseSerializer(data=request.data)
        body.is_valid(raise_exception=True)
        receipt = body.validated_data["receipt"]
        user: Any = request.user
        if asked.receipt and is_withdrawn(wave, user):
            message = _("You have had your answers deleted. This survey takes no others from you.")
            return Response({"detail": message}, status=status.HTTP_409_CONFLICT)
        if asked.receipt:
            return _answered(receipt, is_same=asked.receipt == receipt)
        filling = filling_of(asked, respondent=Respondent.of(user), secret="")
        try:
            result = actions.send(
                filling=filling, answers=body.validated_data["answers"], receipt=receipt
            )
        except actions.ClosedError:
            message = _("This survey has closed. The response was not stored.")
            return Response({"detail": message}, status=status.HTTP_410_GONE)
        except actions.PausedError:
            message = _("This survey is paused. Send the response again when it goes on.")
            return Response({"detail": message}, status=status.HTTP_409_CONFLICT)
        except actions.AnsweredError:
            return _answered(receipt, is_same=False)
        return _told(result, receipt)

    @extend_schema(
        responses={204: OpenApiResponse(description="Nothing of it is stored any more.")}
    )
    def delete(self, request: Request, wave: int) -> Response:
        """Delete your response to a confidential or named wave, for good.

        That you have answered stays, so the wave takes no other response from you. Figures that were
        counted before stay as they are. Where nothing of yours is stored the answer is 404; what was
        given anonymously cannot be found, so an anonymous wave answers 403.
        """
        asked = asked_or_404(request, wave)
        if asked.is_anonymous:
            raise PermissionDenied(
                _(
                    "This survey is anonymous. Nobody can find your answers, so nobody can delete them."
                )
            )
        user: Any = request.user
        if not withdraw_answers(wave=asked.wave.pk, person=user):
            raise NotFound(_("No answers of yours are stored here."))
        return Response(status=status.HTTP_204_NO_CONTENT)


def _told(result: actions.Submission, receipt: UUID) -> Response:
    """Answer with what became of a response."""
    if result.outcome is actions.Outcome.INCOMPLETE:
        raise ValidationError({"answers": {c: [text] for c, text in result.errors.items()}})
    if result.outcome is actions.Outcome.STORED:
        stored = {"receipt": str(receipt), "outcome": "stored"}
        return Response(stored, status=status.HTTP_201_CREATED)
    return _answered(receipt, is_same=result.outcome is actions.Outcome.REPEATED)


def _answered(receipt: UUID, *, is_same: bool) -> Response:
    """Answer somebody who has answered before."""
    if is_same:
        return Response({"receipt": str(receipt), "outcome": "repeated"})
    message = _("You have answered this survey already. The first response counts.")
    return Response({"detail": message}, status=status.HTTP_409_CONFLICT)


def _refused_because_anonymous(asked: Asked) -> str:
    return _(
        "This survey is anonymous. A program that sends the response would know who answered "
        "what, so please answer it on its page: %(page)s"
    ) % {"page": reverse("surveys:start", args=[asked.wave.pk])}

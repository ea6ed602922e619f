"""The plan of the next wave for programs of authors: read it with its count, change it, publish it."""

from django.shortcuts import get_object_or_404
from drf_spectacular.utils import OpenApiResponse, extend_schema
from rest_framework import status
from rest_framework.request import Request
from rest_framework.response import Response

from buyin.programs import ProblemSerializer, ReadAndWritten
from surveys.actions import authoring, publishing
from surveys.models import Survey, WavePlan

from .plan_bodies import PlanSerializer
from .plan_told import PlannedSerializer, WavePlanSerializer, planned, published_plan
from .refusing import Refusable
from .waves import NothingSerializer, OneWave, WaveSerializer, author_of

CHANGED = OpenApiResponse(
    ProblemSerializer, description="Somebody else has changed the survey or published the wave."
)
NOT_YET = OpenApiResponse(
    ProblemSerializer, description="The last wave is not closed, or this is held in sessions."
)
SPEAKS_AGAINST = OpenApiResponse(
    ProblemSerializer, description="Something speaks against it, or it was published before."
)


class _OneSurvey(ReadAndWritten, Refusable):
    """What all addresses of the next wave of one survey do first."""

    def find(self, survey: int) -> Survey:
        """Return the survey, or answer 404."""
        return get_object_or_404(Survey.objects.visible_to(author_of(self.request)), pk=survey)


class NextPlan(_OneSurvey):
    """The plan of the next wave of a survey."""

    def answer(self, survey: int) -> Response:
        """Answer with the plan as it is now."""
        return Response(planned(self.find(survey), author_of(self.request)))

    @extend_schema(responses=PlannedSerializer)
    def get(self, request: Request, survey: int) -> Response:
        """Read the plan of the next wave, how many people it asks, and what speaks against it.

        There is none where no wave is being prepared: 404.
        """
        return self.answer(survey)

    @extend_schema(request=PlanSerializer, responses={200: PlannedSerializer, 409: CHANGED})
    def put(self, request: Request, survey: int) -> Response:
        """Set whom the next wave asks, when, and how openly, all at once.

        The rules are those of the page. Where somebody else has changed the survey since you read
        its revision nothing is saved.
        """
        found = self.find(survey)
        plan = get_object_or_404(WavePlan, survey=found)
        body = PlanSerializer(data=request.data)
        body.is_valid(raise_exception=True)
        chosen = body.chosen(plan, author_of(request))
        revision = body.validated_data["revision"]
        authoring.edit_plan(survey=found, revision=revision, plan=chosen, by=author_of(request))
        return self.answer(survey)

    @extend_schema(request=None, responses={200: PlannedSerializer, 409: NOT_YET})
    def post(self, request: Request, survey: int) -> Response:
        """Start preparing the next wave, which asks as the last one did.

        Where one is being prepared already, it stays as it is.
        """
        found = self.find(survey)
        NothingSerializer(data=request.data).is_valid(raise_exception=True)
        authoring.plan_again(survey=found)
        return self.answer(survey)


class PublishPlan(_OneSurvey):
    """The end of preparing: the wave asks."""

    @extend_schema(request=None, responses={201: WaveSerializer, 409: SPEAKS_AGAINST})
    def post(self, request: Request, survey: int) -> Response:
        """Publish the next wave as it is planned, once; questions and anonymity are fixed then.

        Whoever is asked finds it on their page, and gets a mail where the plan says so.
        """
        found = self.find(survey)
        NothingSerializer(data=request.data).is_valid(raise_exception=True)
        wave = publishing.publish(survey=found, by=author_of(request))
        return Response(WaveSerializer(wave).data, status=status.HTTP_201_CREATED)


class WavePlanDetail(OneWave):
    """How a published wave asks."""

    @extend_schema(responses=WavePlanSerializer)
    def get(self, request: Request, survey: int, number: int) -> Response:
        """Read by which rules a wave chose people, when it asks, and which mails it sends.

        How many people that is, by department, is in its response rate.
        """
        return Response(published_plan(self.find(survey, number)))

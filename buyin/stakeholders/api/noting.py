"""What is noted about one stakeholder, for programs: posts, consent, relations and assessments."""

from typing import Any, ClassVar

from django.db.models import Model, QuerySet
from django.http import Http404
from django.urls import path
from django.utils.translation import gettext as _
from drf_spectacular.utils import extend_schema
from rest_framework import serializers, status
from rest_framework.generics import ListAPIView
from rest_framework.request import Request
from rest_framework.response import Response

from buyin.bodies import ids_of, saved, typed
from buyin.initiatives.models import Initiative
from buyin.programs import ReadAndWritten
from buyin.stakeholders import actions
from buyin.stakeholders.forms import AssessmentForm, ConsentForm, NewPostForm
from buyin.stakeholders.models import (
    Assessment,
    ConsentEvent,
    Interest,
    Level,
    Post,
    Relationship,
    Source,
    Stakeholder,
    Strength,
)
from buyin.stakeholders.queries import opened, relations_of

from .bodies import (
    AssessmentBodySerializer,
    ConsentBodySerializer,
    ConsentSerializer,
    PostBodySerializer,
    PostSerializer,
    RelationBodySerializer,
    RelationSerializer,
)
from .registry import AssessmentSerializer


class Noted(ReadAndWritten, ListAPIView):
    """What is noted of the stakeholder of the address: to be read, and added to by who may."""

    body_class: ClassVar[type[serializers.Serializer]]

    @property
    def user(self) -> Any:
        """The person who asks."""
        return self.request.user

    def stakeholder(self, *, to_change: bool = False) -> Stakeholder:
        """Return the stakeholder of the address, or answer 404."""
        return opened(self.user, self.kwargs["stakeholder"], to_change=to_change)

    def person(self, *, to_change: bool = False) -> Any:
        """Return the person that the stakeholder is; 404 for organisations and groups."""
        found = self.stakeholder(to_change=to_change).person
        if found is None:
            raise Http404
        return found

    def body(self) -> dict[str, Any]:
        """Return what was sent, read by its fields; what does not hold is refused."""
        body = self.body_class(data=self.request.data)
        body.is_valid(raise_exception=True)
        return {name: value for name, value in body.validated_data.items() if value is not None}

    def written(self, record: Model) -> Response:
        """Answer with what was written."""
        said = self.get_serializer(record).data
        return Response(said, status=status.HTTP_201_CREATED)


class Posts(Noted):
    """The posts of a person."""

    queryset = Post.objects.none()
    serializer_class = PostSerializer
    body_class = PostBodySerializer

    def get_queryset(self) -> QuerySet[Post]:
        """Return every post, the newest first."""
        found: QuerySet[Post] = self.person().posts.select_related("department", "organisation")
        return found

    def get(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        """Answer with the posts that a person holds or held, the newest first."""
        return super().get(request, *args, **kwargs)

    @extend_schema(request=PostBodySerializer, responses={201: PostSerializer})
    def post(self, request: Request, stakeholder: int) -> Response:
        """Note a post; the newest says to which department a person belongs."""
        self.person(to_change=True)
        body = self.body()
        if "department" in body:
            [body["department"]] = ids_of([body["department"]], "department")
        fields = typed(NewPostForm(body, user=self.user))
        found = self.stakeholder(to_change=True)
        made = saved(actions.add_post, actor=self.user, stakeholder=found, **fields)
        return self.written(made)


class Consent(Noted):
    """What a person said about being contacted."""

    queryset = ConsentEvent.objects.none()
    serializer_class = ConsentSerializer
    body_class = ConsentBodySerializer

    def get_queryset(self) -> QuerySet[ConsentEvent]:
        """Return every note, the newest first."""
        found: QuerySet[ConsentEvent] = self.person().consent_events.select_related("noted_by")
        return found

    def get(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        """Answer with what a person said about being contacted, the newest first."""
        return super().get(request, *args, **kwargs)

    @extend_schema(request=ConsentBodySerializer, responses={201: ConsentSerializer})
    def post(self, request: Request, stakeholder: int) -> Response:
        """Note what a person said about being contacted; it is added, never changed."""
        self.person(to_change=True)
        fields = typed(ConsentForm(self.body()))
        found = self.stakeholder(to_change=True)
        return self.written(
            saved(actions.note_consent, actor=self.user, stakeholder=found, **fields)
        )


class Relations(Noted):
    """With whom a stakeholder has to do."""

    queryset = Relationship.objects.none()
    serializer_class = RelationSerializer
    body_class = RelationBodySerializer

    def get_queryset(self) -> QuerySet[Relationship]:
        """Return every relation to others whom this person may see."""
        found = relations_of(viewer=self.user, stakeholder=self.stakeholder())
        return Relationship.objects.filter(pk__in=[one.pk for one in found]).order_by("pk")

    def get(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        """Answer with the relations of a stakeholder in both directions, ended ones as well."""
        return super().get(request, *args, **kwargs)

    @extend_schema(request=RelationBodySerializer, responses={201: RelationSerializer})
    def post(self, request: Request, stakeholder: int) -> Response:
        """Note what this stakeholder is to another one."""
        first, body = self.stakeholder(to_change=True), self.body()
        second = Stakeholder.objects.known_to(self.user).filter(pk=body["second"]).first()
        if second is None:
            message = _("There is no such stakeholder.")
            raise serializers.ValidationError({"second": [message]})
        fields = {"strength": Strength.MEDIUM, **body, "second": second}
        return self.written(saved(actions.relate, actor=self.user, first=first, **fields))


class Assessments(Noted):
    """How a stakeholder stood to initiatives over time."""

    queryset = Assessment.objects.none()
    serializer_class = AssessmentSerializer
    body_class = AssessmentBodySerializer

    def get_queryset(self) -> QuerySet[Assessment]:
        """Return the assessments that this person may read."""
        interests = Interest.objects.visible_to(self.user).filter(stakeholder=self.stakeholder())
        noted = Assessment.objects.filter(about__in=interests.order_by().values("pk"))
        return noted.select_related("about", "assessed_by")

    def get(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        """Answer with how one stakeholder was assessed, the newest first."""
        return super().get(request, *args, **kwargs)

    @extend_schema(request=AssessmentBodySerializer, responses={201: AssessmentSerializer})
    def post(self, request: Request, stakeholder: int) -> Response:
        """Note how a stakeholder stands to an initiative; it is added, never changed.

        Who is not on the initiative's list yet is put on it.
        """
        found, body = self.stakeholder(to_change=True), self.body()
        seen = Initiative.objects.visible_to(self.user).filter(pk=body.pop("initiative")).first()
        if seen is None:
            message = _("There is no such initiative.")
            raise serializers.ValidationError({"initiative": [message]})
        for name in ("current", "desired"):
            if name in body:
                body[name] = int(Level[body[name].upper()])
        fields = typed(AssessmentForm({"source": Source.MANUAL, **body}))
        about = saved(actions.take_up, actor=self.user, stakeholder=found, initiative=seen)
        return self.written(saved(actions.assess, actor=self.user, about=about, **fields))


ONE = "stakeholders/<int:stakeholder>/"
urlpatterns = [
    path(f"{ONE}posts/", Posts.as_view(), name="api-posts"),
    path(f"{ONE}consent/", Consent.as_view(), name="api-consent"),
    path(f"{ONE}relations/", Relations.as_view(), name="api-relations"),
    path(f"{ONE}assessments/", Assessments.as_view(), name="stakeholder-assessments"),
]

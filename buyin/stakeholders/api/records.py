"""The records of stakeholders for programs: found as in the list, added and changed."""

from typing import Any

from django.db import transaction
from django.db.models import QuerySet
from django.utils.translation import gettext as _
from drf_spectacular.utils import (
    OpenApiParameter,
    OpenApiResponse,
    extend_schema,
    extend_schema_view,
)
from rest_framework import serializers, status, viewsets
from rest_framework.exceptions import PermissionDenied
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.routers import SimpleRouter

from buyin.bodies import ids_of, saved, typed
from buyin.keys import key_in
from buyin.programs import ProblemSerializer, ReadAndWritten
from buyin.stakeholders.actions import save_stakeholder
from buyin.stakeholders.forms import NEW_FORMS, FindForm, form_for
from buyin.stakeholders.models import Stakeholder
from buyin.stakeholders.queries import Search, find, may_add, opened, shown
from buyin.stakeholders.queries.comparing import mark_of_record

from .bodies import LEVELS, NewStakeholderBodySerializer, StakeholderBodySerializer
from .registry import StakeholderSerializer

CHANGED = OpenApiResponse(
    ProblemSerializer, description="It was changed since you read it; nothing was saved."
)
FILTERS = (
    "q", "department", "category", "initiative", "quadrant", "level", "gap", "owner", "tag",
    "state", "sort",
)  # fmt: skip


@extend_schema_view(
    list=extend_schema(parameters=[OpenApiParameter(name, str) for name in FILTERS])
)
class StakeholderViewSet(ReadAndWritten, viewsets.ReadOnlyModelViewSet):
    """The stakeholders whom the person who asks works with."""

    queryset = Stakeholder.objects.none()
    serializer_class = StakeholderSerializer
    filters = FILTERS

    def get_queryset(self) -> QuerySet[Stakeholder]:
        """Return whom this person works with, with how they stand."""
        user: Any = self.request.user
        return shown(find(viewer=user, search=self._search(user)), viewer=user)

    def _search(self, user: Any) -> Search:
        """Return what was asked for, with archived ones unless `state` says otherwise."""
        asked = {name: self.request.query_params[name] for name in FILTERS if self._asks(name)}
        if not asked:
            return Search(state="all")
        if asked.get("level") in LEVELS:
            asked["level"] = str(LEVELS.index(asked["level"]))
        form = FindForm({"state": "all", **asked}, viewer=user)
        typed(form)
        return form.search

    def _asks(self, name: str) -> bool:
        return self.detail is False and name in self.request.query_params

    @extend_schema(request=NewStakeholderBodySerializer, responses={201: StakeholderSerializer})
    def create(self, request: Request) -> Response:
        """Add a person, an organisation or a group; the same `form` adds one."""
        user: Any = request.user
        if not may_add(user):
            raise PermissionDenied
        body = NewStakeholderBodySerializer(data=request.data)
        body.is_valid(raise_exception=True)
        said = dict(body.validated_data)
        kind = said.pop("kind")
        form = NEW_FORMS[kind]
        new = Stakeholder(**{kind: form.party()})
        return self._saved(new, form, said, status.HTTP_201_CREATED)

    @extend_schema(
        request=StakeholderBodySerializer, responses={200: StakeholderSerializer, 409: CHANGED}
    )
    @transaction.atomic
    def update(self, request: Request, pk: str) -> Response:
        """Change who a stakeholder is; what is left out is empty afterwards.

        Where somebody has changed it since you read what you send as `seen`, nothing is saved and
        the answer is 409: read it anew, look at what is different, and send its new `seen`.
        """
        user: Any = request.user
        found = opened(user, key_in(pk) or 0, to_change=True, is_sent=True)
        before = mark_of_record(found)
        body = StakeholderBodySerializer(data=request.data)
        body.is_valid(raise_exception=True)
        said = dict(body.validated_data)
        seen = said.pop("seen", before)
        answer = self._saved(found, form_for(found), said, status.HTTP_200_OK)
        if before not in {seen, answer.data["seen"]}:
            transaction.set_rollback(True)
            told = _("This has been changed since you read it. Nothing was saved. Read it again.")
            return Response({"detail": told}, status=status.HTTP_409_CONFLICT)
        return answer

    def _saved(self, found: Stakeholder, kind: Any, said: dict[str, Any], code: int) -> Response:
        user: Any = self.request.user
        form = kind(_as_typed(said, kind), user=user)
        made = saved(save_stakeholder, actor=user, stakeholder=found, **_arguments(form))
        rows = shown(Stakeholder.objects.filter(pk=made.pk), viewer=user)
        return Response(StakeholderSerializer(rows.get()).data, status=code)


def _as_typed(said: dict[str, Any], kind: Any) -> dict[str, Any]:
    """Return a body as the form of the page takes it; refuse what such a stakeholder has not."""
    typed_in = {name: value for name, value in said.items() if value is not None}
    if "organisation_kind" in typed_in:
        typed_in["kind"] = typed_in.pop("organisation_kind")
    if department := typed_in.get("department"):
        [typed_in["department"]] = ids_of([department], "department")
    typed_in["tags"] = ", ".join(typed_in.get("tags", ()))
    has = set(kind.base_fields)
    if unknown := sorted({one for one, value in typed_in.items() if value != ""} - has):
        message = _("A stakeholder of this kind has no such field.")
        raise serializers.ValidationError({name: [message] for name in unknown})
    return typed_in


def _arguments(form: Any) -> dict[str, Any]:
    typed(form)
    found: dict[str, Any] = form.said
    return found


router = SimpleRouter(use_regex_path=False)
router.register("stakeholders", StakeholderViewSet, basename="stakeholder")
urlpatterns = router.urls

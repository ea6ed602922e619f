"""What all addresses for programs share: how bodies are read, how often one may ask, and refusals."""

import json
from collections.abc import Mapping
from typing import Any, ClassVar, Literal

from allauth.account.adapter import get_adapter
from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _lazy
from drf_spectacular.extensions import OpenApiSerializerExtension
from drf_spectacular.openapi import AutoSchema
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiResponse
from rest_framework import serializers, status
from rest_framework.exceptions import APIException, NotFound, ParseError
from rest_framework.parsers import BaseParser
from rest_framework.permissions import IsAuthenticated
from rest_framework.response import Response
from rest_framework.throttling import BaseThrottle, SimpleRateThrottle, UserRateThrottle
from rest_framework.views import APIView, exception_handler

from buyin.accounts.permissions import EverybodyReads

NOT_THERE = _lazy("There is no such address, or none for this account.")
WRITING = {"POST", "PUT", "PATCH"}


class OftenReads(UserRateThrottle):
    """How often one person's programs may read: often enough to fetch everything there is."""

    scope = "programs-read"
    rate = "600/min"


class OftenVisits(SimpleRateThrottle):
    """How often programs without an account may read from one network address."""

    scope = "programs-visit"
    rate = "600/min"

    def get_cache_key(self, request: Any, view: Any) -> str:
        """Return under which name the visits of this network address are counted.

        Where the server knows no address, all that it does not know are counted as one.
        """
        try:
            address = get_adapter().get_client_ip(request)
        except PermissionDenied:
            address = "unknown"
        return self.cache_format % {"scope": self.scope, "ident": address}


class OftenWrites(UserRateThrottle):
    """How often one person's programs may write."""

    scope = "programs-write"
    rate = "60/min"


def refused(error: Exception, context: Any) -> Response | None:
    """Return the answer to a request that failed; what is not there is told without its table."""
    return exception_handler(NotFound(NOT_THERE) if isinstance(error, Http404) else error, context)


class TooLargeError(APIException):
    """A body that is larger than the portal reads."""

    status_code = status.HTTP_413_REQUEST_ENTITY_TOO_LARGE
    default_detail = _lazy("This is more than the portal reads at once.")
    default_code = "too_large"


class JSONBody(BaseParser):
    """Reads a body of JSON, and refuses what no database keeps or no program can mean."""

    media_type = "application/json"

    def parse(
        self,
        stream: Any,
        media_type: str | None = None,
        parser_context: Mapping[str, Any] | None = None,
    ) -> Any:
        """Return the JSON of the body."""
        largest = settings.DATA_UPLOAD_MAX_MEMORY_SIZE or 0
        body = stream.read(largest + 1)
        if len(body) > largest:
            raise TooLargeError
        try:
            found = json.loads(body, parse_constant=_no_number, object_pairs_hook=_each_once)
            json.dumps(found, ensure_ascii=False).encode()  # halves of characters cannot go back
        except (ValueError, RecursionError) as error:
            raise ParseError(_("The body is no proper JSON: %s.") % _plain(error)) from error
        return found


class ReadAndWritten(APIView):
    """What an address that people's programs read and write does before others: it counts each apart."""

    permission_classes = [IsAuthenticated]
    throttle_classes = [OftenReads, OftenWrites]
    parser_classes = [JSONBody]

    def get_throttles(self) -> list[BaseThrottle]:
        """Return how often this request may come: a writing one is not counted among readings."""
        return [OftenWrites() if self.request.method in WRITING else OftenReads()]


def _plain(error: Exception) -> str:
    """Return what is wrong with the body, without the parts of it that could not be sent back."""
    if isinstance(error, UnicodeError):
        return _("it holds half a character")
    return _("it is nested too deeply") if isinstance(error, RecursionError) else str(error)


def _no_number(text: str) -> None:
    raise ValueError(_("%s is no number") % text)


def _each_once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) < len(pairs):
        raise ValueError(_("a name stands twice in one place"))
    return found


class Strict(serializers.Serializer):
    """A body of which every field is known: a slip in a name must not pass in silence."""

    def to_internal_value(self, data: Any) -> Any:
        """Return what was sent; name each field that there is not."""
        if isinstance(data, Mapping):
            unknown = sorted(set(data) - set(self.fields))
            if unknown:
                message = _("There is no such field.")
                raise serializers.ValidationError({name: [message] for name in unknown})
        return super().to_internal_value(data)


class SaysStrict(OpenApiSerializerExtension):
    """Tells programs in the schema that such a body has no other fields."""

    target_class = Strict
    match_subclasses = True

    def map_serializer(self, auto_schema: AutoSchema, direction: str) -> dict[str, Any]:
        """Return what the schema says of a body."""
        said: dict[str, Any] = auto_schema._map_serializer(  # type: ignore[no-untyped-call]  # noqa: SLF001
            self.target, direction, bypass_extensions=True
        )
        return said | {"additionalProperties": False}


class ProblemSerializer(serializers.Serializer):
    """Why nothing was done, in words."""

    detail = serializers.CharField()


class Described(AutoSchema):
    """The schema of one operation: in one line what it does, and every refusal that may come."""

    REFUSALS: ClassVar = {
        "400": _lazy("It could not be read or does not hold: what is wrong, by the field's name."),
        "403": _lazy("Nobody is signed in, or this is not for this account."),
        "404": _lazy("There is no such thing, or none for this account."),
        "413": _lazy("The body is too large."),
        "415": _lazy("The body is no JSON."),
        "429": _lazy("Asked too often; Retry-After says in how many seconds to ask again."),
    }

    def get_summary(self) -> str | None:
        """Return the first paragraph of what is said of the operation, in one line."""
        paragraph = self.get_description().partition("\n\n")[0]
        return " ".join(paragraph.split()).rstrip(".") or None

    @property
    def is_for_everybody(self) -> bool:
        """Whether nobody has to sign in."""
        return EverybodyReads in self.view.permission_classes

    def get_auth(self) -> list[dict[str, Any]]:
        """Return how one signs in; for everybody: not at all."""
        found: list[dict[str, Any]] = super().get_auth()
        return [{}] if self.is_for_everybody else found

    def _get_response_bodies(
        self, direction: Literal["request", "response"] = "response"
    ) -> dict[str, Any]:
        describe: Any = self._get_response_for_code  # the library has no types here
        bodies: dict[str, Any] = super()._get_response_bodies(direction)
        for code in self._refusals() - bodies.keys():
            kind = OpenApiTypes.OBJECT if code == "400" else ProblemSerializer
            said = OpenApiResponse(kind, description=str(self.REFUSALS[code]))
            bodies[code] = describe(said, code, direction=direction)
        return dict(sorted(bodies.items()))

    def _refusals(self) -> set[str]:
        """Return the statuses with which this operation may refuse."""
        found = {"400"}
        if not self.is_for_everybody:
            found.add("403")
        if "{" in self.path:
            found.add("404")
        if self.method in WRITING:
            found |= {"413", "415"}
        return found | ({"429"} if self.view.throttle_classes else set())

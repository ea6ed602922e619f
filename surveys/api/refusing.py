"""How all addresses for programs tell that an action was not done."""

from django.utils.translation import gettext as _
from rest_framework import status
from rest_framework.response import Response
from rest_framework.views import APIView

from surveys.actions.refusals import ChangedMeanwhileError, RefusedError


class Refusable(APIView):
    """What asks for an action: where that refuses, the answer is 409 and says why."""

    def handle_exception(self, exc: Exception) -> Response:
        """Answer with the reason where an action refuses."""
        if not isinstance(exc, RefusedError):
            return super().handle_exception(exc)
        reason = str(exc)
        if isinstance(exc, ChangedMeanwhileError):  # its words speak of what stands on a page
            reason = _(
                "This has been changed since you read it. Nothing was saved. Read it again "
                "and send what you want with its new revision."
            )
        return Response({"detail": reason}, status=status.HTTP_409_CONFLICT)

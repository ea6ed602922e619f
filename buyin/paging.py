"""What programs may ask of lists: some rows of them, and filters, but none that there is not."""

from collections.abc import Collection
from typing import Any

from django.utils.translation import gettext as _
from rest_framework.exceptions import ValidationError
from rest_framework.pagination import LimitOffsetPagination

from buyin.keys import LARGEST, key_in

PAGING = ("limit", "offset")


class Pages(LimitOffsetPagination):
    """How programs read long lists: a hundred rows at a time, a thousand at most."""

    default_limit = 100
    max_limit = 1000

    def paginate_queryset(self, queryset: Any, request: Any, view: Any = None) -> list[Any] | None:
        """Return the rows that are asked for; a filter that there is not is refused by its name."""
        refuse_unknown(request, {*PAGING, *getattr(view, "filters", ())})
        return super().paginate_queryset(queryset, request, view)

    def get_limit(self, request: Any) -> int:
        """Return how many rows are asked for, and never more than the most."""
        wanted = _whole_number(request, "limit", self.default_limit, least=1)
        return min(wanted, self.max_limit)

    def get_offset(self, request: Any) -> int:
        """Return how many rows to leave out first."""
        return _whole_number(request, "offset", 0, least=0)

    def get_schema_operation_parameters(self, view: Any) -> list[dict[str, Any]]:
        """Return what the schema says of both, with what they may be."""
        parameters = super().get_schema_operation_parameters(view)
        for one in parameters:
            one["schema"] |= {"minimum": 1 if one["name"] == "limit" else 0, "maximum": LARGEST}
        return parameters


def refuse_unknown(request: Any, known: Collection[str]) -> None:
    """Refuse words of an address that mean nothing: a slip in a name must not pass in silence."""
    unknown = sorted(set(request.query_params) - set(known))
    if unknown:
        raise ValidationError({name: [_("There is no such filter.")] for name in unknown})


def _whole_number(request: Any, name: str, usual: int, *, least: int) -> int:
    """Return a number of the address; one that cannot be read is refused by its name."""
    text = request.query_params.get(name)
    if text is None:
        return usual
    found = key_in(text)
    if found is None or found < least:
        message = _("This is no whole number from %(n)d on.") % {"n": least}
        raise ValidationError({name: [message]})
    return found

"""What only sets the scene of a test stays out of the audit trail: nobody did it."""

from collections.abc import Callable
from functools import wraps

from auditlog.context import disable_auditlog


def without_trail[**P, T](make: Callable[P, T]) -> Callable[P, T]:
    """Return the same function, of whose writing the audit trail does not hear."""

    @wraps(make)
    def made(*values: P.args, **named: P.kwargs) -> T:
        with disable_auditlog():
            return make(*values, **named)

    return made

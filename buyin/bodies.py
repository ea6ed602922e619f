"""Bodies that programs send, read by the forms of the pages and handed to the same actions.

What does not hold is refused under the body's own names, what belongs to none of them as `detail`.
"""

from collections.abc import Callable
from typing import Any

from django import forms
from django.core.exceptions import NON_FIELD_ERRORS, PermissionDenied
from django.core.exceptions import ValidationError as NotValid
from django.http import Http404
from django.utils.translation import gettext as _
from rest_framework.serializers import ValidationError

from buyin.accounts.models import Department

CODE: dict[str, Any] = {"slug_field": "code", "read_only": True}  # a department, by its code


def departments_of(codes: list[str], field: str = "departments") -> list[Department]:
    """Return the departments with these codes; the first that there is not is refused at its field."""
    found = {one.code: one for one in Department.objects.filter(code__in=codes)}
    for code in codes:
        if code not in found:
            message = _("There is no department with the code “%(code)s”.") % {"code": code}
            raise ValidationError({field: [message]})
    return [found[code] for code in dict.fromkeys(codes)]


def ids_of(codes: list[str], field: str) -> list[int]:
    """Return the same as the choices of a form."""
    return [department.pk for department in departments_of(codes, field)]


def problems_of(form: forms.BaseForm, **names: str) -> dict[str, list[str]]:
    """Return what is wrong with a form; `names` gives what the body calls a field of the form."""
    named = {NON_FIELD_ERRORS: "detail", **names}
    told: dict[str, list[str]] = {}
    for name, texts in form.errors.items():
        told.setdefault(named.get(name, name), []).extend(map(str, texts))
    return told


def checked[F: forms.BaseForm](form: F, **names: str) -> F:
    """Return a form that holds, or refuse what does not."""
    if not form.is_valid():
        raise ValidationError(problems_of(form, **names))
    return form


def typed(form: forms.BaseForm, **names: str) -> dict[str, Any]:
    """Return what a form makes of a body, or refuse what does not hold."""
    found: dict[str, Any] = checked(form, **names).cleaned_data
    return found


def saved[M](save: Callable[..., M], **fields: Any) -> M:
    """Return what an action wrote; what it finds wrong is refused, what is not theirs answers 404."""
    try:
        return save(**fields)
    except NotValid as problem:
        raise refusal(problem) from problem
    except PermissionDenied as problem:
        raise Http404 from problem


def refusal(problem: NotValid) -> ValidationError:
    """Return what an action found wrong as programs are told it."""
    found = problem.message_dict if hasattr(problem, "error_dict") else {"detail": problem.messages}
    return ValidationError(
        {"detail" if name == NON_FIELD_ERRORS else name: texts for name, texts in found.items()}
    )

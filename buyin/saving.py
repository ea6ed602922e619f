"""Saving what a form holds: what an action refuses stands at its field, and nothing typed is lost."""

from collections.abc import Callable

from django import forms
from django.core.exceptions import ValidationError


def saved[M](form: forms.BaseForm, save: Callable[[], M]) -> M | None:
    """Return what was saved, or None where the form now says what is wrong."""
    try:
        return save()
    except ValidationError as problem:
        if not hasattr(problem, "error_dict"):
            form.add_error(None, problem)
            return None
        for name, messages in problem.message_dict.items():
            form.add_error(name if name in form.fields else None, messages)
        return None

"""Naming somebody by mail address, with those offered who are likely to be meant."""

from collections.abc import Iterator
from functools import cached_property
from typing import Any

from django import forms
from django.utils.translation import gettext as _

from buyin.accounts.models import User
from buyin.accounts.queries.people import likely_people


class AddressInput(forms.EmailInput):
    """A mail address, typed or picked from the people that are offered."""

    template_name = "forms/address.html"
    offered: "Offered | tuple[()]" = ()

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        """Return what the template draws: the input, and (address, name) of whom it offers."""
        context: dict[str, Any] = super().get_context(name, value, attrs)
        offered = list(self.offered)
        if offered:
            context["widget"]["offered"] = offered
            context["widget"]["attrs"]["list"] = f"{context['widget']['attrs']['id']}_offered"
        return context


class AddressField(forms.EmailField):
    """The mail address of somebody with an open account: the form gets the person."""

    widget = AddressInput

    def clean(self, value: Any) -> Any:
        """Return the person at this address, None where nothing was typed."""
        address = super().clean(value)
        if not address:
            return None
        person = User.objects.active().filter(email=address.lower()).first()
        if person is None:
            raise forms.ValidationError(_("Nobody with an open account has this mail address."))
        return person


class Offered:
    """People to choose from, looked up once, and only where a form is drawn."""

    def __init__(self, viewer: User) -> None:
        self.viewer = viewer

    def __iter__(self) -> Iterator[tuple[str, str]]:
        return iter(self._people)

    @cached_property
    def _people(self) -> list[tuple[str, str]]:
        return [(one.email, one.name) for one in likely_people(self.viewer)]


def offer_people[Form: forms.BaseForm](form: Form, viewer: User) -> Form:
    """Return the form, its fields for addresses offering whom this person may look up by name."""
    offered = Offered(viewer)
    for field in form.fields.values():
        if isinstance(field.widget, AddressInput):
            field.widget.offered = offered
    return form

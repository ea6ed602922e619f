"""Updates as somebody writes them."""

from typing import Any
from uuid import uuid4

from django import forms
from django.utils.translation import gettext_lazy as _

from buyin.editing import SeenForm
from buyin.initiatives.models import Update
from buyin.lines import LineField


class UpdateForm(SeenForm, forms.Form):
    """What an initiative has to tell."""

    made_by_form = forms.UUIDField(widget=forms.HiddenInput, initial=uuid4)
    title = LineField(
        label=_("In one line"),
        max_length=150,
        error_messages={"required": _("Say in one line what is new.")},
    )
    text = forms.CharField(
        label=_("What is new, in plain words"),
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": 6}),
        help_text=_(
            "What happened, what it means for people, and what comes next. Everybody who may open "
            "the initiative reads it, and finds it in the weekly report."
        ),
        error_messages={"required": _("Write what is new.")},
    )

    @staticmethod
    def initial_for(update: Update) -> dict[str, Any]:
        """Return what the form shows of an update that is there."""
        return {"made_by_form": update.made_by_form, "title": update.title, "text": update.text}

"""What people type about decisions and what they rest on."""

from collections.abc import Mapping
from typing import Any, ClassVar
from uuid import UUID

from django import forms
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from buyin.initiatives.models import Decision, DecisionInput
from buyin.initiatives.models.rules import leads_somewhere
from buyin.lines import LineField

from .records import ReaderField, RecordForm


class DecisionForm(RecordForm):
    """A decision with its reasons; a new one may say at once what drove it."""

    decider = ReaderField(
        label=_("Person in the portal who decided"),
        required=False,
        help_text=_("Their mail address, if they have an account."),
    )
    replaces = forms.ModelChoiceField(
        label=_("It replaces"),
        queryset=Decision.objects.none(),
        required=False,
        empty_label=_("No earlier decision"),
    )
    input_kind = forms.ChoiceField(
        label=_("What drove it"), required=False, choices=[("", "–"), *DecisionInput.Kind.choices]
    )
    input_text = LineField(label=_("What that says"), required=False, max_length=300)
    input_link = LineField(
        label=_("Page about that"),
        required=False,
        max_length=500,
        help_text=_("An address that begins with https:// or, in this portal, with /."),
    )

    class Meta:
        model = Decision
        fields = [
            "title", "decided_on", "decided_by", "decider", "forum", "options", "rationale",
            "review_on",
        ]  # fmt: skip
        widgets: ClassVar[dict[str, Any]] = {
            "options": forms.Textarea(attrs={"rows": 4}),
            "rationale": forms.Textarea(attrs={"rows": 4}),
        }
        help_texts: ClassVar[dict[str, Any]] = {
            "decided_by": _(
                "A person, a post or a body, such as “Head of Permits”. It may only be left empty "
                "where the next field says it."
            ),
        }

    def __init__(self, *args: Any, asked: Mapping[str, str] | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        decision, fields = self.instance, self.fields
        self.initial["decider"] = decision.decider.email if decision.decider else ""
        # What this very form has replaced may be chosen still: it is sent a second time.
        free = Q(superseded_by=None) | Q(superseded_by__made_by_form=self._sent_form())
        earlier = Decision.objects.filter(free, initiative=decision.initiative_id)
        choice: Any = fields["replaces"]
        choice.queryset = earlier.exclude(pk=decision.pk)
        if decision.pk:
            for name in ("input_kind", "input_text", "input_link"):
                del fields[name]
            return
        self.initial["decided_on"] = timezone.localdate()
        for name in ("kind", "text", "link"):
            self.initial[f"input_{name}"] = (asked or {}).get(name, "")

    def _sent_form(self) -> UUID | None:
        try:
            return UUID(self.data.get("made_by_form", ""))
        except ValueError:
            return None

    def clean_input_link(self) -> str:
        """Refuse an address that leads nowhere."""
        link: str = self.cleaned_data["input_link"]
        if link:
            leads_somewhere(link)
        return link

    def clean(self) -> dict[str, Any]:
        """Ask who decided, and for both the kind and the words of what drove it."""
        typed: dict[str, Any] = super().clean() or self.cleaned_data
        has_person = typed.get("decider") or "decider" in self.errors
        if not typed.get("decided_by") and not has_person:
            self.add_error("decided_by", _("Say who decided."))
        kind, text = typed.get("input_kind"), typed.get("input_text")
        if bool(kind) != bool(text) or (typed.get("input_link") and not text):
            self.add_error("input_text", _("Say what kind of thing drove it, and what it says."))
        return typed

    def _get_validation_exclusions(self) -> set[str]:
        # The name of who decided may come from the account; the action sees to it.
        left_out: set[str] = super()._get_validation_exclusions()  # type: ignore[misc]
        return left_out | {"decided_by"}

    def decision(self) -> dict[str, Any]:
        """Return what was typed about the decision itself."""
        return {n: v for n, v in self.cleaned_data.items() if not n.startswith("input_")}

    def input(self) -> dict[str, str]:
        """Return what drove it, empty where nothing was typed."""
        typed = self.cleaned_data
        names = ("kind", "text", "link")
        return {n: typed[f"input_{n}"] for n in names} if typed.get("input_text") else {}


class InputForm(forms.ModelForm):
    """One more thing that a decision rests on."""

    class Meta:
        model = DecisionInput
        fields = ["kind", "text", "link"]

"""What the survey team tells people with the results that it shares, and with whom."""

from collections.abc import Sequence
from copy import copy
from typing import Any, Self
from uuid import uuid4

from django import forms
from django.utils.translation import gettext_lazy as _

from buyin.accounts.models import Department, indented
from buyin.lines import LineField
from surveys.actions.sharing import Message
from surveys.models import Need, SharedResult

ALL, SOME = "all", "some"
LONGEST = 2000


class ShareForm(forms.Form):
    """With whom results are shared, what was learned, and what happens next."""

    made_by_form = forms.UUIDField(widget=forms.HiddenInput)
    seen = forms.CharField(required=False, max_length=64, widget=forms.HiddenInput)
    audience = forms.ChoiceField(
        label=_("With whom do you share them?"),
        choices=[
            (ALL, _("Everybody who was asked")),
            (SOME, _("Only people of some departments")),
        ],
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose with whom you share them.")},
        help_text=_(
            "All of them read the figures of the whole agency. Figures of a department are read "
            "by its own people only, and only where they may be shown."
        ),
    )
    departments = forms.MultipleChoiceField(
        label=_("Departments"),
        required=False,
        widget=forms.CheckboxSelectMultiple(attrs={"data-shown-with": f"audience={SOME}"}),
        help_text=_("A department stands for itself and everything under it that was asked."),
    )
    learned = forms.CharField(
        label=_("What we learned"),
        max_length=LONGEST,
        widget=forms.Textarea(attrs={"rows": 5}),
        error_messages={"required": _("Write what you learned from the answers.")},
        help_text=_("In plain words, two or three sentences. It stands above the figures."),
    )
    next_steps = forms.CharField(
        label=_("What happens next"),
        max_length=LONGEST,
        widget=forms.Textarea(attrs={"rows": 5}),
        error_messages={"required": _("Write what happens next, and when.")},
        help_text=_("What you will do and by when, and what you will not do and why."),
    )
    needs = forms.MultipleChoiceField(
        label=_("Needs that come from these answers"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("People read each with what is done about it, as it is now."),
    )
    different = LineField(
        label=_("What is different this time?"),
        max_length=300,
        error_messages={"required": _("Say in a sentence what differs from the version before.")},
        help_text=_("People may have read the version that was taken back."),
    )

    def __init__(
        self,
        *args: Any,
        departments: Sequence[tuple[int, Department]],
        needs: Sequence[Need],
        is_first: bool,
        is_public: bool,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        fields: Any = self.fields
        fields["departments"].choices = [
            (str(one.pk), indented(depth, one.name)) for depth, one in departments
        ]
        self.needs_found = {str(one.pk): one for one in needs}
        fields["needs"].choices = [(pk, one.statement) for pk, one in self.needs_found.items()]
        if not needs:
            del fields["needs"]
        if is_first:
            del fields["different"]
        if is_public:  # there is one audience: everybody
            del fields["audience"], fields["departments"]
            fields["learned"].label = _("What we heard")
            fields["next_steps"].label = _("What we decided")

    @staticmethod
    def initial_of(last: SharedResult | None) -> dict[str, Any]:
        """Return what the form shows before anybody types: the words that were taken back, if any."""
        initial: dict[str, Any] = {"made_by_form": uuid4()}
        if last is None:
            return initial
        return initial | {
            "audience": ALL if last.is_for_all else SOME,
            "departments": [str(row.department_id) for row in last.departments.all()],
            "learned": last.learned,
            "next_steps": last.next_steps,
            "needs": [str(one["id"]) for one in last.document["needs"]],
        }

    def clean(self) -> dict[str, Any]:
        """Refuse to share with some departments where none is ticked."""
        cleaned = self.cleaned_data
        if cleaned.get("audience") == SOME and not cleaned.get("departments"):
            self.add_error("departments", _("Choose at least one department."))
        return cleaned

    def message(self) -> Message:
        """Return what was typed, for the action."""
        cleaned = self.cleaned_data
        some = [int(pk) for pk in cleaned.get("departments", ())]
        return Message(
            learned=cleaned["learned"],
            next_steps=cleaned["next_steps"],
            different=cleaned.get("different", ""),
            departments=some if cleaned.get("audience") == SOME else None,
            needs=[self.needs_found[pk] for pk in cleaned.get("needs", ())],
        )

    def after_looking_at(self, seen: str) -> Self:
        """Return this form with everything typed and the document that its author looks at."""
        typed: Any = copy(self.data)
        typed["seen"] = seen
        self.data = typed
        return self


class ReaderForm(forms.Form):
    """As whom to look at what is about to be shared."""

    reader = forms.ChoiceField(label=_("As seen by people of"), required=False)

    def __init__(self, *args: Any, document: dict[str, Any], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["reader"]
        names = [(pk, one["name"]) for pk, one in document["departments"].items()]
        field.choices = [
            ("", _("a department that is not shown")),
            *sorted(names, key=lambda one: one[1]),
        ]

    def home(self) -> int | None:
        """Return the department that was chosen; None where none of those that are shown was."""
        self.is_valid()
        chosen = self.cleaned_data.get("reader")
        return int(chosen) if chosen else None


class WithdrawForm(forms.Form):
    """Why shared results are taken back."""

    because = LineField(
        label=_("Why do you take them back?"),
        max_length=300,
        error_messages={"required": _("Write why you take them back.")},
        help_text=_("People who could read them read this sentence instead."),
    )

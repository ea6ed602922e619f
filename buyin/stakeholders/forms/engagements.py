"""What people type right after they have met somebody."""

from typing import Any
from uuid import uuid4

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from buyin.accounts.forms import AddressField
from buyin.accounts.models import User
from buyin.initiatives.forms.choosing import InitiativeField
from buyin.initiatives.models import Initiative
from buyin.lines import LineField
from buyin.stakeholders.actions import Point
from buyin.stakeholders.models import Engagement

from .people import WithPeopleForm

ALL = ("", _("All"))
NOT_SAID = ("", _("Not said"))
POINTS = 3
LONGEST_SEARCH = 100


class PointsForm(forms.Form):
    """What came up: up to three points, each with who takes care of it until when."""

    most = POINTS

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for n in range(1, self.most + 1):
            label = {"n": n}
            self.fields[f"point_{n}"] = LineField(
                label=_("Point %(n)d") % label, max_length=300, required=False
            )
            self.fields[f"owner_{n}"] = AddressField(
                label=_("Who takes care of point %(n)d") % label,
                required=False,
                help_text=_("A mail address. Empty: it is a note, and nobody has to do anything."),
            )
            self.fields[f"due_{n}"] = forms.DateField(
                label=_("Point %(n)d by when") % label, required=False
            )

    def clean(self) -> dict[str, Any]:
        """Name what is missing at its field, and keep the points under `points`."""
        typed = super().clean() or self.cleaned_data
        typed["points"] = [one for n in range(1, self.most + 1) if (one := self._point(n))]
        return {key: value for key, value in typed.items() if not _is_of_point(key)}

    def _point(self, n: int) -> Point | None:
        typed = self.cleaned_data
        text, owner, due = (typed.get(f"{name}_{n}") for name in ("point", "owner", "due"))
        names_somebody = owner or f"owner_{n}" in self.errors
        if not text and (names_somebody or due):
            self.add_error(f"point_{n}", _("Write what is to be done."))
        if due and not names_somebody:
            self.add_error(f"owner_{n}", _("Say who takes care of it until that day."))
        return Point(text, owner, due) if text else None

    @property
    def point_fields(self) -> list[list[forms.BoundField]]:
        """Return the fields of each point together."""
        return [
            [self[f"{name}_{n}"] for name in ("point", "owner", "due")]
            for n in range(1, self.most + 1)
        ]

    @property
    def has_points(self) -> bool:
        """Whether something is typed of a point, or has to be mended there."""
        return any(one.data or one.errors for fields in self.point_fields for one in fields)


def _is_of_point(name: str) -> bool:
    return name.rpartition("_")[0] in {"point", "owner", "due"}


class EngagementForm(WithPeopleForm, PointsForm):
    """Who spoke with whom, when, and what was said."""

    made_by_form = forms.UUIDField(widget=forms.HiddenInput, required=False)
    kind = forms.ChoiceField(
        label=_("What it was"), choices=Engagement.Kind.choices, widget=forms.RadioSelect
    )
    day = forms.DateField(label=_("Day"))
    summary = forms.CharField(
        label=_("What was said"), max_length=4000, widget=forms.Textarea(attrs={"rows": 4})
    )
    sentiment = forms.TypedChoiceField(
        label=_("How it went"),
        required=False,
        choices=[NOT_SAID, *Engagement.Sentiment.choices],
        coerce=int,
        empty_value=None,
    )
    follow_up_on = forms.DateField(
        label=_("Speak again by"),
        required=False,
        help_text=_("It waits for you then, and you are reminded by mail."),
    )
    initiative = InitiativeField(
        label=_("About which initiative"),
        required=False,
        empty_label=_("None, or several"),
    )
    is_confidential = forms.BooleanField(
        label=_("Confidential"),
        required=False,
        help_text=_("Read only by you, who leads the initiative and the agency’s leads."),
    )
    field_order = ("kind", "day", "participants", "others", "summary", "sentiment", "initiative")

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        super().__init__(*args, user=user, **kwargs)
        fields: Any = self.fields
        fields["initiative"].queryset = Initiative.objects.visible_to(user).order_by("name", "pk")
        self.initial.setdefault("day", timezone.localdate())
        self.initial.setdefault("made_by_form", uuid4())
        self.initial.setdefault("kind", Engagement.Kind.MEETING)

    @property
    def first(self) -> list[forms.BoundField]:
        """Return what has to be said."""
        names = ("kind", "day", "participants", "others", "summary", "sentiment")
        return [self[name] for name in names if self.has_likely or name != "participants"]

    @property
    def more(self) -> list[forms.BoundField]:
        """Return what may be said about all of it."""
        return [self["follow_up_on"], self["initiative"], self["is_confidential"]]


class LogForm(forms.Form):
    """Which engagements the log shows."""

    search = LineField(label=_("Search"), required=False, max_length=LONGEST_SEARCH)
    kind = forms.ChoiceField(
        label=_("What it was"), required=False, choices=[ALL, *Engagement.Kind.choices]
    )
    initiative = InitiativeField(
        label=_("Initiative"),
        required=False,
        empty_label=_("All"),
    )

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        fields: Any = self.fields
        readable = Engagement.objects.visible_to(user).order_by()
        fields["initiative"].queryset = Initiative.objects.filter(
            pk__in=readable.values("initiative")
        )

    def wanted(self) -> dict[str, Any]:
        """Return what was asked for; what cannot be read asks for nothing."""
        self.is_valid()
        return dict(self.cleaned_data)

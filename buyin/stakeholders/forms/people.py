"""With whom: the likely ones to be ticked, others by name."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.db.models.functions import Lower
from django.utils.translation import gettext_lazy as _

from buyin.accounts.models import User
from buyin.stakeholders.models import Stakeholder

MOST_NAMED = 30
MOST_NEAR = 5  # names that are proposed for one
MOST_WORDS = 5


class WithPeopleForm(forms.Form):
    """Stakeholders ticked and named; together they stand under `participants`."""

    NOBODY: Any = _("Say who took part.")

    participants = forms.ModelMultipleChoiceField(
        label=_("Who took part"),
        queryset=Stakeholder.objects.none(),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    others = forms.CharField(
        label=_("Others who took part"),
        required=False,
        max_length=3000,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("One name a line, as it stands in the list of stakeholders."),
    )

    def __init__(
        self, *args: Any, user: User, likely: Sequence[Stakeholder], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.user = user
        fields: Any = self.fields
        fields["participants"].queryset = self.offered()
        fields["participants"].choices = [(one.pk, one.name) for one in likely]

    def offered(self) -> QuerySet[Stakeholder]:
        """Return whom this person may name."""
        return Stakeholder.objects.known_to(self.user)

    @property
    def has_likely(self) -> bool:
        """Whether there is anybody to be ticked."""
        return bool(self.fields["participants"].choices)  # type: ignore[attr-defined]

    def clean_others(self) -> list[Stakeholder]:
        """Return the stakeholders who are named; a ValidationError names those it cannot find."""
        names = [line.strip() for line in self.cleaned_data["others"].splitlines() if line.strip()]
        if len(names) > MOST_NAMED:
            raise ValidationError(_("Name at most %(most)d people."), params={"most": MOST_NAMED})
        known = self.offered().filter(archived_at=None).annotate(lower=Lower("name"))
        rows = known.filter(lower__in={name.lower() for name in names})
        found: dict[str, list[Stakeholder]] = {}
        for one in rows:
            found.setdefault(one.name.lower(), []).append(one)
        problems = []
        for name in names:
            if len(found.get(name.lower(), [])) > 1:
                problems.append(
                    _("Several are called “%(name)s”: begin at the right one’s page.")
                    % {"name": name}
                )
            elif name.lower() not in found:
                problems.append(self._unknown(name))
        if problems:
            raise ValidationError(problems)
        return [found[name.lower()][0] for name in names]

    def _unknown(self, name: str) -> str:
        """Return that nobody is called so, and whose names hold what was written."""
        rows = self.offered().filter(archived_at=None)
        for word in name.split()[:MOST_WORDS]:
            rows = rows.filter(name__icontains=word)
        near = list(rows.order_by("name").values_list("name", flat=True).distinct()[:MOST_NEAR])
        if not near:
            return _("Nobody whom you work with is called “%(name)s”.") % {"name": name}
        said = {"name": name, "near": ", ".join(near)}
        return _("Write the whole name for “%(name)s”: %(near)s.") % said

    def clean(self) -> dict[str, Any]:
        """Put those ticked and those named together."""
        typed: dict[str, Any] = super().clean() or self.cleaned_data
        ticked = list(typed.pop("participants", None) or [])
        others = typed.pop("others", None)
        if not ticked and not others and not self.errors.keys() & {"others", "participants"}:
            self.add_error("others", self.NOBODY)
        typed["participants"] = [*ticked, *(others or [])]
        return typed

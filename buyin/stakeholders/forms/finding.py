"""How stakeholders are looked up, and what is done to several at once."""

from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from buyin.accounts.forms import AddressField
from buyin.accounts.models import LONGEST_TAG, Department, User, in_tree_order, indented
from buyin.filters import FilterForm
from buyin.initiatives.forms.choosing import InitiativeField
from buyin.initiatives.models import Initiative
from buyin.lines import LineField
from buyin.stakeholders.models import QUADRANTS, Category, Level, Stakeholder, StakeholderTag
from buyin.stakeholders.queries import finding
from buyin.stakeholders.queries.plans import MINE

GAPS = (
    (finding.BEHIND, _("Not yet where we want them")),
    (finding.UNPLANNED, _("Not there yet, and no plan")),
    (finding.THERE, _("Where we want them")),
    (finding.BEYOND, _("Further than needed")),
    (finding.NOT_ASSESSED, _("Not assessed")),
)
STATES = (
    (finding.CURRENT, _("Current")),
    (finding.ARCHIVED, _("Archived")),
    (finding.ALL, _("All")),
)
SORTS = (
    ("name", _("Name, A to Z")),
    ("-name", _("Name, Z to A")),
    ("department", _("Department")),
    ("category", _("Category")),
    ("owner", _("Relationship owner")),
)


class FindForm(FilterForm):
    """Words and filters of the list; what it does not know is refused, never guessed."""

    q = forms.CharField(label=_("Name or mail address"), required=False, max_length=100)
    department = forms.ChoiceField(label=_("Department"), required=False)
    category = forms.ChoiceField(
        label=_("Category"), required=False, choices=[("", _("Any")), *Category.choices]
    )
    initiative = InitiativeField(label=_("Initiative"), required=False, empty_label=_("Any"))
    quadrant = forms.ChoiceField(
        label=_("Power and interest"), required=False, choices=[("", _("Any")), *QUADRANTS.items()]
    )
    level = forms.ChoiceField(
        label=_("Level now"), required=False, choices=[("", _("Any")), *Level.choices]
    )
    gap = forms.ChoiceField(label=_("Gap"), required=False, choices=[("", _("Any")), *GAPS])
    owner = forms.ChoiceField(label=_("Relationship owner"), required=False)
    tag = forms.ChoiceField(label=_("Tag"), required=False)
    state = forms.ChoiceField(
        label=_("State"), required=False, choices=STATES, initial=finding.CURRENT
    )
    sort = forms.ChoiceField(label=_("Sorted by"), required=False, choices=SORTS, initial="name")

    def __init__(self, *args: Any, viewer: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        departments = in_tree_order(Department.objects.visible_to(viewer))
        self._offer("department", [(d.code, indented(depth, d.name)) for depth, d in departments])
        fields: Any = self.fields
        fields["initiative"].queryset = Initiative.objects.visible_to(viewer)
        owners = Stakeholder.objects.known_to(viewer).order_by().exclude(owner=None).values("owner")
        people = User.objects.filter(pk__in=owners).values_list("pk", "name")
        self._offer("owner", [(MINE, _("Me")), (finding.NOBODY, _("Nobody")), *people])
        self._offer("tag", _tags_read(viewer).values_list("pk", "name"))

    def _offer(self, name: str, choices: Any) -> None:
        self.fields[name].choices = [("", _("Any")), *choices]  # type: ignore[attr-defined]

    @property
    def words(self) -> dict[str, str]:
        """What was asked for, without what was left empty."""
        found = self.cleaned_data if self.is_valid() else {}
        return {name: str(getattr(value, "pk", value)) for name, value in found.items() if value}

    @property
    def search(self) -> finding.Search:
        """What was asked for, as the query takes it."""
        return finding.Search(**self.words)


def _tags_read(viewer: User) -> QuerySet[StakeholderTag]:
    """Return the tags that stand on stakeholders with whom this person works."""
    tags = StakeholderTag.objects.all()
    if viewer.sees_agency:
        return tags
    known = Stakeholder.objects.known_to(viewer).order_by().values("pk")
    given = Stakeholder.tags.through.objects.filter(stakeholder__in=known)
    return tags.filter(pk__in=given.values("stakeholdertag"))


class SearchNameForm(forms.Form):
    """The name under which somebody keeps a search."""

    name = LineField(label=_("Keep this search as"), max_length=60)


class BulkForm(forms.Form):
    """What is to happen to several stakeholders: an owner, a tag, into the archive or out of it."""

    owner = AddressField(
        label=_("New relationship owner"),
        required=False,
        help_text=_("The mail address of somebody with an account."),
    )
    tag = LineField(label=_("Add a tag"), required=False, max_length=LONGEST_TAG)
    archived = forms.BooleanField(label=_("Archive them"), required=False)
    returned = forms.BooleanField(label=_("Bring them back"), required=False)

    def clean(self) -> dict[str, Any]:
        """Refuse to do nothing, and both into the archive and out of it; None is neither."""
        found = super().clean() or {}
        if not self.errors and not any(found.values()):
            raise forms.ValidationError(_("Say what is to change."))
        archived, returned = found.get("archived"), found.pop("returned", False)
        if archived and returned:
            self.add_error("returned", _("Either archive them, or bring them back."))
        found["archived"] = archived if archived or returned else None
        return found

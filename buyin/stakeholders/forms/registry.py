"""What is typed about a stakeholder: who it is, and how to stay in touch."""

from collections.abc import Mapping
from typing import Any
from uuid import uuid4

from django import forms
from django.utils.translation import gettext_lazy as _

from buyin.accounts.forms import AddressField, TagsField
from buyin.accounts.models import (
    Department,
    User,
    tags_text,
    tree_choices,
)
from buyin.editing import SeenForm
from buyin.keys import key_in
from buyin.lines import LineField
from buyin.stakeholders.models import (
    Cadence,
    Category,
    Channel,
    Group,
    Organisation,
    OrganisationKind,
    Person,
    Stakeholder,
)

NO_CHOICE = ("", _("None"))


class OnceForm(forms.Form):
    """A form that makes a record: sent twice, it makes one."""

    made_by_form = forms.UUIDField(widget=forms.HiddenInput, required=False, initial=uuid4)


class PlacedForm(forms.Form):
    """A form that may ask for a department: it offers those that its person may look into.

    Who keeps the records of some departments only needs to choose one of these (`needs_place`).
    """

    def __init__(self, *args: Any, user: User, needs_place: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields.get("department")
        if isinstance(field, forms.ModelChoiceField):
            field.queryset = found = Department.objects.visible_to(user)
            offered = tree_choices(found)
            field.choices = offered if needs_place else [NO_CHOICE, *offered]
            field.required = needs_place
            if needs_place and offered:
                self.initial.setdefault("department", offered[0][0])


class PostForm(PlacedForm):
    """A post that a person holds."""

    title = LineField(label=_("Title"), max_length=200)
    department = forms.ModelChoiceField(
        label=_("In the department"), required=False, queryset=Department.objects.none()
    )
    organisation = LineField(
        label=_("Or in the organisation"),
        required=False,
        max_length=200,
        help_text=_("For people outside the agency."),
    )
    starts_on = forms.DateField(label=_("Since"), required=False)

    def clean(self) -> dict[str, Any]:
        """Refuse a place without a title, and a title without a place."""
        found = super().clean() or {}
        place = found.get("department") or found.get("organisation")
        if place and not found.get("title"):
            self.add_error("title", _("Write what they are there."))
        if found.get("title") and not place:
            self.add_error("department", _("Choose where the post is."))
        return found


class NewPostForm(PostForm, OnceForm):
    """A post that is added to those that a person holds."""


class StakeholderForm(SeenForm, PlacedForm):
    """What is the same for people, organisations and groups. A kind adds what is its own."""

    party: type[Person | Organisation | Group]
    of_party: tuple[str, ...] = ("name",)
    of_post: tuple[str, ...] = ()

    name = LineField(label=_("Name"), max_length=200)
    category = forms.ChoiceField(
        label=_("Category"), choices=[("", _("Choose one")), *Category.choices]
    )
    owner = AddressField(
        label=_("Relationship owner"),
        required=False,
        help_text=_("Who stays in touch: the mail address of somebody with an account."),
    )
    channel = forms.ChoiceField(
        label=_("Preferred channel"), required=False, choices=[NO_CHOICE, *Channel.choices]
    )
    cadence = forms.TypedChoiceField(
        label=_("How often to be in touch"),
        required=False,
        choices=[NO_CHOICE, *Cadence.choices],
        coerce=int,
        empty_value=None,
    )
    tags = TagsField(
        label=_("Tags"), required=False, max_length=1000, help_text=_("With commas between them.")
    )

    @property
    def said(self) -> dict[str, Any]:
        """What was typed, as the action takes it."""
        found = self.cleaned_data
        apart = {*self.of_party, *self.of_post}
        post = {name: found[name] for name in self.of_post}
        return {
            "said": {name: found[name] for name in self.of_party},
            "post": post if post.get("title") else None,
            **{name: value for name, value in found.items() if name not in apart},
        }

    @classmethod
    def initial_asked(cls, words: Mapping[str, str]) -> dict[str, Any]:
        """Return the category and the department that an address asks for, to be looked at."""
        place = key_in(words.get("department"))
        category = words.get("category", "")
        asked = {"category": category if category in Category.values else None, "department": place}
        return {name: value for name, value in asked.items() if value is not None}

    @classmethod
    def initial_for(cls, stakeholder: Stakeholder) -> dict[str, Any]:
        """Return what the form shows for this stakeholder."""
        if stakeholder.pk is None:
            return {}
        party = stakeholder.party
        return {
            **{name: getattr(party, name) for name in cls.of_party},
            "category": stakeholder.category,
            "owner": stakeholder.owner.email if stakeholder.owner else "",
            "channel": stakeholder.channel,
            "cadence": stakeholder.cadence,
            "tags": tags_text(tag.name for tag in stakeholder.tags.all()),
        }


class PersonForm(StakeholderForm):
    """A person."""

    party = Person
    of_party = ("name", "email", "phone")
    field_order = [*of_party, "category"]

    email = forms.EmailField(label=_("Mail address"), required=False)
    phone = LineField(label=_("Phone"), required=False, max_length=40)


class NewPersonForm(PersonForm, NewPostForm):
    """A person with the post that they hold; they need one where a department asks for somebody."""

    of_post = ("title", "department", "organisation", "starts_on")
    field_order = [*PersonForm.of_party, *of_post, "category"]

    title = LineField(
        label=_("Title of their post"),
        required=False,
        max_length=200,
        help_text=_("With it, say where the post is: a department here or an organisation."),
    )

    def __init__(self, *args: Any, needs_place: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, needs_place=needs_place, **kwargs)
        self.fields["title"].required = needs_place or bool(self.initial.get("department"))


class OrganisationForm(StakeholderForm):
    """An organisation."""

    party = Organisation
    of_party = ("name", "kind", "department")
    field_order = [*of_party, "category"]

    kind = forms.ChoiceField(
        label=_("Kind"), choices=[("", _("Choose one")), *OrganisationKind.choices]
    )
    department = forms.ModelChoiceField(
        label=_("Department"),
        required=False,
        queryset=Department.objects.none(),
        help_text=_("The department that it belongs to, or that works with it."),
    )


class GroupForm(StakeholderForm):
    """A group of people."""

    party = Group
    of_party = ("name", "description", "department")
    field_order = [*of_party, "category"]

    description = forms.CharField(
        label=_("Who belongs to it"),
        required=False,
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    department = forms.ModelChoiceField(
        label=_("Department"), required=False, queryset=Department.objects.none()
    )


class NewOrganisationForm(OrganisationForm, OnceForm):
    """An organisation that is not there yet."""


class NewGroupForm(GroupForm, OnceForm):
    """A group that is not there yet."""


NEW_FORMS: dict[str, type[StakeholderForm]] = {
    "person": NewPersonForm,
    "organisation": NewOrganisationForm,
    "group": NewGroupForm,
}


def form_for(stakeholder: Stakeholder) -> type[StakeholderForm]:
    """Return the form that changes this stakeholder."""
    if stakeholder.person:
        return PersonForm
    return OrganisationForm if stakeholder.organisation else GroupForm

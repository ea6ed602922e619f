"""Whom an author may ask, when, and how openly."""

from collections.abc import Callable, Iterable, Mapping
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from buyin.accounts.models import Department, Role, Tag, in_tree_order, indented
from buyin.readiness.wording import grouped
from surveys.actions.authoring import Listed, Plan
from surveys.formats.addresses import AddressList, read_addresses
from surveys.models import Anonymity, WavePlan
from surveys.models.mailing import FEWEST_DAYS, HIGHEST, LOWEST, MOST_DAYS, TARGET
from surveys.models.mailing import MOST_REMINDERS as MOST

from .authoring import within_reach
from .editing import EditorForm
from .panels import AddressesField, refused, text_of

# What each promise means for the people who are asked, in words that the author can repeat.
PROMISES = {
    Anonymity.ANONYMOUS: _(
        "Anonymous. Nobody, not even an administrator, can see who answered what. People answer "
        "most openly. You can never ask back."
    ),
    Anonymity.CONFIDENTIAL: _(
        "Confidential. Answers are stored with the name, but results show groups only. Choose it "
        "when people should be able to read their answers again and have them deleted."
    ),
    Anonymity.NAMED: _(
        "Named. The survey team sees who answered what. Choose it only when you have to act on "
        "single answers, and expect people to be careful."
    ),
}
EVERYBODY = "everybody"
SOME = "some"
LISTED = "listed"
DAYS = 5  # between two mails, where nothing else is said
PUBLIC = "public"
NARROWED = f"asks={EVERYBODY}|{SOME}"
NAMED = f"asks={EVERYBODY}|{SOME}|{LISTED}"


class PlanForm(EditorForm):
    """Whom to ask, when, and how openly."""

    asks = forms.ChoiceField(
        label=_("Whom do you ask?"),
        choices=[
            (EVERYBODY, _("The whole agency")),
            (SOME, _("Only some departments")),
            (LISTED, _("Nobody but the panels and addresses below")),
            (PUBLIC, _("Anybody who has the address, in public and without signing in")),
        ],
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose whom you ask.")},
    )
    departments = forms.MultipleChoiceField(
        label=_("Departments"),
        required=False,
        widget=forms.CheckboxSelectMultiple(attrs={"data-shown-with": f"asks={SOME}"}),
        help_text=_(
            "Tick them if you do not ask the whole agency. A department stands for itself and "
            "everything under it."
        ),
    )
    roles = forms.MultipleChoiceField(
        label=_("Of these, only people with a role"),
        required=False,
        choices=[(role.value, role.label) for role in Role if role != Role.STAFF],
        widget=forms.CheckboxSelectMultiple(attrs={"data-shown-with": NARROWED}),
        help_text=_("One of those ticked is enough. Tick none to ask people whatever their role."),
    )
    tags = forms.MultipleChoiceField(
        label=_("Of these, only people with a tag"),
        required=False,
        widget=forms.CheckboxSelectMultiple(attrs={"data-shown-with": NARROWED}),
        help_text=_("One of those ticked is enough. Administrators give tags on people’s pages."),
    )
    panels = forms.MultipleChoiceField(
        label=_("Also ask panels"),
        required=False,
        widget=forms.CheckboxSelectMultiple(attrs={"data-shown-with": NAMED}),
        help_text=_("All people of a panel are asked, wherever they belong and once only."),
    )
    addresses = AddressesField(
        label=_("Also ask these mail addresses"),
        required=False,
        help_text=_(
            "One or several a line, with or without names. Who has no account is asked by mail. Write "
            "the department into the same line, by code or name, where they are to count: "
            "ann@example.org; roads."
        ),
    )
    address_file = forms.FileField(
        label=_("Or a file with addresses"),
        required=False,
        allow_empty_file=True,
        widget=forms.FileInput(attrs={"accept": ".csv,.txt,text/csv,text/plain"}),
        help_text=_("CSV or text, up to 5 MB. They are added to those above."),
    )
    opens_on = forms.DateField(
        label=_("First day"),
        required=False,
        widget=forms.DateInput,
        validators=[within_reach],
        help_text=_("Empty: as soon as you publish."),
    )
    closes_on = forms.DateField(
        label=_("Last day"),
        widget=forms.DateInput,
        validators=[within_reach],
        error_messages={"required": _("Choose the last day.")},
    )
    sends_mail = forms.BooleanField(
        label=_("Write a mail to everybody who is asked when it opens"), required=False
    )
    reminders = forms.TypedChoiceField(
        label=_("How many reminders at most"),
        coerce=int,
        required=False,
        choices=[(n, str(n)) for n in range(MOST + 1)],
        help_text=_(
            "Only who has not answered gets one, and only where people are invited by mail."
        ),
    )
    remind_every = forms.IntegerField(
        label=_("Days between two mails"),
        required=False,
        min_value=FEWEST_DAYS,
        max_value=MOST_DAYS,
    )
    target = forms.IntegerField(
        label=_("How many should answer, in percent"),
        required=False,
        min_value=LOWEST,
        max_value=HIGHEST,
        help_text=_("Departments below it are named while it runs. Empty: 50."),
    )
    anonymity = forms.ChoiceField(
        label=_("What can be known of who answered?"),
        choices=list(PROMISES.items()),
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose what can be known of who answered.")},
        help_text=_("It is printed on the first page and can never be changed for answers given."),
    )

    def __init__(
        self, *args: Any, people: Mapping[int, int], panels: Iterable[Any], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.tags_found = _offer(self.fields, "tags", Tag.objects.all(), str)
        self.panels_found = _offer(
            self.fields, "panels", panels, lambda one: _with_people(one, one.size)
        )
        field: Any = self.fields["departments"]
        self.found = {str(one.pk): one for one in Department.objects.all()}
        field.choices = [
            (str(one.pk), indented(depth, _with_people(one, people.get(one.pk, 0))))
            for depth, one in in_tree_order(self.found.values())
        ]
        zone = timezone.get_default_timezone_name()
        self.fields["closes_on"].help_text = _(
            "People can answer until midnight of this day (time zone %(zone)s)."
        ) % {"zone": zone}

    @staticmethod
    def initial_of(plan: WavePlan, revision: int) -> dict[str, Any]:
        """Return what the form shows before anything is typed."""
        return {
            "asks": _asks(plan),
            "departments": [str(pk) for pk in plan.departments.values_list("pk", flat=True)],
            "roles": plan.roles,
            "tags": [str(pk) for pk in plan.tags.values_list("pk", flat=True)],
            "panels": [str(pk) for pk in plan.panels.values_list("pk", flat=True)],
            "addresses": "\n".join(
                f"{address}; {code}" if code else address
                for address, code in plan.addresses.order_by("address").values_list(
                    "address", "department__code"
                )
            ),
            "opens_on": plan.opens_on,
            "closes_on": plan.closes_on,
            "sends_mail": plan.sends_mail,
            "reminders": plan.reminders,
            "remind_every": plan.remind_every,
            "target": plan.target,
            "anonymity": plan.anonymity,
            "revision": revision,
        }

    def clean(self) -> dict[str, Any]:
        """Refuse dates in the wrong order and an audience of nobody, each at its field."""
        cleaned = self.cleaned_data
        opens_on, closes_on = cleaned.get("opens_on"), cleaned.get("closes_on")
        if cleaned.get("asks") == SOME and not cleaned.get("departments"):
            self.add_error("departments", _("Choose at least one department."))
        found = self._read_addresses()
        if cleaned.get("asks") == LISTED and not (cleaned.get("panels") or found.addresses):
            self.add_error("asks", _("Choose a panel or list addresses, or ask departments."))
        if cleaned.get("asks") == PUBLIC and cleaned.get("anonymity") != Anonymity.ANONYMOUS:
            self.add_error(
                "anonymity", _("Choose anonymous: in public nobody signs in, so nobody is known.")
            )
        if opens_on and closes_on and closes_on < opens_on:
            self.add_error("closes_on", _("The last day must not be before the first."))
        return cleaned

    def _read_addresses(self) -> AddressList:
        """Read all listed addresses; a line without one is an error of its field."""
        try:
            file = text_of(self.cleaned_data.get("address_file"))
        except forms.ValidationError as error:
            self.add_error("address_file", error)
            file = ""
        typed, both = self.cleaned_data.get("addresses", ""), AddressList()
        if problems := refused(read_addresses(typed)):
            self.add_error("addresses", problems)
        elif problems := refused(both := read_addresses(typed, file)):
            self.add_error("address_file", problems)
        self.cleaned_data["listed"] = both
        return both

    def _listed(self) -> list[Listed]:
        """Return the addresses, each with the department that stands in its line, if one does."""
        named: dict[str, int] = {}
        for one in self.found.values():
            named.setdefault(one.name.casefold(), one.pk)
        named |= {one.code.casefold(): one.pk for one in self.found.values()}
        beside: dict[str, list[str]] = self.cleaned_data["listed"].beside
        return [
            Listed(
                address, next((named[c] for cell in cells if (c := cell.casefold()) in named), None)
            )
            for address, cells in beside.items()
        ]

    def repeated(self) -> str:
        """Return how many listed addresses came more than once, in words, or nothing."""
        count: int = self.cleaned_data["listed"].repeated
        words = ngettext(
            "%(n)d address stood there twice and is kept once.",
            "%(n)d addresses stood there twice and are kept once.",
            count,
        )
        return words % {"n": count} if count else ""

    def plan(self) -> Plan:
        """Return what was chosen, for the action."""
        cleaned = self.cleaned_data
        departments = cleaned["departments"] if cleaned["asks"] == SOME else []
        narrows, names = cleaned["asks"] in {EVERYBODY, SOME}, cleaned["asks"] != PUBLIC
        return Plan(
            asks_everybody=cleaned["asks"] in {EVERYBODY, PUBLIC},
            is_public=cleaned["asks"] == PUBLIC,
            departments=[self.found[pk] for pk in departments],
            roles=cleaned["roles"] if narrows else (),
            tags=[self.tags_found[pk] for pk in cleaned.get("tags", ())] if narrows else (),
            panels=[self.panels_found[pk] for pk in cleaned.get("panels", ())] if names else (),
            addresses=self._listed() if names else (),
            sends_mail=cleaned["sends_mail"],
            reminders=cleaned["reminders"] or 0,
            remind_every=cleaned["remind_every"] or DAYS,
            target=cleaned["target"] or TARGET,
            opens_on=cleaned["opens_on"],
            closes_on=cleaned["closes_on"],
            anonymity=cleaned["anonymity"],
        )


def _offer(
    fields: Any, name: str, offered: Iterable[Any], label: Callable[[Any], str]
) -> dict[str, Any]:
    """Let a field choose among these; without any there is no field to choose in."""
    found = {str(one.pk): one for one in offered}
    fields[name].choices = [(pk, label(one)) for pk, one in found.items()]
    if not found:
        del fields[name]
    return found


def _with_people(name: object, n: int) -> str:
    """Return how a department, with all below it, or a panel reads in a list."""
    words = ngettext("%(name)s (%(n)s person)", "%(name)s (%(n)s people)", n)
    return words % {"name": name, "n": grouped(n)}


def _asks(plan: WavePlan) -> str:
    """Return in which way a plan asks; where nothing was chosen, some departments."""
    if plan.is_public:
        return PUBLIC
    if plan.asks_everybody:
        return EVERYBODY
    is_listed = plan.panels.exists() or plan.addresses.exists()
    return LISTED if is_listed and not plan.departments.exists() else SOME

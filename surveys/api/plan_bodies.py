"""What programs read and send about whom a wave asks, when and how; the rules are the page's."""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext as _
from drf_spectacular.utils import OpenApiExample, extend_schema_serializer
from rest_framework import serializers

from buyin.accounts.models import Department, Tag, User
from buyin.accounts.models.tags import LONGEST_TAG
from buyin.bodies import checked, departments_of
from buyin.keys import LARGEST
from buyin.programs import Strict
from surveys.actions.authoring import Plan
from surveys.formats.addresses import read_addresses
from surveys.forms.planning import DAYS, EVERYBODY, LISTED, PUBLIC, SOME, PlanForm
from surveys.models import Anonymity, Panel, WavePlan
from surveys.models.mailing import (
    FEWEST_DAYS,
    HIGHEST,
    LOWEST,
    MOST_DAYS,
    MOST_REMINDERS,
    TARGET,
)
from surveys.queries.panels import panels_to_choose

FIELDS: Any = PlanForm.base_fields
ASKS, ROLES = FIELDS["asks"].choices, FIELDS["roles"].choices
NAMED = 5  # addresses that a refusal names one by one
PLAN: dict[str, Any] = {
    "revision": 7,
    "asks": "some",
    "departments": ["roads", "parks"],
    "roles": ["coordinator"],
    "tags": ["Pilot"],
    "panels": [3],
    "addresses": [{"address": "ann@example.org", "department": "roads"}],
    "opens_on": None,
    "closes_on": "2026-12-18",
    "sends_mail": True,
    "reminders": 2,
    "remind_every": 5,
    "target": 60,
    "anonymity": "anonymous",
}


class AddressSerializer(Strict):
    """A listed mail address, and the department where it counts if nobody has an account with it."""

    address = serializers.CharField(max_length=254)
    department = serializers.CharField(max_length=40, required=False, allow_null=True)


def _list(child: serializers.Field) -> serializers.ListField:
    return serializers.ListField(child=child, required=False)


@extend_schema_serializer(examples=[OpenApiExample("A plan", PLAN, request_only=True)])
class PlanSerializer(Strict):
    """Whom the next wave asks, when, and how openly: `revision` is what you read last.

    Departments go by code, tags by name, panels by id. What does not go with `asks` is left out, as
    on the page; what is left out here is empty.
    """

    revision = serializers.IntegerField(min_value=0, max_value=LARGEST)
    asks = serializers.ChoiceField(ASKS)
    departments = _list(serializers.CharField(max_length=40))
    roles = _list(serializers.ChoiceField(ROLES))
    tags = _list(serializers.CharField(max_length=LONGEST_TAG))
    panels = _list(serializers.IntegerField(min_value=1, max_value=LARGEST))
    addresses = AddressSerializer(many=True, required=False)
    opens_on = serializers.DateField(required=False, allow_null=True)
    closes_on = serializers.DateField()
    sends_mail = serializers.BooleanField(required=False)
    reminders = serializers.IntegerField(required=False, min_value=0, max_value=MOST_REMINDERS)
    remind_every = serializers.IntegerField(
        required=False, min_value=FEWEST_DAYS, max_value=MOST_DAYS, default=DAYS
    )
    target = serializers.IntegerField(
        required=False, min_value=LOWEST, max_value=HIGHEST, default=TARGET
    )
    anonymity = serializers.ChoiceField(Anonymity.choices)

    def chosen(self, plan: WavePlan, viewer: User) -> Plan:
        """Return the plan for the action; refuse by field what the page would refuse."""
        body = self.validated_data
        offered = panels_to_choose(plan, viewer)
        form = PlanForm(
            {
                **body,
                "departments": [str(one.pk) for one in departments_of(body.get("departments", []))],
                "tags": _tags_of(body.get("tags", [])),
                "panels": _panels_of(body.get("panels", []), {one.pk for one in offered}),
                "addresses": "\n".join(_lines_of(body.get("addresses", []))),
            },
            people={},
            panels=offered,
        )
        return checked(form).plan()


def _tags_of(names: list[str]) -> list[str]:
    found = {one.name.casefold(): str(one.pk) for one in Tag.objects.all()} if names else {}
    for name in names:
        if name.casefold() not in found:
            message = _("There is no tag “%(name)s”.") % {"name": name}
            raise serializers.ValidationError({"tags": [message]})
    return [found[name.casefold()] for name in names]


def _panels_of(wanted: list[int], offered: set[int]) -> list[str]:
    for panel in wanted:
        if panel not in offered:
            message = _("There is no panel %(id)d, or none for this account.") % {"id": panel}
            raise serializers.ValidationError({"panels": [message]})
    return [str(panel) for panel in wanted]


def _lines_of(addresses: list[Mapping[str, Any]]) -> list[str]:
    """Return the addresses as lines that the page reads, each with the code of its department."""
    wrong = [
        _("Number %(n)d is no mail address: “%(text)s”.") % {"n": n, "text": one["address"][:80]}
        for n, one in enumerate(addresses, 1)
        if read_addresses(one["address"]).addresses != [one["address"].lower()]
    ]
    if wrong:
        raise serializers.ValidationError({"addresses": wrong[:NAMED]})
    codes = {code for one in addresses if (code := one.get("department"))}
    departments_of(sorted(codes), "addresses")
    return [
        "; ".join(part for part in (one["address"], one.get("department")) if part)
        for one in addresses
    ]


def plan_as_sent(plan: WavePlan, revision: int) -> dict[str, Any]:
    """Return a plan as a program would send it."""
    listed = plan.addresses.order_by("address").values("address", "department__code")
    return {
        **PlanForm.initial_of(plan, revision),
        "departments": _codes(plan.departments.values_list("pk", flat=True)),
        "tags": _names(plan.tags.values_list("pk", flat=True)),
        "panels": list(plan.panels.order_by("pk").values_list("pk", flat=True)),
        "addresses": [
            {"address": one["address"], "department": one["department__code"]} for one in listed
        ],
    }


def rules_as_told(rules: Mapping[str, Any]) -> dict[str, Any]:
    """Return the rules that a wave keeps, as far as what they speak of is still there."""
    panels = Panel.objects.filter(pk__in=rules.get("panels", [])).order_by("pk")
    return {
        "departments": _codes(rules.get("departments", [])),
        "roles": rules.get("roles", []),
        "tags": _names(rules.get("tags", [])),
        "panels": list(panels.values_list("pk", flat=True)),
        "addresses": rules.get("addresses", 0),
    }


def asks_by(rules: Mapping[str, Any], *, is_public: bool) -> str | None:
    """Return in which of the ways of a plan a wave asks, None where its rules are not known."""
    if is_public:
        return PUBLIC
    if not rules:
        return None
    if rules["everybody"]:
        return EVERYBODY
    return SOME if rules["departments"] else LISTED


def _codes(departments: Any) -> list[str]:
    found = Department.objects.filter(pk__in=departments).order_by("code")
    return list(found.values_list("code", flat=True))


def _names(tags: Any) -> list[str]:
    return list(Tag.objects.filter(pk__in=tags).order_by("name").values_list("name", flat=True))

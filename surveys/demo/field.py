"""A wave that asks a tagged group and a panel by mail, aims at a rate, and is under way. All made up."""

from datetime import timedelta

import numpy as np
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _

from buyin.accounts.models import Tag, User
from buyin.features import DemoAgency
from surveys.actions.authoring import Listed, list_addresses
from surveys.actions.inviting import write_due_mails
from surveys.actions.panels import add_to_panel, create_panel
from surveys.actions.publishing import publish
from surveys.models import Happening, Invitation, Panel, Survey, Wave, WavePlan, What

DAYS_AGO, DAYS_LEFT = 6, 12
TARGET = 60
IN_PANEL = 14
HEARD = 0.35
# Crews and partners who have no account: some count in a department, one does not.
GUESTS = {"crew.north@example.org": "building-permits", "advice.desk@example.net": None}


def ask_first_users(agency: DemoAgency, survey: Survey) -> list[User]:
    """Publish a wave by a tag, a panel and two addresses, mail it, and return who has answered."""
    plan = WavePlan.objects.get(survey=survey)
    plan.asks_everybody, plan.sends_mail, plan.reminders = False, True, 2
    plan.target, plan.remind_every = TARGET, 5
    today = timezone.localtime(agency.now, timezone.get_default_timezone()).date()
    plan.closes_on = today + timedelta(days=DAYS_LEFT)
    plan.save()
    office = agency.departments["permits"]
    plan.departments.add(office)
    plan.tags.add(_first_users(agency))
    plan.panels.add(_panel(agency))
    homes = {code: one.pk for code, one in agency.departments.items()}
    list_addresses(
        plan, [Listed(address, homes[code] if code else None) for address, code in GUESTS.items()]
    )
    wave = publish(survey=survey, by=agency.lead)
    _begin_earlier(wave, agency)
    write_due_mails()
    asked = Invitation.objects.filter(wave=wave, person__isnull=False).select_related("person")
    people = [one.person for one in asked.order_by("person__email") if one.person]
    chance = np.random.default_rng(agency.seed)
    others = [person for person in people if person != agency.staff]
    return [others[n] for n in chance.permutation(len(others))[: round(HEARD * len(others))]]


def _first_users(agency: DemoAgency) -> Tag:
    """Return a tag for every third person of the offices that try the assistant out."""
    tag = Tag.objects.create(name=_("First users of the permit assistant"))
    offices = Q(department=agency.departments["permits"]) | Q(
        department__parent=agency.departments["permits"]
    )
    people = User.objects.active().filter(offices).order_by("email")
    tag.people.add(*people[::3])
    return tag


def _panel(agency: DemoAgency) -> Panel:
    panel = create_panel(
        owner=agency.lead,
        name=_("Testers of the permit assistant"),
        purpose=_("Try out what is new, once a month, and say what is missing."),
    )
    members = User.objects.active().filter(
        department__in=[agency.departments["digital"], agency.departments["libraries"]]
    )
    add_to_panel(panel=panel, people=list(members.order_by("email")[:IN_PANEL]))
    return panel


def _begin_earlier(wave: Wave, agency: DemoAgency) -> None:
    """Let the wave have opened some days ago, with the note of its publication."""
    began = agency.now - timedelta(days=DAYS_AGO)
    Wave.objects.filter(pk=wave.pk).update(opens_at=began)
    Happening.objects.filter(wave=wave, what=What.PUBLISHED).update(at=began)

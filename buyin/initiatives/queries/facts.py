"""What an initiative itself knows about what has to be in place before it moves on."""

from collections.abc import Iterator
from datetime import timedelta

from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from buyin.initiatives.models import DataAgreement, Initiative

from .gates import Answer
from .record import record_of

LATELY = timedelta(days=90)
AT_THE_END = timedelta(days=30)
NAMED = 3  # missing fields of a record


def answers(initiative: Initiative, to: str) -> Iterator[Answer]:
    """Yield the answers to the checks of a step for which the initiative's own pages hold what is needed."""
    edit = reverse("initiatives:edit", args=[initiative.pk])
    lead = initiative.lead
    yield Answer("lead", lead is not None and lead.is_active, str(lead or _("nobody yet")), edit)
    written, taking_part = bool(initiative.summary.strip()), initiative.departments.count()
    yield Answer("summary", written, "" if written else _("Write it"), edit)
    yield Answer("departments", taking_part > 0, _("Departments: %(n)d") % {"n": taking_part}, edit)
    yield from _of_the_record(initiative, to)
    yield from _of_the_plan(initiative)
    yield from _of_agreements(initiative)
    yield from _of_updates(initiative)


def _of_the_record(initiative: Initiative, to: str) -> Iterator[Answer]:
    """Yield whether the record holds what it has to hold once the initiative is in that stage."""
    lacking = [str(one.label) for one in record_of(initiative).missing_at(to)]
    named = {"fields": "; ".join(lacking[:NAMED]), "n": len(lacking) - NAMED}
    words = _("Nothing is missing")
    if lacking:
        words = _("Missing: %(fields)s") % named
    if len(lacking) > NAMED:
        words = _("Missing: %(fields)s; and %(n)d more") % named
    address = reverse("initiatives:record", args=[initiative.pk])
    yield Answer("record", not lacking, words, f"{address}?for={to}#complete")


def _of_the_plan(initiative: Initiative) -> Iterator[Answer]:
    """Yield whether there is a plan, and whether it is kept."""
    plan = reverse("initiatives:plan", args=[initiative.pk])
    kept = initiative.milestones.filter(is_given_up=False).count()
    late = initiative.milestones.overdue(timezone.localdate()).count()
    yield Answer("milestones", kept > 0, _("Milestones: %(n)d") % {"n": kept}, plan)
    yield Answer("on-time", late == 0, _("Overdue: %(n)d") % {"n": late}, plan)


def _of_agreements(initiative: Initiative) -> Iterator[Answer]:
    """Yield whether an agreement is open or has run out, and whether one is in force."""
    plan = reverse("initiatives:plan", args=[initiative.pk])
    state = DataAgreement.State
    has_run_out = Q(state=state.SIGNED, expires_on__lt=timezone.localdate())
    pending = initiative.agreements.filter(Q(state=state.ASKED) | has_run_out).count()
    signed = initiative.agreements.filter(state=state.SIGNED).count()
    yield Answer("agreements", pending == 0, _("Open: %(n)d") % {"n": pending}, plan)
    yield Answer("agreements-ended", signed == 0, _("In force: %(n)d") % {"n": signed}, plan)


def _of_updates(initiative: Initiative) -> Iterator[Answer]:
    """Yield whether people were told lately."""
    told = reverse("initiatives:updates", args=[initiative.pk])
    last = initiative.updates.values_list("made_at", flat=True).first()
    age = timezone.now() - last if last else None
    words = _("no update yet")
    if last:
        words = _("last update on %(day)s") % {"day": date_format(timezone.localtime(last))}
    yield Answer("told-lately", age is not None and age <= LATELY, words, told)
    yield Answer("end-told", age is not None and age <= AT_THE_END, words, told)

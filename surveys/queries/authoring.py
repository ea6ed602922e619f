"""What an author may make, on which days it runs, and on what it rests in public."""

from datetime import date, datetime, time

from django.db.models import QuerySet
from django.utils import timezone

from buyin.accounts.models import Role, User
from buyin.initiatives.models import Initiative
from surveys.models import CollectionBasis, Survey, WavePlan


def authorable_initiatives(user: User) -> QuerySet[Initiative]:
    """Return the initiatives for which this person may make surveys."""
    initiatives = Initiative.objects.all()
    if user.leads_agency:
        return initiatives
    return initiatives.filter(lead=user)


def may_author(user: User) -> bool:
    """Return whether this person makes surveys, by role or by an initiative that they lead."""
    return user.has_role(Role.LEAD, Role.ADMINISTRATOR) or authorable_initiatives(user).exists()


def opening_and_closing(plan: WavePlan, now: datetime) -> tuple[datetime, datetime]:
    """Return when this wave opens and closes: whole days in the agency's time zone."""
    zone = timezone.get_default_timezone()
    opens_on = plan.opens_on or now.astimezone(zone).date()
    closes_on = plan.closes_on or opens_on
    opens_at = datetime.combine(opens_on, time.min, zone)
    return max(opens_at, now), end_of(closes_on)


def end_of(day: date) -> datetime:
    """Return the last moment of this day for the agency.

    It still belongs to the day, so that every page and mail names the day that was chosen.
    """
    return datetime.combine(day, time.max, timezone.get_default_timezone())


def basis_of(survey: Survey) -> CollectionBasis:
    """Return on what this survey rests in public; an empty basis where none was written yet."""
    found = CollectionBasis.objects.filter(survey=survey).first()
    return found or CollectionBasis(survey=survey)


def last_moment_of(survey: Survey) -> datetime | None:
    """Return until when answers to this survey may be collected in public, None without an end."""
    expires_on = basis_of(survey).expires_on
    return end_of(expires_on) if expires_on else None


def today() -> date:
    """Return the day it is for the agency."""
    return timezone.localdate(timezone=timezone.get_default_timezone())

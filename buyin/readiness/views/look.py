"""What a request looks at, shared by the pages and the files of readiness."""

from dataclasses import dataclass
from urllib.parse import urlencode

from django.http import Http404
from django.urls import reverse

from buyin.accounts.models import Department, User
from buyin.http import Request
from buyin.readiness import queries
from buyin.readiness.forms import Choice
from buyin.readiness.models import Snapshot


@dataclass(frozen=True)
class Look:
    """What a request looks at: a snapshot, the part of it, and the choices to look elsewhere."""

    reading: queries.Reading
    shelf: queries.Shelf
    scope: Department | None
    user: User

    @property
    def snapshot(self) -> Snapshot:
        """Return the snapshot."""
        return self.reading.snapshot

    @property
    def query(self) -> str:
        """Return the address part that keeps initiative and week on the next page."""
        chosen = {"initiative": self.snapshot.initiative_id, "week": self.snapshot.period}
        return f"?{urlencode(chosen)}"

    @property
    def dashboard_url(self) -> str:
        """Return the address of the dashboard with the same initiative and week."""
        return reverse("readiness:dashboard") + self.query

    @property
    def siblings(self) -> list[Snapshot]:
        """Return all snapshots of the same initiative, the newest first."""
        return self.shelf.of_initiative(self.snapshot.initiative_id)

    @property
    def so_far(self) -> list[Snapshot]:
        """Return those of them that were there in the week that is looked at."""
        return [s for s in self.siblings if s.period <= self.snapshot.period]

    def form(self) -> Choice:
        """Return the form with what is looked at chosen in it."""
        results = queries.newest_of_each(self.siblings)
        shown = next((r for r in results if r.result == self.snapshot.result), self.snapshot)
        chosen = {
            "initiative": str(self.snapshot.initiative_id),
            "week": shown.period,
            "department": self.scope.code if self.scope else "",
        }
        return Choice(initial=chosen).fill(
            initiatives=self.shelf.initiatives,
            results=results,
            departments=self.reading.scopes(self.user),
            has_all=self.user.sees_agency,
        )


def look_at(request: Request, code: str = "") -> Look | None:
    """Return what the request looks at, None where nothing was ever measured, or raise 404."""
    asked = request.GET
    return look_of(
        request.user,
        initiative=asked.get("initiative", ""),
        week=asked.get("week", ""),
        code=code or asked.get("department", ""),
    )


def look_of(user: User, *, initiative: str = "", week: str = "", code: str = "") -> Look | None:
    """Return what this person asks for, by default what opens first for them; else as `look_at`."""
    shelf = queries.Shelf.of(user)
    found = shelf.pick(initiative=initiative, week=week)
    if found is None:
        if initiative:
            raise Http404
        return None
    found.refresh_from_db(fields=["summary", "tree"])
    before = queries.wave_before(found, shelf.of_initiative(found.initiative_id))
    reading = queries.Reading.of(found, before, user=user)
    if not code:
        return Look(reading, shelf, reading.home(user), user)
    scopes = {department.code: department for department in reading.scopes(user)}
    if code not in scopes:
        raise Http404
    return Look(reading, shelf, scopes[code], user)

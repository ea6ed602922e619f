"""Series of interviews and tests: where each stands, what a session asks, and its notes."""

from dataclasses import dataclass

from django.db.models import Count, Max, Q, QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from buyin.accounts.models import User
from surveys import definitions, guides
from surveys.definitions import Definition
from surveys.guides import Task
from surveys.models import Note, Session, Survey

QUIET = 3  # sessions in a row that bring nothing new, after which more will hardly bring any


@dataclass(frozen=True)
class Sheet:
    """What one session asks: its tasks, and all questions as one page."""

    tasks: list[Task]
    definition: Definition


@dataclass(frozen=True)
class Heard:
    """One finished session in the order in which they were held, with the themes new in it."""

    label: str
    new: int
    known: int


@dataclass(frozen=True)
class Saturation:
    """How many themes each session brought that none before it had named."""

    heard: list[Heard]
    untagged: int

    @property
    def quiet(self) -> int:
        """Return how many of the last sessions brought nothing new."""
        count = 0
        for one in reversed(self.heard):
            if one.new:
                break
            count += 1
        return count

    @property
    def themes(self) -> int:
        """Return how many themes were named at all."""
        return self.heard[-1].known if self.heard else 0

    @property
    def is_reached(self) -> bool:
        """Whether the last sessions brought nothing new and no note waits for its themes."""
        return self.quiet >= QUIET and self.themes > 0 and not self.untagged

    @property
    def sentence(self) -> str:
        """Return in words whether another session would still bring something new."""
        if not self.heard:
            return _("No session is finished yet.")
        if self.untagged:
            return (
                ngettext(
                    "%d note has no theme yet. Whether more sessions would help shows afterwards.",
                    "%d notes have no theme yet. Whether more sessions would help shows afterwards.",
                    self.untagged,
                )
                % self.untagged
            )
        if not self.themes:
            return ngettext(
                "%d session is finished. No note was written in it.",
                "%d sessions are finished. No note was written in them.",
                len(self.heard),
            ) % len(self.heard)
        if self.is_reached:
            return (
                ngettext(
                    "The last %d session named nothing new. More will hardly bring more.",
                    "The last %d sessions named nothing new. More will hardly bring more.",
                    self.quiet,
                )
                % self.quiet
            )
        return _("The last sessions still named something new. Go on.")


def series_for(user: User) -> QuerySet[Survey]:
    """Return the series that this person follows, the newest first, with their counts."""
    counts = Q(sessions__finished_at__isnull=False, sessions__withdrawn_on__isnull=True)
    return (
        Survey.objects.visible_to(user)
        .in_sessions()
        .select_related("initiative")
        .annotate(
            held=Count("sessions", distinct=True),
            finished=Count("sessions", filter=counts, distinct=True),
            last_on=Max("sessions__held_on"),
        )
        .order_by("-pk")
    )


def sessions_of(survey: Survey) -> list[Session]:
    """Return the sessions of a series in their order, without what was typed in them."""
    found = survey.sessions.select_related("department", "leader")
    return list(found.defer("typed", "saves", "answers").order_by("number"))


def sheet_for(session: Session) -> Sheet:
    """Return what this session asks."""
    tasks = tasks_of(session.survey)
    guide = definitions.read(session.version.definition)
    return Sheet(tasks, guides.sheet_of(guide, tasks))


def tasks_of(survey: Survey) -> list[Task]:
    """Return the tasks of a test in their order."""
    rows = survey.tasks.order_by("position", "pk")
    return [Task(row.pk, row.name, row.instruction, row.criterion) for row in rows]


def last_consent_text(survey: Survey) -> str:
    """Return what the participants of this series agreed to the last time, or nothing."""
    texts = survey.sessions.order_by("-number").values_list("consent_text", flat=True)
    return next(iter(texts[:1]), "")


def saturation_of(survey: Survey) -> Saturation:
    """Return which themes each finished session was the first to name."""
    sessions = list(
        survey.sessions.finished().order_by("held_on", "number").values_list("pk", "number")
    )
    named: dict[int, set[int]] = {}
    pairs = Note.objects.filter(session__in=[pk for pk, _n in sessions], themes__isnull=False)
    for session, theme in pairs.order_by().values_list("session", "themes").distinct():
        named.setdefault(session, set()).add(theme)
    known: set[int] = set()
    heard = []
    for pk, number in sessions:
        new = named.get(pk, set()) - known
        known |= new
        heard.append(Heard(f"P{number}", len(new), len(known)))
    return Saturation(heard, untagged_of(survey).count())


def notes_of(survey: Survey) -> QuerySet[Note]:
    """Return all notes that count, question by question."""
    notes = Note.objects.filter(
        session__survey=survey,
        session__finished_at__isnull=False,
        session__withdrawn_on__isnull=True,
    )
    return notes.order_by("question", "session__number", "position")


def untagged_of(survey: Survey) -> QuerySet[Note]:
    """Return the notes that belong to no theme yet."""
    return notes_of(survey).filter(themes__isnull=True)


def question_texts(survey: Survey) -> dict[str, str]:
    """Return the text of each question of all versions that were asked, the newest wording."""
    texts: dict[str, str] = {}
    tasks = tasks_of(survey)
    for version in survey.versions.order_by("number"):
        guide = definitions.read(version.definition)
        texts |= guides.texts_by_code(guides.sheet_of(guide, tasks))
    return texts | {task.code("remarks"): task.name for task in tasks}

"""What an import has to know: which waves take imports, and what they hold already."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from typing import Any

from django.utils.translation import gettext as _

from buyin.accounts.models import Department, Role, User
from buyin.initiatives.models import Initiative
from buyin.spreadsheets import UnreadableError, read_table
from buyin.uploads.progress import Tell, part_of, silent
from surveys.definitions import fingerprint
from surveys.formats.building import ColumnChoice, build, homes_of
from surveys.formats.labels import plain
from surveys.formats.mappings import MappingError, read_mapping
from surveys.formats.new_surveys import NewSurvey
from surveys.formats.proposals import DEPARTMENT, LEAVE_OUT, Guess, propose
from surveys.formats.responses import Conversion, convert
from surveys.formats.targets import read_targets
from surveys.models import Anonymity, ImportedRow, Wave

from .audience import people_by_department

SHOWN = 3  # values of a column, as examples
READ_AS_TABLE = 0.3  # of the time that reading takes


@dataclass(frozen=True)
class Goal:
    """Where imported answers go: the questions, the departments, and the wave once it is there."""

    definition: dict[str, Any]
    departments: dict[str, int]
    wave: Wave | None = None

    def known_digests(self) -> set[str]:
        """Return the digests of the rows that the wave holds already."""
        rows = (
            ImportedRow.objects.filter(wave=self.wave) if self.wave else ImportedRow.objects.none()
        )
        return set(rows.values_list("digest", flat=True))


def read_answers(content: bytes, mapping: Any, goal: Goal, tell: Tell = silent) -> Conversion:
    """Return what a file holds for this goal; raise where the file or the mapping cannot be used."""
    columns = read_mapping(mapping)
    table = read_table(content, delimiter=columns.delimiter)
    rest = part_of(tell, READ_AS_TABLE, 1.0)
    return convert(table, columns, read_targets(goal.definition), goal.departments, rest)


def goal_of(wave: Wave) -> Goal:
    """Return the goal that an existing wave is."""
    groups = wave.groups.order_by().values_list("department__code", "asked")
    return Goal(wave.version.definition, dict(groups), wave)


def goal_of_new(survey: NewSurvey) -> Goal:
    """Return the goal that a new survey would be, with its wave where it was made before."""
    initiative_for(survey)
    departments_for(survey)
    return Goal(survey.definition, survey.asked, made_before(survey))


def made_before(survey: NewSurvey) -> Wave | None:
    """Return the wave that an earlier import made for just this survey."""
    return (
        Wave.objects.filter(
            takes_imports=True,
            survey__title=survey.title,
            survey__initiative__name=survey.initiative,
            version__fingerprint=fingerprint(survey.definition, Anonymity.ANONYMOUS),
        )
        .select_related("survey", "version")
        .first()
    )


def initiative_for(survey: NewSurvey) -> Initiative:
    """Return the initiative that the survey names; raise MappingError where there is none."""
    found = Initiative.objects.filter(name=survey.initiative).first()
    if found is None:
        problem = _("There is no initiative “%(name)s”.") % {"name": survey.initiative}
        raise MappingError([problem])
    return found


def departments_for(survey: NewSurvey) -> list[Department]:
    """Return the departments that the survey asks; raise MappingError where one is missing."""
    found = list(Department.objects.filter(code__in=survey.asked).order_by("code"))
    missing = sorted(set(survey.asked) - {one.code for one in found})
    if missing:
        problem = _("There is no department with this code: %(codes)s.")
        raise MappingError([problem % {"codes": ", ".join(missing)}])
    return found


def guesses_for(content: bytes) -> list[Guess]:
    """Return what each column seems to hold, each with the values that it has most often.

    Raises UnreadableError where this is no table with answers.
    """
    table = read_table(content)
    if not table.rows:
        raise UnreadableError(_("The file has a header, but no answers below it."))
    departments = list(Department.objects.order_by("code"))
    names = {plain(text): one.code for one in departments for text in (one.name, one.code)}
    guesses = propose(table, names)
    return [replace(guess, values=guess.values[:SHOWN]) for guess in guesses]


def guesses_kept(kept: Sequence[dict[str, Any]]) -> list[Guess]:
    """Return guesses that were stored with their file."""
    return [Guess(**one) for one in kept]


def people_asked() -> dict[str, int]:
    """Return how many people each department counts, by its code."""
    people = people_by_department()
    return {one.code: people[one.pk] for one in Department.objects.order_by("code")}


def mapping_from(
    survey: dict[str, Any], choices: Sequence[ColumnChoice], people: Mapping[str, int]
) -> dict[str, Any]:
    """Return the mapping that these decisions make; everybody of the departments was asked."""
    asked = {code: max(1, people[code]) for code in sorted(homes_of(choices)) if code in people}
    kept = [asdict(choice) for choice in choices]
    return {**build(choices), "survey": {**survey, "asked": asked}, "choices": kept}


def faults_of(mapping: dict[str, Any]) -> list[str]:
    """Return what is wrong with these decisions, whatever the file holds, or nothing."""
    if mapping["department"] is None:
        return [_("Say which column holds the department.")]
    if all(choice["kind"] in (DEPARTMENT, LEAVE_OUT) for choice in mapping["choices"]):
        return [_("Say which columns hold answers. All of them are left out.")]
    return []


def owner_for(initiative: Initiative) -> User:
    """Return who will own a survey made without a page: the initiative's lead, else a lead."""
    lead = initiative.lead
    if lead is not None and lead.is_active:
        return lead
    roles = (Role.LEAD, Role.ADMINISTRATOR)
    people = User.objects.active().filter(
        role_assignments__role__in=roles, role_assignments__department=None
    )
    found: User | None = people.order_by("pk").first()
    if found is None:
        raise MappingError([_("Nobody is a lead or an administrator who could own the survey.")])
    return found

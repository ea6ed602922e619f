"""What stands between a draft and its start, and what its author should know before."""

from dataclasses import dataclass, field
from typing import Self

from django.conf import settings
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from buyin.readiness.release import totals_of
from buyin.readiness.wording import grouped
from surveys.building.checks import Finding
from surveys.models import Anonymity, Survey, WavePlan

from .audience import Group, groups_of, guests_of, notes_on, people_asked
from .authoring import basis_of, today
from .outdated import findings_about

SHORT = 4  # days between the first and the last; less than that is worth a warning


@dataclass(frozen=True)
class Missing:
    """What keeps a wave back, and the page on which it is put right."""

    text: str
    page: str = "surveys:author-plan"
    language: str = ""
    anchor: str = ""

    @classmethod
    def found(cls, finding: Finding) -> Self:
        """Return what a finding about the questions keeps back."""
        if finding.language:
            return cls(str(finding), "surveys:build-translate", finding.language)
        anchor = f"{finding.kind}-{finding.code}" if finding.code else ""
        return cls(str(finding), "surveys:build", anchor=anchor)


@dataclass(frozen=True)
class Readiness:
    """Whether a wave can be published: what prevents it, and what its author should know."""

    groups: list[Group]
    missing: list[Missing] = field(default_factory=list)
    warnings: list[str] = field(default_factory=list)
    hints: list[str] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)

    @property
    def problems(self) -> list[str]:
        """Return in words what prevents it, nothing where it can be published."""
        return [one.text for one in self.missing]

    @property
    def asked(self) -> int:
        """Return how many people would be asked."""
        return _number_of(self.groups)

    @property
    def summary(self) -> str:
        """Return the sentence that says how many people in how many departments."""
        number = {"n": grouped(self.asked)}
        people = ngettext("%(n)s person", "%(n)s people", self.asked) % number
        count = sum(group.department is not None for group in self.groups)
        if not count:
            return _("This will ask %(people)s outside.") % {"people": people}
        words = ngettext(
            "This will ask %(people)s in %(n)d department.",
            "This will ask %(people)s in %(n)d departments.",
            count,
        )
        if count < len(self.groups):
            words = ngettext(
                "This will ask %(people)s in %(n)d department and outside.",
                "This will ask %(people)s in %(n)d departments and outside.",
                count,
            )
        return words % {"people": people, "n": count}


def check_publication(survey: Survey, plan: WavePlan) -> Readiness:
    """Return whom this wave asks and everything that speaks against publishing it now."""
    groups = groups_of(plan)
    definition = survey.latest_version.definition
    found = findings_about(survey, definition)
    return Readiness(
        groups=groups,
        missing=[
            *(Missing.found(finding) for finding in found if finding.is_error),
            *_faults_of_texts(survey),
            *map(Missing, _faults_of_plan(plan, groups)),
            *(_faults_of_basis(survey, plan) if plan.is_public else _faults_of_guests(plan)),
        ],
        warnings=_warnings(plan, groups),
        hints=[str(finding) for finding in found if not finding.is_error],
        notes=notes_on(plan),
    )


def _faults_of_texts(survey: Survey) -> list[Missing]:
    """Return what keeps a survey back beside its questions."""
    if survey.purpose.strip():
        return []
    return [Missing(_("Say why you ask, beside the title."), "surveys:author-texts")]


def _faults_of_plan(plan: WavePlan, groups: list[Group]) -> list[str]:
    this_day = today()
    problems = []
    if not groups and not plan.is_public:
        problems.append(
            _("Nobody would be asked. Choose departments with people in them, or name people.")
        )
    if plan.opens_on and plan.opens_on < this_day:
        problems.append(_("The opening day has passed. Choose today or a later day."))
    if plan.closes_on is None:
        problems.append(_("Choose the last day on which people can answer."))
    elif plan.closes_on < max(this_day, plan.opens_on or this_day):
        problems.append(_("The last day must not be before the opening day or before today."))
    if plan.anonymity == Anonymity.ANONYMOUS and not plan.is_public:
        problems += _too_few(groups)
    return problems


def _too_few(groups: list[Group]) -> list[str]:
    """Return what keeps an anonymous wave back that asks so few that they are as good as named.

    Guests alone have to be enough, and so have people beside guests, who could be made up.
    """
    smallest, asked = settings.SMALLEST_GROUP, _number_of(groups)
    people = asked - sum(group.guests for group in groups)
    if 0 < asked < smallest:
        text = ngettext(
            "An anonymous survey must ask at least %(least)d people; this would ask %(people)d "
            "person. Among so few nobody is anonymous for those who can read the database. Ask more "
            "people, or choose confidential or named.",
            "An anonymous survey must ask at least %(least)d people; this would ask %(people)d "
            "people. Among so few nobody is anonymous for those who can read the database. Ask more "
            "people, or choose confidential or named.",
            asked,
        )
        return [text % {"people": asked, "least": smallest}]
    if 0 < people < smallest:
        text = ngettext(
            "Beside guests an anonymous survey must ask at least %(least)d people of the agency; "
            "this would ask %(people)d person. A guest's address could be made up, and among so few "
            "nobody is anonymous. Ask more people, or guests alone in a survey of their own.",
            "Beside guests an anonymous survey must ask at least %(least)d people of the agency; "
            "this would ask %(people)d people. A guest's address could be made up, and among so few "
            "nobody is anonymous. Ask more people, or guests alone in a survey of their own.",
            people,
        )
        return [text % {"people": people, "least": smallest}]
    return []


def _number_of(groups: list[Group]) -> int:
    return sum(group.asked for group in groups)


def _faults_of_guests(plan: WavePlan) -> list[Missing]:
    """Return what keeps addresses without an account from being asked."""
    if not guests_of(plan).exists():
        return []
    problems = []
    if not plan.sends_mail:
        problems.append(
            _(
                "Addresses without an account can be asked by mail only. Let mails be written, or "
                "take these addresses out."
            )
        )
    if plan.anonymity != Anonymity.ANONYMOUS:
        problems.append(
            _(
                "Addresses without an account can be asked anonymously only: there is no name to "
                "store. Choose anonymous, or take these addresses out."
            )
        )
    return [Missing(text) for text in problems]


def _faults_of_basis(survey: Survey, plan: WavePlan) -> list[Missing]:
    """Return what keeps a survey from being asked in public."""
    basis = basis_of(survey)
    problems = []
    if basis.missing:
        problems.append(
            Missing(
                _("What the collection rests on is not complete. Missing: %(names)s.")
                % {"names": ", ".join(basis.missing)},
                "surveys:author-basis",
            )
        )
    if plan.closes_on and basis.expires_on and basis.expires_on < plan.closes_on:
        problems.append(
            Missing(
                _("The approval ends on %(day)s. The last day must not be later.")
                % {"day": date_format(basis.expires_on, "DATE_FORMAT")}
            )
        )
    if plan.anonymity != Anonymity.ANONYMOUS:
        problems.append(Missing(_("A public questionnaire is always anonymous: nobody signs in.")))
    return problems


def warnings_of_guests(plan: WavePlan) -> list[str]:
    """Return what to tell an author who asks few people with an account beside guests.

    Those people alone have to be enough for results, for an address can be made up.
    """
    if plan.is_public or not guests_of(plan).exists():
        return []
    people, smallest = people_asked(plan).count(), settings.SMALLEST_GROUP
    words = {"people": people, "least": smallest, "target": plan.target}
    if 0 < people < smallest:
        text = ngettext(
            "Only %(people)d person with an account is asked beside guests. As soon as they answer, "
            "no result is shown at all, of guests neither: a guest's address could be made up, so "
            "at least %(least)d people with an account must answer. Ask more of them, or guests "
            "alone in a survey of their own.",
            "Only %(people)d people with an account are asked beside guests. As soon as one of them "
            "answers, no result is shown at all, of guests neither: a guest's address could be made "
            "up, so at least %(least)d people with an account must answer. Ask more of them, or "
            "guests alone in a survey of their own.",
            people,
        )
        return [text % words]
    if people and people * plan.target < smallest * 100:
        text = _(
            "%(people)d people with an account are asked beside guests, and at least %(least)d of "
            "them must answer before any result is shown: a guest's address could be made up. With "
            "your target of %(target)d %% that would be too few. Ask more people with an account, or "
            "aim higher."
        )
        return [text % words]
    return []


def _warnings(plan: WavePlan, groups: list[Group]) -> list[str]:
    """Return what the author should know before publishing, worst first."""
    smallest = settings.SMALLEST_GROUP
    asked = {one.department: one.asked for one in groups if one.department}
    people = totals_of(
        {one.pk: one.parent_id for one in asked}, {one.pk: n for one, n in asked.items()}
    )
    small = [one.name for one in asked if people[one.pk] < smallest]
    outside = sum(one.asked for one in groups if one.department is None)
    warnings = warnings_of_guests(plan)
    if plan.anonymity != Anonymity.ANONYMOUS and 0 < _number_of(groups) < smallest:
        warnings.append(
            _("Fewer than %(n)d people are asked. No result will be shown at all.")
            % {"n": smallest}
        )
    elif small:
        text = ngettext(
            "%(names)s has fewer than %(n)d people. It will never be shown alone.",
            "%(names)s have fewer than %(n)d people each. They will never be shown alone.",
            len(small),
        )
        warnings.append(text % {"names": ", ".join(small), "n": smallest})
    if 0 < outside < smallest and asked:
        warnings.append(
            _(
                "Fewer than %(n)d people outside are asked. They are in no response rate, and their "
                "answers are counted together with those of a department."
            )
            % {"n": smallest}
        )
    if plan.closes_on and (plan.closes_on - (plan.opens_on or today())).days < SHORT:
        warnings.append(_("People have only a few days. Many will miss it."))
    return warnings

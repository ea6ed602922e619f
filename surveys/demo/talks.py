"""The demo agency's interviews, its usability test, and what people need. Every word is invented."""

from datetime import timedelta
from uuid import uuid4

from django.utils.translation import gettext as _

from buyin.features import DemoAgency
from surveys import instruments
from surveys.actions.authoring import Texts, create_survey
from surveys.actions.needs import add_evidence, add_remedy, finish_remedy, make_need
from surveys.actions.sessions import Agreed, Participant, finish_session, start_session
from surveys.answers import Edit
from surveys.models import Evidence, Need, Remedy, Session, Survey, Theme, UsabilityTask

# Theme, question, note, quotation.
SAID = (
    (
        "Reasons",
        "worries",
        "Wants to see why a case was sorted last",
        "Show me why, or I check all.",
    ),
    (
        "Old scans",
        "slow",
        "Types scanned forms again by hand",
        "Half of them I cannot read either.",
    ),
    ("Who answers", "stop", "Asks who answers for a mistake", "In the end it is my signature."),
    ("Time to learn", "help", "Has no hour to practise", "The queue does not wait for me."),
)
PLACES = ("building-permits", "business-licences", "permits")
SESSIONS = 10
TRIES = 12
TRIED = (
    ("yes", "yes", "hard", "yes", "yes", "no"),
    ("yes", "hard", "no", "hard", "yes"),
)
# Statement, theme, how many, how bad, what is done (kind, words, done).
NEEDS = (
    ("I need to see why an application was sorted last.", "Reasons", 4, 4,
     ("change", "Reasons stand beside each application.", True)),
    ("I need an hour a week to practise without a queue.", "Time to learn", 4, 3,
     ("course", "Practice sessions on Thursdays, counted as work.", False)),
    ("I need to know who answers for a mistake of the assistant.", "Who answers", 3, 5,
     ("decision", "The agency answers; case workers are not blamed for its errors.", True)),
    ("I need scans that can be read before anything sorts them.", "Old scans", 3, 3,
     ("change", "Old files are scanned again, newest first.", False)),
    ("I need one screen, not one more.", "", 2, 3,
     ("nothing", "The case system changes next year; until then two screens stay.", False)),
    ("I need to tell applicants in plain words that it is used.", "", 2, 4, None),
)  # fmt: skip

DUE = {
    Remedy.Kind.COURSE: timedelta(days=10),
    Remedy.Kind.DECISION: timedelta(days=-20),
    Remedy.Kind.CHANGE: timedelta(days=-3),
}


def talk(agency: DemoAgency) -> None:
    """Hold the interviews and the test, and write down what people need."""
    guide = _series(agency, "interview", _("Permit assistant: what do you need?"))
    themes = {name: guide.themes.create(name=name) for name, *_rest in SAID}
    for number in range(SESSIONS):
        said = [SAID[(number + step) % len(SAID)] for step in range(1 + number % 3)]
        typed: dict[str, str | list[str]] = {}
        for _theme, question, note, quote in said:
            typed |= {question: note, f"{question}__quotes": quote}
        session = _held(agency, guide, number, typed)
        for theme, question, _note, _quote in said:
            themes[theme].notes.add(*session.notes.filter(question=question))
    _test(agency)
    for line in NEEDS:
        _need(agency, guide, themes, *line)


def _series(agency: DemoAgency, code: str, title: str) -> Survey:
    template = instruments.instrument(code)
    assert template is not None  # noqa: S101 - both ship with the portal
    purpose = _("We sit down with people who decide on permits, before anything is bought.")
    return create_survey(
        owner=agency.lead,
        kind=template.kind,
        definition=template.definition,
        texts=Texts(title=title, purpose=purpose, initiative=agency.initiatives[0]),
    )


def _held(
    agency: DemoAgency, survey: Survey, number: int, typed: dict[str, str | list[str]]
) -> Session:
    place = agency.departments[PLACES[number % len(PLACES)]]
    session = start_session(
        survey=survey,
        leader=agency.lead,
        made_by_form=uuid4(),
        participant=Participant(place, is_outside=False, role_group=_("case workers")),
        agreed=Agreed(_("I take part of my own free will."), "spoken", number % 4 > 0),
        held_on=(agency.now - timedelta(days=40 - number)).date(),
    )
    finish_session(session=session, edit=Edit({}, typed))
    return session


def _test(agency: DemoAgency) -> None:
    """Let people try two tasks, and say how it was."""
    survey = _series(agency, "sus", _("Permit assistant: can people use it?"))
    names = (_("Find out what is missing"), _("Disagree with the order"))
    tasks = [
        UsabilityTask.objects.create(
            survey=survey,
            position=position,
            name=name,
            instruction=_("An application lies before you. Show me how you would go on."),
            criterion=_("The right page is open and the participant says so."),
        )
        for position, name in enumerate(names, start=1)
    ]
    for number in range(TRIES):
        typed: dict[str, str | list[str]] = {}
        for place, task in enumerate(tasks):
            success = TRIED[place][number % len(TRIED[place])]
            time = f"{1 + place}:{(number * 7) % 60:02}"
            code = f"task_{task.pk}"
            typed |= {f"{code}_done": success, f"{code}_time": time}
            typed[f"{code}_errors"] = str(number % 3)
        for item in range(1, 11):
            unlike = (number * 2 + item) % 3  # 0 to 2 steps away from full praise
            typed[f"sus_{item}"] = str(5 - unlike - number % 2 if item % 2 else 1 + unlike)
        _held(agency, survey, number, typed)


def _need(  # noqa: PLR0913, PLR0917 - one row of the table above
    agency: DemoAgency,
    guide: Survey,
    themes: dict[str, Theme],
    statement: str,
    theme: str,
    frequency: int,
    severity: int,
    remedy: tuple[str, str, bool] | None,
) -> None:
    permits = agency.departments["permits"]
    need = make_need(
        need=Need(
            statement=statement,
            initiative=guide.initiative,
            frequency=frequency,
            severity=severity,
            owner=agency.lead if theme or remedy else None,
        ),
        departments=[permits],
        made_by_form=uuid4(),
        evidence=Evidence(text=_("Meeting of case workers"), people=24, department=permits),
    )
    if theme:
        kind = Evidence.Kind.THEME
        add_evidence(evidence=Evidence(need=need, kind=kind, theme=themes[theme]))
    if remedy:
        what, words, is_done = remedy
        due = None if what == Remedy.Kind.NOTHING else (agency.now + DUE[Remedy.Kind(what)]).date()
        made = add_remedy(remedy=Remedy(need=need, kind=what, text=words, due=due))
        if is_done:
            finish_remedy(remedy=made)

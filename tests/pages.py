"""The pages that people see, once for all tests that look at every page.

A new page is one more line. `make` writes what the page shows and returns where it is found.
"""

from datetime import date, timedelta
from zoneinfo import available_timezones

from django.utils import timezone

from buyin.accounts.models import RosterFile, User
from buyin.views.programs import operations
from buyin.workbooks.writing import SheetRows, workbook_bytes
from surveys.actions.bringing import read_file
from surveys.models import SurveyFile, WavePlan
from tests import pages_of_sessions as of_sessions
from tests.cast import Cast
from tests.factories.accounts import PASSWORD
from tests.factories.digests import make_kept_mail, make_report
from tests.factories.factors import make_app, make_key
from tests.factories.initiatives import InitiativeFactory
from tests.factories.questions import EVERY_TYPE
from tests.factories.readiness import ITEMS, make_snapshot
from tests.factories.results import RESULT_PAGES
from tests.factories.sharing import LEARNED, NEXT, SHARING_PAGES
from tests.factories.surveys import (
    DEFINITION,
    make_draft,
    make_draft_version,
    make_panel,
    make_participation,
    make_wave,
)
from tests.pages_of_answers import ANSWER_FILES
from tests.pages_of_benefits import BENEFIT_PAGES
from tests.pages_of_builder import BUILDER, LANGUAGES
from tests.pages_of_evidence import EVIDENCE_PAGES
from tests.pages_of_field_work import FIELD_WORK
from tests.pages_of_impact import ASKED_OF_SYSTEMS, IMPACT_PAGES
from tests.pages_of_imports import IMPORT_PAGES
from tests.pages_of_initiatives import LIFE_PAGES
from tests.pages_of_own_answers import OWN_ANSWERS
from tests.pages_of_plan import PLAN_PAGES
from tests.pages_of_questionnaires import QUESTIONNAIRES
from tests.pages_of_records import RECORD_PAGES
from tests.pages_of_stakeholders import STAKEHOLDERS
from tests.shown import WRITTEN, Shown

ZONES = tuple(available_timezones())
WROTE = (*WRITTEN, "Time", "A printer")
SHARED = (*WROTE, LEARNED, NEXT, *of_sessions.NOTED)


def panel(cast: Cast) -> dict[str, object]:
    """Write a panel of the lead with somebody whose account is closed."""
    made = make_panel(cast.people["staff"], cast.people["neighbour"], owner=cast.people["lead"])
    User.objects.filter(pk=cast.people["neighbour"].pk).update(is_active=False)
    return {"panel": made.pk}


def initiatives(cast: Cast) -> dict[str, object]:
    """Write two initiatives, one of them in the staff persona's department."""
    pilot = InitiativeFactory(name="Permit triage", stage="pilot", departments=[cast.roads])
    InitiativeFactory(name="Plain letters", stage="idea")
    return {"initiative": pilot.pk}


def wave(cast: Cast) -> dict[str, object]:
    """Write a wave that asks the staff persona's department."""
    asked = make_wave(cast.roads)
    return {"wave": asked.pk, "survey": asked.survey.pk, "number": asked.number}


def every_type(cast: Cast) -> dict[str, object]:
    """Write a wave with a question of every type, begun with something wrong in it."""
    asked = make_wave(cast.roads, definition=EVERY_TYPE, anonymity="named")
    typed: dict[str, str | list[str]] = {
        "main__other": "Bread",
        "main": "draft",
        "uses": ["none", "plan"],
        "order": ["plan.1", "draft.1"],
        "since": "1999-01-01",
        "wish": ["Bread", "dk"],
    }
    make_draft(asked, cast.people["staff"], **typed)
    return {"wave": asked.pk, "survey": asked.survey.pk}


def field(cast: Cast) -> dict[str, object]:
    """Write a wave that asks enough people for response rates, and a group that stays hidden."""
    asked = make_wave(*[cast.departments[code] for code in ("works", "roads", "parks", "clinic")])
    for code, people in {"works": 15, "roads": 40, "parks": 30, "clinic": 4}.items():
        asked.groups.filter(department__code=code).update(asked=people)
    return {"wave": asked.pk, "survey": asked.survey.pk, "number": asked.number}


def planned(cast: Cast) -> dict[str, object]:
    """Write a survey whose next wave is nearly ready to be published."""
    asked = make_wave(cast.roads, closed_at=timezone.now())
    last_day = timezone.localdate() + timedelta(days=2)
    WavePlan.objects.create(survey=asked.survey, closes_on=last_day)
    return {"survey": asked.survey.pk}


def french(_cast: Cast) -> dict[str, object]:
    """Write a draft that is partly in French."""
    texts = {"fr": {"wish.text": "One wish"}}
    return {"survey": make_draft_version({**DEFINITION, "translations": texts}).survey_id}


# What reading gave is kept in the language of whoever brought the file.
FORM = (
    *("form.xlsx", "geopoint", "Tea", "Places cannot be given here."),
    *("sheet “survey”, row 3, column A (type)", "The file is damaged or is no .xlsx workbook."),
)


def survey_files(cast: Cast) -> dict[str, object]:
    """Write three uploaded surveys: one that waits, one that was read, one that cannot be."""
    initiative = InitiativeFactory(name="Permit assistant")
    texts = {"title": "Tea", "purpose": "Tea", "kind": "needs", "initiative": str(initiative.pk)}
    rows = [["type", "name", "label"], ["text", "q", "Tea"], ["geopoint", "w", "Tea"]]
    contents = {
        "waiting": b"",
        "read": workbook_bytes([SheetRows("survey", rows)]),
        "refused": b"PK and no workbook",
    }
    files: dict[str, object] = {}
    for name, content in contents.items():
        file = SurveyFile.objects.create(
            owner=cast.people["lead"], name="form.xlsx", content=content, texts=texts
        )
        if name != "waiting":
            read_file(file=file.pk)
        files[name] = file.pk
    return files


def answered(cast: Cast) -> dict[str, object]:
    """Write a wave that the staff persona has answered."""
    asked = make_wave(cast.roads)
    make_participation(asked, cast.staff)
    return {"wave": asked.pk}


def begun(cast: Cast) -> dict[str, object]:
    """Write a named wave in which the staff persona has typed something that is no number."""
    asked = make_wave(cast.roads, anonymity="named")
    make_draft(asked, cast.people["staff"], hours="many", wish="Bread")
    return {"wave": asked.pk}


def report(cast: Cast) -> dict[str, object]:
    """Write a report that waits to be sent to the staff persona."""
    return {"report": make_report(cast.people["staff"]).pk}


def kept(cast: Cast) -> dict[str, object]:
    """Keep a mail to the staff persona that could not be sent."""
    return {"mail": make_kept_mail(cast.people["staff"]).pk}


def person(cast: Cast) -> dict[str, object]:
    """Return whom to look at."""
    return {"person": cast.people["staff"].pk}


def measured(cast: Cast) -> dict[str, object]:
    """Write two measurements in which one team is hidden."""
    permits = InitiativeFactory(name="Permit triage")
    people = {
        "city": (20, (62, 58, 50, 52, 57)),
        "roads": (30, (58, 47, 31, 44, 52)),
        "parks": (12, (66, 60, 61, 62, 64)),
        "works": (11, (50, 49, 45, 47, 50)),
        "clinic": (20, (78, 76, 74, 72, 70)),
        "health": (3, (60,) * 5),
    }
    asked = {"city": 20, "works": 15, "health": 25, "roads": 40, "parks": 30, "clinic": 50}
    for week, number, day in (
        ("2026-W21", 1, date(2026, 5, 22)),
        ("2026-W47", 2, date(2026, 11, 13)),
    ):
        make_snapshot(
            permits,
            people,
            asked=asked,
            period=week,
            closed_on=day,
            source=f"Permits, wave {number}",
        )
    return {}


def factors(cast: Cast) -> dict[str, object]:
    """Give the staff persona a password, an app with codes, and a passkey."""
    staff = cast.people["staff"]
    staff.set_password(PASSWORD)
    staff.save()
    make_app(staff)
    return {"key": make_key(staff, name="Blue key").pk}


def roster_file(cast: Cast) -> dict[str, object]:
    """Keep a file with departments, one of them bad, that waits to be confirmed."""
    text = "code,name,parent\nnew-one,New one,city\nbad code,Bad,\nparks,New name,health\n"
    admin = cast.people["administrator"]
    kept = RosterFile.objects.create(kind="departments", text=text, uploaded_by=admin)
    return {"file": kept.pk}


ROSTER = ("new-one", "New one", "New name", "Parks", "parks", "works", "health")
PUBLIC = [
    Shown("anonymous", "/"),
    Shown("anonymous", "/about/accessibility/"),
    Shown("anonymous", "/about/privacy/"),
    Shown("anonymous", "/no/such/page/", status=404),
    Shown("anonymous", "/accounts/login/"),
    Shown("anonymous", "/accounts/password/reset/"),
]
HOME = [
    Shown("staff", "/", initiatives),
    Shown("staff", "/", wave, WRITTEN),
    Shown("staff", "/", measured),
    Shown("executive", "/", measured),
    Shown("executive", "/", wave, WRITTEN),
    Shown("lead", "/", initiatives),
    Shown("administrator", "/", initiatives),
    Shown("staff", "/about/privacy/"),
    Shown("staff", "/api/docs/", written=tuple(one.text for one in operations())),
    Shown("staff", "/no/such/page/", status=404),
]
SURVEYS = [
    Shown("staff", "/surveys/"),
    Shown("staff", "/surveys/", answered, WRITTEN),
    Shown("staff", "/surveys/{wave}/pages/1/", wave, WRITTEN),
    Shown("staff", "/surveys/{wave}/pages/2/", wave, WRITTEN),
    Shown("staff", "/surveys/", begun, WRITTEN),
    Shown("staff", "/surveys/{wave}/pages/1/?check=1", begun, WRITTEN),
    Shown("staff", "/surveys/{wave}/pages/2/?check=1", begun, WRITTEN),
    Shown("staff", "/surveys/{wave}/pages/1/", every_type, WRITTEN),
    Shown("staff", "/surveys/{wave}/pages/1/?check=1", every_type, WRITTEN),
    Shown("staff", "/surveys/{wave}/pages/2/?check=1", every_type, (*WRITTEN, "Bread")),
    Shown("staff", "/surveys/{wave}/check/", every_type, (*WRITTEN, "Bread")),
    Shown("lead", "/surveys/author/{survey}/preview/1/", every_type, WRITTEN),
    Shown("lead", "/surveys/author/{survey}/preview/2/", every_type, WRITTEN),
    Shown("staff", "/surveys/{wave}/check/", wave, WRITTEN),
    Shown("staff", "/surveys/{wave}/check/", begun, (*WRITTEN, "Bread", "many")),
    Shown("staff", "/surveys/{wave}/thanks/", answered, WRITTEN),
    Shown("lead", "/surveys/author/"),
    Shown("lead", "/surveys/author/", wave, WRITTEN),
    *(Shown(who, f"/surveys/{path}", make, WROTE) for who, path, make in RESULT_PAGES),
    *(Shown(who, f"/surveys/{path}", make, SHARED) for who, path, make in SHARING_PAGES),
    Shown("lead", "/surveys/author/new/", initiatives, WRITTEN),
    Shown("lead", "/surveys/author/new/readiness/", initiatives, WRITTEN),
    Shown("lead", "/surveys/author/{survey}/", wave, WRITTEN),
    Shown("lead", "/surveys/author/{survey}/preview/1/", wave, WRITTEN),
    Shown("lead", "/surveys/author/new/oric/", initiatives, WRITTEN),
    Shown("lead", "/surveys/author/{survey}/", planned, WRITTEN),
    Shown("lead", "/surveys/author/{survey}/texts/", planned, WRITTEN),
    Shown("lead", "/surveys/author/{survey}/plan/", planned, WRITTEN),
    Shown("lead", "/surveys/author/{survey}/publish/", planned, WRITTEN),
    Shown("lead", "/surveys/author/{survey}/waves/{number}/", wave, WRITTEN),
    Shown("lead", "/surveys/author/{survey}/waves/{number}/", field, WRITTEN),
    Shown("lead", "/surveys/author/{survey}/waves/{number}/extend/", field, WRITTEN),
    Shown("lead", "/surveys/author/{survey}/waves/{number}/close/", field, WRITTEN),
    Shown("lead", "/surveys/author/{survey}/waves/{number}/pause/", field, WRITTEN),
    *FIELD_WORK,
    Shown("coordinator", "/surveys/answered/"),
    Shown("coordinator", "/surveys/answered/", field, WRITTEN),
    Shown("coordinator", "/surveys/answered/{wave}/", field, WRITTEN),
    Shown("coordinator", "/surveys/panels/"),
    Shown("lead", "/surveys/panels/", panel, ("Testers",)),
    Shown("coordinator", "/surveys/panels/new/"),
    Shown("lead", "/surveys/panels/{panel}/", panel, ("Testers",)),
    Shown("lead", "/surveys/panels/{panel}/rename/", panel, ("Testers",)),
    Shown("lead", "/surveys/panels/{panel}/delete/", panel, ("Testers",)),
    Shown("lead", "/surveys/author/import/", initiatives),
    *ANSWER_FILES,
    Shown("lead", "/surveys/author/files/", initiatives),
    Shown("lead", "/surveys/author/files/{waiting}/", survey_files),
    Shown("lead", "/surveys/author/files/{read}/", survey_files, FORM),
    Shown("lead", "/surveys/author/files/{refused}/", survey_files, FORM),
]
WRITING = [
    Shown("lead", "/surveys/author/new/blank/", initiatives),
    *(Shown("lead", path, every_type, (*WRITTEN, *LANGUAGES)) for path in BUILDER),
    Shown("lead", "/surveys/author/{survey}/languages/fr/", french, (*WRITTEN, *LANGUAGES)),
    Shown("lead", "/surveys/author/{survey}/questions/statements/edit/", wave, WRITTEN),
]
SESSIONS = [
    Shown(who, path, make, (*WRITTEN, *of_sessions.NOTED)) for who, path, make in of_sessions.PAGES
]
REPORTS = [
    Shown("staff", "/reports/"),
    Shown("staff", "/reports/", report, ("1 thing for you: 1 survey",)),
    Shown("staff", "/reports/preview/"),
    Shown("staff", "/reports/preferences/"),
    Shown("administrator", "/reports/status/", report),
    Shown("administrator", "/reports/status/kept/"),
    Shown("administrator", "/reports/status/kept/", kept, ("Set your password",)),
    Shown("administrator", "/reports/status/kept/{mail}/", kept, ("Set your password",)),
]
INITIATIVES = [
    Shown("staff", "/initiatives/"),
    Shown("staff", "/initiatives/", initiatives),
    Shown("lead", "/initiatives/{initiative}/", initiatives),
    Shown("lead", "/initiatives/add/"),
    Shown("lead", "/initiatives/{initiative}/edit/", initiatives),
    *(Shown(who, path, make, ASKED_OF_SYSTEMS) for who, path, make in IMPACT_PAGES),
    *LIFE_PAGES,
]
PEOPLE = [
    Shown("staff", "/people/me/"),
    Shown("administrator", "/people/"),
    Shown("administrator", "/people/add/", written=ZONES),
    Shown("administrator", "/people/{person}/", person),
    Shown("administrator", "/people/{person}/edit/", person, ZONES),
    Shown("administrator", "/people/departments/"),
    Shown("administrator", "/people/departments/add/"),
    Shown("administrator", "/people/import/"),
    Shown("administrator", "/people/events/"),
    Shown("administrator", "/people/history/"),
    Shown("administrator", "/people/import/{file}/", roster_file, ROSTER),
    Shown("staff", "/accounts/logout/"),
    Shown("staff", "/accounts/password/set/"),
    Shown("staff", "/accounts/password/change/", factors),
    Shown("staff", "/accounts/2fa/"),
    Shown("staff", "/accounts/2fa/totp/activate/"),
    Shown("staff", "/accounts/2fa/webauthn/"),
    Shown("staff", "/accounts/2fa/webauthn/add/"),
    *(
        Shown("staff", f"/accounts/{path}", factors, ("Blue key",))
        for path in (
            "reauthenticate/",
            "2fa/",
            "2fa/reauthenticate/",
            "2fa/totp/deactivate/",
            "2fa/recovery-codes/",
            "2fa/recovery-codes/generate/",
            "2fa/webauthn/",
            "2fa/webauthn/keys/{key}/edit/",
            "2fa/webauthn/keys/{key}/remove/",
            "2fa/webauthn/reauthenticate/",
        )
    ),
]
# The questions and the source are the survey's own words.
ASKED = (*(item.text for item in ITEMS), "Permits, wave 2")
READINESS = [
    Shown("lead", "/readiness/"),
    Shown("lead", "/readiness/", measured, ASKED),
    Shown("coordinator", "/readiness/", measured, ASKED),
    Shown("staff", "/readiness/", measured, ASKED),
    Shown("lead", "/readiness/departments/works/", measured, ASKED),
    Shown("lead", "/readiness/departments/health/", measured, ASKED),
    Shown("lead", "/readiness/departments/clinic/", measured, ASKED),
    Shown("anonymous", "/readiness/method/"),
    Shown("staff", "/readiness/method/", measured, ASKED),
]
PAGES = [
    *PUBLIC,
    *HOME,
    *SURVEYS,
    *WRITING,
    *SESSIONS,
    *OWN_ANSWERS,
    *QUESTIONNAIRES,
    *REPORTS,
    *READINESS,
    *INITIATIVES,
    *BENEFIT_PAGES,
    *RECORD_PAGES,
    *PLAN_PAGES,
    *STAKEHOLDERS,
    *IMPORT_PAGES,
    *EVIDENCE_PAGES,
    *PEOPLE,
]

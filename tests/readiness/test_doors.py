"""Doors of readiness: who is let in where, what each file and answer holds, and what none of them does."""

import csv
import io
import json
from datetime import date

import pytest

from buyin.accounts.models import EventKind, SecurityEvent
from buyin.readiness import actions
from buyin.readiness.exports import COLUMNS
from buyin.readiness.models import SnapshotCell
from tests.cast import PERSONAS
from tests.factories.initiatives import InitiativeFactory
from tests.factories.readiness import CODES, make_scores, make_snapshot

API = "/api/v1/readiness/"
DASHBOARD = "/readiness/"
FILE = "/readiness/readiness.csv"
ROADS, CLINIC = "/readiness/departments/roads/", "/readiness/departments/clinic/"
PEOPLE = {
    "city": (20, (62, 58, 50, 52, 57)),
    "works": (14, (60, 58, 52, 54, 56)),
    "roads": (30, (58, 47, 31, 44, 52)),
    "parks": (24, (70, 66, 60, 64, 68)),
    "health": (25, (74, 70, 66, 70, 72)),
    "clinic": (40, (78, 76, 74, 72, 70)),
}
ASKED = {"city": 20, "works": 15, "health": 25, "roads": 40, "parks": 30, "clinic": 50}
AGENCY_ROLES = {"lead", "executive", "administrator"}


@pytest.fixture
def initiative(cast):
    return InitiativeFactory(name="Permit triage")


@pytest.fixture
def measured(initiative):
    return make_snapshot(initiative, PEOPLE, asked=ASKED)


def rows_of(answer):
    return list(csv.DictReader(io.StringIO(answer.text.removeprefix("\ufeff"))))


def whose(answer):
    return {row["department"] for row in answer.json()["results"]}


@pytest.mark.parametrize("persona", PERSONAS)
@pytest.mark.parametrize(
    ("code", "near"),
    [("roads", {"staff", "coordinator"}), ("clinic", {"neighbour"}), ("works", {"coordinator"})],
)
def test_a_departments_page_and_file_open_for_the_same_people(
    sign_in, measured, persona, code, near
):
    browser = sign_in(persona)
    page = f"/readiness/departments/{code}"

    found = [browser.get(f"{page}{end}").status_code for end in ("/", ".csv", "/trend.csv")]

    signed_out = persona in {"anonymous", "deactivated"}
    expected = 302 if signed_out else 200 if persona in near | AGENCY_ROLES else 404
    assert found == [expected] * 3


@pytest.mark.parametrize("address", [DASHBOARD, FILE, ROADS, "/readiness/method/"])
def test_readiness_is_only_read(sign_in, measured, address):
    assert sign_in("administrator").post(address).status_code == 405


@pytest.mark.parametrize("address", [FILE, "/readiness/departments/roads.csv", ROADS])
def test_before_anything_was_measured_there_is_no_file_and_no_department(sign_in, address):
    assert sign_in("lead").get(address).status_code == 404


@pytest.mark.parametrize(
    ("who", "codes"),
    [
        ("staff", {"roads"}),
        ("neighbour", {"clinic"}),
        ("coordinator", {"works", "roads", "parks"}),
        ("executive", {"city", "works", "health"}),
    ],
)
def test_the_dashboards_file_holds_what_the_persons_dashboard_shows(sign_in, measured, who, codes):
    browser = sign_in(who)

    rows = rows_of(browser.get(FILE))

    board = browser.get(DASHBOARD).context["board"]
    assert {row["department_code"] for row in rows} == codes
    assert codes == {board.whole.code, *(part.code for part in board.parts)}


def test_each_row_of_the_file_is_the_stored_figure(sign_in, measured):
    answer = sign_in("staff").get(FILE)

    cells = {c.dimension or "overall": c for c in measured.cells.filter(department__code="roads")}
    rows = rows_of(answer)
    assert answer.text.splitlines()[0].removeprefix("\ufeff") == ",".join(COLUMNS)
    assert [row["dimension"] for row in rows] == ["overall", *CODES]
    for row in rows:
        cell = cells[row["dimension"]]
        assert row["score"] == str(round(cell.value, 1))
        assert (row["low"], row["high"]) == (str(round(cell.low, 1)), str(round(cell.high, 1)))
        assert (row["asked"], row["answered"], row["band"]) == ("40", "30", cell.band)
        assert row["is_barrier"] == ("yes" if cell.is_barrier else "no")


@pytest.mark.parametrize("risky", ["=1+1", "+1", "-1", "@SUM(A1)", "\tx", "=cmd|' /C calc'!A0"])
def test_no_name_runs_in_a_spreadsheet(sign_in, cast, measured, risky):
    type(cast.roads).objects.filter(pk=cast.roads.pk).update(name=risky)

    rows = rows_of(sign_in("lead").get("/readiness/departments/roads.csv"))

    assert {row["department"] for row in rows} == {f"'{risky}"}


@pytest.mark.parametrize("name", ["Roads, bridges", 'The "fast" team', "A=B", "Züge & Wege"])
def test_a_harmless_name_comes_out_of_the_file_as_it_is(sign_in, cast, measured, name):
    type(cast.roads).objects.filter(pk=cast.roads.pk).update(name=name)

    rows = rows_of(sign_in("lead").get("/readiness/departments/roads.csv"))

    assert {row["department"] for row in rows} == {name}


@pytest.mark.parametrize("who", ["lead", "neighbour", "coordinator", "administrator"])
def test_a_hidden_value_is_in_no_format(sign_in, initiative, who):
    # 13 answers from Clinic, hidden beside 4 directly in Public health, at scores nobody else has.
    people = {**PEOPLE, "health": (4, (88,) * 5), "clinic": (13, (17,) * 5)}
    snapshot = make_snapshot(initiative, people, asked=ASKED)
    browser = sign_in(who)

    said = [browser.get(DASHBOARD).text, browser.get(FILE).text, browser.get(API).text]
    if who != "coordinator":
        said += [browser.get(CLINIC).text, browser.get("/readiness/departments/clinic.csv").text]

    stored = snapshot.cells.filter(department__code="clinic")
    assert {(c.value, c.answered, c.detail == {}) for c in stored} == {(None, None, True)}
    assert not any("13 of 50" in text for text in said)
    assert "clinic" not in said[1]
    assert "clinic" not in {row["department"] for row in json.loads(said[2])["results"]}


def test_a_department_with_two_dimensions_to_show_says_why_it_has_no_overall_score(
    sign_in, initiative
):
    scores = make_scores(initiative, PEOPLE, asked=ASKED)
    in_roads = scores.department == scores.department[20 + 14]
    scores.values[in_roads, 2:] = float("nan")
    actions.take_snapshot(scores=scores, period="2026-W47")

    answer = sign_in("staff").get(ROADS)

    assert set(answer.context["standing"].dimensions) == {"commitment", "confidence"}
    assert answer.context["sentence"].startswith(
        "Too few dimensions can be shown for an overall score."
    )


def test_an_earlier_week_draws_no_wave_that_came_later(sign_in, initiative):
    first = {"period": "2026-W21", "source": "Wave 1", "closed_on": date(2026, 5, 22)}
    make_snapshot(initiative, PEOPLE, asked=ASKED, **first)
    make_snapshot(initiative, PEOPLE, asked=ASKED, source="Wave 2")
    browser = sign_in("staff")

    then, now = browser.get(ROADS, {"week": "2026-W21"}), browser.get(ROADS)

    assert then.context["trend"] is None
    assert len(now.context["trend"].rows) == 2


def test_with_several_departments_at_the_top_nobody_reads_the_others_as_the_agency(
    sign_in, cast, initiative
):
    type(cast.works).objects.filter(code__in=["works", "health"]).update(parent=None)
    people = {code: PEOPLE[code] for code in ("works", "roads", "parks", "health", "clinic")}
    make_snapshot(initiative, people, asked={code: ASKED[code] for code in people})

    assert whose(sign_in("staff").get(API)) == {"roads"}
    assert whose(sign_in("coordinator").get(API)) == {"works", "roads", "parks"}
    assert whose(sign_in("lead").get(API)) == set(people)
    assert SnapshotCell.objects.visible_to(cast.staff).exclude(department=cast.roads).count() == 0


@pytest.mark.parametrize(
    ("asked", "named"),
    [
        ({"dimension": "maturity"}, "dimension"),
        ({"dimension": "overallskills"}, "dimension"),
        ({"dimension": ""}, "dimension"),
        ({"department": "roads\x01"}, "department"),
        ({"department": ""}, "department"),
        ({"department": "a b"}, "department"),
        ({"initiative": ""}, "initiative"),
        ({"initiative": "-1"}, "initiative"),
        ({"period": "2026-W54"}, "period"),
        ({"period": "2026-W00"}, "period"),
        ({"is_released": "false"}, "is_released"),
        ({"ordering": "value", "dimension": "skills"}, "ordering"),
    ],
)
def test_what_a_program_asks_wrongly_is_refused_by_name(sign_in, measured, asked, named):
    answer = sign_in("lead").get(API, asked)

    assert answer.status_code == 400
    assert list(answer.json()) == [named]


@pytest.mark.parametrize(
    "dimension", ["overall", "commitment", "confidence", "skills", "resources", "openness"]
)
def test_each_dimension_can_be_asked_for(sign_in, measured, dimension):
    rows = sign_in("staff").get(API, {"dimension": dimension}).json()["results"]

    assert [(row["department"], row["dimension"]) for row in rows] == [
        ("city", dimension),
        ("roads", dimension),
    ]


def test_pages_of_the_answer_put_together_are_the_whole_answer(sign_in, measured):
    browser = sign_in("lead")

    pages = [browser.get(API, {"limit": 15, "offset": start}).json() for start in (0, 15, 30)]

    together = [row for page in pages for row in page["results"]]
    assert pages[0]["count"] == len(together) == 36
    assert together == browser.get(API, {"limit": 36}).json()["results"]


@pytest.mark.parametrize("method", ["post", "put", "patch", "delete"])
def test_programs_write_nothing(sign_in, measured, method):
    assert getattr(sign_in("administrator"), method)(API).status_code in {403, 405}
    assert measured.cells.count() == 36


def test_file_page_and_answer_tell_the_same_number(sign_in, measured):
    browser = sign_in("staff")

    (row,) = [r for r in rows_of(browser.get(FILE)) if r["dimension"] == "skills"]
    (figure,) = browser.get(API, {"department": "roads", "dimension": "skills"}).json()["results"]
    standing = browser.get(ROADS).context["standing"]

    assert float(row["score"]) == round(figure["value"], 1)
    assert figure["value"] == standing.dimensions["skills"].value


@pytest.mark.parametrize("address", [FILE, "/readiness/departments/works.csv"])
def test_a_file_that_is_taken_away_is_written_down_once(sign_in, cast, measured, address):
    sign_in("lead").get(address)
    sign_in("neighbour").get("/readiness/departments/works.csv")

    [exported] = SecurityEvent.objects.filter(kind=EventKind.EXPORTED)
    assert exported.actor == cast.people["lead"]
    assert exported.detail == f"Readiness: Permit triage, {measured.period}"

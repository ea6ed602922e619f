"""The pages of readiness: what each person sees of them, and what nobody sees."""

import csv
import html
import io
import json
import re
from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from buyin.readiness import actions
from buyin.readiness.models import SnapshotCell
from tests.factories.accounts import DepartmentFactory
from tests.factories.initiatives import InitiativeFactory
from tests.factories.readiness import make_scores, make_snapshot

DASHBOARD = "/readiness/"
# Parks and the people directly in Public works are too few, so Roads is hidden beside them.
PEOPLE = {
    "city": (20, (62, 58, 50, 52, 57)),
    "works": (3, (60, 58, 52, 54, 56)),
    "roads": (30, (58, 47, 31, 44, 52)),
    "parks": (4, (13, 13, 13, 13, 13)),
    "health": (25, (74, 70, 66, 70, 72)),
    "clinic": (40, (78, 76, 74, 72, 70)),
}
ASKED = {"city": 20, "works": 15, "health": 25, "roads": 40, "parks": 30, "clinic": 50}
LARGE = {**PEOPLE, "works": (14, (60, 58, 52, 54, 56)), "parks": (24, (70, 66, 60, 64, 68))}


@pytest.fixture
def initiative(cast):
    return InitiativeFactory(name="Permit triage")


@pytest.fixture
def measured(initiative):
    """Two waves; in both of them every department may be shown."""
    lower = {code: (n, [mean - 6 for mean in means]) for code, (n, means) in LARGE.items()}
    make_snapshot(
        initiative,
        lower,
        asked=ASKED,
        period="2026-W21",
        source="Wave 1",
        closed_on=date(2026, 5, 22),
    )
    return make_snapshot(initiative, LARGE, asked=ASKED, source="Wave 2")


def queries_of(browser, path):
    with CaptureQueriesContext(connection) as found:
        assert browser.get(path).status_code == 200
    return len(found)


def heading(answer):
    return re.findall(r"<h1>(.*?)</h1>", answer.text)[0]


def plots(answer):
    """Return what the page's charts are drawn from, as text."""
    return re.findall(r'type="application/json">(.*?)</script>', answer.text, re.DOTALL)


def test_a_lead_sees_the_finding_how_sure_it_is_and_what_changed(sign_in, measured):
    answer = sign_in("lead").get(DASHBOARD)

    assert heading(answer) == "Public works is least ready; skills hold it back"
    assert "more than chance would give" in answer.text
    assert "since May 2026" in answer.text
    assert "not one survey in 100 would show differences this large." in answer.text


def test_a_lead_sees_every_department_with_its_answers_and_its_barrier(sign_in, measured):
    page = sign_in("lead").get(DASHBOARD).text

    assert "68 of 85 · 80\xa0%" in page
    assert page.count("(lowest)") >= 2
    assert f'href="/readiness/departments/works/?initiative={measured.initiative_id}' in page


def test_the_chart_and_its_table_say_the_same(sign_in, measured):
    answer = sign_in("lead").get(DASHBOARD)

    plot = json.loads(plots(answer)[0])
    shown = {name.split("\xa0")[0] for trace in plot["data"] for name in trace["y"]}
    assert shown == {"Public works", "Public health"}
    assert [row[0] for row in answer.context["figure"].rows] == ["Public works", "Public health"]


def test_staff_see_their_department_beside_the_agency_and_no_other(sign_in, measured):
    page = sign_in("staff").get(DASHBOARD).text

    assert "<h1>Roads is not ready yet; skills hold it back</h1>" in page
    assert "Fairhaven as a whole" in page
    for other in ("Parks", "Public works", "Public health", "Clinic"):
        assert other not in page


def test_a_coordinator_sees_the_departments_under_theirs(sign_in, measured):
    page = sign_in("coordinator").get(DASHBOARD).text

    assert "Roads is least ready; skills hold it back" in page
    assert "Parks" in page
    assert "Clinic" not in page


@pytest.mark.parametrize("kind", ["", ".csv"])
@pytest.mark.parametrize("code", ["clinic", "parks", "works", "no-such"])
def test_another_department_is_not_there_for_staff(sign_in, measured, code, kind):
    browser = sign_in("staff")
    name = "readiness:department-csv" if kind else "readiness:department"

    assert browser.get(reverse(name, args=[code])).status_code == 404
    assert browser.get(DASHBOARD, {"department": code}).status_code == 404


@pytest.mark.parametrize("number", ["0", "x", "999999"])
def test_an_initiative_that_is_not_there_is_not_found(sign_in, measured, number):
    assert sign_in("lead").get(DASHBOARD, {"initiative": number}).status_code == 404


def test_an_initiative_that_did_not_ask_a_person_is_not_found(sign_in, cast, measured):
    other = InitiativeFactory(name="Letter reader")
    people = {"health": PEOPLE["health"], "clinic": PEOPLE["clinic"]}
    make_snapshot(other, people, asked={"health": 25, "clinic": 50})

    browser = sign_in("staff")

    assert browser.get(DASHBOARD, {"initiative": other.pk}).status_code == 404
    assert "Letter reader" not in browser.get(DASHBOARD).text


@pytest.mark.parametrize("week", ["2026-W30", "2026-W21"])
def test_an_earlier_week_shows_what_was_known_then(sign_in, measured, week):
    page = sign_in("lead").get(DASHBOARD, {"week": week}).text

    assert "These are the first answers" in page
    assert '<option value="2026-W21" selected>22 May 2026</option>' in page


def test_results_that_are_carried_from_week_to_week_are_offered_once(sign_in, initiative):
    first = {"source": "Wave 1", "closed_on": date(2026, 5, 22)}
    for week in ("2026-W21", "2026-W22", "2026-W23", "2026-W24"):
        make_snapshot(initiative, PEOPLE, asked=ASKED, period=week, **first)
    make_snapshot(initiative, PEOPLE, asked=ASKED, period="2026-W24", source="Wave 2")
    make_snapshot(initiative, PEOPLE, asked=ASKED, period="2026-W25", source="Wave 2")

    page = sign_in("lead").get(DASHBOARD, {"week": "2026-W21"}).text

    assert re.findall(r'value="2026-W(\d\d)"( selected)?>([^<]+)<', page) == [
        ("25", "", "13 November 2026"),
        ("23", " selected", "22 May 2026"),
    ]


def test_two_results_of_one_day_are_told_apart_by_their_wave(sign_in, initiative):
    make_snapshot(initiative, PEOPLE, asked=ASKED, period="2026-W46", source="Paper, wave 1")
    make_snapshot(initiative, PEOPLE, asked=ASKED, source="Portal, wave 1")

    page = sign_in("lead").get(DASHBOARD).text

    assert ">13 November 2026 – Paper, wave 1<" in page
    assert ">13 November 2026 – Portal, wave 1<" in page


@pytest.mark.parametrize("who", ["lead", "staff", "coordinator", "executive"])
def test_what_is_hidden_is_on_no_page_in_no_chart_and_in_no_file(sign_in, initiative, who):
    snapshot = make_snapshot(initiative, PEOPLE, asked=ASKED)
    browser = sign_in(who)
    department = reverse("readiness:department", args=["roads"])
    hidden_files = reverse("readiness:department-csv", args=["roads"])

    pages = [browser.get(address) for address in (DASHBOARD, department)]
    files = [browser.get(a).text for a in (reverse("readiness:dashboard-csv"), hidden_files)]

    assert not snapshot.cells.filter(department__code__in=["roads", "parks"], is_released=True)
    assert "too few answers" in pages[1].text
    for page in pages:
        for plot in plots(page):
            assert "Roads" not in plot
            assert "Parks" not in plot
        assert not re.search(r"\b(30 of 40|4 of 30)\b", page.text)
    for text in files:
        assert "roads" not in text
        assert "parks" not in text


@pytest.mark.parametrize(
    ("who", "leads_on"), [("lead", True), ("coordinator", True), ("staff", False)]
)
def test_a_hidden_department_leads_to_the_one_above_where_that_may_be_read(
    sign_in, initiative, who, leads_on
):
    make_snapshot(initiative, PEOPLE, asked=ASKED)

    page = sign_in(who).get(reverse("readiness:department", args=["roads"]))

    above = reverse("readiness:department", args=["works"])
    assert (f'href="{above}{page.context["query"]}"'.replace("&", "&amp;") in page.text) is leads_on
    assert "The whole agency stands at" in page.text
    assert "Under half answered" not in page.text


def test_hidden_departments_roll_up_into_other_units_with_the_word(sign_in, initiative):
    make_snapshot(initiative, PEOPLE, asked=ASKED)

    page = sign_in("lead").get(DASHBOARD, {"department": "works"}).text

    assert "Other units" in page
    assert page.count("is-hidden-cell") == 5
    assert "85 people asked, too few answers to show" in page


def test_the_department_page_shows_profile_spread_trend_and_parts(sign_in, measured):
    page = sign_in("lead").get(reverse("readiness:department", args=["works"])).text

    assert "How the answers spread" in page
    assert "points can be chance." in page
    assert 'id="profile-plot"' in page
    assert 'id="trend-plot"' in page
    assert "/readiness/departments/roads/" in page


def test_the_trend_leaves_as_a_file_with_one_row_a_wave(sign_in, measured):
    browser = sign_in("lead")
    page = browser.get(reverse("readiness:department", args=["works"])).text
    [address] = re.findall(r'href="([^"]*trend\.csv[^"]*)"', page)

    text = browser.get(html.unescape(address)).text

    rows = list(csv.DictReader(io.StringIO(text.removeprefix("\ufeff"))))
    cells = SnapshotCell.objects.filter(department__code="works", dimension="").order_by("pk")
    assert [row["week"] for row in rows] == ["2026-W21", "2026-W47"]
    assert rows[0]["answers_until"] == "2026-05-22"
    assert [row["score"] for row in rows] == [str(round(cell.value or 0, 1)) for cell in cells]
    assert {row["dimension"] for row in rows} == {"overall"}


def test_with_one_wave_there_is_no_trend_yet(sign_in, initiative):
    make_snapshot(initiative, LARGE, asked=ASKED)

    page = sign_in("lead").get(reverse("readiness:department", args=["clinic"])).text

    assert "One wave so far" in page
    assert 'id="trend-plot"' not in page


def test_where_differences_can_be_chance_no_department_is_put_before_another(sign_in, initiative):
    same = {code: (n, (52, 50, 44, 53, 50)) for code, (n, _means) in LARGE.items()}
    make_snapshot(initiative, same, asked=ASKED, spread=25)

    page = sign_in("lead").get(DASHBOARD).text

    assert "No department stands out" in page
    assert page.index("Public health</a>") < page.index("Public works</a>")
    assert "The differences between departments can be chance" in page
    assert "least ready" not in page


def test_a_survey_about_one_dimension_shows_it_and_no_overall_score(sign_in, initiative):
    scores = make_scores(initiative, LARGE, asked=ASKED)
    scores.values[:, :4] = float("nan")
    actions.take_snapshot(scores=scores, period="2026-W47")
    browser = sign_in("lead")

    page = browser.get(DASHBOARD)
    rows = csv.DictReader(io.StringIO(browser.get(reverse("readiness:dashboard-csv")).text))

    assert heading(page) == "Openness: Public works is least ready"
    assert "The survey asked about openness only" in page.text
    assert page.text.count('<th scope="col">Skills</th>') == 0
    assert {row["dimension"] for row in rows} == {"openness"}


def test_every_step_leads_to_a_page_that_is_there(sign_in, measured):
    browser = sign_in("lead")

    steps = browser.get(DASHBOARD).context["steps"]

    assert 1 <= len(steps) <= 3
    assert all(step.reason for step in steps)
    assert {browser.get(step.url).status_code for step in steps} == {200}


def test_before_anything_was_measured_the_page_says_when_it_will_be(sign_in):
    page = sign_in("lead").get(DASHBOARD).text

    assert "Nobody has been asked yet" in page
    assert "/readiness/method/" in page


def test_an_agency_with_too_few_answers_is_told_so(sign_in, initiative):
    make_snapshot(initiative, {"roads": (4, (50,) * 5)}, asked={"roads": 40})

    answer = sign_in("lead").get(DASHBOARD)

    assert heading(answer) == "Too few answers to say how ready people are"
    assert "groups of 10 answers and more" in answer.text


def test_the_file_holds_the_released_figures_of_the_page(sign_in, measured):
    answer = sign_in("lead").get(reverse("readiness:dashboard-csv"))

    rows = list(csv.DictReader(io.StringIO(answer.text.removeprefix("\ufeff"))))
    assert answer["Content-Disposition"].endswith('-2026-W47.csv"')
    assert {row["department_code"] for row in rows} == {"city", "works", "health"}
    assert [row["dimension"] for row in rows[:2]] == ["overall", "commitment"]
    assert len(rows) == 18


def test_a_name_that_a_spreadsheet_would_run_is_made_harmless(sign_in, cast, measured):
    cast.works.name = "=HYPERLINK(1)"
    cast.works.save()

    text = sign_in("lead").get(reverse("readiness:department-csv", args=["works"])).text

    assert "'=HYPERLINK(1)" in text


def test_strangers_read_the_method_without_the_agencys_numbers(sign_in, measured):
    page = sign_in("anonymous").get(reverse("readiness:method")).text

    assert "10 answers and more" in page
    assert "Alpha" not in page
    assert "people answered" not in page
    assert "See where departments stand" not in page


def test_who_is_signed_in_reads_the_method_with_the_agencys_numbers(sign_in, measured):
    page = sign_in("staff").get(reverse("readiness:method")).text

    assert "153 of 180 people answered" in page
    assert "Their answers count fully; for the 27" in page
    assert page.count("good enough") == 5
    assert "See where departments stand" in page


@pytest.mark.parametrize("who", ["lead", "coordinator", "staff"])
@pytest.mark.parametrize("path", [DASHBOARD, "/readiness/departments/roads/"])
def test_the_number_of_queries_does_not_grow_with_departments(sign_in, cast, initiative, who, path):
    make_snapshot(initiative, {"roads": PEOPLE["roads"]}, asked={"roads": 40})
    with_one = queries_of(sign_in(who), path)
    for number in (1, 2):
        DepartmentFactory(code=f"new-{number}", parent=cast.works)
    more = dict.fromkeys(("roads", "parks", "new-1", "new-2"), (20, (50,) * 5))
    make_snapshot(initiative, more, asked=dict.fromkeys(more, 30), period="2026-W48")

    assert queries_of(sign_in(who), path) == with_one <= 12


def test_a_page_shows_the_tree_and_the_threshold_that_held_then(sign_in, cast, measured, settings):
    cast.parks.parent = cast.health
    cast.parks.save()
    settings.READY_FROM = 35
    lead = sign_in("lead")

    def parts(code):
        file = lead.get(reverse("readiness:dashboard-csv"), {"department": code})
        return {row[0] for row in csv.reader(io.StringIO(file.text))}

    assert {"parks", "roads"} <= parts("works")
    assert "parks" not in parts("health")
    assert "ready from 60" in lead.get(DASHBOARD).text
    assert "ready from 35" not in lead.get(DASHBOARD).text

"""Large files of answers are read and imported by the clock: once, as a whole, and told."""

import csv
import datetime as dt
import io

import pytest
from django.utils import timezone

from buyin.accounts.models import Role, User
from buyin.uploads import claiming
from surveys import tasks
from surveys.actions import answer_files
from surveys.models import AnswerFile, ImportedRow, Response, Survey, Wave
from tests.surveys.test_importing import FILE, columns, upload


@pytest.fixture
def _slow(monkeypatch):
    """Let every file be too large to be waited for."""
    monkeypatch.setattr(answer_files, "SMALL", 0)


def mapped(client, content=FILE, **changes):
    """Upload a file, say what its columns mean, and return the page that tells what comes in."""
    page = upload(client, content).headers["Location"]
    tick()
    return client.post(page, columns(**changes)).headers["Location"]


def tick():
    """Let the clock strike when whoever had a file in hand is gone."""
    AnswerFile.objects.update(leased_until=timezone.now() - dt.timedelta(seconds=1))
    tasks.bring_answer_files_on()


@pytest.mark.usefixtures("_slow")
def test_a_large_file_is_looked_at_by_the_clock_before_its_columns_are_named(lead, cast):
    page = upload(lead).headers["Location"]
    waiting = lead.get(page, follow=True)
    tick()
    there = waiting.redirect_chain[-1][0]
    script = lead.get(there, headers={"hx-request": "true"})

    assert there == page.replace("columns", "preview")
    assert "The file is being read" in waiting.text
    assert lead.get(there).headers["Location"] == page
    assert (script.status_code, script["HX-Redirect"]) == (200, page)
    assert "Column 3: How concerned are you?" in lead.get(page).text


@pytest.mark.parametrize(
    ("content", "why"),
    [
        ("Department,Q\n\n", "The file has a header, but no answers below it."),
        (b"a\0b", "This is not a text file."),
    ],
)
@pytest.mark.usefixtures("_slow")
def test_a_large_file_that_is_no_table_is_refused_by_the_clock(lead, cast, content, why):
    page = upload(lead, content).headers["Location"].replace("columns", "preview")
    tick()

    text = lead.get(page).text
    assert "Nothing was imported" in text
    assert why in text


@pytest.mark.usefixtures("_slow")
def test_a_file_larger_than_any_is_refused_at_once(lead, cast):
    page = upload(lead, b"a," * 13 * 1024 * 1024)

    assert "larger than 25 MB" in page.text
    assert not AnswerFile.objects.exists()


@pytest.mark.usefixtures("_slow")
def test_a_large_file_is_read_and_imported_by_the_clock_while_its_page_tells(lead, cast):
    page = mapped(lead)
    reading = lead.get(page).text
    tick()
    seen = lead.get(page).text
    said_yes = lead.post(page)
    importing = lead.get(page).text
    nothing_yet = Response.objects.count()
    tick()
    done = lead.get(page).text

    assert AnswerFile.objects.get().language == "en"
    assert "The file is being read" in reading
    assert 'hx-trigger="every 2s"' in reading
    assert "Look again" in reading
    assert "5 of 6 rows can come in" in seen
    assert "hx-trigger" not in seen
    assert said_yes.headers["Location"] == page
    assert "The answers are being imported" in importing
    assert 'hx-trigger="every 2s"' in importing
    assert nothing_yet == 0
    assert "5 answers came in" in done
    assert "1 row with a problem" in done
    assert Response.objects.count() == 5


def test_a_small_file_is_read_and_imported_while_its_author_waits(lead, cast):
    page = mapped(lead)
    seen = lead.get(page).text
    done = lead.post(page, follow=True).text

    assert "5 of 6 rows can come in" in seen
    assert "5 answers came in" in done


@pytest.mark.usefixtures("_slow")
def test_yes_said_twice_and_a_clock_that_strikes_twice_import_once(lead, cast):
    page = mapped(lead)
    tick()
    for _press in range(2):
        assert lead.post(page).headers["Location"] == page
    for _strike in range(3):
        tick()
    again = lead.post(page, follow=True).text

    assert "5 answers came in" in again
    assert AnswerFile.objects.get().tries == 1
    assert (Response.objects.count(), ImportedRow.objects.count()) == (5, 5)


@pytest.mark.usefixtures("_slow")
def test_a_file_in_hand_is_left_alone_until_its_time_is_over(lead, cast):
    mapped(lead)
    now = timezone.now()
    AnswerFile.objects.update(leased_until=now + dt.timedelta(seconds=30))

    tasks.bring_answer_files_on()

    assert (AnswerFile.objects.get().state, AnswerFile.objects.get().tries) == ("checking", 0)


class KilledError(BaseException):
    """What no code of the portal catches, as a killed process catches nothing."""


@pytest.mark.usefixtures("_slow")
def test_a_worker_that_dies_leaves_nothing_half_and_the_next_one_imports_all(
    lead, cast, monkeypatch
):
    page = mapped(lead)
    tick()
    lead.post(page)

    def die(*_rows, **_options):
        assert Response.objects.count() == 5
        raise KilledError

    with monkeypatch.context() as patched:
        patched.setattr(ImportedRow.objects, "bulk_create", die)
        with pytest.raises(KilledError):
            tick()

    assert not Response.objects.exists()
    assert not Survey.objects.exists()
    tick()
    assert "5 answers came in" in lead.get(page).text
    assert Response.objects.count() == 5


@pytest.mark.usefixtures("_slow")
@pytest.mark.parametrize("state", ["checking", "importing"])
def test_a_file_that_breaks_its_reader_is_given_up_and_nothing_comes_in(lead, cast, state):
    page = mapped(lead)
    AnswerFile.objects.update(tries=3, state=state)

    tick()

    text = lead.get(page).text
    assert "It failed again and again. Nothing was imported." in text
    assert "hx-trigger" not in text
    assert not Response.objects.exists()


@pytest.mark.usefixtures("_slow")
def test_what_does_not_fit_leads_back_to_the_columns_and_says_why(lead, cast):
    page = mapped(lead)
    mapping = AnswerFile.objects.get().mapping
    mapping["columns"][0]["column"] = "Gone"
    AnswerFile.objects.update(mapping=mapping)

    tick()

    back = lead.get(page, follow=True)
    assert back.redirect_chain[-1][0] == page.replace("preview", "columns")
    assert "The file has no column “Gone”." in back.text


@pytest.mark.usefixtures("_slow")
def test_columns_stay_as_they_are_while_a_file_is_read_or_imported(lead, cast):
    page = mapped(lead)
    there = page.replace("preview", "columns")
    before = AnswerFile.objects.get().mapping

    for state in ("checking", "importing", "done", "refused"):
        AnswerFile.objects.update(state=state)
        answer = lead.post(there, columns(**{"c1-text": "Changed"}))
        assert answer.headers["Location"] == page

    assert AnswerFile.objects.get().mapping == before


def test_columns_can_be_changed_after_a_look_at_what_comes_in(lead, cast):
    page = mapped(lead)

    lead.post(page.replace("preview", "columns"), columns(**{"c2-kind": "leave_out"}))
    lead.post(page)

    given = list(Response.objects.values_list("answers", flat=True))
    assert [set(answers) for answers in given] == [{"q2"}] * 5
    assert Response.objects.count() == 5


@pytest.mark.usefixtures("_slow")
def test_who_may_no_longer_make_surveys_when_the_clock_strikes_imports_nothing(lead, cast):
    page = mapped(lead)
    tick()
    lead.post(page)
    cast.people["lead"].role_assignments.filter(role=Role.LEAD).delete()

    tick()

    assert AnswerFile.objects.get().state == "refused"
    assert not Response.objects.exists()


@pytest.mark.usefixtures("_slow")
def test_whose_account_was_closed_when_the_clock_strikes_imports_nothing(lead, cast):
    page = mapped(lead)
    tick()
    lead.post(page)
    User.objects.filter(pk=cast.people["lead"].pk).update(is_active=False)

    tick()

    assert AnswerFile.objects.get().state == "refused"


@pytest.mark.usefixtures("_slow")
def test_a_wave_that_was_closed_meanwhile_is_said_with_its_reason(lead, cast):
    first = mapped(lead)
    tick()
    lead.post(first)
    tick()
    Wave.objects.update(closed_at=timezone.now())
    second = mapped(lead, FILE + "\nRoads,Errors,Very concerned,50,Gus")
    AnswerFile.objects.filter(state="checking").update(
        mapping=AnswerFile.objects.get(state="done").mapping
    )
    tick()
    lead.post(second)
    tick()

    text = lead.get(second).text
    assert "Nothing was imported" in text
    assert "This wave is closed and its results are frozen. Make a new one." in text
    assert Response.objects.count() == 5


def test_all_that_stays_out_can_be_had_as_a_table_before_and_after(lead, cast):
    page = mapped(lead, FILE + "\n=cmd,Errors,Very concerned,50,Gus")
    address = page.replace("preview/", "left-out.csv")
    before = lead.get(address)
    lead.post(page)
    after = lead.get(address)

    assert f'href="{address}"' in lead.get(page).text
    assert before["Content-Disposition"].startswith('attachment; filename="left-out-')
    assert before.content == after.content
    rows = list(csv.reader(io.StringIO(after.content.decode("utf-8-sig"))))
    assert rows[0] == ["Row", "Column", "Value", "What became of it", "Why"]
    assert rows[1] == [
        "7", "Department", "", "row left out", "“Moon” is no department that was asked.",
    ]  # fmt: skip
    assert ["6", "What worries you?", "Rain", "value left out"] in [row[:4] for row in rows]
    assert ["", "Age", "7 values", "column left out"] in [row[:4] for row in rows]
    assert all(not cell.startswith("=") for row in rows for cell in row)


def test_a_table_of_very_many_lines_ends_with_how_many_more_there_are(lead, cast, monkeypatch):
    monkeypatch.setattr("surveys.formats.accounts.MOST_LINES", 2)
    page = mapped(lead)

    lines = lead.get(page.replace("preview/", "left-out.csv")).text.strip().splitlines()

    assert len(lines) == 4
    assert "3 more are not listed here." in lines[-1]


def test_where_everything_comes_in_there_is_no_such_table(lead, cast):
    content = "Department,How sure?\nRoads,Sure\nParks,Unsure\nRoads,Sure\nParks,Unsure"
    page = upload(lead, content).headers["Location"]
    posted = {"c0-kind": "department", "c0-text": "D", "c0-labels": "Roads = roads\nParks = parks"}
    posted |= {"c1-kind": "one", "c1-text": "Q", "c1-labels": "Sure\nUnsure"}
    preview = lead.post(page, posted).headers["Location"]

    text = lead.get(preview).text

    assert "Every row can be taken." in text
    assert "Nothing is left out." in text
    assert "left-out.csv" not in text
    assert lead.get(preview.replace("preview/", "left-out.csv")).status_code == 404


def test_the_account_is_seen_by_its_owner_alone(lead, sign_in, cast):
    page = mapped(lead)

    for persona in ("staff", "coordinator", "administrator"):
        client = sign_in(persona)
        assert client.get(page).status_code == 404
        assert client.post(page).status_code == 404
        assert client.get(page.replace("preview/", "left-out.csv")).status_code == 404
    assert not Response.objects.exists()


def test_deleting_the_account_leaves_the_answers(lead, cast):
    page = mapped(lead)
    done = lead.post(page, follow=True).text

    gone = lead.post(page.replace("preview", "discard"), follow=True).text

    assert "Delete this report" in done
    assert "The report on the file is deleted. The answers stay." in gone
    assert not AnswerFile.objects.exists()
    assert Response.objects.count() == 5


@pytest.mark.usefixtures("_slow")
def test_a_file_that_waits_to_be_imported_can_be_deleted_and_nothing_comes_in(lead, cast):
    page = mapped(lead)
    tick()
    lead.post(page)

    gone = lead.post(page.replace("preview", "discard"), follow=True).text
    tick()

    assert "The file is deleted. Nothing was imported." in gone
    assert not Response.objects.exists()


def test_files_that_nobody_came_back_to_are_forgotten_by_the_clock(lead, cast):
    mapped(lead)
    AnswerFile.objects.update(uploaded_at=timezone.now() - dt.timedelta(days=8))

    tasks.forget_old_drafts()

    assert not AnswerFile.objects.exists()


@pytest.mark.usefixtures("_slow")
def test_the_page_says_how_far_reading_and_importing_are(lead, cast, monkeypatch):
    monkeypatch.setattr(claiming, "NOTED_EVERY", 0)
    monkeypatch.setattr("surveys.formats.responses.TOLD_EVERY", 1)
    page, seen = mapped(lead), []
    noted = claiming.Noted.__call__

    def look(self, share):
        noted(self, share)
        seen.append(AnswerFile.objects.get().percent)

    monkeypatch.setattr(claiming.Noted, "__call__", look)
    tick()
    reading = list(seen)
    lead.post(page)
    tick()

    assert reading == sorted(reading)
    assert reading[0] == 30
    assert 80 < reading[-1] < 99
    importing = seen[len(reading) :]
    assert importing == sorted(importing)
    assert 0 < importing[0] < importing[-1] <= 60


def test_the_waiting_page_asks_for_no_more_than_it_shows(
    lead, cast, django_assert_num_queries, monkeypatch
):
    monkeypatch.setattr(answer_files, "SMALL", 0)
    page = mapped(lead)
    lead.get(page)

    with django_assert_num_queries(3) as asked:
        lead.get(page)

    assert not any('"content"' in one["sql"] for one in asked)

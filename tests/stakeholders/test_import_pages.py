"""The pages of lists that come in: by whom, what they tell, what is typed wrongly, sent twice or late."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from buyin.stakeholders import tasks
from buyin.stakeholders.actions import imports, keep_list
from buyin.stakeholders.actions.imports import bring_on
from buyin.stakeholders.models import ImportRun, ImportSource, Stakeholder
from buyin.uploads import KEPT, MOST_TRIES, Announced, percent_of
from tests.factories.accounts import PersonFactory
from tests.factories.stakeholders import StakeholderFactory
from tests.stakeholders.lists import FILE, HEADER, LIST, at, newest, upload, words, workbook

pytestmark = pytest.mark.django_db
State = ImportRun.State
DOUBTFUL = f"{HEADER}\nJ. Smith,,,,,IT\nAnn Lee,,,,,IT\n"


@pytest.fixture
def lead(sign_in):
    return sign_in("lead")


def test_a_list_is_read_shown_imported_and_taken_back(lead):
    upload(lead)
    run = newest()
    page = words(lead.get(at("import", run)))
    assert "What will change" in page
    assert "Ann Lee" in page
    assert not Stakeholder.objects.exists()

    lead.post(at("import", run))
    assert "The list was imported" in words(lead.get(at("import", run)))
    assert Stakeholder.objects.count() == 3

    page = lead.post(at("import-undo", run), follow=True)
    assert "The import was undone" in words(page)
    assert "Everything is as it was before." in words(page)
    assert not Stakeholder.objects.exists()


def test_a_portal_without_imports_says_so(lead):
    assert "Nothing yet." in words(lead.get(LIST))


def test_the_list_of_stakeholders_leads_to_it_for_who_may_bring_one_in(sign_in, lead):
    address = reverse("stakeholders:list")

    assert LIST in lead.get(address).text
    assert LIST not in sign_in("coordinator").get(address).text


def test_without_a_file_it_is_asked_for_and_what_was_typed_stays(lead):
    page = lead.post(LIST, {"source": "Clinic office", "category": "it"})

    assert "Choose a file." in words(page)
    assert 'value="Clinic office"' in page.text
    assert '<option value="it" selected' in page.text
    assert not ImportRun.objects.exists()


@pytest.mark.parametrize(
    ("more", "said"),
    [({"source": "x" * 201}, "200"), ({"source": "A\u202e"}, "U+202E"), ({"category": "x"}, "x")],
)
def test_what_cannot_be_kept_is_named_and_nothing_is_read(lead, more, said):
    page = upload(lead, **more)

    assert page.status_code == 200
    assert said in page.text
    assert not ImportRun.objects.exists()


def test_an_empty_file_is_called_empty(lead):
    assert "The file is empty." in words(upload(lead, b""))


def test_a_file_that_is_no_list_is_refused_with_the_reason_and_can_be_deleted(lead):
    upload(lead, b"%PDF-1.4\x00")
    run = newest()

    assert "This is not a text file." in words(lead.get(at("import", run)))
    assert "Nothing was imported." in words(lead.post(at("import-discard", run), follow=True))
    assert not ImportRun.objects.exists()


def test_an_import_is_confirmed_once_however_often_that_is_said(lead):
    upload(lead)
    run = newest()

    for _time in range(2):
        assert lead.post(at("import", run)).status_code == 302

    assert Stakeholder.objects.count() == 3
    assert run.changes.count() == 3


def test_what_was_imported_can_not_be_deleted_as_a_file(lead):
    upload(lead)
    run = newest()
    lead.post(at("import", run))

    lead.post(at("import-discard", run))

    assert newest().state == State.DONE


def test_columns_and_words_are_said_once_and_remembered_for_the_source(lead):
    odd = "Wer,Stelle,Gruppe\nAnn Lee,Leitung,Technik\n"
    upload(lead, odd, source="Clinic")
    run = newest()
    page = lead.get(at("import-columns", run))
    assert "“Ann Lee”" in page.text
    assert page.text.count("(optional)") == 2  # the row of the names, and the category

    lead.post(
        at("import-columns", run),
        {"column-0": "name", "column-1": "", "column-2": "category", "header_row": "1"},
    )
    page = words(lead.get(at("import-columns", run)))
    assert "Category: “Technik” (1)" in page
    assert page.count("(optional)") == 2
    lead.post(
        at("import-columns", run),
        {"column-0": "name", "column-1": "", "column-2": "category", "word-0": "it"},
    )
    run.refresh_from_db()
    assert run.report["created"] == 1

    upload(lead, odd.replace("Ann Lee", "Tom Ott"), source="Clinic")
    assert newest().report["created"] == 1
    upload(lead, odd, source="Elsewhere")
    assert newest().report["created"] == 0


def test_two_columns_for_one_field_are_refused_and_what_was_chosen_stays(lead):
    upload(lead, "Wer,Noch\nAnn Lee,x\n")
    run = newest()

    page = lead.post(at("import-columns", run), {"column-0": "name", "column-1": "name"})

    assert "Another column holds this already." in words(page)
    assert page.text.count('<option value="name" selected') == 2
    assert not ImportSource.objects.exists()


def test_the_sheet_of_a_workbook_can_be_chosen(lead):
    upload(lead, workbook(("Name", "Category"), ("Ann Lee", "IT")), name="a.xlsx")
    run = newest()
    assert run.state == State.CHECKING  # a workbook waits for the clock

    tasks.bring_imports_on()

    run.refresh_from_db()
    assert (run.state, run.report["sheet"], run.report["created"]) == (
        State.CHECKED,
        "Contacts",
        1,
    )
    assert 'name="sheet"' not in lead.get(at("import-columns", run)).text


def test_who_may_be_known_is_asked_about_and_what_is_said_counts(lead):
    john = StakeholderFactory(name="John Smith")
    upload(lead, DOUBTFUL)
    run = newest()
    assert "1 row may be about somebody" in words(lead.get(at("import", run)))

    page = words(lead.get(at("import-doubts", run)))
    assert "Row 2: J. Smith" in page
    assert "(optional)" not in page
    assert "The same as John Smith (nearly the same name)" in page

    lead.post(at("import-doubts", run), {"row-2": f"s:{john.pk}"})
    assert "You have decided about all of them." in words(lead.get(at("import", run)))
    lead.post(at("import", run))
    john.refresh_from_db()
    assert (john.category, Stakeholder.objects.count()) == ("it", 2)


def test_a_decision_can_be_taken_back_before_the_import(lead):
    StakeholderFactory(name="John Smith")
    upload(lead, DOUBTFUL)
    run = newest()
    lead.post(at("import-doubts", run), {"row-2": "new"})

    lead.post(at("import-doubts", run), {"row-2": ""})

    assert newest().decisions == {}
    lead.post(at("import", run))
    assert Stakeholder.objects.count() == 2


def test_a_choice_that_is_none_is_refused(lead):
    StakeholderFactory(name="John Smith")
    upload(lead, DOUBTFUL)

    page = lead.post(at("import-doubts", newest()), {"row-2": "s:999"})

    assert page.status_code == 200
    assert newest().decisions == {}


@pytest.mark.parametrize(("whole", "made"), [("new", 62), ("same", 32)])
def test_all_that_are_open_can_be_decided_at_once_on_all_pages(lead, whole, made):
    for number in range(30):
        StakeholderFactory(name=f"John Smith{chr(97 + number % 26) * 4}{number // 26}")
    rows = [f"J. Smith{chr(97 + number % 26) * 4}{number // 26},,,,,IT\n" for number in range(30)]
    upload(lead, f"{HEADER}\n{''.join(rows)}Ann Lee,,,,,IT\nTom Ott,,,,,IT\n")
    run = newest()
    assert run.report["doubt_count"] == 30
    first = lead.post(at("import-doubts", run), {"row-2": ""})
    assert first["Location"].endswith("?page=2")

    lead.post(at("import-doubts", run), {"all": whole})

    assert len(newest().decisions) == 30
    lead.post(at("import", run))
    assert Stakeholder.objects.count() == made


def test_those_with_one_mail_address_and_name_can_be_decided_at_once(lead):
    upload(
        lead,
        "Name,Mail,Category\nAnn Lee,ann@x.example,IT\nAnn Lee,ann@x.example,IT\n"
        '"LEE, Ann",ANN@x.example,IT\nBob Ray,ann@x.example,IT\nAnn Lee,anne@x.example,IT\n',
    )
    run = newest()
    assert {one["row"] for one in run.doubts} == {3, 4, 5, 6}
    assert 'value="addressed"' in lead.get(at("import-doubts", run)).text

    lead.post(at("import-doubts", run), {"all": "addressed"})

    assert newest().decisions == {"3": "r:2", "4": "r:2"}
    lead.post(at("import", run))
    assert Stakeholder.objects.get().name == "Ann Lee"


def test_what_stays_out_is_a_table_in_which_nothing_runs(lead):
    upload(lead, "Name,Mail,Category\n=1+1,,IT\nAnn Lee,=2+2,IT\nTom Ott,x,Pigeon\n")

    answer = lead.get(at("import-left-out", newest()))

    assert answer["Content-Type"] == "text/csv; charset=utf-8"
    lines = answer.text.removeprefix("\ufeff").splitlines()
    assert lines[0] == "Sheet,Row,Column,What,Value"
    assert ",3,Mail,This is a formula. Only values are read.,'=2+2" in lines
    assert ",4,Category,This word is none of the choices.,Pigeon" in lines


def test_a_list_without_anything_odd_has_no_such_table(lead):
    upload(lead, "Name,Category\nAnn Lee,IT\n")

    assert lead.get(at("import-left-out", newest())).status_code == 404


def test_a_large_file_is_read_and_written_by_the_clock_and_its_page_tells_how_far_it_is(
    lead, monkeypatch
):
    monkeypatch.setattr(imports, "SMALL", 0)
    upload(lead)
    run = newest()
    assert "The file is being read" in words(lead.get(at("import", run)))

    tasks.bring_imports_on()
    lead.post(at("import", run))
    page = words(lead.get(at("import", run)))
    assert "The list is being imported" in page
    assert 'hx-trigger="every 2s"' in page

    Announced(run)(0.4)
    assert "Done so far: 40%" in words(lead.get(at("import", run)))
    tasks.bring_imports_on()
    assert Stakeholder.objects.count() == 3
    assert newest().state == State.DONE


def test_what_is_told_while_one_transaction_writes_is_more_than_what_was_noted():
    run = ImportRun(pk=7, percent=10)

    assert percent_of(run) == 10
    Announced(run)(0.999)
    assert percent_of(run) == 99


def test_a_file_that_breaks_its_reader_again_and_again_is_given_up(lead, monkeypatch):
    monkeypatch.setattr(imports, "SMALL", 0)
    upload(lead)
    run = newest()
    ImportRun.objects.update(tries=MOST_TRIES)

    bring_on(run=run.pk)

    assert newest().state == State.REFUSED
    assert "It failed again and again." in words(lead.get(at("import", run)))


def test_who_may_not_bring_lists_in_any_more_brings_none_in(cast, lead, monkeypatch):
    monkeypatch.setattr(imports, "SMALL", 0)
    upload(lead)
    tasks.bring_imports_on()
    lead.post(at("import", newest()))
    cast.people["lead"].role_assignments.all().delete()

    tasks.bring_imports_on()

    assert newest().state == State.REFUSED
    assert not Stakeholder.objects.exists()


def test_files_that_nobody_came_back_to_are_forgotten(lead):
    upload(lead)
    old = newest()
    ImportRun.objects.update(uploaded_at=timezone.now() - KEPT - timedelta(days=1))

    upload(lead)

    assert not ImportRun.objects.filter(pk=old.pk).exists()


@pytest.mark.parametrize("name", ["import-columns", "import-doubts"])
def test_after_the_import_there_is_nothing_to_say_any_more(lead, name):
    upload(lead)
    run = newest()
    lead.post(at("import", run))

    for answer in (lead.get(at(name, run)), lead.post(at(name, run), {"row-2": "new"})):
        assert answer["Location"] == at("import", run)


def test_rows_that_stayed_out_can_be_decided_with_the_same_file_again(lead):
    StakeholderFactory(person__name="John Smith", name="John Smith")
    upload(lead, DOUBTFUL)
    run = newest()
    lead.post(at("import", run))

    page = words(lead.get(at("import", run)))
    assert "1 row stayed out, because nobody said who it is about." in page

    upload(lead, DOUBTFUL)
    again = newest()
    assert (again.report["unchanged"], again.report["doubt_count"]) == (1, 1)
    lead.post(at("import-doubts", again), {"row-2": "new"})
    lead.post(at("import", again))
    assert Stakeholder.objects.filter(name="Ann Lee").count() == 1
    assert Stakeholder.objects.filter(name="J. Smith").exists()


def test_what_can_be_done_with_a_file_stands_before_its_rows(lead):
    upload(lead, DOUBTFUL + "Bob;;;;;\n")

    page = words(lead.get(at("import", newest())))
    places = [page.index(at(name, newest())) for name in ("import-left-out", "import-discard")]
    assert max(places) < page.index("Ann Lee") < page.index("Rows that stay out")


def test_a_file_without_doubts_says_so(lead):
    upload(lead, "Name,Category\nAnn Lee,IT\n")

    assert "No row is in doubt." in words(lead.get(at("import-doubts", newest())))


def test_the_pages_ask_the_database_as_often_for_many_imports_as_for_one(
    lead, django_assert_max_num_queries
):
    def asked(address):
        with django_assert_max_num_queries(30) as queries:
            lead.get(address)
        return len(queries)

    keep_list(owner=PersonFactory(), name="a.csv", content=FILE.encode())
    one = asked(LIST), asked(at("import", newest()))
    for _time in range(3):
        keep_list(owner=PersonFactory(), name="a.csv", content=FILE.encode() * 2)

    assert (asked(LIST), asked(at("import", newest()))) == one

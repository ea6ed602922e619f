"""Roster files row by row: how they may be written, and what is said of each bad cell."""

import io

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from buyin.accounts.actions import roster as roster_actions
from buyin.accounts.models import Department, RosterFile, SecurityEvent, User
from tests.factories.accounts import DepartmentFactory, PersonFactory

IMPORT = "/people/import/"


@pytest.fixture
def admin(sign_in):
    return sign_in("administrator")


def upload(client, text, kind):
    content = text if isinstance(text, bytes) else text.encode()
    return client.post(IMPORT, {"kind": kind, "file": SimpleUploadedFile("roster.csv", content)})


def brought_in(client, text, kind):
    return client.post(upload(client, text, kind).url)


def said_of(client, text, kind):
    page = client.get(upload(client, text, kind).url)
    return [(p.row, p.column, p.message) for p in page.context["plan"].problems], page.text


@pytest.mark.parametrize("sign", [";", "\t", "|", ","])
def test_a_first_line_for_excel_is_read_and_counts_as_no_row(sign_in, cast, sign):
    text = f"sep={sign}\r\nCode{sign}Name\r\na b{sign}First\r\ndepot{sign}Depot\r\n"
    admin = sign_in("administrator")

    problems, _page = said_of(admin, text, "departments")
    brought_in(admin, text, "departments")

    assert [(row, column) for row, column, _message in problems] == [(2, "code")]
    assert Department.objects.get(code="depot").name == "Depot"


DEPARTMENT_ROWS = [
    (",Name,,,", "code", "This cell is empty."),
    ("a b,Name,,,", "code", "Use letters, digits, hyphens and underscores only."),
    ("ä,Name,,,", "code", "Use letters, digits, hyphens and underscores only."),
    (f"{'c' * 41},Name,,,", "code", "At most 40 characters."),
    ("new,,,,", "name", "This cell is empty."),
    (f"new,{'n' * 121},,,", "name", "At most 120 characters."),
    ("new,Name,nowhere,,", "parent", "There is no department “nowhere”."),
    ("new,Name,new,,", "parent", "This would be a circle: new → new."),
    ("new,Name,,-1,", "headcount", "Write a whole number, such as 120."),
    ("new,Name,,1.5,", "headcount", "Write a whole number, such as 120."),
    ("new,Name,,12345678,", "headcount", "Write a whole number, such as 120."),
    ("new,Name,,²,", "headcount", "Write a whole number, such as 120."),
    (f"new,{'n' * 1001},,,", "name", "This cell is far too long."),
    ("new,Name,,,,more", "", "This row has more cells than the first row has columns."),
]
PEOPLE_ROWS = [
    (",Ada,,", "email", "This cell is empty."),
    ("ada,Ada,,", "email", "“ada” is not a mail address."),
    ("ada@,Ada,,", "email", "“ada@” is not a mail address."),
    (f"{'a' * 250}@b.example,Ada,,", "email", "At most 254 characters."),
    ("ada@f.example,,,", "name", "This cell is empty."),
    (f"ada@f.example,{'n' * 121},,", "name", "At most 120 characters."),
    ("ada@f.example,Ada,nowhere,", "department", "There is no department “nowhere”."),
    (
        "ada@f.example,Ada,,Berlin",
        "time_zone",
        "There is no such time zone. Write it as Europe/Berlin.",
    ),
]


@pytest.mark.parametrize(("row", "column", "message"), DEPARTMENT_ROWS)
def test_a_bad_department_is_named_by_row_and_column_and_stays_out(
    admin, cast, row, column, message
):
    text = f"code,name,parent,headcount,head\nfine,Fine,,,\n{row}\n"

    found, page = said_of(admin, text, "departments")
    brought_in(admin, text, "departments")

    assert found == [(3, column, message)]
    assert message in page
    assert set(Department.objects.values_list("code", flat=True)) == {*cast.departments, "fine"}


@pytest.mark.parametrize(("row", "column", "message"), PEOPLE_ROWS)
def test_a_bad_person_is_named_by_row_and_column_and_stays_out(admin, cast, row, column, message):
    text = f"email,name,department,time_zone\nfine@f.example,Fine,,\n{row}\n"
    before = User.objects.count()

    found, page = said_of(admin, text, "people")
    brought_in(admin, text, "people")

    assert found == [(3, column, message)]
    assert message in page
    assert User.objects.count() == before + 1


def test_a_person_who_is_listed_twice_comes_in_as_in_the_first_row(admin):
    text = "email,name\nada@f.example,First\nADA@f.example,Second\n"

    found, _page = said_of(admin, text, "people")
    brought_in(admin, text, "people")

    assert found == [(3, "email", "The same as in row 2. One of them has to go.")]
    assert User.objects.get(email="ada@f.example").name == "First"


def test_a_name_that_two_departments_share_is_not_guessed(admin, cast):
    for code in ("office-a", "office-b"):
        DepartmentFactory(code=code, name="Front office")
    text = "email,name,department\na@f.example,A,front office\nb@f.example,B,OFFICE-B\n"

    found, _page = said_of(admin, text, "people")
    brought_in(admin, text, "people")

    message = "More than one department has this name. Write its code instead."
    assert found == [(2, "department", message)]
    assert User.objects.get(email="b@f.example").department.code == "office-b"


def test_a_code_counts_before_a_name_that_reads_the_same(admin, cast):
    DepartmentFactory(code="other", name="roads")

    brought_in(admin, "email,name,department\na@f.example,A,roads\n", "people")

    assert User.objects.get(email="a@f.example").department == cast.roads


@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
@pytest.mark.parametrize("mark", ["", "\ufeff"])
def test_a_file_is_read_however_a_spreadsheet_writes_it(admin, cast, delimiter, end, mark):
    lines = [["code", "name", "part of"], ["waste", "Wäste, and more; much", "works"]]
    rows = [delimiter.join(f'"{cell}"' for cell in line) for line in lines]

    brought_in(admin, (mark + end.join(rows) + end).encode(), "departments")

    waste = Department.objects.get(code="waste")
    assert (waste.name, waste.parent) == ("Wäste, and more; much", cast.works)


@pytest.mark.parametrize(
    "header",
    [
        "Code,Name,Part of,Headcount",
        "Department Code,Department Name,Parent Code,People",
        "UNIT_CODE,unit,belongs_to,Employees",
        " id ,Title,Reports  to,FTE",
    ],
)
def test_columns_of_departments_are_known_by_other_names(admin, cast, header):
    brought_in(admin, f"{header}\nwaste,Waste,works,12\n", "departments")

    waste = Department.objects.get(code="waste")
    assert (waste.name, waste.parent, waste.headcount) == ("Waste", cast.works, 12)


@pytest.mark.parametrize(
    "header",
    [
        "Mail address,Name,Department,Time zone",
        "E-Mail,Full name,Department code,timezone",
        "work_email,Employee,Org unit,TZ",
        "email address,display name,unit,time_zone",
    ],
)
def test_columns_of_people_are_known_by_other_names(admin, cast, header):
    brought_in(admin, f"{header}\nada@f.example,Ada,Roads,Europe/Berlin\n", "people")

    ada = User.objects.get(email="ada@f.example")
    assert (ada.name, ada.department, ada.time_zone) == ("Ada", cast.roads, "Europe/Berlin")


def test_rows_are_counted_as_a_spreadsheet_counts_them(admin):
    text = '\n\ncode,name\n\n"ok","Two\nlines"\n,,\n,Nameless code\n'

    found, _page = said_of(admin, text, "departments")
    brought_in(admin, text, "departments")

    assert [(row, column) for row, column, _message in found] == [(7, "code")]
    assert Department.objects.get(code="ok").name == "Two lines"


def test_a_column_that_the_file_does_not_have_is_left_as_it_is(admin, cast):
    Department.objects.filter(code="roads").update(head=cast.staff)

    brought_in(admin, "code,name\nroads,Streets\n", "departments")

    roads = Department.objects.get(code="roads")
    assert (roads.name, roads.head, roads.parent) == ("Streets", cast.staff, cast.works)
    assert roads.headcount == 40


def test_an_empty_cell_empties_what_the_column_says(admin, cast):
    Department.objects.filter(code="roads").update(head=cast.staff)

    brought_in(admin, "code,name,parent,head,headcount\nroads,Roads,,,\n", "departments")

    roads = Department.objects.get(code="roads")
    assert (roads.parent, roads.head, roads.headcount) == (None, None, 0)


def test_a_head_with_a_closed_account_is_named_and_the_rest_of_the_row_comes_in(admin, cast):
    PersonFactory(email="gone@f.example", is_active=False)
    text = "code,name,head\nroads,Streets,gone@f.example\n"

    found, page = said_of(admin, text, "departments")
    brought_in(admin, text, "departments")

    assert [(row, column) for row, column, _message in found] == [(2, "head")]
    assert "0 left out" in " ".join(page.split())
    assert Department.objects.get(code="roads").name == "Streets"


def test_two_departments_change_places_in_one_file(admin, cast):
    text = "code,name,parent\nroads,Roads,city\nworks,Public works,roads\n"

    brought_in(admin, text, "departments")

    assert Department.objects.get(code="works").parent == cast.roads
    assert Department.objects.get(code="roads").parent == cast.city


def test_an_import_that_breaks_on_the_way_leaves_nothing_behind(admin, monkeypatch):
    answer = upload(admin, "code,name\nnew,New\n", "departments")

    def break_off(**_said):
        raise RuntimeError("the lights went out")

    with monkeypatch.context() as patched:
        patched.setattr(roster_actions, "record_event", break_off)
        with pytest.raises(RuntimeError):
            admin.post(answer.url)

    assert not Department.objects.filter(code="new").exists()
    assert RosterFile.objects.count() == 1
    assert admin.post(answer.url).status_code == 302
    assert Department.objects.filter(code="new").exists()


def test_a_file_that_nobody_confirmed_is_forgotten_after_a_day(admin):
    upload(admin, "code,name\nold,Old\n", "departments")
    RosterFile.objects.update(uploaded_at="2026-01-01 00:00Z")

    upload(admin, "code,name\nnew,New\n", "departments")

    assert [file.text for file in RosterFile.objects.all()] == ["code,name\nnew,New\n"]


def test_the_preview_counts_against_what_is_stored_at_that_moment(admin):
    answer = upload(admin, "code,name\nnew,New\n", "departments")
    DepartmentFactory(code="new", name="New")

    assert "Nothing to import" in admin.get(answer.url).text
    assert not SecurityEvent.objects.filter(kind="imported").exists()


def test_a_form_without_a_file_says_so(admin):
    answer = admin.post(IMPORT, {"kind": "people"})

    assert "file" in answer.context["form"].errors


def test_a_kind_that_does_not_exist_is_refused(admin):
    file = io.BytesIO(b"code,name\n")
    file.name = "roster.csv"

    answer = admin.post(IMPORT, {"kind": "passwords", "file": file})

    assert "kind" in answer.context["form"].errors
    assert not RosterFile.objects.exists()


@pytest.mark.parametrize("persona", ["staff", "coordinator", "lead", "executive"])
def test_nobody_but_an_administrator_imports(sign_in, cast, persona):
    answer = upload(sign_in(persona), "code,name\nnew,New\n", "departments")

    assert answer.status_code == 404
    assert not RosterFile.objects.exists()


def test_the_administrator_of_a_branch_imports_nothing(sign_in, cast):
    cast.staff.role_assignments.create(role="administrator", department=cast.works)

    assert sign_in("staff").get(IMPORT).status_code == 404

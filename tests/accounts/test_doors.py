"""Events, programs, commands and secrets: what each door lets through, and for whom."""

import csv
import io
import json

import pytest
from cryptography.fernet import InvalidToken
from django.core.management import CommandError, call_command
from django.test import RequestFactory

from buyin.accounts.actions import record_event
from buyin.accounts.adapters import AccountAdapter, SecondFactorAdapter
from buyin.accounts.models import Department, EventKind, SecurityEvent, User
from tests.factories.accounts import PersonFactory

EVENTS, CSV, API = "/people/events/", "/people/events.csv", "/api/v1/"
pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("persona", ["staff", "coordinator", "trainer", "lead", "executive"])
@pytest.mark.parametrize("page", [EVENTS, CSV, "/people/history/"])
def test_only_administrators_read_what_happened(sign_in, cast, persona, page):
    record_event(kind=EventKind.REFUSED, person=cast.staff, detail="Canary")

    answer = sign_in(persona).get(page)

    assert answer.status_code == 404
    assert "Canary" not in answer.text
    assert not SecurityEvent.objects.filter(kind=EventKind.EXPORTED).exists()


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t", "\r"])
def test_no_cell_of_a_download_runs_in_a_spreadsheet(sign_in, start):
    person = PersonFactory(name=f"{start}1+1")
    record_event(kind=EventKind.REFUSED, person=person, detail=f'{start}x,"y')

    text = sign_in("administrator").get(CSV, {"kind": "refused"}).text

    header, row = csv.reader(io.StringIO(text.removeprefix("\ufeff"), newline=""))
    assert len(row) == len(header)
    assert (row[2], row[5]) == (f"'{start}1+1", f"'{start}x,\"y")


def test_a_download_has_what_the_page_was_asked_for(sign_in, cast):
    record_event(kind=EventKind.REFUSED, person=cast.staff, detail="wanted")
    record_event(kind=EventKind.REFUSED, person=cast.neighbour, detail="unwanted")

    text = sign_in("administrator").get(CSV, {"q": "staff@"}).text

    assert "wanted" in text
    assert "unwanted" not in text


def test_a_day_that_is_none_is_named_on_the_page(sign_in):
    answer = sign_in("administrator").get(EVENTS, {"first": "2026-02-30", "q": "kept"})

    assert "first" in answer.context["form"].errors
    assert "2026-02-30" in answer.text


def test_fifty_events_stand_on_a_page(sign_in, cast):
    client = sign_in("administrator")
    for number in range(53):
        record_event(kind=EventKind.REFUSED, detail=f"number {number}")

    pages = [client.get(EVENTS, {"kind": "refused", "page": n}).context["page"] for n in (1, 2)]

    assert [len(page) for page in pages] == [50, 3]
    assert pages[0][0].detail == "number 52"


def test_a_detail_that_is_too_long_is_cut_and_not_lost():
    assert record_event(kind=EventKind.REFUSED, detail="x" * 300).detail == "x" * 200


@pytest.mark.parametrize(
    ("persona", "status"),
    [("staff", 403), ("coordinator", 403), ("lead", 403), ("executive", 403)],
)
def test_programs_read_people_for_administrators_only(sign_in, cast, persona, status):
    for address in (f"{API}people/", f"{API}people/{cast.staff.pk}/"):
        answer = sign_in(persona).get(address)

        assert answer.status_code == status
        assert cast.staff.email not in answer.text


@pytest.mark.parametrize(
    ("persona", "codes"),
    [
        ("staff", set()),
        ("coordinator", {"works", "roads", "parks"}),
        ("lead", {"city", "works", "health", "roads", "parks", "clinic"}),
    ],
)
def test_programs_read_the_departments_that_the_person_sees(sign_in, persona, codes):
    client = sign_in(persona)

    found = {d["code"] for d in client.get(f"{API}departments/").json()["results"]}

    assert found == codes
    shown = client.get(f"{API}departments/clinic/").status_code
    assert shown == (200 if "clinic" in codes else 404)


@pytest.mark.parametrize("method", ["post", "put", "patch", "delete"])
def test_programs_change_nothing(sign_in, cast, method):
    client = sign_in("administrator")

    for address in (f"{API}people/{cast.staff.pk}/", f"{API}departments/roads/"):
        assert getattr(client, method)(address).status_code in {403, 405}

    assert User.objects.filter(pk=cast.staff.pk, is_active=True).exists()
    assert Department.objects.filter(code="roads").exists()


def test_people_come_by_json_from_a_command_and_change_nothing_twice(cast, tmp_path, capsys):
    file = tmp_path / "people.csv"
    file.write_bytes("name;email\nJürgen;j@f.example\n".encode("cp1252"))
    answers = []

    for _ in range(2):
        call_command("import_people", str(file), "--json")
        answers.append(json.loads(capsys.readouterr().out))

    assert [(a["created"], a["unchanged"]) for a in answers] == [(1, 0), (0, 1)]
    assert User.objects.get(email="j@f.example").name == "Jürgen"
    assert SecurityEvent.objects.filter(kind=EventKind.IMPORTED, actor=None).count() == 1


def test_a_dry_run_with_bad_rows_ends_with_an_error_and_names_them(cast, tmp_path, capsys):
    file = tmp_path / "departments.csv"
    file.write_text("code,name,headcount\nfine,Fine,1\nbad,Bad,many\nwide,Wide,1,2\n")

    with pytest.raises(CommandError, match="2 rows were left out"):
        call_command("import_departments", str(file), "--dry-run")

    said = capsys.readouterr().out
    assert "row 3, headcount: Write a whole number" in said
    assert "row 4, whole row: This row has more cells" in said
    assert not Department.objects.filter(code="fine").exists()


def test_a_head_who_is_not_there_yet_is_no_error_of_the_command(cast, tmp_path, capsys):
    file = tmp_path / "departments.csv"
    file.write_text("code,name,head\nfine,Fine,later@f.example\n")

    call_command("import_departments", str(file), "--json")

    [problem] = json.loads(capsys.readouterr().out)["problems"]
    assert (problem["row"], problem["column"], problem["is_fatal"]) == (2, "head", False)
    assert Department.objects.get(code="fine").head is None


def test_a_sealed_secret_opens_with_an_old_key_and_with_no_foreign_one(settings):
    sealed = SecondFactorAdapter().encrypt("the secret")
    old, settings.SECRET_KEY = settings.SECRET_KEY, "another key, long enough to be one"
    settings.SECRET_KEY_FALLBACKS = [old]

    assert "the secret" not in sealed
    assert SecondFactorAdapter().decrypt(sealed) == "the secret"
    settings.SECRET_KEY_FALLBACKS = []
    with pytest.raises(InvalidToken):
        SecondFactorAdapter().decrypt(sealed)


def test_nobody_signs_up_by_themselves(client):
    assert AccountAdapter().is_open_for_signup(RequestFactory().get("/")) is False
    assert client.get("/accounts/signup/").status_code == 404


@pytest.fixture
def demanded(settings):
    settings.SECOND_FACTOR_ROLES = ["coordinator"]


@pytest.mark.parametrize("page", ["/people/", "/people/departments/", "/"])
def test_without_the_demanded_factor_every_page_leads_to_its_set_up(sign_in, demanded, page):
    assert sign_in("coordinator").get(page).url == "/accounts/2fa/"


def test_without_the_demanded_factor_programs_are_told_that_it_is_missing(sign_in, demanded):
    answer = sign_in("coordinator").get(f"{API}departments/")

    assert answer.status_code == 403
    assert "second" in answer.json()["detail"]


@pytest.mark.parametrize("page", ["/accounts/logout/", "/accounts/2fa/"])
def test_the_way_out_and_the_set_up_stay_open(sign_in, demanded, page):
    assert sign_in("coordinator").get(page).status_code == 200


@pytest.mark.parametrize("persona", ["staff", "lead", "administrator"])
def test_a_factor_is_not_demanded_of_other_roles(sign_in, demanded, persona):
    assert sign_in(persona).get("/people/me/").status_code == 200

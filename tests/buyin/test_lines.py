"""Names and titles are one line that people can see, by whichever way they come."""

import io
import json

import pytest
from django import forms
from django.core.exceptions import ValidationError
from django.core.management import CommandError, call_command
from hypothesis import given
from hypothesis import strategies as st

from buyin import urls
from buyin.accounts.actions import save_department, save_person
from buyin.accounts.forms import factors
from buyin.accounts.models import Department, Tag, User
from buyin.initiatives.actions import save_initiative
from buyin.initiatives.models import Initiative
from buyin.lines import UNSEEN, LineField, one_line, seen
from surveys.actions import authoring
from surveys.models import Survey
from tests.factories.factors import make_key
from tests.factories.initiatives import InitiativeFactory

BELL, TURN = "\a", "\u202e"
SAID = "This holds a character that cannot be seen (U+{}). Type it again without."
PEOPLE, ROSTER = "/people/add/", "/people/import/"


def person(**changed):
    return {"name": "Ada Lin", "email": "ada@fairhaven.example", "department": "", **changed}


def department(**changed):
    return {"name": "Harbour", "code": "harbour", "headcount": "3", **changed}


def initiative(**changed):
    return {"name": "Letter reader", "summary": "Reads letters.", "stage": "idea", **changed}


FORMS = [
    (PEOPLE, person, User, "name"),
    ("/people/departments/add/", department, Department, "name"),
    ("/initiatives/add/", initiative, Initiative, "name"),
]


@pytest.mark.parametrize(("address", "form", "model", "field"), FORMS)
def test_a_line_break_in_a_name_becomes_a_blank(sign_in, address, form, model, field):
    answer = sign_in("administrator").post(address, form(**{field: " Two\r\n\tlines\u2028of it "}))

    assert answer.status_code == 302
    assert model.objects.filter(**{field: "Two lines of it"}).exists()


@pytest.mark.parametrize(("address", "form", "model", "field"), FORMS)
@pytest.mark.parametrize(("unseen", "code"), [(BELL, "0007"), (TURN, "202E"), ("\x7f", "007F")])
def test_what_nobody_can_see_is_refused_beside_the_field_and_stays_typed(
    sign_in, address, form, model, field, unseen, code
):
    before = model.objects.count()

    answer = sign_in("administrator").post(address, form(**{field: f"A{unseen}da"}))

    assert answer.status_code == 200
    assert SAID.format(code) in answer.text
    assert f'value="A{unseen}da"' in answer.text
    assert model.objects.count() == before


def test_a_tag_that_cannot_be_read_is_refused(sign_in):
    answer = sign_in("administrator").post(PEOPLE, person(tags=f"Night shift, Da{BELL}y"))

    assert SAID.format("0007") in answer.text
    assert not Tag.objects.exists()


def test_a_survey_has_a_title_of_one_line(sign_in, cast):
    about = InitiativeFactory()
    form = {"title": "Are you\nready?", "purpose": "To know.", "initiative": about.pk}
    lead = sign_in("lead")

    refused = lead.post("/surveys/author/new/readiness/", {**form, "title": f"Are{TURN}you?"})
    made = lead.post("/surveys/author/new/readiness/", form)

    assert SAID.format("202E") in refused.text
    assert made.status_code == 302
    assert Survey.objects.get().title == "Are you ready?"


def test_a_title_that_a_file_brings_loses_what_nobody_can_see(cast):
    texts = authoring.Texts(f"Are\n{TURN}you{BELL}?", "To know.", InitiativeFactory())

    made = authoring.create_survey(owner=cast.lead, kind="needs", definition={}, texts=texts)

    assert made.title == "Are you ?"


def test_a_file_with_people_is_held_to_the_same_rule(sign_in, cast):
    rows = f'email,name,tags\nada@x.example,"Ada\nLin",\nbo@x.example,B{BELL}o,\nc@x.example,Cy,{TURN}x\n'
    file = io.BytesIO(rows.encode())
    file.name = "people.csv"
    admin = sign_in("administrator")

    preview = admin.get(admin.post(ROSTER, {"kind": "people", "file": file}).url)
    admin.post(preview.request["PATH_INFO"])

    found = [(p.row, p.column, p.message) for p in preview.context["plan"].problems]
    assert found == [(3, "name", SAID.format("0007")), (4, "tags", SAID.format("202E"))]
    assert User.objects.get(email="ada@x.example").name == "Ada Lin"
    assert not User.objects.filter(email__in=["bo@x.example", "c@x.example"]).exists()


def test_the_command_names_the_row_and_the_column(cast, tmp_path, capsys):
    (tmp_path / "units.csv").write_text(f"code,name\nharbour,Har{BELL}bour\n")

    with pytest.raises(CommandError, match="1 rows were left out"):
        call_command("import_departments", str(tmp_path / "units.csv"), "--json")

    (problem,) = json.loads(capsys.readouterr().out)["problems"]
    assert (problem["row"], problem["column"]) == (2, "name")
    assert problem["message"] == SAID.format("0007")


def test_the_actions_refuse_it_too_so_that_every_door_does(cast):
    writes = [
        lambda: save_person(
            actor=cast.administrator, person=User(), name=f"A{BELL}", email="a@x.example"
        ),
        lambda: save_department(
            actor=cast.administrator, department=Department(), name=f"A{BELL}", code="a"
        ),
        lambda: save_initiative(actor=cast.lead, initiative=Initiative(), name=f"A{BELL}"),
    ]

    for write in writes:
        with pytest.raises(ValidationError) as refusal:
            write()
        assert refusal.value.message_dict["name"] == [SAID.format("0007")]


def subclasses(kind):
    return [kind, *(below for one in kind.__subclasses__() for below in subclasses(one))]


def test_every_form_of_ours_reads_names_and_titles_by_this_rule():
    assert {factors, urls}  # whose import brings all forms
    typed = {
        f"{form.__name__}.{name}"
        for form in subclasses(forms.Form)
        if form.__module__.startswith(("buyin", "surveys", "training", "feedback"))
        for name, field in form.base_fields.items()
        if type(field) is forms.CharField and type(field.widget) is forms.TextInput
    }

    searched = {one for one in typed if one.endswith(".q")}  # stored nowhere, as codes are
    codes = {one for one in typed if one.endswith(".code")}
    assert typed - searched - codes <= {"NewKeyForm.name"}  # mends instead, see its form


def test_the_name_of_a_key_is_held_to_the_rule_when_it_is_changed(sign_in, cast):
    key = make_key(cast.staff)
    address = f"/accounts/2fa/webauthn/keys/{key.pk}/edit/"
    staff = sign_in("staff")

    refused = staff.post(address, {"name": f"My{BELL}key"})
    long = staff.post(address, {"name": "k" * 61})
    staff.post(address, {"name": "My\nkey"})

    assert SAID.format("0007") in refused.text
    assert "at most 60" in long.text
    key.refresh_from_db()
    assert key.data["name"] == "My key"


@given(st.text())
def test_a_line_has_no_line_end_and_nothing_unseen(text):
    line = seen(text)

    assert not UNSEEN.search(line)
    assert one_line(line) == line == seen(line)
    assert len(line.splitlines()) <= 1


@pytest.mark.parametrize("name", ["Zoë Müller-O’Neill", "نگار", "李 娜", "क्‍षेत्र", "👩‍💻 team"])
def test_names_of_all_the_world_stay_as_they_are(name):
    assert LineField().clean(name) == name

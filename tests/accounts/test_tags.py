"""Tags: given on a person's page or by the roster, and never twice for one word."""

import io

import pytest
from auditlog.models import LogEntry
from django.db import connection
from django.test.utils import CaptureQueriesContext
from hypothesis import given
from hypothesis import strategies as st

from buyin.accounts.models import Tag, User, tag_names, tags_text
from tests.factories.accounts import PersonFactory

IMPORT = "/people/import/"


@pytest.fixture
def admin(sign_in):
    return sign_in("administrator")


def names(person):
    return [tag.name for tag in person.tags.all()]


def edit(client, person, tags):
    fields = {"name": person.name, "email": person.email, "department": person.department_id}
    return client.post(f"/people/{person.pk}/edit/", {**fields, "tags": tags})


def bring(client, text):
    file = io.BytesIO(text.encode())
    file.name = "people.csv"
    answer = client.post(IMPORT, {"kind": "people", "file": file})
    page = client.get(answer.url)
    client.post(answer.url)
    return page


def test_an_administrator_tags_a_person_and_everybody_who_may_see_them_reads_it(
    admin, cast, sign_in
):
    edit(admin, cast.staff, "Night shift; Pilot group,, ")

    assert names(cast.staff) == ["Night shift", "Pilot group"]
    assert (
        "Night shift, Pilot group" in sign_in("coordinator").get(f"/people/{cast.staff.pk}/").text
    )
    assert "Night shift, Pilot group" in sign_in("staff").get("/people/me/").text
    assert 'value="Night shift, Pilot group"' in admin.get(f"/people/{cast.staff.pk}/edit/").text
    assert LogEntry.objects.filter(object_id=cast.staff.pk, changes__has_key="tags").exists()


def test_a_tag_in_other_letters_is_the_same_tag(admin, cast):
    edit(admin, cast.staff, "Night shift, NIGHT SHIFT, Ämter")
    edit(admin, cast.neighbour, "night  shift, ämter")

    assert sorted(Tag.objects.values_list("name", flat=True)) == ["Night shift", "Ämter"]
    assert names(cast.neighbour) == names(cast.staff)


def test_an_empty_field_takes_all_tags_away(admin, cast):
    edit(admin, cast.staff, "Pilot group")
    edit(admin, cast.staff, "")

    assert names(cast.staff) == []


def test_a_tag_that_is_far_too_long_is_refused_and_what_was_typed_stays(admin, cast):
    answer = edit(admin, cast.staff, "x" * 41)

    assert "A tag has at most 40 characters." in answer.text
    assert "x" * 41 in answer.text
    assert not Tag.objects.exists()


def test_nobody_but_who_may_manage_a_person_tags_them(sign_in, cast):
    for who in ("staff", "coordinator", "lead"):
        assert edit(sign_in(who), cast.staff, "Mine").status_code == 404

    assert not Tag.objects.exists()


def test_the_roster_brings_tags_and_the_same_file_changes_nothing_twice(admin, cast):
    text = (
        "email,name,tags\n"
        "staff@fairhaven.example,Staff Persona,Pilot group; Night shift\n"
        "ada@fairhaven.example,Ada,pilot GROUP\n"
    )

    bring(admin, text)
    again = bring(admin, text)

    assert names(cast.staff) == ["Night shift", "Pilot group"]
    assert names(User.objects.get(email="ada@fairhaven.example")) == ["Pilot group"]
    assert "Nothing to import" in again.text


def test_a_roster_without_the_column_leaves_tags_as_they_are_and_an_empty_cell_takes_them(
    admin, cast
):
    edit(admin, cast.staff, "Pilot group")

    bring(admin, "email,name\nstaff@fairhaven.example,Sam\n")
    assert names(cast.staff) == ["Pilot group"]

    page = bring(admin, "email,name,tags\nstaff@fairhaven.example,Sam,\n")
    assert "Pilot group" in page.text
    assert names(cast.staff) == []


def test_a_tag_that_is_too_long_in_a_roster_is_named_with_its_row(admin, cast):
    page = bring(admin, f"email,name,tags\nstaff@fairhaven.example,Sam,{'x' * 41}\n")

    assert "A tag has at most 40 characters." in page.text
    assert not Tag.objects.exists()


def test_a_roster_of_many_needs_as_many_queries_as_of_one(admin):
    def queries(count):
        people = [PersonFactory() for _ in range(count)]
        rows = "".join(f"{person.email},{person.name},Pilot group\n" for person in people)
        with CaptureQueriesContext(connection) as asked:
            bring(admin, f"email,name,tags\n{rows}")
        return len(asked)

    queries(1)  # makes the tag

    assert queries(3) == queries(1)
    assert Tag.objects.get().people.count() == 5


@given(st.lists(st.text(st.characters(exclude_characters=",;\n", exclude_categories=["Cc", "Cs"]))))
def test_names_that_are_written_down_are_read_back_each_once(names):
    once = tag_names(", ".join(names))

    assert set(tag_names(tags_text(once))) == set(once)
    assert len({name.lower() for name in once}) == len(once)
    assert all(name == " ".join(name.split()) and name for name in once)


def test_a_tag_shows_what_it_says_and_runs_nothing(admin, cast):
    edit(admin, cast.staff, "<script>alert(1)</script>")

    page = admin.get(f"/people/{cast.staff.pk}/").text

    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in page
    assert "<script>alert" not in page


def test_a_new_person_gets_their_tags_at_once(admin):
    admin.post(
        "/people/add/", {"name": "Ada", "email": "ada@fairhaven.example", "tags": "Pilot group"}
    )

    assert names(User.objects.get(email="ada@fairhaven.example")) == ["Pilot group"]

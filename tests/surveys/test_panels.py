"""Panels: named lists of people, kept by coordinators and leads."""

import io

import pytest

from buyin.accounts.models import RoleAssignment, User
from surveys.models import Panel
from tests.factories.accounts import PersonFactory
from tests.factories.surveys import make_panel

PANELS = "/surveys/panels/"


@pytest.fixture
def coordinator(sign_in):
    return sign_in("coordinator")


@pytest.fixture
def panel(cast):
    return make_panel(owner=cast.coordinator)


def at(panel, what=""):
    return f"{PANELS}{panel.pk}/{what}"


def add(client, panel, addresses="", **file):
    return client.post(at(panel), {"addresses": addresses, **file}, follow=True)


def members(panel):
    return set(panel.people.values_list("email", flat=True))


def test_a_coordinator_makes_a_panel_and_adds_people_of_the_department(coordinator, cast):
    page = coordinator.post(f"{PANELS}new/", {"name": "Testers", "purpose": "Try it"}, follow=True)
    panel = Panel.objects.get()
    assert "Nobody yet" in page.text

    page = add(coordinator, panel, "Staff@Fairhaven.example, trainer@fairhaven.example")

    assert (panel.name, panel.purpose, panel.owner) == ("Testers", "Try it", cast.coordinator)
    assert members(panel) == {cast.staff.email, cast.people["trainer"].email}
    assert "2 people were added." in page.text
    assert "Testers" in coordinator.get(PANELS).text


def test_a_file_adds_people_too_and_the_same_file_adds_nobody_twice(coordinator, panel):
    def file():
        content = io.BytesIO(b"Name;Mail\nSam;staff@fairhaven.example\n")
        content.name = "people.csv"
        return content

    add(coordinator, panel, file=file())
    again = add(coordinator, panel, file=file())

    assert members(panel) == {"staff@fairhaven.example"}
    assert "0 people were added. 1 was there already." in again.text


def test_people_of_other_departments_and_people_that_nobody_knows_get_the_same_answer(
    coordinator, panel, cast
):
    closed = PersonFactory(department=cast.roads, is_active=False)
    others = [cast.neighbour.email, "nobody@fairhaven.example", closed.email]

    page = add(coordinator, panel, "\n".join([cast.staff.email, *others]))

    assert members(panel) == {cast.staff.email}
    assert "3 addresses belong to nobody whom you may look up." in page.text
    assert all(address in page.text for address in others), "what was typed stays in the field"


def test_lines_without_an_address_are_named_and_nothing_is_added(coordinator, panel):
    page = add(coordinator, panel, "staff@fairhaven.example\nSam Staff\n<b>x")

    assert "Line 2: there is no mail address in “Sam Staff”." in page.text
    assert "“&lt;b&gt;x”" in page.text
    assert "staff@fairhaven.example" in page.text
    assert members(panel) == set()


def test_an_empty_form_and_a_file_that_cannot_be_read_are_refused_in_words(coordinator, panel):
    assert "Write at least one mail address." in add(coordinator, panel).text

    workbook = io.BytesIO(b"PK\x03\x04 and more")
    workbook.name = "people.xlsx"
    assert "This is a spreadsheet." in add(coordinator, panel, file=workbook).text


def test_a_panel_needs_a_name(coordinator):
    page = coordinator.post(f"{PANELS}new/", {"name": "", "purpose": "To try it"})

    assert "Write a name." in page.text
    assert "To try it" in page.text
    assert not Panel.objects.exists()


def test_somebody_is_taken_out_once_and_only_from_this_panel(coordinator, cast):
    panel = make_panel(cast.staff, owner=cast.coordinator)
    other = make_panel(cast.staff, owner=cast.coordinator)

    page = coordinator.post(at(panel, f"people/{cast.staff.pk}/"), follow=True)

    assert "Staff Persona is no longer in it." in page.text
    assert (members(panel), members(other)) == (set(), {cast.staff.email})
    assert coordinator.post(at(panel, f"people/{cast.staff.pk}/")).status_code == 404


def test_a_panel_is_deleted_after_a_question(coordinator, panel, cast):
    assert "Delete the panel" in coordinator.get(at(panel, "delete/")).text
    assert Panel.objects.exists()

    coordinator.post(at(panel, "delete/"))

    assert not Panel.objects.exists()
    assert User.objects.filter(pk=cast.staff.pk).exists()


def test_the_right_to_a_panel_ends_with_the_role(coordinator, panel, cast):
    RoleAssignment.objects.filter(person=cast.coordinator).delete()

    assert coordinator.get(at(panel)).status_code == 404
    assert coordinator.get(PANELS).status_code == 404


def test_a_coordinator_reads_no_name_of_somebody_who_has_left_the_department(coordinator, cast):
    panel = make_panel(cast.staff, cast.neighbour, owner=cast.coordinator)

    page = coordinator.get(at(panel))

    assert "2 people." in " ".join(page.text.split())
    assert "Neighbour Persona" not in page.text
    assert "1 person has left the departments" in " ".join(page.text.split())
    assert coordinator.post(at(panel, f"people/{cast.neighbour.pk}/")).status_code == 404


def test_closed_accounts_are_counted_apart(sign_in, cast):
    panel = make_panel(cast.staff, cast.neighbour, owner=cast.lead)
    User.objects.filter(pk=cast.neighbour.pk).update(is_active=False)

    page = " ".join(sign_in("lead").get(at(panel)).text.split())

    assert "1 person. 1 more has a closed account and is not asked." in page


@pytest.mark.parametrize("count", [1, 3])
def test_the_pages_need_as_many_queries_for_many_as_for_one(
    sign_in, cast, count, django_assert_num_queries
):
    lead = sign_in("lead")
    for number in range(count):
        people = [PersonFactory(department=cast.roads) for _ in range(count)]
        panel = make_panel(*people, owner=cast.lead, name=f"Panel {number}")

    with django_assert_num_queries(3):
        lead.get(PANELS)
    with django_assert_num_queries(5):
        lead.get(at(panel))


def test_a_lead_and_an_administrator_see_every_panel_and_a_coordinator_their_own(
    sign_in, panel, cast
):
    make_panel(owner=cast.lead, name="Board of the lead")

    def shown(who):
        return [one.name for one in sign_in(who).get(PANELS).context["page"]]

    assert shown("lead") == shown("administrator") == ["Board of the lead", "Testers"]
    assert shown("coordinator") == ["Testers"]


def test_a_long_panel_comes_in_pages_and_no_name_runs_as_a_script(sign_in, cast):
    people = [PersonFactory(department=cast.roads) for _ in range(51)]
    PersonFactory(name="<i>Zoe</i>", email="zoe@fairhaven.example", department=cast.roads)
    panel = make_panel(*people, owner=cast.lead, name="<b>Bold</b>")
    lead = sign_in("lead")
    add(lead, panel, "zoe@fairhaven.example")

    first, second = lead.get(at(panel)).text, lead.get(at(panel), {"page": 2}).text

    assert "&lt;b&gt;Bold&lt;/b&gt;" in first
    assert "<b>Bold" not in first
    assert "Page 1 of 2" in " ".join(first.split())
    assert people[50].name in second or "Person" in second
    assert lead.get(at(panel), {"page": "x"}).status_code == 200


def test_as_many_bad_lines_as_one_likes_are_named_in_a_few(coordinator, panel):
    page = add(coordinator, panel, "a@f.example\n" + "no address\n" * 12)

    assert page.text.count("there is no mail address in") == 5
    assert "And 7 more lines." in page.text


def test_more_addresses_than_the_agency_could_have_are_refused(coordinator, panel, monkeypatch):
    monkeypatch.setattr("surveys.forms.panels.MOST", 2)

    page = add(coordinator, panel, "a@f.example b@f.example\n".replace(" ", "\n") + "c@f.example")

    assert "More than 2 addresses. Use fewer." in page.text
    assert members(panel) == set()


def test_a_name_that_is_too_long_is_refused_and_a_panel_may_be_called_like_another(
    coordinator, panel
):
    long = coordinator.post(f"{PANELS}new/", {"name": "x" * 121})
    same = coordinator.post(f"{PANELS}new/", {"name": "Testers"})

    assert long.status_code == 200
    assert same.status_code == 302
    assert Panel.objects.filter(name="Testers").count() == 2


def test_coordinators_and_leads_find_the_panels_beside_the_people(sign_in):
    for who in ("coordinator", "lead"):
        assert f'href="{PANELS}"' in sign_in(who).get("/people/").text


def test_a_panel_is_renamed_and_keeps_its_people(coordinator, panel, cast):
    panel.people.add(cast.staff)

    page = coordinator.post(
        at(panel, "rename/"), {"name": "First users", "purpose": "Try it"}, follow=True
    )

    panel.refresh_from_db()
    assert (panel.name, panel.purpose) == ("First users", "Try it")
    assert members(panel) == {cast.staff.email}
    assert "First users" in page.text


def test_a_panel_without_a_name_is_not_renamed_and_what_was_typed_stays(coordinator, panel):
    page = coordinator.post(at(panel, "rename/"), {"name": " ", "purpose": "Keep these words"})

    panel.refresh_from_db()
    assert panel.name == "Testers"
    assert "Write a name." in page.text
    assert "Keep these words" in page.text


def test_who_does_not_keep_a_panel_does_not_rename_it(coordinator, cast):
    theirs = make_panel(owner=cast.lead)

    assert coordinator.post(at(theirs, "rename/"), {"name": "Mine"}).status_code == 404

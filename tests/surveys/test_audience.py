"""Whom a wave asks: departments narrowed by roles and tags, and people named one by one."""

import datetime as dt
import io

import pytest
from django.utils import timezone

from buyin.accounts.models import Department, Role, Tag, User
from surveys.models import Invitation, Panel, PlannedAddress, Wave, WavePlan
from surveys.queries.audience import Group
from surveys.queries.publication import Readiness
from tests.factories.accounts import PersonFactory, RoleFactory
from tests.factories.surveys import make_filling, make_panel, make_planned, make_wave


@pytest.fixture
def survey(cast):
    return make_planned(cast.roads)


def at(survey, page=""):
    return f"/surveys/author/{survey.pk}/{page}"


def plan(client, survey, **changes):
    survey.refresh_from_db()
    fields = {
        "asks": "listed",
        "closes_on": (timezone.localdate() + dt.timedelta(days=14)).isoformat(),
        "anonymity": "anonymous",
        "revision": survey.revision,
        **changes,
    }
    return client.post(at(survey, "plan/"), fields, follow=True)


def text(answer):
    return " ".join(answer.text.split())


def publish(client, survey, **changes):
    planned = plan(client, survey, **changes)
    assert planned.redirect_chain, planned.context["form"].errors
    client.post(at(survey, "publish/"))
    return survey.waves.order_by("-number")[0]


def invited(wave):
    return set(wave.invitations.values_list("person__email", flat=True))


def groups(wave):
    rows = wave.groups.values_list("department__code", "asked", "is_whole")
    return {code: (asked, is_whole) for code, asked, is_whole in rows}


def mail(*names):
    return {f"{name}@fairhaven.example" for name in names}


def tagged(*people, name="Pilot group"):
    tag, _made = Tag.objects.get_or_create(name=name)
    tag.people.add(*people)
    return tag


def test_thousands_stand_apart_wherever_the_author_reads_how_many_are_asked(lead, survey, cast):
    Department.objects.filter(pk=cast.roads.pk).update(headcount=1240)

    planned = plan(lead, survey, asks="some", departments=[cast.roads.pk])

    assert "Ready to publish to 1,240 people." in text(planned)
    assert "Roads (1,240 people)" in text(lead.get(at(survey, "plan/")))
    assert "Publish to 1,240 people?" in text(lead.get(at(survey, "publish/")))


def test_a_wave_writes_down_whom_it_asks_and_where_they_count(lead, survey, cast):
    wave = publish(lead, survey, asks="some", departments=[cast.works.pk])

    assert invited(wave) == mail("staff", "coordinator", "trainer")
    assert wave.invitations.get(person=cast.staff).department == cast.roads
    assert groups(wave) == {"works": (15, True), "roads": (40, True), "parks": (30, True)}


@pytest.mark.usefixtures("_few_are_enough")
def test_a_role_and_a_tag_narrow_the_departments(lead, survey, cast):
    tag = tagged(cast.staff, cast.coordinator, cast.neighbour)

    with_tag = publish(lead, survey, asks="some", departments=[cast.works.pk], tags=[tag.pk])

    assert invited(with_tag) == mail("staff", "coordinator")
    assert groups(with_tag) == {"works": (1, False), "roads": (1, False)}
    assert with_tag.rules["tags"] == [tag.pk]


@pytest.mark.usefixtures("_few_are_enough")
def test_whoever_has_a_tag_but_not_the_role_is_not_asked(lead, survey, cast):
    tag = tagged(cast.staff, cast.coordinator)

    wave = publish(lead, survey, asks="everybody", tags=[tag.pk], roles=["coordinator", "lead"])

    assert invited(wave) == mail("coordinator")


def test_panels_and_addresses_are_asked_beside_departments_and_everybody_once(lead, survey, cast):
    panel = make_panel(cast.staff, cast.neighbour, owner=cast.lead)

    wave = publish(
        lead,
        survey,
        asks="some",
        departments=[cast.roads.pk],
        panels=[panel.pk],
        addresses="Staff@Fairhaven.example; executive@fairhaven.example",
    )

    assert invited(wave) == mail("staff", "neighbour", "executive")
    assert groups(wave) == {"roads": (40, True), "clinic": (1, False), "city": (1, False)}
    by_address = wave.invitations.filter(by_address=True)
    assert set(by_address.values_list("person__email", flat=True)) == mail("staff", "executive")


def test_before_publishing_it_says_how_many_are_asked_and_what_became_of_addresses(
    lead, survey, cast
):
    closed = PersonFactory(department=cast.roads, is_active=False)
    homeless = PersonFactory()
    panel = make_panel(cast.staff, homeless, owner=cast.lead)
    listed = [cast.staff.email, cast.neighbour.email, closed.email, "a@b.example", "c@b.example"]

    addresses = "\n".join([*listed, "A@b.example"])
    planned = plan(lead, survey, panels=[panel.pk], addresses=addresses, sends_mail="on")
    page = text(lead.get(at(survey, "publish/")))

    assert "1 address stood there twice and is kept once." in planned.text
    assert "This will ask 4 people in 2 departments and outside." in page
    assert "2 listed addresses belong to people who are asked." in page
    assert "1 of them would be asked anyway and is asked only once." in page
    assert "1 listed address is left out: its account is closed or in no department, or" in page
    assert "2 listed addresses have no account." in page
    assert "1 person of the panels is left out" in page
    assert "An anonymous survey must ask at least 10 people; this would ask 4 people." in page
    assert "This will ask 4 people in 2 departments and outside." in text(lead.get(at(survey)))


def test_an_anonymous_survey_is_not_published_to_fewer_people_than_the_smallest_group(
    lead, survey, cast
):
    few = [PersonFactory(department=cast.roads) for _ in range(8)]
    panel = make_panel(*few, cast.neighbour, owner=cast.lead)

    plan(lead, survey, panels=[panel.pk])
    page = text(lead.get(at(survey, "publish/")))
    refused = text(lead.post(at(survey, "publish/"), follow=True))

    why = (
        "An anonymous survey must ask at least 10 people; this would ask 9 people. Among so few "
        "nobody is anonymous for those who can read the database. Ask more people, or choose "
        "confidential or named."
    )
    assert why in page
    assert why in refused
    assert survey.waves.count() == 1  # the old one

    panel.people.add(PersonFactory(department=cast.roads))
    assert why not in text(lead.get(at(survey, "publish/")))
    lead.post(at(survey, "publish/"))
    assert survey.waves.count() == 2


@pytest.mark.parametrize("mode", ["confidential", "named"])
def test_few_can_be_asked_with_their_names_and_the_author_is_told_that_no_result_is_shown(
    lead, survey, cast, mode
):
    panel = make_panel(cast.staff, owner=cast.lead)

    plan(lead, survey, panels=[panel.pk], anonymity=mode)
    page = text(lead.get(at(survey, "publish/")))
    lead.post(at(survey, "publish/"))

    assert "Fewer than 10 people are asked. No result will be shown at all." in page
    assert survey.waves.count() == 2


def test_groups_too_small_to_be_shown_are_pointed_out_before_publishing(lead, survey, cast):
    people = [PersonFactory(department=cast.roads) for _ in range(12)]
    panel = make_panel(*people, cast.neighbour, owner=cast.lead)

    plan(lead, survey, panels=[panel.pk])

    page = text(lead.get(at(survey, "publish/")))
    assert "Clinic has fewer than 10 people. It will never be shown alone." in page


@pytest.mark.usefixtures("_few_are_enough")
def test_a_file_of_addresses_is_read_like_the_field(lead, survey, cast):
    file = io.BytesIO(b"Name;E-Mail\nSam Staff;staff@fairhaven.example\n")
    file.name = "people.csv"

    wave = publish(lead, survey, addresses="neighbour@fairhaven.example", address_file=file)

    assert invited(wave) == mail("staff", "neighbour")


@pytest.mark.parametrize(
    ("fields", "message"),
    [
        ({"addresses": "staff@fairhaven.example\nnobody"}, "Line 2: there is no mail address"),
        ({"addresses": ""}, "Choose a panel or list addresses, or ask departments."),
        ({"asks": "some", "addresses": "a@b.example"}, "Choose at least one department."),
        ({"asks": "everybody", "roles": ["queen"]}, "Select a valid choice."),
        ({"asks": "nobody"}, "Select a valid choice."),
    ],
)
def test_a_plan_that_cannot_be_is_shown_again_with_everything_in_it(lead, survey, fields, message):
    answer = plan(lead, survey, **fields)

    assert message in answer.text
    for line in fields.get("addresses", "").splitlines():
        assert line in answer.text
    assert not PlannedAddress.objects.exists()


def test_a_workbook_in_the_place_of_a_list_is_refused_in_words(lead, survey):
    file = io.BytesIO(b"PK\x03\x04")
    file.name = "people.xlsx"

    answer = plan(lead, survey, addresses="staff@fairhaven.example", address_file=file)

    assert "This is a spreadsheet." in answer.text
    assert "staff@fairhaven.example" in answer.text


@pytest.mark.usefixtures("_few_are_enough")
def test_only_who_was_invited_finds_a_narrowed_survey(lead, survey, cast, sign_in):
    other = PersonFactory(department=cast.roads)
    wave = publish(lead, survey, addresses=cast.staff.email)

    assert sign_in("staff").get(f"/surveys/{wave.pk}/pages/1/").status_code == 200
    assert sign_in(other).get(f"/surveys/{wave.pk}/pages/1/").status_code == 404
    assert sign_in("neighbour").get(f"/surveys/{wave.pk}/").status_code == 404
    assert Wave.objects.awaiting(cast.staff).get() == wave
    assert not Wave.objects.awaiting(other).exists()
    assert "No survey waits for you" in sign_in(other).get("/surveys/").text


@pytest.mark.usefixtures("_few_are_enough")
def test_who_joins_a_department_is_asked_where_everybody_is_and_only_there(
    lead, survey, cast, sign_in
):
    tag = tagged(cast.staff)
    narrowed = publish(lead, survey, asks="some", departments=[cast.roads.pk], tags=[tag.pk])
    whole = make_wave(cast.roads)

    joiner = PersonFactory(department=cast.roads)
    tag.people.add(joiner)

    browser = sign_in(joiner)
    assert browser.get(f"/surveys/{whole.pk}/pages/1/").status_code == 200
    assert browser.get(f"/surveys/{narrowed.pk}/pages/1/").status_code == 404
    assert list(Wave.objects.awaiting(joiner)) == [whole]


def test_who_moves_stays_asked_and_counts_where_they_were_invited(lead, survey, cast, sign_in):
    wave = publish(lead, survey, asks="some", departments=[cast.roads.pk], anonymity="named")
    User.objects.filter(pk=cast.staff.pk).update(department=cast.clinic)

    moved = User.objects.get(pk=cast.staff.pk)

    assert sign_in("staff").get(f"/surveys/{wave.pk}/pages/1/").status_code == 200
    assert Wave.objects.awaiting(moved).get() == wave
    assert make_filling(wave, moved).department == cast.roads.pk


def test_asking_again_starts_from_the_same_rules(lead, survey, cast):
    tag = tagged(cast.staff)
    panel = make_panel(cast.neighbour, owner=cast.lead)
    wave = publish(
        lead,
        survey,
        asks="some",
        departments=[cast.works.pk],
        tags=[tag.pk],
        roles=["coordinator"],
        panels=[panel.pk],
        addresses=f"{cast.staff.email}, x@b.example",
        sends_mail="on",
    )
    lead.post(at(survey, f"waves/{wave.number}/close/"))

    lead.post(at(survey, "again/"))

    again = WavePlan.objects.get(survey=survey)
    assert list(again.departments.all()) == [cast.works]
    assert (list(again.tags.all()), again.roles) == ([tag], ["coordinator"])
    assert list(again.panels.all()) == [panel]
    assert {one.address for one in again.addresses.all()} == {cast.staff.email, "x@b.example"}
    page = lead.get(at(survey, "plan/")).text
    assert 'value="some" id="id_asks_1" checked' in " ".join(page.split())


@pytest.mark.usefixtures("_few_are_enough")
def test_the_page_of_a_wave_says_by_which_rules_people_were_chosen(lead, survey, cast):
    tag = tagged(cast.staff, name="<Pilot>")
    panel = make_panel(cast.neighbour, owner=cast.lead)
    wave = publish(
        lead, survey, asks="everybody", tags=[tag.pk], roles=["lead"], panels=[panel.pk],
        addresses="staff@fairhaven.example",
    )  # fmt: skip

    page = text(lead.get(at(survey, f"waves/{wave.number}/")))

    assert "The whole agency<br> Only with a role: Lead<br> Only with a tag: &lt;Pilot&gt;" in page
    assert "The panels: Testers" in page
    assert "1 listed mail address" in page


def test_nobody_chooses_a_panel_that_they_may_not_see(sign_in, cast, survey):
    panel = make_panel(cast.staff, owner=cast.coordinator)
    survey.initiative.lead = cast.neighbour
    survey.initiative.save()

    answer = plan(sign_in("neighbour"), survey, panels=[panel.pk])

    assert answer.status_code == 200
    assert not WavePlan.objects.get(survey=survey).panels.exists()


@pytest.mark.usefixtures("_few_are_enough")
def test_a_panel_that_is_deleted_leaves_the_plan_and_not_the_wave(lead, survey, cast):
    panel = make_panel(cast.staff, owner=cast.lead)
    wave = publish(lead, survey, panels=[panel.pk])
    Panel.objects.all().delete()

    assert invited(wave) == mail("staff")
    assert lead.get(at(survey, f"waves/{wave.number}/")).status_code == 200


def test_closed_accounts_and_people_without_a_department_are_not_invited(lead, survey, cast):
    RoleFactory(person=PersonFactory(), role=Role.LEAD)
    PersonFactory(department=cast.roads, is_active=False)

    wave = publish(lead, survey, asks="everybody")

    assert Invitation.objects.filter(wave=wave).count() == 9
    assert not Invitation.objects.filter(person__is_active=False).exists()


@pytest.mark.parametrize("count", [1, 30])
def test_the_plan_and_its_publication_need_as_many_queries_for_many_people_as_for_one(
    lead, survey, cast, count, django_assert_max_num_queries
):
    people = [PersonFactory(department=cast.roads) for _ in range(count)]
    panel = make_panel(*people, owner=cast.lead)
    plan(lead, survey, panels=[panel.pk], addresses="\n".join(p.email for p in people))

    with django_assert_max_num_queries(28):
        lead.get(at(survey, "publish/"))
    with django_assert_max_num_queries(54):
        lead.post(at(survey, "publish/"))


def test_a_copy_asks_by_the_same_rules(lead, survey, cast):
    tag = tagged(cast.staff)
    panel = make_panel(cast.neighbour, owner=cast.lead)
    chosen = {"tags": [tag.pk], "panels": [panel.pk], "addresses": cast.lead.email}
    plan(lead, survey, asks="some", departments=[cast.works.pk], **chosen)
    texts = {"title": "Again", "purpose": "Why", "initiative": survey.initiative_id}

    for _source in ("plan", "wave"):
        answer = lead.post(at(survey, "copy/"), {**texts, "title": f"From {_source}"})
        assert answer.status_code == 302, answer.context["form"].errors
        copied = WavePlan.objects.get(survey__title=f"From {_source}")
        assert (list(copied.tags.all()), list(copied.panels.all())) == ([tag], [panel])
        assert list(copied.departments.all()) == [cast.works]
        assert copied.addresses.get().address == cast.lead.email
        lead.post(at(survey, "publish/"))


def test_thousands_who_will_be_asked_are_set_apart(cast):
    would_be = Readiness([Group(cast.roads, 1_200), Group(cast.parks, 2)])

    assert would_be.summary == "This will ask 1,202 people in 2 departments."

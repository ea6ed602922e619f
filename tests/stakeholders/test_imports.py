"""Lists come in: who is made with what, who is known again, and that the same file changes nothing."""

from datetime import date

import pytest

from buyin.spreadsheets import UnreadableError
from buyin.stakeholders.actions import archive, decide_rows, keep_list
from buyin.stakeholders.models import (
    ConsentEvent,
    Group,
    ImportChange,
    ImportRun,
    Organisation,
    Person,
    Post,
    Stakeholder,
    StakeholderTag,
)
from tests.factories.accounts import PersonFactory
from tests.factories.stakeholders import OrganisationFactory, PostFactory, StakeholderFactory
from tests.stakeholders.lists import FILE, HEADER, bring, counts, everything, named, newest

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def agency(cast):
    return cast


def known(name, mail="", **more):
    """Write somebody who is in the registry."""
    found = StakeholderFactory(name=name, **more)
    Person.objects.filter(pk=found.person_id).update(email=mail)
    return found


def test_people_come_in_with_their_posts_and_all_that_is_said_of_them(agency):
    _run, plan = bring()

    ann, tom, ida = (named(name) for name in ("Ann Lee", "Tom Ott", "Ida Berg"))
    assert counts(plan) == (3, 0, 0, 0, 0)
    assert (ann.person.email, ann.department.code, ann.category) == (
        "ann@x.example",
        "roads",
        "decision-maker",
    )
    assert [str(post) for post in ann.person.posts.all()] == ["Head of Roads, Roads"]
    assert [str(post) for post in tom.person.posts.all()] == ["Secretary, Example Union"]
    assert (tom.department, tom.category) == (None, "union")
    assert [str(post) for post in ida.person.posts.all()] == ["End user, Parks"]


def test_every_column_that_we_know_is_kept(agency):
    owner = agency.people["lead"]
    bring(
        "Given name;Family name;Phone;Department;Since;Category;Owner;Channel;Cadence;Tags;Consent;"
        "Basis\n"
        f"Ann;Lee;+1 555 0100;ROADS;2024-03-01;Budget owner;{owner.email};E-mail;quarterly;"
        "Board, Pilot;yes;Form of March\n"
    )

    ann = named("Ann Lee")
    event = ann.person.consent_events.get()
    assert (ann.person.phone, ann.owner, ann.channel, ann.cadence) == (
        "+1 555 0100",
        owner,
        "mail",
        91,
    )
    assert {tag.name for tag in ann.tags.all()} == {"Board", "Pilot"}
    assert ann.person.posts.get().starts_on == date(2024, 3, 1)
    assert (ann.person.contact_permitted, event.kind, event.basis) == (
        True,
        "given",
        "Form of March",
    )


def test_organisations_and_groups_come_in_as_what_they_are(agency):
    bring(
        "Type,Name,Organisation type,Description,Department,Category\n"
        "Organisation,Example Systems,supplier,,,Vendor\n"
        "Group,Night shift,,Who works after ten,roads,End user\n"
        ",,,,,\n"
    )

    firm, shift = named("Example Systems"), named("Night shift")
    assert (firm.organisation.kind, firm.person) == ("vendor", None)
    assert (shift.group.description, shift.department.code) == ("Who works after ten", "roads")
    assert not Person.objects.exists()


def test_a_row_with_an_organisation_alone_is_about_the_organisation():
    bring("Name,Company,Category\n,Example Systems,Vendor\nAnn Lee,Example Systems,Expert\n")

    firm = named("Example Systems").organisation
    assert firm.kind == "vendor"
    assert named("Ann Lee").person.posts.get().organisation == firm
    assert Organisation.objects.count() == 1


def test_an_organisation_that_people_belong_to_becomes_the_stakeholder():
    there = OrganisationFactory(name="Example Union", kind="union")

    bring("Type,Name,Category\norganisation,Example union,Union\n")

    assert named("Example union").organisation == there


def test_the_same_file_again_changes_nothing():
    bring()
    before = everything()

    run, plan = bring()

    assert counts(plan) == (0, 0, 3, 0, 0)
    assert everything()[:-1] == before[:-1]
    assert not run.changes.exists()


def test_the_same_file_again_changes_nothing_even_where_people_changed_something_since():
    bring()
    Person.objects.filter(name="Ann Lee").update(phone="1", email="new@x.example")
    before = everything()

    _run, plan = bring()

    assert counts(plan) == (0, 0, 3, 0, 0)
    assert everything()[:-1] == before[:-1]


def test_what_a_file_says_otherwise_is_changed_and_what_it_leaves_open_stays(agency):
    bring()
    later = FILE.replace("Decision-maker", "Budget holder").replace(
        "tom@union.example,Example Union,Secretary", ",Example Union,Chair"
    )

    _run, plan = bring(later)

    ann, tom = named("Ann Lee"), named("Tom Ott")
    assert counts(plan) == (0, 2, 1, 0, 0)
    assert (ann.category, ann.person.email) == ("budget-holder", "ann@x.example")
    assert (tom.person.email, tom.person.posts.get().title) == ("tom@union.example", "Chair")


def test_somebody_who_moved_gets_a_post_more_and_belongs_there(agency):
    ann = known("Ann Lee", "ann@x.example", department=agency.roads)
    PostFactory(person=ann.person, department=agency.roads, title="Clerk", starts_on="2020-01-01")

    bring(f"{HEADER}\nAnn Lee,ann@x.example,,Head,parks,\n")

    ann.refresh_from_db()
    assert ann.department.code == "parks"
    assert {str(post) for post in ann.person.posts.all()} == {"Clerk, Roads", "Head, Parks"}


def test_an_archived_stakeholder_is_known_and_stays_archived(agency):
    ann = known("Ann Lee", "ann@x.example")
    archive(actor=agency.people["lead"], stakeholder=ann)

    _run, plan = bring(f"{HEADER}\nAnn Lee,ann@x.example,,,,IT\n")

    ann.refresh_from_db()
    assert counts(plan) == (0, 1, 0, 0, 0)
    assert ann.archived_at is not None


def test_whoever_was_merged_into_somebody_is_that_one():
    kept, gone = known("Ann Lee-Ott", "ann.ott@x.example"), known("Ann Lee", "ann@x.example")
    Stakeholder.objects.filter(pk=gone.pk).update(merged_into=kept)

    _run, plan = bring(f"{HEADER}\nAnn Lee,ann@x.example,,,,IT\n")

    kept.refresh_from_db()
    assert counts(plan) == (0, 1, 0, 0, 0)
    assert kept.category == "it"


def test_tags_are_added_and_never_taken_away():
    ann = known("Ann Lee", "ann@x.example")
    ann.tags.add(StakeholderTag.objects.create(name="Board"))

    bring('Name,Mail,Tags\nAnn Lee,ann@x.example,"pilot, BOARD"\n')

    assert {tag.name for tag in ann.tags.all()} == {"Board", "pilot"}


def test_that_somebody_withdrew_is_noted_once():
    ann = known("Ann Lee", "ann@x.example")
    file = "Name,Mail,Consent\nAnn Lee,ann@x.example,no\n"

    bring(file)
    bring(file + "\n")

    event = ConsentEvent.objects.get()
    assert (event.person, event.kind, event.basis) == (
        ann.person,
        "withdrawn",
        "From the file “a.csv”",
    )


def test_whoever_may_be_known_stays_out_until_somebody_decides():
    known("John Smith")

    _run, plan = bring(f"{HEADER}\nJ. Smith,,,,,IT\n")

    assert counts(plan) == (0, 0, 0, 1, 0)
    assert Stakeholder.objects.count() == 1


def test_the_same_person_is_changed_and_keeps_the_name_of_the_registry():
    john = known("John Smith")

    _run, plan = bring(f"{HEADER}\nJ. Smith,j@x.example,,,,IT\n", decisions={"2": f"s:{john.pk}"})

    john.refresh_from_db()
    assert counts(plan) == (0, 1, 0, 0, 0)
    assert (john.name, john.person.email, john.category) == ("John Smith", "j@x.example", "it")


def test_somebody_new_is_made_beside_and_not_asked_about_again():
    known("John Smith")
    file = f"{HEADER}\nJ. Smith,,,,,IT\n"

    bring(file, decisions={"2": "new"})
    _run, plan = bring(file)

    assert counts(plan) == (0, 0, 1, 0, 0)
    assert {one.name for one in Stakeholder.objects.all()} == {"John Smith", "J. Smith"}


def test_rows_about_the_same_are_told_and_the_first_counts():
    _run, plan = bring(f"{HEADER}\nAnn Lee,a@x.example,,,,IT\nLee Ann,a@x.example,,,,Expert\n")

    assert counts(plan) == (1, 0, 0, 1, 0)
    assert named("Ann Lee").category == "it"
    (doubt,) = plan.doubts
    assert (doubt.contact.row, doubt.matches[0].party.key) == (3, "r:2")


def test_two_rows_of_one_name_can_be_two_people():
    file = f"{HEADER}\nAnn Lee,,,,,IT\nAnn Lee,,,,,IT\n"

    _run, plan = bring(file, decisions={"3": "new"})
    assert counts(plan) == (2, 0, 0, 0, 0)

    _run, again = bring(file)
    assert counts(again) == (0, 0, 2, 0, 0)
    assert Stakeholder.objects.count() == 2


def test_two_rows_about_one_stakeholder_change_it_once():
    ann = known("Ann Lee", "ann@x.example")

    _run, plan = bring(f"{HEADER}\nAnn Lee,ann@x.example,,,,IT\nLee Ann,ann@x.example,,,,Expert\n")

    ann.refresh_from_db()
    assert counts(plan) == (0, 1, 0, 1, 0)
    assert ann.category == "it"
    assert [(row.row, first) for row, first in plan.duplicates] == [(3, 2)]


def test_a_decision_that_was_not_offered_is_none():
    other = known("Somebody Else")
    known("John Smith")

    _run, plan = bring(f"{HEADER}\nJ. Smith,,,,,IT\n", decisions={"2": f"s:{other.pk}"})

    assert counts(plan) == (0, 0, 0, 1, 0)


def test_without_a_category_nobody_is_made_but_those_known_are_changed():
    ann = known("Ann Lee", "ann@x.example")

    _run, plan = bring("Name,Mail,Phone\nAnn Lee,ann@x.example,1\nTom Ott,tom@x.example,2\n")

    assert counts(plan) == (0, 1, 0, 0, 1)
    (problem,) = plan.problems
    assert (problem.row, problem.column) == (3, "Category")
    ann.person.refresh_from_db()
    assert ann.person.phone == "1"


def test_one_category_can_be_given_to_all_without():
    _run, plan = bring("Name,Category\nAnn Lee,\nTom Ott,IT\n", category="expert")

    assert counts(plan) == (2, 0, 0, 0, 0)
    assert (named("Ann Lee").category, named("Tom Ott").category) == ("expert", "it")


def test_what_a_row_says_wrongly_is_left_out_with_its_place(agency):
    PersonFactory(name="Kim Ray")
    PersonFactory(name="Kim Ray")
    _run, plan = bring(
        "Name,Mail,Phone,Department,Since,Category,Owner,Channel,Consent\n"
        "Ann Lee,not a mail,1.5E+11,Nowhere,2999-01-01,IT,Kim Ray,Pigeon,perhaps\n"
    )

    told = {(one.row, one.column) for one in plan.found.remarks}
    assert told == {
        (2, column)
        for column in ("Mail", "Phone", "Department", "Since", "Owner", "Channel", "Consent")
    }
    assert counts(plan) == (1, 0, 0, 0, 0)
    assert not Post.objects.exists()


def test_each_change_is_kept_with_what_was_before_and_what_is_after():
    bring()

    bring(FILE.replace("Decision-maker", "IT"))

    change = newest().changes.get()
    assert (change.row, change.name, change.is_new) == (2, "Ann Lee", False)
    assert change.before["stakeholder"]["category"] == "decision-maker"
    assert change.after == {
        **change.before,
        "stakeholder": {**change.before["stakeholder"], "category": "it"},
    }
    assert ImportChange.objects.filter(before__isnull=True).count() == 3


def test_a_file_that_is_none_leaves_no_import_behind():
    with pytest.raises(UnreadableError):
        bring(b"%PDF-1.4\x00\x01")

    assert not ImportRun.objects.exists()


def test_only_what_was_offered_can_be_decided_and_only_before_it_is_written():
    john = known("John Smith")
    run = keep_list(owner=None, name="a.csv", content=f"{HEADER}\nJ. Smith,,,,,IT\n".encode())
    run.refresh_from_db()

    assert decide_rows(run=run, said={"2": "s:999", "7": "new"}) == 0
    assert decide_rows(run=run, said={"2": f"s:{john.pk}"}) == 1
    run.refresh_from_db()
    assert run.decisions == {"2": f"s:{john.pk}"}
    ImportRun.objects.update(state="done")
    assert decide_rows(run=run, said={"2": "new"}) == 0


def test_a_group_of_one_name_in_two_departments_is_two_groups(agency):
    file = "Type,Name,Department,Category\ngroup,Night shift,roads,End user\n"
    bring(file)

    _run, plan = bring(file.replace("roads", "parks"))

    assert counts(plan) == (0, 0, 0, 1, 0)  # asked, since only the place speaks against it
    assert Group.objects.count() == 1

"""Who may be one: found by mail address and name, set apart, chosen by hand."""

import pytest

from buyin.stakeholders.actions import look_for_doubles
from buyin.stakeholders.models import LikelyDouble, NotDouble, Stakeholder
from buyin.stakeholders.queries.doubles import shown_doubles
from buyin.stakeholders.views import merging
from tests.factories.merging import make_twins, merged
from tests.factories.stakeholders import (
    ContactFactory,
    GroupFactory,
    OrganisationFactory,
    PostFactory,
    StakeholderFactory,
)

LIST = "/stakeholders/"


def someone(name, department=None, **of_person):
    return StakeholderFactory(
        name=name, department=department, person=ContactFactory(name=name, **of_person)
    )


def found(viewer):
    look_for_doubles()
    rows = {one.pk: one.name for one in Stakeholder.objects.all()}
    return {
        (rows[one.first], rows[one.second], *one.reasons)
        for one in LikelyDouble.objects.visible_to(viewer)
    }


def test_one_mail_address_makes_two_alike_however_it_is_written(cast):
    someone("Ruth Roads", cast.roads, email="ruth@example.org")
    someone("R. Smith", cast.clinic, email="RUTH@example.org")
    someone("Nobody", cast.clinic)
    someone("Noone", cast.clinic)

    assert found(cast.lead) == {("Ruth Roads", "R. Smith", "other-name", "mail", "other-place")}


def test_like_names_count_in_one_department_or_organisation_and_not_across(cast):
    someone("Ruth Roads", cast.roads)
    someone("Ruth Raods", cast.roads)
    someone("Ruth Raosd", cast.clinic)
    vendor = OrganisationFactory()
    for name in ("Ann Othere", "Ann Otherre"):
        PostFactory(person=someone(name).person, organisation=vendor)

    assert found(cast.lead) == {
        ("Ruth Roads", "Ruth Raods", "near-name", "place"),
        ("Ann Othere", "Ann Otherre", "near-name", "place"),
    }


def test_the_very_same_name_counts_where_one_has_no_place(cast):
    someone("Ruth Roads", cast.roads)
    someone("Roads, Ruth")

    assert found(cast.lead) == {("Ruth Roads", "Roads, Ruth", "name")}


def test_organisations_and_groups_are_found_among_their_own_sort(cast):
    for name in ("Vast Vision", "Vast Vision Ltd"):
        made = OrganisationFactory(name=name)
        StakeholderFactory(person=None, organisation=made, name=name)
    someone("Vast Vision")
    for _twice in range(2):
        group = GroupFactory(name="Night shift")
        StakeholderFactory(person=None, group=group, name=group.name, department=cast.roads)

    look_for_doubles()
    kinds = {
        tuple(
            type(Stakeholder.objects.get(pk=one.pk).party).__name__
            for one in (double.first, double.second)
        )
        for double in shown_doubles(LikelyDouble.objects.visible_to(cast.lead))
    }

    assert kinds == {("Organisation", "Organisation"), ("Group", "Group")}


def test_the_surest_comes_first_and_says_why_and_what_speaks_against_it(sign_in, cast):
    someone("Ann Other", cast.clinic, email="ann@example.org")
    someone("Ann Other", cast.clinic, email="ann.o@example.com")
    make_twins(cast.roads)
    look_for_doubles()

    text = " ".join(sign_in("lead").get(f"{LIST}doubles/").text.split())

    sure = text.index("names that are alike, the same mail address, in the same place")
    assert sure < text.index("the same name, but other mail addresses, in the same place")


def test_pairs_set_apart_and_merged_ones_are_not_proposed_again(sign_in, cast):
    one, other = make_twins(cast.roads)
    look_for_doubles()
    client = sign_in("lead")
    sent = {"first": other.pk, "second": one.pk}
    assert "Ruth Raods" in client.get(f"{LIST}doubles/").text

    for _sent in range(2):
        client.post(f"{LIST}doubles/apart/", sent)

    note = NotDouble.objects.get()
    assert (note.first, note.second, note.said_by) == (one, other, cast.lead)
    assert "No doubles are found" in client.get(f"{LIST}doubles/").text
    NotDouble.objects.all().delete()
    merged(cast.lead, one, other)
    assert not LikelyDouble.objects.visible_to(cast.lead)


@pytest.mark.parametrize("sent", [{}, {"first": "x", "second": "1"}, {"first": 1, "second": 1}])
def test_what_is_no_pair_is_not_set_apart(sign_in, sent):
    assert sign_in("lead").post(f"{LIST}doubles/apart/", sent).status_code == 404


@pytest.mark.parametrize("count", [1, 3])
def test_the_list_needs_as_many_queries_for_many_as_for_one(
    sign_in, cast, django_assert_num_queries, count
):
    client = sign_in("lead")
    for _ in range(count):
        make_twins(cast.roads)
    look_for_doubles()

    with django_assert_num_queries(5):
        client.get(f"{LIST}doubles/")


def test_the_other_one_is_proposed_or_looked_for_among_the_same_sort(sign_in, cast):
    one, other = make_twins(cast.roads)
    far = someone("Rita Rivers", cast.clinic)
    union = OrganisationFactory(name="Rivers Ltd")
    StakeholderFactory(person=None, organisation=union, name=union.name)
    look_for_doubles()
    client = sign_in("lead")

    shown = client.get(f"{LIST}{one.pk}/merge/", {"q": "rivers"})

    assert [found.pk for found in shown.context["likely"]] == [other.pk]
    assert [found.pk for found in shown.context["others"]] == [far.pk]
    assert f"{LIST}{one.pk}/merge/{far.pk}/" in shown.text
    assert "Nobody of the same sort fits" in client.get(f"{LIST}{one.pk}/merge/?q=xyz").text


def test_organisations_and_groups_that_may_be_one_are_listed_without_a_mail_address(sign_in):
    first, second = (
        StakeholderFactory(person=None, organisation=OrganisationFactory(name=name), name=name)
        for name in ("Rivers Limited", "Rivers Limited.")
    )
    nights = [GroupFactory(name=name) for name in ("Night shift", "Night shifts")]
    one, other = (StakeholderFactory(person=None, group=it, name=it.name) for it in nights)
    look_for_doubles()
    client = sign_in("lead")

    for asked, proposed in ((first, second), (one, other)):
        page = client.get(f"{LIST}{asked.pk}/merge/", {"q": asked.name.split()[0]})
        assert [found.pk for found in page.context["likely"]] == [proposed.pk]
        assert [found.pk for found in page.context["others"]] == [proposed.pk]
    assert "Night shifts" in client.get(f"{LIST}doubles/").text


def test_a_list_of_merges_leads_to_each_and_says_whether_it_is_undone(sign_in, cast):
    client = sign_in("administrator")
    assert "Nothing was merged yet" in client.get(f"{LIST}merges/").text
    one, other = make_twins(cast.roads)
    record = merged(cast.lead, one, other)
    page = f"{LIST}merges/{record.pk}/"
    assert "in force" in client.get(f"{LIST}merges/").text
    assert "was merged into" in client.get(page).text

    client.post(f"{page}undo/")

    assert "undone" in client.get(f"{LIST}merges/").text
    assert "are two again" in client.get(page).text.replace("\n", " ")
    assert client.get(f"{LIST}{other.pk}/").status_code == 200


def test_a_merge_that_is_not_the_last_says_which_to_undo_first(sign_in, cast):
    one, other = make_twins(cast.roads)
    third = someone("R. Roads", cast.roads)
    first = merged(cast.lead, one, other)
    merged(cast.lead, third, one)

    answer = sign_in("lead").post(f"{LIST}merges/{first.pk}/undo/", follow=True)

    assert "Undo the later merge first: Ruth Roads → R. Roads." in answer.text


@pytest.mark.parametrize(
    ("pairs", "heading"),
    [(1, "1 pair may be one"), (2, "2 pairs may be one"), (3, "More than 2 pairs may be one")],
)
def test_of_very_many_pairs_as_many_are_listed_as_somebody_can_go_through(
    sign_in, monkeypatch, pairs, heading
):
    monkeypatch.setattr(merging, "MOST_LISTED", 2)
    for number in range(pairs):
        for name in ("Ruth Roads", "R. Smith"):
            someone(f"{name} {number}", email=f"ruth{number}@example.org")
    look_for_doubles()

    page = sign_in("lead").get(f"{LIST}doubles/").text

    assert heading in " ".join(page.split())
    assert page.count(">Compare<") == min(pairs, 2)
    assert ("The others are listed as you decide about these." in page) is (pairs == 3)


def test_a_pair_of_which_one_is_gone_is_not_shown(cast):
    first, second = (StakeholderFactory() for _ in range(2))
    pairs = [LikelyDouble(first=first.pk, second=pk, reasons=[]) for pk in (second.pk, 10**9)]

    assert [one.second.pk for one in shown_doubles(pairs)] == [second.pk]


def test_of_each_of_the_two_the_list_says_name_department_and_mail_address(cast):
    first = someone("Ruth Roads", cast.roads, email="ruth@example.org")
    second = StakeholderFactory(
        name="Union", person=None, organisation=OrganisationFactory(), department=None
    )

    (double,) = shown_doubles([LikelyDouble(first=first.pk, second=second.pk, reasons=[])])

    assert double.first == (first.pk, "Ruth Roads", "Roads", "ruth@example.org")
    assert double.second == (second.pk, "Union", None, None)

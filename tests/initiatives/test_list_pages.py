"""The list of initiatives as people read it: counts in words, filters that stay, what it never shows."""

import pytest

from buyin.initiatives.models import Initiative
from buyin.initiatives.queries import leads_of
from tests.factories.accounts import PersonFactory
from tests.factories.initiatives import InitiativeFactory, make_milestone, make_update

LIST = "/initiatives/"


def words(answer):
    return " ".join(answer.text.split())


def names(answer):
    return [one.name for one in answer.context["page"]]


@pytest.mark.parametrize(
    ("count", "said"),
    [(0, "0 initiatives"), (1, "1 initiative"), (2, "2 initiatives")],
)
def test_how_many_there_are_and_how_many_fit_is_said_in_words(sign_in, cast, count, said):
    for number in range(count):
        InitiativeFactory(name=f"Camera {number}", departments=[cast.roads])
    staff = sign_in("staff")

    assert f"{said}." in words(staff.get(LIST))
    fit = "fits" if count == 1 else "fit"
    assert f"{said} {fit}." in words(staff.get(LIST, {"q": "camera"}))


def test_whoever_writes_initiatives_comes_to_their_own_by_one_click(sign_in, cast):
    InitiativeFactory(name="Ours", lead=cast.lead)
    InitiativeFactory(name="Theirs")
    lead = sign_in("lead")

    assert 'href="?lead=mine"' in lead.get(LIST).text
    assert names(lead.get(LIST, {"lead": "mine"})) == ["Ours"]


@pytest.mark.parametrize("count", [1, 3, 4])
def test_up_to_three_departments_are_named_and_more_are_counted(sign_in, cast, count):
    parts = [cast.roads, cast.parks, cast.works, cast.clinic][:count]
    InitiativeFactory(departments=parts)

    page = words(sign_in("lead").get(LIST))
    [cell] = page.split('data-label="Departments">')[1:]
    cell = cell.partition("</td>")[0].strip()

    if count > 3:
        assert cell == "4 departments take part."
    else:
        assert {*cell.split(", ")} == {one.name for one in parts}


def test_what_is_not_known_is_a_dash(sign_in):
    InitiativeFactory()

    page = words(sign_in("lead").get(LIST))

    for column in ("Lead", "Departments", "Last update"):
        assert page.partition(f'data-label="{column}">')[2].lstrip().startswith("–"), column


def test_a_long_summary_is_cut_and_shown_as_text(sign_in):
    InitiativeFactory(summary="<b>word</b> " * 30)

    page = sign_in("lead").get(LIST).text

    assert "<b>word</b>" not in page
    assert page.count("&lt;b&gt;word&lt;/b&gt;") == 25


def test_only_who_adds_is_offered_to_add(sign_in, cast):
    InitiativeFactory(lead=cast.staff, departments=[cast.roads])

    for persona, may in (("lead", True), ("administrator", True), ("staff", False)):
        assert (f'href="{LIST}add/"' in sign_in(persona).get(LIST).text) is may, persona


def test_what_was_looked_for_stands_in_the_form_again(sign_in, cast):
    InitiativeFactory(name="Letters", stage="pilot", lead=cast.staff, departments=[cast.roads])
    asked = {
        "q": "letters",
        "stage": "pilot",
        "department": str(cast.roads.pk),
        "lead": str(cast.staff.pk),
        "order": "stage",
    }

    answer = sign_in("lead").get(LIST, asked)

    assert names(answer) == ["Letters"]
    form = answer.context["form"]
    assert {name: form[name].value() for name in asked} == asked


@pytest.mark.parametrize("page", ["0", "-1", "99", "x", ""])
def test_a_page_that_there_is_not_shows_one_that_there_is(sign_in, cast, page):
    InitiativeFactory(name="Letters", departments=[cast.roads])

    assert names(sign_in("staff").get(LIST, {"page": page})) == ["Letters"]


@pytest.mark.parametrize("order", ["", "stage", "lead", "news"])
def test_in_no_order_an_initiative_stands_on_two_pages(sign_in, cast, order):
    alike = {"name": "Camera", "stage": "pilot", "lead": cast.lead}
    Initiative.objects.bulk_create(Initiative(**alike) for _ in range(51))
    client = sign_in("lead")

    pages = [client.get(LIST, {"order": order, "page": page}).context["page"] for page in (1, 2)]

    shown = [one.pk for page in pages for one in page]
    assert [len(page) for page in pages] == [50, 1]
    assert len({*shown}) == 51


def test_the_overdue_ones_of_others_are_not_found(sign_in, cast):
    theirs = InitiativeFactory(name="Letter reader", departments=[cast.clinic])
    make_milestone(theirs, due="2020-01-01")

    assert names(sign_in("staff").get(LIST, {"show": "overdue"})) == []
    assert names(sign_in("neighbour").get(LIST, {"show": "overdue"})) == ["Letter reader"]


def test_who_leads_only_what_one_may_not_open_is_no_choice(sign_in, cast):
    InitiativeFactory(lead=cast.trainer, departments=[cast.clinic])
    InitiativeFactory(name="Ours", departments=[cast.roads])

    answer = sign_in("staff").get(LIST, {"lead": str(cast.trainer.pk)})

    assert "Trainer Persona" not in answer.text
    assert names(answer) == ["Ours"]


def test_those_of_one_name_stand_in_the_order_of_their_addresses(cast):
    twins = [PersonFactory(name="Ann", email=f"{one}@fairhaven.example") for one in "ba"]
    for one in twins:
        InitiativeFactory(lead=one)

    assert [one.email[0] for one in leads_of(cast.lead)] == ["a", "b"]


def test_the_newest_update_counts_whenever_it_was_written_down(sign_in, cast):
    first, second, never = (InitiativeFactory(name=name) for name in ("First", "Second", "Never"))
    make_update(second, made_at="2026-02-01T10:00Z")
    make_update(first, made_at="2026-03-01T10:00Z")
    make_update(first, made_at="2026-01-01T10:00Z")

    answer = sign_in("lead").get(LIST, {"order": "news"})

    assert names(answer) == [first.name, second.name, never.name]
    assert "March 2026" in answer.text
    assert "January 2026" not in answer.text

"""The pages of benefits: who reads and writes what, and that nothing typed is lost."""

from datetime import date
from decimal import Decimal

import pytest

from buyin.initiatives.models import Benefit, Measurement
from tests.factories.benefits import DAYS, make_benefit, make_measurement
from tests.factories.initiatives import InitiativeFactory

DAY = date(2026, 9, 30)
REGISTER = "/initiatives/benefits/"


@pytest.fixture
def ours(cast):
    return InitiativeFactory(name="Pothole finder", departments=[cast.roads])


def tab(initiative):
    return f"/initiatives/{initiative.pk}/benefits/"


def page(benefit, part=""):
    return f"{tab(benefit.initiative)}{benefit.pk}/{part}"


def form(**changed):
    return {name: str(value) for name, value in DAYS.items()} | changed


def said(answer):
    return " ".join(answer.text.split())


def test_a_lead_writes_a_benefit_down_and_it_stands_in_the_tab(sign_in, cast, ours):
    lead = sign_in("lead")

    answer = lead.post(f"{tab(ours)}add/", form(owner=cast.staff.email), follow=True)

    made = Benefit.objects.get()
    assert (made.initiative, made.owner) == (ours, cast.staff)
    assert made.target_value == 25
    assert "Nobody has measured yet." in answer.text
    shown = said(sign_in("staff").get(tab(ours)))
    assert "Permits are decided sooner" in shown
    assert "41 days" in shown
    assert "Write down a benefit" not in shown


@pytest.mark.parametrize(
    ("changed", "words"),
    [
        ({"title": ""}, "Title:"),
        ({"target_value": "99"}, "wrong side"),
        ({"baseline_on": ""}, "give both"),
        ({"baseline_value": "many"}, "Baseline:"),
        ({"owner": "nobody@fairhaven.example"}, "Nobody with an open account"),
        ({"owner": "neighbour@fairhaven.example"}, "cannot open the initiative"),
        ({"kind": "free"}, "Class:"),
    ],
)
def test_bad_input_is_named_and_nothing_typed_is_lost(sign_in, ours, changed, words):
    answer = sign_in("lead").post(f"{tab(ours)}add/", form(description="Typed long.") | changed)

    assert words in answer.text
    assert "Typed long." in answer.text
    assert not Benefit.objects.exists()


@pytest.mark.parametrize("empty", ["baseline_value", "baseline_on", "target_value", "target_on"])
def test_half_of_a_number_with_its_day_is_asked_for_where_it_is_missing(sign_in, ours, empty):
    answer = sign_in("lead").post(f"{tab(ours)}add/", form() | {empty: ""})

    assert list(answer.context["form"].errors) == [empty]


def test_a_menu_in_which_nothing_is_chosen_says_so_as_others_do(sign_in, ours):
    answer = sign_in("lead").get(f"{tab(ours)}add/")

    assert answer.context["form"].fields["category"].choices[0] == ("", "Choose one")


def test_a_target_changes_after_measuring_only_with_a_reason(sign_in, ours):
    benefit = make_benefit(ours)
    make_measurement(benefit, 29, DAY)
    lead, sent = sign_in("lead"), form(target_value="20")

    refused = lead.post(page(benefit, "edit/"), sent)
    done = lead.post(page(benefit, "edit/"), sent | {"reason": "New law."}, follow=True)

    assert "Say why baseline, target or indicator change." in refused.text
    assert "target: from 25 to <strong>20</strong>" in said(done)
    assert "New law." in done.text


def test_a_value_and_a_day_are_enough_for_a_measurement(sign_in, cast, ours):
    benefit = make_benefit(ours, owner=cast.staff)
    staff = sign_in("staff")
    opened = staff.get(page(benefit, "measure/"))

    answer = staff.post(
        page(benefit, "measure/"), {"value": "29", "day": "2026-09-30"}, follow=True
    )

    assert "Median days to decide, in days" in opened.text
    made = Measurement.objects.get()
    assert (int(made.value), made.day) == (29, DAY)
    assert made.entered_by == cast.staff
    assert "Median days to decide fell from 41 to 29 days; target 25" in answer.text
    assert "75 % of the way" in answer.text


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ({"value": "", "day": "2026-09-30"}, "Median days to decide, in days:"),
        ({"value": "29", "day": "2099-01-01"}, "still to come"),
        ({"value": "29", "day": "2026-09-30", "link": "javascript:x"}, "https://"),
    ],
)
def test_a_measurement_that_does_not_hold_comes_back(sign_in, ours, typed, words):
    benefit = make_benefit(ours)

    answer = sign_in("lead").post(page(benefit, "measure/"), {"note": "Kept words.", **typed})

    assert words in answer.text
    assert "Kept words." in answer.text
    assert not Measurement.objects.exists()


def test_a_wrong_measurement_is_corrected_and_stays_readable(sign_in, ours):
    benefit = make_benefit(ours)
    wrong = make_measurement(benefit, 92, DAY)
    lead = sign_in("lead")
    address = f"{page(benefit, 'measure/')}?corrects={wrong.pk}"

    begun = lead.get(address)
    assert "Correct a measurement" in begun.text
    assert [begun.context["form"][name].value() for name in ("value", "day")] == ["92", DAY]
    answer = lead.post(address, {"value": "29", "day": "2026-09-30"}, follow=True)

    assert "fell from 41 to 29 days" in answer.text
    assert "92 days" in answer.text
    assert Measurement.objects.get(value=29).corrects == wrong
    assert lead.get(address).status_code == 404
    for number in ("x", "0", "9" * 30):
        assert lead.get(f"{page(benefit, 'measure/')}?corrects={number}").status_code == 404


def test_the_suggested_state_is_offered_to_who_may_set_it(sign_in, ours):
    benefit = make_benefit(ours)
    make_measurement(benefit, 24, DAY)
    lead = sign_in("lead")

    offered = said(lead.get(page(benefit)))
    assert "The figures suggest: <strong>realised</strong>" in offered
    assert "figures suggest" not in sign_in("staff").get(page(benefit)).text
    lead.post(page(benefit, "state/"), {"state": "realised"})

    assert Benefit.objects.get().state == "realised"
    assert "figures suggest" not in lead.get(page(benefit)).text


def test_not_realised_needs_the_reason(sign_in, ours):
    benefit = make_benefit(ours)
    lead = sign_in("lead")

    refused = lead.post(page(benefit, "state/"), {"state": "not-realised"})
    lead.post(page(benefit, "state/"), {"state": "not-realised", "reason": "Too few cases."})

    assert "Say why" in refused.text
    assert Benefit.objects.get().state == "not-realised"
    assert "Too few cases." in sign_in("staff").get(page(benefit)).text


@pytest.mark.parametrize(
    ("asked", "titles"),
    [
        ("", ["Cheaper", "Sooner", "Fairer"]),
        ("?search=soon", ["Sooner"]),
        ("?search=letter", ["Fairer"]),
        ("?category=cost", ["Cheaper"]),
        ("?state=realised", ["Sooner"]),
        ("?owner={owner}", ["Sooner"]),
        ("?initiative={initiative}", ["Cheaper", "Sooner"]),
        ("?initiative=x&state=gone&page=99", ["Cheaper", "Sooner", "Fairer"]),
    ],
)
def test_the_register_is_searched_and_cut(sign_in, cast, ours, asked, titles):
    make_benefit(ours, title="Cheaper", category="cost")
    make_benefit(ours, title="Sooner", state="realised", owner=cast.staff)
    make_benefit(InitiativeFactory(name="Zip letters"), title="Fairer")
    asked = asked.format(owner=cast.staff.pk, initiative=ours.pk)

    answer = sign_in("lead").get(f"{REGISTER}{asked}")

    assert [one.benefit.title for one in answer.context["told"]] == titles


def test_the_register_shows_only_what_one_may_open(sign_in, cast, ours):
    make_benefit(ours, title="Sooner")
    make_benefit(InitiativeFactory(name="Zip", departments=[cast.clinic]), title="Fairer")
    staff = sign_in("staff")

    for address in (REGISTER, "/initiatives/benefits.csv", "/api/v1/benefits/"):
        answer = staff.get(address)
        text = answer.getvalue().decode()
        assert "Sooner" in text, address
        assert "Fairer" not in text, address


@pytest.mark.parametrize("count", [1, 3])
@pytest.mark.parametrize(
    ("address", "queries"),
    [(REGISTER, 5), ("/initiatives/benefits.csv", 4), ("/api/v1/benefits/", 3)],
)
def test_lists_need_as_many_queries_for_many_as_for_one(
    sign_in, cast, ours, django_assert_num_queries, count, address, queries
):
    for _ in range(count):
        made = make_benefit(ours, owner=cast.staff)
        make_measurement(made, 30, DAY)
    lead = sign_in("lead")

    with django_assert_num_queries(queries):
        lead.get(address).getvalue()


def test_files_run_nothing_and_numbers_stay_numbers(sign_in, ours):
    benefit = make_benefit(ours, title="=cmd|' /C calc'!A0")
    make_measurement(benefit, Decimal("-3.5"), DAY, note="+1+1")
    lead = sign_in("lead")

    register = lead.get("/initiatives/benefits.csv").getvalue().decode("utf-8-sig")
    rows = lead.get(page(benefit, "measurements.csv")).content.decode("utf-8-sig")

    assert "'=cmd" in register
    assert ",=cmd" not in register
    assert ",-3.5,days," in rows
    assert ",'+1+1," in rows


def test_two_reads_of_the_same_page_change_nothing(sign_in, ours):
    benefit = make_benefit(ours)
    lead = sign_in("lead")

    for address in (tab(ours), page(benefit), page(benefit, "edit/"), page(benefit, "measure/")):
        assert lead.get(address).status_code == 200
    assert lead.get(page(benefit, "state/")).status_code == 405
    assert (Benefit.objects.count(), Measurement.objects.count()) == (1, 0)


def test_the_states_of_a_limit_are_chosen_in_the_words_in_which_they_are_told(sign_in, ours):
    limit = {"is_disbenefit": True, "baseline_value": 34, "target_value": 36}
    form = sign_in("lead").get(page(make_benefit(ours, **limit))).context["state_form"]

    assert ("not-realised", "beyond its limit") in form.fields["state"].choices
    assert "beyond its limit" in str(form.fields["reason"].help_text)

    form = sign_in("lead").get(page(make_benefit(ours, title="Sooner"))).context["state_form"]
    assert ("not-realised", "not realised") in form.fields["state"].choices


def test_numbers_are_shown_in_a_form_without_needless_zeros(sign_in, ours):
    benefit = make_benefit(ours, baseline_value="41.5000", target_value="20.0000")
    form = sign_in("lead").get(page(benefit, "edit/")).context["form"]

    assert (form["baseline_value"].value(), form["target_value"].value()) == ("41.5", "20")

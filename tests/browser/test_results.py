"""Results in a browser: drawn, on a phone, with the keyboard, and without scripts."""

from datetime import timedelta

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from surveys.models import Wave
from tests.browser.conftest import scrolls_sideways
from tests.factories.results import counted, every_answer

pytestmark = pytest.mark.e2e


@pytest.fixture
def opened(cast, open_page):
    """Return a function that opens a page of the results of two waves."""
    made = counted(cast)

    def opened(part="", who="lead", **options):
        return open_page(who, f"/surveys/{made['wave']}/results/{part}", **options)

    return opened


def test_a_scale_is_drawn_with_its_numbers_and_a_legend_in_words(opened):
    page = opened("questions/useful/")

    page.wait_for_selector(".chart .barlayer .point")
    expect(page.locator(".chart .barlayer .point")).to_have_count(5)
    expect(page.locator(".legend li")).to_have_text([
        "Strongly disagree", "Disagree", "Neither", "Agree", "Strongly agree",
    ])  # fmt: skip
    assert any(text.isdigit() for text in page.locator(".chart .bartext").all_text_contents())


def test_on_a_phone_names_stand_above_thin_bars_and_nothing_scrolls_sideways(opened):
    page = opened("pages/1/", width=390)

    page.wait_for_selector(".chart .annotation-text")
    names = page.locator(".chart .annotation-text").all_text_contents()
    assert any("useful for my" in name for name in names)
    assert not scrolls_sideways(page)


def test_from_the_findings_to_a_question_and_on_with_the_keyboard(opened):
    page = opened()

    page.get_by_role("link", name="The assistant is useful for my work.").focus()
    page.keyboard.press("Enter")
    page.wait_for_url("**/questions/useful/")
    page.locator("summary", has_text="Show as table").first.focus()
    page.keyboard.press("Enter")

    expect(page.locator(".tools details table").first).to_be_visible()


def test_without_scripts_everything_is_there_as_a_table(opened, axe):
    page = opened("questions/useful/", java_script_enabled=False)

    expect(page.locator(".chart").first).to_contain_text("The table below says the same.")
    page.locator("summary", has_text="Show as table").first.click()
    expect(page.locator(".tools details table").first).to_be_visible()
    expect(page.get_by_role("heading", name="By department")).to_be_visible()


def test_answers_of_every_type_are_drawn(cast, open_page, axe):
    made = every_answer(cast)
    page = open_page("lead", f"/surveys/{made['wave']}/results/pages/1/")

    page.wait_for_selector(".chart .barlayer .point")
    expect(page.locator(".chart .barlayer")).to_have_count(4)
    axe(page)


@pytest.mark.parametrize("width", [1280, 390])
def test_figures_over_the_waves_are_small_charts_beside_or_under_each_other(
    opened, axe, shot, width
):
    Wave.objects.filter(number=1).update(closed_at=timezone.now() - timedelta(days=60))
    page = opened("questions/statements/", width=width)

    page.wait_for_selector(".multiples .chart .scatterlayer .point")
    panels = page.locator(".multiples > div")
    expect(panels).to_have_count(2)
    boxes = [panels.nth(n).bounding_box() for n in range(2)]
    assert boxes[0]
    assert boxes[1]
    assert (boxes[0]["y"] == boxes[1]["y"]) == (width > 390)
    expect(page.locator(".multiples .chart .scatterlayer .point")).to_have_count(4)
    assert not scrolls_sideways(page)
    axe(page)
    shot(page, f"small-multiples-{width}")


@pytest.mark.parametrize("width", [1280, 390])
def test_a_ranking_is_drawn_with_all_its_places(cast, open_page, axe, shot, width):
    made = every_answer(cast)
    page = open_page("lead", f"/surveys/{made['wave']}/results/questions/order/", width=width)

    page.wait_for_selector(".chart .barlayer .point")
    expect(page.locator(".chart .barlayer .point")).to_have_count(16)
    expect(page.locator(".legend li")).to_have_text([
        "Place 1", "Place 2", "Place 3", "Place 4 or none",
    ])  # fmt: skip
    assert not scrolls_sideways(page)
    axe(page)
    shot(page, f"ranking-{width}")

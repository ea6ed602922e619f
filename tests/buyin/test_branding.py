"""The agency's colour: on every page, and refused where it could not be read."""

import pytest
from django.core.checks import run_checks
from django.test import override_settings

from buyin.branding import contrast_with_white, parse

# All checks are run, and those of Django ask what the database can.
pytestmark = pytest.mark.django_db


def colour_problems(colour):
    """Return the ids of what the checks say about this colour."""
    with override_settings(AGENCY_BRAND_COLOUR=colour):
        return [problem for problem in run_checks() if str(problem.id).startswith("buyin.E00")]


def test_the_agencys_colour_reaches_every_page(client):
    with override_settings(AGENCY_BRAND_COLOUR="#7A1F5C"):
        page = client.get("/").text
        styles = client.get("/brand.css?7A1F5C")

    assert "/brand.css?7A1F5C" in page
    assert "--brand: #7a1f5c;" in styles.text
    assert styles["Content-Type"] == "text/css"


def test_styles_and_icon_may_be_kept_by_anybody(client, django_assert_num_queries):
    with django_assert_num_queries(0):
        answers = [client.get("/brand.css"), client.get("/icon.svg")]

    for answer in answers:
        assert set(answer["Cache-Control"].split(", ")) == {"public", "max-age=86400"}


@pytest.mark.parametrize("colour", ["#1f5f74", "#7a1f5c", "#005ea2", "#000000"])
def test_a_dark_colour_is_taken(colour):
    assert colour_problems(colour) == []


@pytest.mark.parametrize("colour", ["#ffcc00", "#777777", "#7ab8ff"])
def test_a_colour_too_light_for_white_text_is_refused(colour):
    [problem] = colour_problems(colour)

    assert problem.id == "buyin.E002"
    assert colour in problem.msg
    assert "4.5" in problem.msg


@pytest.mark.parametrize("colour", ["red", "#12345", "1f5f74", "#1f5f7g", "#1f5f74; }"])
def test_what_is_no_colour_is_refused(colour):
    [problem] = colour_problems(colour)

    assert problem.id == "buyin.E001"
    assert "#1f5f74" in problem.hint


def test_contrast_is_that_of_the_standard():
    assert contrast_with_white(parse("#000000")) == pytest.approx(21)
    assert contrast_with_white(parse("#ffffff")) == pytest.approx(1)
    assert contrast_with_white(parse("#767676")) == pytest.approx(4.54, abs=0.005)

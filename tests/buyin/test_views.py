"""The front page and the health addresses, as a stranger asks for them."""

import pytest


@pytest.mark.django_db
def test_a_stranger_sees_the_front_page(client):
    answer = client.get("/")

    assert answer.status_code == 200
    assert "City of Fairhaven" in answer.text


@pytest.mark.django_db
def test_the_privacy_page_says_years_where_it_can(client, settings):
    settings.EVENT_KEEP_DAYS, settings.HISTORY_KEEP_DAYS, settings.MAIL_KEEP_DAYS = 365, 1826, 90

    text = " ".join(client.get("/about/privacy/").text.split())

    assert "mails after 90 days, notes of sign-ins and changed rights after 1 year, and" in text
    assert "who changed what after 5 years." in text


@pytest.mark.django_db
def test_a_time_that_is_no_whole_year_is_said_in_days(client, settings):
    settings.HISTORY_KEEP_DAYS = 400

    assert "after 400 days." in client.get("/about/privacy/").text

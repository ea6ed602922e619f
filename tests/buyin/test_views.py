"""The front page and the health addresses, as a stranger asks for them."""

import pytest


@pytest.mark.django_db
def test_a_stranger_sees_the_front_page(client):
    answer = client.get("/")

    assert answer.status_code == 200
    assert "City of Fairhaven" in answer.text

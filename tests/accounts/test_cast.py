"""The cast and the nets of the suite do what other tests rely on."""

import socket

import pytest
from django.template import Context, Origin, Template

from tests.cast import PERSONAS
from tests.conftest import UndefinedVariableError


@pytest.mark.parametrize("persona", PERSONAS)
def test_every_persona_comes_in_as_themselves(sign_in, cast, persona):
    answer = sign_in(persona).get("/health/live")

    expected = None if persona in {"anonymous", "deactivated"} else cast.people[persona].pk
    assert answer.status_code == 200
    assert answer.wsgi_request.user.pk == expected


def test_a_coordinator_holds_the_role_for_what_is_under_the_department(cast):
    held = cast.coordinator.department_ids_held("coordinator")

    assert set(held) == {cast.works.pk, cast.roads.pk, cast.parks.pk}


def test_an_undefined_variable_in_a_template_of_ours_fails(settings):
    origin = Origin(str(settings.BASE_DIR / "templates" / "page.html"))
    page = Template("{{ nobody_gave_this }}", origin=origin)

    with pytest.raises(UndefinedVariableError, match="nobody_gave_this"):
        page.render(Context())


def test_a_test_cannot_reach_another_host():
    with socket.socket() as wire, pytest.raises(AssertionError):
        wire.connect(("192.0.2.1", 80))

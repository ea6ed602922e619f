"""What a person sees when the portal itself fails amid their answers, or when its clock is wrong."""

import datetime as dt
import uuid

import pytest
from django.utils import timezone

from surveys import actions
from surveys.answers import Edit
from surveys.models import AnonymousDraft, Participation, Wave
from tests.factories.surveys import make_filling, make_wave
from tests.surveys.public_pages import form_on

pytestmark = pytest.mark.django_db
WRITTEN = "kept <all> of it"


def test_a_failure_of_ours_offers_everything_again_and_the_second_press_stores(
    sign_in, cast, monkeypatch
):
    page = f"/surveys/{make_wave(cast.roads).pk}/pages/2/"
    client = sign_in("staff", enforce_csrf_checks=True, raise_request_exception=False)
    form = form_on(client.get(page)) | {"q_more": WRITTEN, "go": "save"}
    with monkeypatch.context() as broken:
        broken.setattr("surveys.actions.save_page", lambda **_given: 1 / 0)
        failed = client.post(page, form)
    assert not AnonymousDraft.objects.exists()

    again = client.post(page, form_on(failed))

    assert failed.status_code == 500
    assert f'action="{page}"' in failed.text
    assert "kept &lt;all&gt; of it</blockquote>" in failed.text
    assert again.headers["Location"] == "/surveys/"
    assert "kept &lt;all&gt; of it</textarea>" in client.get(page).text


@pytest.mark.parametrize("hours", [-48, 48])
def test_a_web_server_with_a_wrong_clock_neither_refuses_nor_takes_what_it_should_not(
    cast, time_machine, hours
):
    running, over = make_wave(cast.roads), make_wave(cast.roads)
    now = timezone.now()
    Wave.objects.filter(pk=running.pk).update(closes_at=now + dt.timedelta(hours=1))
    Wave.objects.filter(pk=over.pk).update(closes_at=now - dt.timedelta(hours=1))
    edit = Edit(shown={}, typed={"useful": "4", "told": "2"})
    time_machine.move_to(now + dt.timedelta(hours=hours))

    stored = actions.submit(
        filling=make_filling(running, cast.staff, secret="a"), edit=edit, receipt=uuid.uuid4()
    )
    with pytest.raises(actions.ClosedError):
        actions.submit(
            filling=make_filling(over, cast.staff, secret="b"), edit=edit, receipt=uuid.uuid4()
        )

    assert stored.outcome is actions.Outcome.STORED
    assert [one.wave_id for one in Participation.objects.all()] == [running.pk]

"""Several authors at the same moment: one wave, each row once."""

import datetime as dt
from collections import Counter
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from django.db import connection
from django.utils import timezone

from surveys.actions.importing import import_new
from surveys.actions.publishing import publish
from surveys.actions.refusals import RefusedError
from surveys.formats.new_surveys import NewSurvey
from surveys.formats.responses import AnswerRow
from surveys.models import Response, Survey, SurveyVersion, Wave, WavePlan
from tests.cast import make_cast
from tests.factories.initiatives import InitiativeFactory
from tests.factories.surveys import DEFINITION

pytestmark = [
    pytest.mark.services,
    pytest.mark.django_db(transaction=True),
    pytest.mark.skipif(connection.vendor != "postgresql", reason="races need PostgreSQL"),
]
AT_ONCE = 8


def at_once(act: Callable[[], Any]) -> Counter[str]:
    """Do the same thing in several connections and count how each ended."""

    def ended(_n: int) -> str:
        try:
            act()
        except RefusedError:
            return "refused"
        else:
            return "done"
        finally:
            connection.close()

    with ThreadPoolExecutor(AT_ONCE) as pool:
        return Counter(pool.map(ended, range(AT_ONCE)))


def test_of_many_who_publish_one_makes_the_wave_and_the_others_are_told():
    cast = make_cast()
    survey = Survey.objects.create(
        title="Ready?", purpose="-", initiative=InitiativeFactory(), owner=cast.people["lead"]
    )
    SurveyVersion.objects.create(survey=survey, number=1, definition=DEFINITION)
    WavePlan.objects.create(survey=survey, closes_on=timezone.localdate() + dt.timedelta(days=9))

    ended = at_once(lambda: publish(survey=survey))

    assert ended == {"done": 1, "refused": AT_ONCE - 1}
    assert Wave.objects.count() == 1
    assert SurveyVersion.objects.count() == 1


def test_the_same_file_imported_many_times_at_once_makes_each_answer_once():
    cast = make_cast()
    InitiativeFactory(name="Permit assistant")
    new = NewSurvey("Paper", "-", "Permit assistant", DEFINITION, {"roads": 40})
    rows = [AnswerRow(n, "roads", {"useful": 3}, f"{n:064}") for n in range(50)]

    def act() -> None:
        import_new(owner=cast.people["lead"], survey=new, rows=rows)

    ended = at_once(act)

    assert ended == {"done": AT_ONCE}
    assert Wave.objects.count() == 1
    assert Response.objects.count() == 50

"""Several authors at the same moment: one wave, each row once."""

import datetime as dt

from django.utils import timezone

from surveys.actions.importing import import_new
from surveys.actions.publishing import publish
from surveys.formats.new_surveys import NewSurvey
from surveys.formats.responses import AnswerRow
from surveys.models import Response, Survey, SurveyVersion, Wave, WavePlan
from tests.cast import make_cast
from tests.factories.initiatives import InitiativeFactory
from tests.factories.surveys import DEFINITION
from tests.races import AT_ONCE, ON_POSTGRESQL, endings

pytestmark = ON_POSTGRESQL


def test_of_many_who_publish_one_makes_the_wave_and_the_others_are_told():
    cast = make_cast()
    survey = Survey.objects.create(
        title="Ready?", purpose="-", initiative=InitiativeFactory(), owner=cast.people["lead"]
    )
    SurveyVersion.objects.create(survey=survey, number=1, definition=DEFINITION)
    WavePlan.objects.create(survey=survey, closes_on=timezone.localdate() + dt.timedelta(days=9))

    ended = endings(lambda _n: publish(survey=survey, by=survey.owner))

    assert ended == {"done": 1, "refused": AT_ONCE - 1}
    assert Wave.objects.count() == 1
    assert SurveyVersion.objects.count() == 1


def test_the_same_file_imported_many_times_at_once_makes_each_answer_once():
    cast = make_cast()
    InitiativeFactory(name="Permit assistant")
    new = NewSurvey("Paper", "-", "Permit assistant", DEFINITION, {"roads": 40})
    rows = [AnswerRow(n, "roads", {"useful": 3}, f"{n:064}") for n in range(50)]

    def act(_number: int) -> None:
        import_new(owner=cast.people["lead"], survey=new, rows=rows)

    ended = endings(act)

    assert ended == {"done": AT_ONCE}
    assert Wave.objects.count() == 1
    assert Response.objects.count() == 50

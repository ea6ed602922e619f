"""Several editors who save one need or theme at the same moment: one is first, the others are told."""

from surveys.actions.needs import change_need, change_remedy, merge_needs
from surveys.actions.themes import merge_themes, save_theme
from surveys.models import Need, Remedy, Theme
from tests.cast import make_cast
from tests.factories.accounts import PersonFactory
from tests.factories.initiatives import InitiativeFactory
from tests.factories.needs import make_need, make_remedy
from tests.factories.sessions import make_series, make_theme
from tests.races import AT_ONCE, ON_POSTGRESQL, endings

pytestmark = ON_POSTGRESQL


TOLD = {"told": AT_ONCE - 1, "done": 1}


def test_of_many_who_save_a_need_one_is_first_and_the_others_are_told():
    cast = make_cast()
    need = make_need(InitiativeFactory(), cast.roads)

    def save(number: int) -> None:
        mine = Need.objects.get(pk=need.pk)
        mine.statement = f"Words {number}"
        change_need(
            need=mine, departments=[cast.departments["parks"]], revision=1, by=cast.people["lead"]
        )

    ended = endings(save)

    need.refresh_from_db()
    assert ended == TOLD
    assert (need.revision, need.edited_by) == (2, cast.lead)
    assert list(need.departments.all()) == [cast.departments["parks"]]


def test_of_many_who_save_a_remedy_or_a_theme_one_is_first():
    cast = make_cast()
    remedy = make_remedy(make_need(InitiativeFactory()))
    theme = make_theme(make_series(cast.lead))

    def promise(number: int) -> None:
        mine = Remedy.objects.get(pk=remedy.pk)
        mine.text = f"Words {number}"
        change_remedy(remedy=mine, revision=1, by=cast.people["lead"])

    def name(number: int) -> None:
        mine = Theme.objects.get(pk=theme.pk)
        mine.name = f"Theme {number}"
        save_theme(theme=mine, revision=1, by=cast.people["lead"])

    assert endings(promise) == TOLD
    assert endings(name) == TOLD
    assert Theme.objects.get().revision == Remedy.objects.get().revision == 2


def test_one_form_that_is_sent_many_times_saves_once():
    cast = make_cast()
    need = make_need(InitiativeFactory())

    def save(_number: int) -> None:
        mine = Need.objects.get(pk=need.pk)
        mine.statement = "Words"
        change_need(need=mine, departments=[], revision=1, by=cast.people["lead"])

    assert endings(save) == {"done": AT_ONCE}
    assert Need.objects.get().revision == 2


def test_a_theme_is_edited_while_it_is_put_together_and_is_not_there_twice():
    cast = make_cast()
    survey = make_series(cast.lead)
    theme, stays = make_theme(survey), make_theme(survey, "Forms")

    def act(number: int) -> None:
        if number % 2:
            merge_themes(theme=theme, into=stays)
        else:
            mine = Theme(pk=theme.pk, survey=survey, name=f"Theme {number}")
            save_theme(theme=mine, revision=1, by=cast.people["lead"])

    endings(act)

    assert [one.name for one in Theme.objects.all()] == ["Forms"]


def test_two_themes_that_are_put_into_each_other_end_as_one():
    survey = make_series(make_cast().lead)
    one, other = make_theme(survey), make_theme(survey, "Forms")

    def merge(number: int) -> None:
        first, second = (one, other) if number % 2 else (other, one)
        merge_themes(theme=first, into=second)

    endings(merge)

    assert Theme.objects.count() == 1


def test_words_and_a_merge_at_once_leave_no_words_on_a_need_that_is_gone():
    make_cast()
    about = InitiativeFactory()
    need, stays = make_need(about), make_need(about, statement="Reasons")

    def act(number: int) -> None:
        if number % 2:
            merge_needs(need=need, into=stays, by=PersonFactory())
        else:
            mine = Need.objects.get(pk=need.pk)
            mine.statement = f"Words {number}"
            change_need(need=mine, departments=[], revision=1, by=PersonFactory())

    endings(act)

    need.refresh_from_db()
    assert need.merged_into == stays
    assert need.revision <= 2

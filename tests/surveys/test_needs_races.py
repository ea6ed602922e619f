"""Several people at one need at the same moment: written once, put together once, nothing lost."""

from collections.abc import Callable
from typing import Any
from uuid import UUID, uuid4

import pytest

from buyin.accounts.models import User
from surveys.actions.needs import (
    add_evidence,
    add_remedy,
    change_need,
    finish_remedy,
    make_need,
    merge_needs,
)
from surveys.actions.refusals import RefusedError
from surveys.actions.themes import merge_themes
from surveys.models import Evidence, Need, Remedy
from tests.cast import make_cast
from tests.factories.accounts import PersonFactory
from tests.factories.initiatives import InitiativeFactory
from tests.factories.needs import make_evidence, make_remedy
from tests.factories.needs import make_need as written
from tests.factories.sessions import make_series, make_theme
from tests.races import AT_ONCE, ON_POSTGRESQL, endings

pytestmark = ON_POSTGRESQL


def make_lead() -> Any:
    return User.objects.get(email="lead@fairhaven.example")


def initiative() -> Any:
    make_cast()
    return InitiativeFactory(name="Permit assistant")


def test_one_form_that_is_sent_many_times_writes_one_need_with_its_evidence():
    about, form = initiative(), uuid4()

    def write(_number: int, form: UUID = form) -> None:
        need = Need(statement="Reasons", initiative=about, frequency=3, severity=3)
        make_need(need=need, departments=[], made_by_form=form, evidence=Evidence(text="Town hall"))

    assert endings(write) == {"done": AT_ONCE}
    assert Need.objects.count() == Evidence.objects.count() == 1


def test_the_same_remedy_and_evidence_of_many_presses_are_there_once():
    need = written(initiative())

    endings(lambda _n: add_remedy(remedy=Remedy(need=need, kind="course", text="Practice")))
    endings(lambda _n: add_evidence(evidence=Evidence(need=need, text="Town hall", people=3)))

    assert (need.remedies.count(), need.evidence.count()) == (1, 1)


def test_one_source_that_is_added_by_many_presses_is_there_once():
    about = initiative()
    need = written(about)
    theme = make_theme(make_series(make_lead(), initiative=about))

    ended = endings(
        lambda _n: add_evidence(evidence=Evidence(need=need, kind="theme", theme=theme))
    )

    assert ended == {"done": AT_ONCE}
    assert need.evidence.get().theme == theme


def test_themes_and_needs_that_are_put_together_at_once_lose_no_evidence():
    about = initiative()
    one, other = written(about), written(about, statement="Reasons")
    series = make_series(make_lead(), initiative=about)
    old, kept = make_theme(series), make_theme(series, "Forms")
    for need in (one, other):
        add_evidence(evidence=Evidence(need=need, kind="theme", theme=old))

    def act(number: int) -> None:
        if number % 2:
            merge_themes(theme=old, into=kept)
        else:
            merge_needs(need=other, into=one, by=PersonFactory())

    endings(act)

    assert [piece.theme for piece in one.evidence.all()] == [kept]
    assert not other.evidence.exists()


def test_many_remedies_that_are_done_at_once_answer_the_need():
    need = written(initiative())
    remedies = [make_remedy(need, text=f"Course {number}") for number in range(AT_ONCE)]

    endings(lambda number: finish_remedy(remedy=remedies[number]))

    need.refresh_from_db()
    assert need.status == "answered"
    assert not need.remedies.filter(done_on__isnull=True).exists()


def test_two_needs_that_are_put_into_each_other_end_as_one():
    about = initiative()
    one, other = written(about), written(about, statement="Reasons")
    make_evidence(one)
    make_evidence(other, text="Survey")

    def merge(number: int) -> None:
        first, second = (one, other) if number % 2 else (other, one)
        merge_needs(need=first, into=second, by=PersonFactory())

    ended = endings(merge)

    (kept,) = Need.objects.standing()
    assert "refused" in ended
    assert kept.evidence.count() == 2


def test_what_comes_after_two_needs_were_put_together_is_refused_not_lost_from_sight():
    about = initiative()
    one, other = written(about), written(about, statement="Reasons")
    merge_needs(need=one, into=other, by=PersonFactory())

    late: list[Callable[[], Any]] = [
        lambda: add_remedy(remedy=Remedy(need=one, kind="course", text="Practice")),
        lambda: add_evidence(evidence=Evidence(need=one, text="Town hall")),
        lambda: change_need(need=one, departments=[], revision=1, by=PersonFactory()),
    ]
    for act in late:
        with pytest.raises(RefusedError, match="put together with another one"):
            act()

    assert not Remedy.objects.exists()
    assert merge_needs(need=one, into=other, by=PersonFactory()) == other

"""What is looked at for a page and what is looked up instead of read change nothing."""

from hypothesis import given, settings
from hypothesis import strategies as st

from surveys import definitions, logic
from surveys.answers import read
from surveys.logic import label_of, place_of, plan_of, state_of
from surveys.logic.values import value_of
from tests.factories.logic import VISITS
from tests.factories.questions import EVERY_TYPE
from tests.surveys.made_definitions import definitions as made_definitions

ODD = ["", "dk", "1", "01", " 1", "5", "99", "yes", "no such", "a b", "\x00"]


def texts_for(plan, draw):
    """Some of the answers to a survey: right ones, wrong ones, of the wrong shape, and none."""
    typed = {}
    for code, step in plan.steps.items():
        question = step.item.question
        fit = [*step.meanings, *(choice.code for choice in question.choices)]
        one = st.sampled_from([*ODD, *fit])
        value = draw(st.none() | one | (one if step.item.is_other else st.lists(one, max_size=3)))
        if value is not None:
            typed[code] = value
    return typed


@settings(max_examples=60)
@given(raw=made_definitions() | st.just(VISITS) | st.just(EVERY_TYPE), data=st.data())
def test_the_answers_that_decide_show_the_same_as_all_answers_do(raw, data):
    plan = plan_of(definitions.read(raw))
    typed = texts_for(plan, data.draw)

    some, every = state_of(plan, typed, plan.deciding), state_of(plan, typed)

    for about in plan.gates:
        assert some.is_open(about) == every.is_open(about), about
    for condition in plan.required.values():
        assert some.holds(condition) == every.holds(condition)
    for number, page in enumerate(plan.definition.pages, 1):
        assert some.asks(page) == every.asks(page)
        assert place_of(some, number) == place_of(every, number)
        for code in plan.on(number).pipes:
            assert label_of(code, some) == label_of(code, every)


@settings(max_examples=60)
@given(raw=made_definitions() | st.just(EVERY_TYPE), data=st.data())
def test_what_is_looked_up_is_what_would_be_read(raw, data):
    plan = plan_of(definitions.read(raw))
    typed = texts_for(plan, data.draw)
    items = [step.free for step in plan.steps.values() if step.value is None]
    answers = read(sorted(items, key=lambda item: item.is_other), typed).answers

    state = state_of(plan, typed)

    for code in state.asked - {c for c, step in plan.steps.items() if step.value is not None}:
        if not plan.steps[code].choices:
            assert state.values[code] == value_of(answers.get(code)), code
    found = logic.read(plan.definition, typed).answers
    for code in found.keys() & answers.keys():
        if not plan.steps[code].choices:
            assert found[code] == answers[code], code


def test_only_the_answers_that_something_hangs_on_decide():
    plan = plan_of(definitions.read(VISITS))

    assert {step.item.code for step in plan.deciding} < set(plan.steps)

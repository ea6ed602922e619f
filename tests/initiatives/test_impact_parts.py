"""The parts of the impact assessment: what fits as an answer, how it counts, what a level says."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from buyin.initiatives.assessment import LEVELS, Choice, Question, counted, questionnaire, written
from buyin.initiatives.assessment.levels import DIRECTIVE
from buyin.initiatives.assessment.questionnaires import LONGEST_LINE, LONGEST_TEXT
from buyin.initiatives.assessment.scoring import final, is_lowered, level_of

FOUND = questionnaire()
YES, NO, MORE = (
    Choice("item1-3", {"en": "Yes"}),
    Choice("item2-0", {"en": "No"}),
    Choice("item3-2", {"en": "More"}),
)


def question(kind, *choices, counts_as="raw"):
    return Question("q", kind, {"en": "Why?"}, counts_as, choices=choices)


@pytest.mark.parametrize(
    ("key", "points"),
    [
        ("item1-3", 3), ("item1-0", 0), ("item12-10", 10), ("item1", 0), ("item-a", 0),
        ("item1-", 0), ("a-b-4", 4), ("056", 0), ("item1-1.5", 0), ("item1-²", 0),
    ],
)  # fmt: skip
def test_points_stand_behind_the_last_hyphen_of_a_key(key, points):
    assert Choice(key, {}).points == points


@pytest.mark.parametrize(("kind", "maximum"), [("radiogroup", 3), ("dropdown", 3), ("checkbox", 5)])
def test_one_choice_brings_its_points_and_several_bring_all(kind, maximum):
    assert question(kind, YES, NO, MORE).maximum == maximum
    assert question(kind, YES, NO, MORE, counts_as="mitigation").maximum == maximum


@pytest.mark.parametrize("kind", ["radiogroup", "dropdown", "checkbox"])
def test_a_question_that_does_not_count_brings_nothing(kind):
    asked = question(kind, YES, MORE, counts_as="none")
    answer = ["item1-3"] if kind == "checkbox" else "item1-3"

    assert (asked.maximum, asked.points(answer)) == (0, 0)


@pytest.mark.parametrize("kind", ["text", "comment"])
def test_a_text_brings_nothing_whatever_it_ends_with(kind):
    asked = question(kind)

    assert (asked.maximum, asked.points("as in item1-9")) == (0, 0)


@pytest.mark.parametrize(
    ("kind", "answer", "fits"),
    [
        ("radiogroup", "item1-3", True),
        ("radiogroup", "item1", False),
        ("radiogroup", ["item1-3"], False),
        ("radiogroup", "", False),
        ("radiogroup", None, False),
        ("radiogroup", 3, False),
        ("dropdown", "item2-0", True),
        ("dropdown", "item9-0", False),
        ("checkbox", ["item1-3"], True),
        ("checkbox", ["item3-2", "item1-3"], True),
        ("checkbox", ["item1-3", "item1-3"], False),
        ("checkbox", ["item1-3", "item9-9"], False),
        ("checkbox", ["item1-3", 3], False),
        ("checkbox", ["item1-3", ["item2-0"]], False),
        ("checkbox", [], False),
        ("checkbox", "item1-3", False),
        ("checkbox", {"item1-3": 1}, False),
    ],
)
def test_only_known_choices_fit_and_each_only_once(kind, answer, fits):
    assert question(kind, YES, NO, MORE).fits(answer) is fits


@pytest.mark.parametrize(("kind", "most"), [("text", LONGEST_LINE), ("comment", LONGEST_TEXT)])
def test_a_text_fits_up_to_its_most_characters(kind, most):
    asked = question(kind)

    assert asked.fits("x" * most)
    assert not asked.fits("x" * (most + 1))
    assert not asked.fits("")
    assert not asked.fits(["x"])


@given(st.integers(0, 167), st.integers(0, 77))
def test_mitigation_never_raises_a_score_nor_its_level(raw, mitigation):
    total = final(raw, mitigation, 77)

    assert total <= raw
    assert level_of(total, 167) <= level_of(raw, 167)
    assert (total == raw) or is_lowered(mitigation, 77)


@given(st.integers(0, 166))
def test_a_higher_score_never_has_a_lower_level(total):
    assert level_of(total, 167) <= level_of(total + 1, 167)


@pytest.mark.parametrize("mitigation", range(78))
def test_the_score_is_lowered_from_four_fifths_on(mitigation):
    assert is_lowered(mitigation, 77) is (mitigation >= 61.6)


def test_each_level_says_what_it_means_and_what_it_needs():
    assert list(LEVELS) == [1, 2, 3, 4]
    assert [level.numeral for level in LEVELS.values()] == ["I", "II", "III", "IV"]
    for number, level in LEVELS.items():
        assert level.number == number
        assert level.name
        assert str(level.meaning).endswith(".")
        assert len(level.asked) >= 3
        assert all(str(one).endswith(".") for one in level.asked)
    assert DIRECTIVE.startswith("https://www.tbs-sct.canada.ca/")


@pytest.mark.parametrize(("number", "is_human"), [(1, False), (2, False), (3, True), (4, True)])
def test_from_level_three_on_a_person_decides(number, is_human):
    said = " ".join(map(str, LEVELS[number].asked))

    assert ("A person makes the final decision" in said) is is_human
    assert ("without a person taking part" in said) is not is_human


def test_a_version_that_there_is_not_is_no_questionnaire():
    with pytest.raises(FileNotFoundError):
        questionnaire("0.0")


def test_names_are_used_once_and_keys_once_in_each_question():
    names = [q.name for section in FOUND.sections for q in section.questions]

    assert len(set(names)) == len(names)
    for asked in FOUND.questions.values():
        keys = [choice.key for choice in asked.choices]
        assert len(set(keys)) == len(keys), asked.name


def test_every_question_is_of_a_known_kind_and_has_choices_where_it_needs_them():
    for asked in FOUND.questions.values():
        assert asked.kind in {"text", "comment", "radiogroup", "dropdown", "checkbox"}, asked.name
        assert bool(asked.choices) is (asked.kind not in {"text", "comment"}), asked.name


def test_only_the_phase_is_required():
    assert [q.name for q in FOUND.questions.values() if q.is_required] == ["projectDetailsPhase"]


def test_every_section_has_an_address_of_its_own():
    names = [section.name for section in FOUND.sections]

    assert len(set(names)) == len(names) == 17
    assert all(name.isalnum() for name in names)
    taken = {"begin", "import", "finish", "give-up"}
    assert not taken & set(names)


@given(st.text(alphabet=st.characters(exclude_categories=["Cs"]), min_size=1, max_size=50))
def test_any_text_can_be_written_and_counts_as_it_is(text):
    answers = {"projectDetailsTitle": text}

    assert counted(FOUND, answers) == answers
    assert written(answers, "1.0.1").endswith("}\n")

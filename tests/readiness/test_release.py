"""The release rule against someone who can subtract, and the rules for shares and distributions."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from buyin.readiness import release

from .attacker import smallest_leak
from .worlds import thoroughly

SMALLEST = 5
many = thoroughly(1500)


@st.composite
def trees(draw):
    """Draw an agency of up to 16 groups, up to 4 levels deep, with one or several tops."""
    parents = {0: None}
    for group in range(1, draw(st.integers(1, 16))):
        above = draw(st.integers(-1 if group == 1 else 0, group - 1))
        parents[group] = None if above < 0 else above
    answers = {group: draw(st.integers(0, 9)) for group in parents}
    return parents, answers


def by_threshold(parents, answers, *, smallest: int) -> set[int]:
    """Show every group that is large enough: the rule that many portals have."""
    totals = release.totals_of(parents, answers)
    return {group for group, total in totals.items() if total >= smallest}


def by_threshold_and_next(parents, answers, *, smallest: int) -> set[int]:
    """Hide one more sibling where exactly one is too small: the rule that the others have."""
    totals = release.totals_of(parents, answers)
    large = by_threshold(parents, answers, smallest=smallest)
    for parent in {None, *parents.values()}:
        parts = [group for group in parents if parents[group] == parent]
        hidden = [group for group in parts if 0 < totals[group] < smallest]
        kept = [group for group in parts if group in large]
        if len(hidden) == 1 and kept:
            large.discard(min(kept, key=totals.__getitem__))
    return {g for g in large if all(above in large for above in release.path_up(g, parents))}


@many
@given(trees())
def test_nobody_can_work_out_a_group_that_is_too_small(tree):
    parents, answers = tree

    shown = release.shown(parents, answers, smallest=SMALLEST)

    totals = release.totals_of(parents, answers)
    assert all(totals[group] >= SMALLEST for group in shown)
    assert smallest_leak(parents, answers, shown, smallest=SMALLEST) is None


@many
@given(trees())
def test_nothing_is_shown_under_a_hidden_group(tree):
    parents, answers = tree

    shown = release.shown(parents, answers, smallest=SMALLEST)

    assert all(above in shown for group in shown for above in release.path_up(group, parents))


@many
@given(trees())
def test_a_group_with_enough_answers_and_nothing_hidden_beside_it_is_shown(tree):
    parents, answers = tree
    totals = release.totals_of(parents, answers)

    shown = release.shown(parents, answers, smallest=SMALLEST)

    for parent in shown:
        parts = [group for group in parents if parents[group] == parent]
        if not answers[parent] and all(totals[part] >= SMALLEST for part in parts):
            assert shown.issuperset(parts)


@pytest.mark.parametrize("rule", [by_threshold, by_threshold_and_next])
def test_the_rules_that_look_enough_are_broken_by_one_person_directly_in_the_parent(rule):
    parents, answers = {0: None, 1: 0}, {0: 1, 1: 5}

    published = rule(parents, answers, smallest=SMALLEST)

    assert smallest_leak(parents, answers, published, smallest=SMALLEST) == {0}


def test_a_team_beside_one_small_team_is_hidden_too():
    parents = {0: None, 1: 0, 2: 0, 3: 0}

    shown = release.shown(parents, {0: 0, 1: 4, 2: 11, 3: 30}, smallest=10)

    assert shown == {0, 3}


def test_people_directly_in_a_department_count_as_one_more_team_of_it():
    parents = {0: None, 1: 0, 2: 0}

    shown = release.shown(parents, {0: 3, 1: 12, 2: 40}, smallest=10)

    assert shown == {0, 2}


def test_several_departments_at_the_top_are_parts_of_an_agency_that_is_shown():
    shown = release.shown({1: None, 2: None, 3: None}, {1: 9, 2: 15, 3: 40}, smallest=10)

    assert shown == {3}


def test_an_agency_with_too_few_answers_shows_nothing():
    assert release.shown({0: None, 1: 0}, {0: 0, 1: 9}, smallest=10) == set()


def test_an_empty_tree_shows_nothing():
    assert release.shown({}, {}, smallest=10) == set()


def test_departments_that_stand_in_a_ring_are_not_shown():
    assert release.shown({1: 2, 2: 1}, {1: 50, 2: 50}, smallest=10) == set()


@pytest.mark.parametrize(
    ("count", "total", "code"),
    [
        (0, 12, "under 20"),
        (12, 12, "over 80"),
        (0, 10, "under 30"),
        (10, 10, "over 70"),
        (1, 400, "under 10"),
        (399, 400, "over 90"),
        (1, 12, "under 20"),
        (2, 10, "under 30"),
        (8, 10, "over 70"),
        (2, 12, "under 20"),
        (3, 12, "25"),
        (9, 12, "75"),
        (6, 12, "50"),
    ],
)
def test_a_share_never_says_all_or_nobody(count, total, code):
    assert release.share(count, total).as_code == code


def test_a_share_whose_parts_need_cover_is_rounded_to_tens():
    spans = [release.span(count, 100) for count in (1, 6, 37, 55, 94, 99)]

    shares = [release.rough(one).as_code for one in spans]

    assert shares == ["under 10", "about 10", "about 40", "about 60", "about 90", "over 90"]


@pytest.mark.parametrize(
    ("counts", "cut"),
    [
        ([3, 4, 5, 6, 7], [("1", 3), ("2", 4), ("3", 5), ("4", 6), ("5", 7)]),
        ([0, 4, 5, 6, 7], [("unfavourable", 4), ("neutral", 5), ("favourable", 13)]),
        ([0, 1, 5, 6, 7], [("other", 6), ("favourable", 13)]),
        ([0, 0, 1, 6, 7], []),
        ([2, 2, 9, 9], [("unfavourable", 4), ("favourable", 18)]),
    ],
)
def test_a_distribution_is_cut_until_no_category_is_small(counts, cut):
    assert release.distributions({0: None}, {0: counts}, {0}) == {0: cut}


points = st.lists(st.integers(0, 9), min_size=5, max_size=5)


@given(trees(), st.lists(points, min_size=16, max_size=16))
def test_no_small_category_follows_from_the_distributions_that_are_shown(tree, answers):
    parents, _counts = tree
    by_group = {group: answers[group] for group in parents}
    people = {group: sum(counts) for group, counts in by_group.items()}
    shown = release.shown(parents, people, smallest=SMALLEST)

    found = release.distributions(parents, by_group, shown)

    totals = {group: [0] * 5 for group in parents}
    for group, counts in by_group.items():
        for above in release.path_up(group, parents):
            totals[above] = [a + b for a, b in zip(totals[above], counts, strict=True)]
    assert set(found) == shown
    for group, cut in found.items():
        parts = [part for part in shown if parents[part] == group]
        assert all(count >= 3 for _name, count in cut)
        assert all(len(found[part]) >= len(cut) for part in parts)
        rest = [total - sum(totals[p][i] for p in parts) for i, total in enumerate(totals[group])]
        place = [5, 3, 2, 0].index(len(cut))
        assert not any(rest) or all(count >= 3 for _name, count in release.cuts_of(rest)[place])


def test_a_department_is_cut_as_coarsely_as_its_most_delicate_team():
    parents = {0: None, 1: 0, 2: 0}
    answers = {0: [0] * 5, 1: [4, 4, 4, 4, 4], 2: [1, 4, 4, 4, 4]}

    found = release.distributions(parents, answers, {0, 1, 2})

    assert found[0] == [("unfavourable", 13), ("neutral", 8), ("favourable", 16)]
    assert len(found[1]) == 5
    assert len(found[2]) == 3

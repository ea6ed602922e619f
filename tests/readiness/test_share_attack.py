"""Favourable shares under attack: nobody can tell of a group that all of it, or nobody, agreed."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from buyin.features import Scores
from buyin.readiness.measuring import OVERALL, Rules, measure

from .worlds import certain_groups, is_certain, parts_of, thoroughly, trees_of

RULES = Rules(ready_from=60, smallest=10)
many = thoroughly(500)


@st.composite
def answers(draw):
    """Draw a tree, how many answered in each group, and how many of them are favourable."""
    parents = draw(trees_of(6))
    people = {group: draw(st.integers(0, 18)) for group in parents}
    agreeing = {group: draw(parts_of(n)) for group, n in people.items()}
    return parents, people, agreeing


def shares(parents, people, agreeing):
    """Return the share and the distribution of every group that is shown."""
    values = [
        score
        for group, n in people.items()
        for score in [100.0] * agreeing[group] + [0.0] * (n - agreeing[group])
    ]
    scores = Scores(
        source="wave",
        initiative=1,
        closed_on=None,
        dimensions=["skills"],
        department=np.repeat(np.array(list(people), dtype=np.int64), list(people.values())),
        values=np.array(values)[:, None].reshape(-1, 1),
        asked=people,
    )
    cells = measure(scores, parents, RULES).cells
    return {cell.department: cell.detail for cell in cells if cell.dimension != OVERALL}


@many
@given(answers())
def test_nobody_can_tell_of_any_group_that_all_or_none_of_it_are_favourable(tree):
    parents, people, agreeing = tree

    seen = certain_groups(agreeing, people, lambda other: shares(parents, people, other))

    assert seen == []


def test_a_hidden_rest_that_agrees_as_one_does_not_show_in_its_parent():
    parents, people, agreeing = {1: None, 2: 1}, {1: 12, 2: 10}, {1: 12, 2: 5}

    found = shares(parents, people, agreeing)

    # 17 of 22 would be "about 80 %"; with 5 of 10 known, that would say that all 12 others agree.
    assert found[2]["favourable"] == "50"
    assert found[1]["favourable"] == "about 70"
    assert not is_certain(1, agreeing, people, lambda other: shares(parents, people, other))

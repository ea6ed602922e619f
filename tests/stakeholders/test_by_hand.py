"""Lists that fetch only the part that is asked for, and give what any other list would."""

from itertools import product

import pytest

from buyin.stakeholders.queries.by_hand import InParts

ROWS = list("abcdefg")


class Letters(InParts):
    """Letters that remember which of them were fetched."""

    def __init__(self):
        self.fetched = []

    def between(self, start, stop):
        self.fetched.append((start, stop))
        return ROWS[start:stop]

    def __len__(self):
        return len(ROWS)


@pytest.mark.parametrize(
    ("start", "stop", "step"),
    list(product([None, 0, 2, -3, 9], [None, 0, 5, -1, 9], [None, 1, 2, -2])),
)
def test_a_part_is_what_a_list_would_give(start, stop, step):
    assert Letters()[start:stop:step] == ROWS[start:stop:step]


@pytest.mark.parametrize("place", [0, 6, -1, -7])
def test_one_is_what_a_list_would_give_and_fetched_alone(place):
    letters = Letters()

    assert letters[place] == ROWS[place]
    assert letters.fetched == [(place % 7, place % 7 + 1)]


@pytest.mark.parametrize("place", [7, -8])
def test_there_is_none_beyond_the_last(place):
    letters = Letters()

    with pytest.raises(IndexError):
        letters[place]
    assert letters.fetched == []


def test_all_are_gone_through_and_a_part_fetches_no_more_than_itself():
    letters = Letters()

    assert list(letters) == ROWS
    assert letters[2:4] == ["c", "d"]
    assert letters.fetched == [(0, 7), (2, 4)]

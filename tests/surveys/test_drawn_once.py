"""What is drawn once: kept by its key, forgotten when there is too much, never mixed up."""

from functools import partial

from django.utils.safestring import SafeString

from surveys.rendering.shared import MOST_KEPT, drawn_once


def pen():
    """Return a function that draws, and the list of what it drew."""
    drawn = []

    def draw(text):
        drawn.append(text)
        return SafeString(text)

    return draw, drawn


def test_what_has_a_key_is_drawn_once_and_each_key_has_its_own():
    draw, drawn = pen()

    found = [drawn_once(("once", k), partial(draw, k)) for k in ("a", "b", "a", "b")]

    assert found == ["a", "b", "a", "b"]
    assert drawn == ["a", "b"]


def test_what_was_not_read_for_longest_is_forgotten():
    draw, drawn = pen()
    for number in range(MOST_KEPT):
        drawn_once(("many", number), partial(draw, str(number)))
    drawn_once(("many", 0), lambda: draw("0"))
    drawn_once(("many", "new"), lambda: draw("new"))

    drawn_once(("many", 0), lambda: draw("again 0"))
    drawn_once(("many", 1), lambda: draw("again 1"))

    assert "again 0" not in drawn
    assert drawn[-1] == "again 1"

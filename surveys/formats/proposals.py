"""A first guess at what the columns of a file mean, for a person to correct."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field

from buyin.spreadsheets import Table

from .labels import plain, split_choices
from .targets import NUMBER, ONE, POINTS, SEVERAL

DEPARTMENT = "department"
LEAVE_OUT = "leave_out"

MOST_CHOICES = 15
MOST_POINTS = 11
OFTEN = 0.03  # so many of the answers name two labels or more: it is a choice of several
# Scales from the lowest point to the highest, as many questionnaires word them.
SCALES = [
    ["strongly disagree", "disagree", "neither agree nor disagree", "agree", "strongly agree"],
    ["strongly disagree", "disagree", "neutral", "agree", "strongly agree"],
    ["disagree", "somewhat disagree", "neither agree nor disagree", "somewhat agree", "agree"],
    ["never", "rarely", "sometimes", "often", "always"],
    ["never", "rarely", "sometimes", "often", "all the time"],
    ["not concerned", "somewhat concerned", "very concerned"],
    ["not worried", "somewhat worried", "very worried"],
    ["not at all", "somewhat", "absolutely"],
    ["not at all", "a little", "somewhat", "a lot"],
    ["not comfortable", "somewhat comfortable", "comfortable", "very comfortable"],
    ["not safe", "somewhat safe", "safe", "very safe"],
    ["very dissatisfied", "dissatisfied", "neutral", "satisfied", "very satisfied"],
    ["not important", "somewhat important", "important", "very important"],
    ["very unlikely", "unlikely", "neutral", "likely", "very likely"],
    ["very poor", "poor", "fair", "good", "very good"],
    ["no", "occasionally", "yes"],
    ["no", "partly", "yes"],
]
PERSONAL = {
    "name", "email", "e-mail", "mail", "phone", "address", "age", "gender", "sex", "birth",
    "height", "weight", "country", "id", "timestamp", "time", "ip",
}  # fmt: skip
SEVERAL_WORDS = ("all that apply", "select all", "choose all", "several answers")
NOT_ASKED = ("not applicable", "n/a", "does not apply")


@dataclass(frozen=True)
class Guess:
    """What a column seems to be, the labels in their order, and how often each value occurs."""

    header: str
    occurrence: int
    kind: str
    labels: list[str] = field(default_factory=list)
    values: list[tuple[str, int]] = field(default_factory=list)


def propose(table: Table, departments: Mapping[str, str]) -> list[Guess]:
    """Return a guess for each column; `departments` gives the code for each plain name and code."""
    seen: Counter[str] = Counter()
    guesses: list[Guess] = []
    for place, header in enumerate(table.headers):
        seen[plain(header)] += 1
        cells = [cells[place] for _n, cells in table.rows if place < len(cells) and cells[place]]
        values = Counter(cells).most_common()
        kind, labels = _kind_of(header, values, departments)
        if kind == DEPARTMENT and any(guess.kind == DEPARTMENT for guess in guesses):
            kind = LEAVE_OUT
        guesses.append(Guess(header, seen[plain(header)], kind, labels, values))
    return guesses


def _kind_of(
    header: str, values: list[tuple[str, int]], departments: Mapping[str, str]
) -> tuple[str, list[str]]:
    """Return the kind of a column and its labels."""
    texts = [text for text, _count in values if not plain(text).startswith(NOT_ASKED)]
    if not texts:
        return LEAVE_OUT, []
    known = [text for text in texts if plain(text) in departments]
    if 2 * len(known) > len(texts):
        return DEPARTMENT, [f"{text} = {departments.get(plain(text), '')}" for text in texts]
    if set(plain(header).replace("'", " ").replace("?", " ").split()) & PERSONAL:
        return LEAVE_OUT, []
    points = _points(texts)
    if points:
        return POINTS, points
    labels = single_labels(values)
    if _is_several(header, values, labels):
        return SEVERAL, labels
    return _other_kind(values, texts)


def _other_kind(values: list[tuple[str, int]], texts: list[str]) -> tuple[str, list[str]]:
    """Return the kind of a column that is neither a scale nor several choices."""
    answers = sum(count for _text, count in values)
    if all(_is_number(text) for text in texts) and not all(map(_may_be_code, texts)):
        return NUMBER, []
    if 1 < len(texts) <= MOST_CHOICES and 2 * len(texts) <= answers:
        return ONE, [text for text, _count in values]
    if all(_is_number(text) for text in texts):
        return NUMBER, []
    return LEAVE_OUT, []  # free text can hold names; a person decides


def _points(texts: list[str]) -> list[str]:
    """Return the points of the scale on which these texts lie, lowest first, or nothing."""
    if all(text.isdecimal() and 1 <= int(text) <= MOST_POINTS for text in texts):
        highest = max(int(text) for text in texts)
        return [str(n) for n in range(1, highest + 1)] if highest > 1 else []
    as_written = {plain(text): text for text in texts}
    for scale in SCALES:
        if set(as_written) <= set(scale):
            return [as_written.get(point, point.capitalize()) for point in scale]
    return []


def single_labels(values: list[tuple[str, int]]) -> list[str]:
    """Return the labels of which these values are made, though labels may hold commas.

    Shorter values first: a value that earlier labels explain is a combination, a value that they
    explain in part is a label with something written in, and only what is left is a label itself,
    if it was chosen more than once.
    """
    known: dict[str, str] = {}
    for text, count in sorted(values, key=lambda pair: (len(pair[0]), pair[0])):
        found, left_over = split_choices(text, known)
        if not found and left_over and count > 1:
            known[plain(text)] = text
    return list(known.values())


def _is_several(header: str, values: list[tuple[str, int]], labels: list[str]) -> bool:
    """Return whether people could choose several: the header says so, or enough of them did."""
    if any(words in plain(header) for words in SEVERAL_WORDS):
        return bool(labels)
    known = {plain(label): label for label in labels}
    combined = sum(n for text, n in values if len(split_choices(text, known)[0]) > 1)
    return combined > OFTEN * sum(count for _text, count in values)


def _may_be_code(text: str) -> bool:
    """Return whether a number can stand for a choice, as 0 and 1 often do for no and yes."""
    return text.isdecimal() and int(text) <= MOST_POINTS


def _is_number(text: str) -> bool:
    try:
        return abs(float(text.replace(",", "."))) < float("inf")
    except ValueError:
        return False

"""Each question of a LimeSurvey file by the letter of its type."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _lazy

from surveys.formats.codes import code_from
from surveys.formats.conditions import Conditions
from surveys.formats.reports import Place, Report

from .document import Document, Part, children

Question = dict[str, Any]
CHOOSING_SEVERAL = ("M", "P")
LABEL = 500
PROSE = 4000
LIMITS = {"ranking": (2, 20), "scale": (2, 11), "choices": (2, 100)}
LEFT_OUT = {
    "|": _lazy("Files cannot be given here."),
    "I": _lazy("The language is chosen on every page here; it is no question."),
    "*": _lazy("Equations are written in a language of their own. Write the value anew."),
    "1": _lazy("A table with two scales cannot be asked here."),
    ":": _lazy("A table of numbers cannot be asked here."),
    ";": _lazy("A table of texts cannot be asked here."),
}
UNKNOWN = _lazy("The type “%s” is not known.")
YES_NO: list[tuple[str, str | Promise]] = [("y", _lazy("Yes")), ("n", _lazy("No"))]
GENDER: list[tuple[str, str | Promise]] = [("f", _lazy("Female")), ("m", _lazy("Male"))]
UNCERTAIN: list[str | Promise] = [_lazy("Yes"), _lazy("Uncertain"), _lazy("No")]
CHANGE: list[str | Promise] = [_lazy("Increase"), _lazy("Same"), _lazy("Decrease")]
# The scales that LimeSurvey has ready-made, by the type of question.
SCALES: dict[str, tuple[str, list[str | Promise]]] = {
    "5": ("points5", [str(n) for n in range(1, 6)]),
    "A": ("points5", [str(n) for n in range(1, 6)]),
    "B": ("points10", [str(n) for n in range(1, 11)]),
    "C": ("uncertain", UNCERTAIN),
    "E": ("change", CHANGE),
}


@dataclass
class Survey:
    """The state of reading one file."""

    document: Document
    report: Report
    conditions: Conditions
    codes: Mapping[str, str]
    choices: Mapping[str, Mapping[str, str]]
    several: Mapping[str, set[str]]
    scales: dict[str, list[dict[str, str]]] = field(default_factory=dict)
    translations: dict[str, dict[str, str]] = field(default_factory=dict)
    pages: list[str] = field(default_factory=list)
    taken: int = 0

    @cached_property
    def own_codes(self) -> frozenset[str]:
        """Return the codes of all questions."""
        return frozenset(self.codes.values())

    def place_of(self, code: str, _field: str) -> Place:
        """Return where the question with this code stands in the file."""
        for part in self.document.questions:
            if self.codes[part.get("qid")] == code:
                return Place("questions", part.number, part.get("title"))
        return Place("questions")

    def texts(self, part: Part, name: str) -> dict[str, str]:
        """Return a text of a part in every language of the survey."""
        languages = (self.document.language, *self.document.others)
        return {language: part.text(name, language) for language in languages}

    def text(self, key: str, texts: Mapping[str, str], most: int, place: Place) -> str:
        """Return a text in the first language and keep the others under this key."""
        first = texts.get(self.document.language, "")
        for language in self.document.others:
            if first and texts.get(language):
                self.translations.setdefault(language, {})[key] = texts[language][:most]
        if len(first) > most:
            why = _("The text is cut after %d characters.") % most
            self.report.change(place, first, why)
        return first[:most]

    def label(self, part: Part, key: str, place: Place, *, most: int = LABEL) -> str:
        """Return what a part asks or says; its code where it says nothing."""
        name = "answer" if "code" in part.fields else "question"
        return self.text(key, self.texts(part, name), most, place) or part.get("title") or key


def question_of(survey: Survey, part: Part) -> list[Question]:
    """Return the questions that one question of the file becomes: none, one, or one for each row."""
    letter = part.get("type")
    place = Place("questions", part.number, part.get("title"))
    maker = MAKERS.get(letter)
    if maker is None:
        survey.report.lose(place, letter, str(LEFT_OUT.get(letter, UNKNOWN % letter)))
        return []
    code = survey.codes[part.get("qid")]
    made = maker(survey, part, code, place)
    if made is None:
        return []
    if "many" in made:
        return list(made["many"])
    most = PROSE if made["type"] == "note" else LABEL
    text = survey.label(part, f"{code}.text", place, most=most)
    question = {"code": code, "text": text, **made}
    if found := survey.text(f"{code}.help", survey.texts(part, "help"), LABEL, place):
        question["help"] = found
    if part.get("mandatory") in {"Y", "S"} and made["type"] != "note":
        question["required"] = True
    return [question]


def _typed(name: str) -> "Maker":
    return lambda _survey, _part, _code, _place: {"type": name}


def _choosing(survey: Survey, part: Part, code: str, place: Place) -> Question | None:
    ticked = part.get("type") in CHOOSING_SEVERAL
    source, key = (
        (survey.document.subquestions, "parent_qid") if ticked else (survey.document.answers, "qid")
    )
    codes = survey.choices[part.get("title")]
    choices: list[dict[str, Any]] = []
    for one in children(source, part, key):
        own = codes[one.get("title") or one.get("code")]
        choices.append({"code": own, "text": survey.label(one, f"{code}.choices.{own}", place)})
    if part.get("other") == "Y" and part.get("type") != "R":
        own = code_from("other", {choice["code"] for choice in choices})
        choices.append({"code": own, "text": _("Other"), "other": True})
    if part.get("type") in {"P", "O"}:
        survey.report.change(place, part.get("type"), _("The comments are not asked for."))
    kind = {"R": "ranking"}.get(part.get("type"), "multiple" if ticked else "single")
    if not _fits(survey, place, len(choices), "ranking" if kind == "ranking" else "choices"):
        return None
    return {"type": kind, "choices": choices}


def _fits(survey: Survey, place: Place, number: int, what: str) -> bool:
    low, high = LIMITS[what]
    if low <= number <= high:
        return True
    why = _("Here %(there)d choices stand; there may be %(low)d to %(high)d.")
    survey.report.lose(place, "", why % {"there": number, "low": low, "high": high})
    return False


def _fixed(choices: list[tuple[str, str | Promise]]) -> "Maker":
    return lambda _survey, _part, _code, _place: {
        "type": "single",
        "choices": [{"code": code, "text": str(text)} for code, text in choices],
    }


def _scale(survey: Survey, part: Part, code: str, place: Place) -> str:
    """Return the name of the scale of this question; make it where it is new."""
    if ready := SCALES.get(part.get("type")):
        name, texts = ready
        points = [{"code": str(n), "text": str(text)} for n, text in enumerate(texts, 1)]
        survey.scales.setdefault(name, points)
        return name
    answers = list(children(survey.document.answers, part, "qid"))
    if not _fits(survey, place, len(answers), "scale"):
        return ""
    name = code_from(f"{code}_scale", survey.scales)
    survey.scales[name] = [
        {"code": str(n), "text": survey.label(one, f"scales.{name}.{n}", place)}
        for n, one in enumerate(answers, 1)
    ]
    return name


def _likert(survey: Survey, part: Part, code: str, place: Place) -> Question:
    return {"type": "likert", "scale": _scale(survey, part, code, place)}


def _matrix(survey: Survey, part: Part, code: str, place: Place) -> Question | None:
    lines = list(children(survey.document.subquestions, part))
    if not lines:
        survey.report.lose(place, "", _("The table has no rows."))
        return None
    scale = _scale(survey, part, code, place)
    if not scale:
        return None
    rows = []
    for one in lines:
        own = _line_code(survey, code, one)
        rows.append({"code": own, "text": survey.label(one, f"{code}.rows.{own}", place)})
    return {"type": "matrix", "scale": scale, "rows": rows}


def _line_code(survey: Survey, code: str, line: Part) -> str:
    return code_from(f"{code}_{line.get('title')}", survey.own_codes)


def _many(name: str) -> "Maker":
    """Return a maker for questions that are several of one kind."""

    def make(survey: Survey, part: Part, code: str, place: Place) -> Question:
        head = survey.label(part, f"{code}.text", place)
        many: list[Question] = [{"code": code, "type": "note", "text": head}]
        for one in children(survey.document.subquestions, part):
            own = _line_code(survey, code, one)
            text = survey.label(one, f"{own}.text", place)
            required = {"required": True} if part.get("mandatory") in {"Y", "S"} else {}
            many.append({"code": own, "type": name, "text": text, **required})
        return {"many": many}

    return make


Maker = Callable[[Survey, Part, str, Place], Question | None]
MAKERS: dict[str, Maker] = {
    **dict.fromkeys(("L", "!", "O", "M", "P", "R"), _choosing),
    **dict.fromkeys(("A", "B", "C", "E", "F", "H"), _matrix),
    "5": _likert,
    "S": _typed("short_text"),
    "T": _typed("long_text"),
    "U": _typed("long_text"),
    "N": _typed("number"),
    "D": _typed("date"),
    "X": _typed("note"),
    "Y": _fixed(YES_NO),
    "G": _fixed(GENDER),
    "Q": _many("short_text"),
    "K": _many("number"),
}

"""Definitions of every kind, as hypothesis makes them: all that a survey may say, written once."""

from typing import Any, get_args

from hypothesis import strategies as st

from buyin.lines import seen
from surveys.definitions.parts import QuestionType
from surveys.models import Kind, Survey

CODES = st.from_regex(r"[a-z][a-z0-9_]{0,12}", fullmatch=True)
LANGUAGES = ("fr", "de", "pt-br")
# Also line breaks, quotes, markup, signs of formulas and of other scripts.
SIGNS = st.characters(
    categories=("L", "N", "P", "S", "Zs"),
    include_characters="\n\t\r=+-@,;\"'<&_",
    exclude_characters="{",
)


def texts(most: int) -> st.SearchStrategy[str]:
    """Texts that are not blank, sometimes such that look like something else."""
    odd = st.sampled_from(["=1+1", "_x000D_", " a ", "a\r\nb", "<b>&amp;</b>", "1.0", "TRUE", "no"])
    return odd | st.text(SIGNS, min_size=1, max_size=min(most, 30)).filter(
        lambda text: text.strip()
    )


def conditions(codes: list[str]) -> st.SearchStrategy[str]:
    """Conditions that look at one of these answers."""
    forms = ["${%s} = 'a'", 'selected(${%s}, "b")', "not(${%s} > 3) and 1 = 1", "${ %s }!=''"]
    return st.builds(lambda form, code: form % code, st.sampled_from(forms), st.sampled_from(codes))


def some(**parts: st.SearchStrategy[Any]) -> st.SearchStrategy[dict[str, Any]]:
    """Any of these parts."""
    return st.fixed_dictionaries({}, optional=parts)


YES = st.just(value=True)
NUMBERS = st.integers(-1000, 1000) | st.floats(-100, 100).filter(lambda n: "e" not in repr(n))


def _choices(codes: list[str], kind: str) -> st.SearchStrategy[list[dict[str, Any]]]:
    names = st.lists(
        st.from_regex(r"[a-z0-9][a-z0-9_]{0,5}", fullmatch=True).filter(lambda code: code != "dk"),
        min_size=2,
        max_size=5,
        unique=True,
    )
    marks: dict[str, Any] = {"show_if": conditions(codes)}
    if kind == "multiple":
        marks["exclusive"] = YES
    one = st.tuples(texts(500), some(**marks))

    def build(names: list[str], parts: list, other: bool) -> list[dict[str, Any]]:
        made = [{"code": n, "text": t, **m} for n, (t, m) in zip(names, parts, strict=True)]
        if other and kind != "ranking":
            made[-1]["other"] = True
        return made

    return names.flatmap(
        lambda found: st.builds(
            build,
            st.just(found),
            st.lists(one, min_size=len(found), max_size=len(found)),
            st.booleans(),
        )
    )


@st.composite
def _question(draw, code: str, row: str, codes: list[str], scales: list[str]) -> dict[str, Any]:
    kind = draw(st.sampled_from(get_args(QuestionType) if scales else ["single", "number", "note"]))
    shown = some(show_if=conditions(codes))
    if kind == "note":
        return {"code": code, "type": kind, "text": draw(texts(4000)), **draw(shown)}
    if kind == "computed":
        value = draw(conditions(codes))
        return {"code": code, "type": kind, "value": value, **draw(some(text=texts(500)))}
    question: dict[str, Any] = {"code": code, "type": kind, "text": draw(texts(500))}
    question |= draw(shown)
    question |= draw(some(help=texts(500), dont_know=YES, source=texts(4000)))
    if kind != "matrix":
        question |= draw(st.one_of(some(required=YES), some(required_if=conditions(codes))))
        if draw(st.booleans()):
            question |= {"constraint": ". != ''", **draw(some(constraint_message=texts(500)))}
    question |= draw(_parts(kind, row, codes, scales))
    return question


def _parts(kind: str, row: str, codes: list[str], scales: list[str]) -> st.SearchStrategy[dict]:
    measured = some(reversed=YES, dimension=st.sampled_from(["skills", "openness"]))
    scale = st.fixed_dictionaries({"scale": st.sampled_from(scales or [""])})
    if kind == "likert":
        return st.builds(lambda a, b: a | b, scale, measured)
    if kind == "matrix":
        line = st.builds(
            lambda text, parts, more: {"code": row, "text": text, **parts, **more},
            texts(500),
            measured,
            some(required=YES, show_if=conditions(codes)),
        )
        lines = st.fixed_dictionaries({"rows": st.lists(line, min_size=1, max_size=1)})
        return st.builds(lambda a, b, c: a | b | c, scale, lines, some(required=YES))
    if kind in {"single", "multiple", "ranking"}:
        return st.fixed_dictionaries({"choices": _choices(codes, kind)})
    if kind == "number":
        limits = st.lists(NUMBERS, min_size=2, max_size=2).map(sorted)
        return st.builds(lambda n, u: {"min": n[0], "max": n[1], **u}, limits, some(unit=texts(30)))
    return {
        "date": some(min=st.just("2020-01-01"), max=st.just("today")),
        "rating": some(low=texts(60), high=texts(60)),
    }.get(kind, some(max_length=st.integers(1, 10_000)))


@st.composite
def _sections(draw, page: str, questions: list[dict]) -> tuple[dict[str, Any], list[dict]]:
    """Up to two sections over some of these questions; none depends on an answer inside it."""
    cuts = sorted(draw(st.lists(st.integers(0, len(questions)), min_size=3, max_size=3)))
    sections = []
    for stem, start, end in (("s", *cuts[:2]), ("t", *cuts[1:])):
        if start == end or not draw(st.booleans()):
            continue
        shown = (
            {"show_if": conditions(["a_known"])} if questions[start]["code"] != "a_known" else {}
        )
        head = {"code": f"{stem}_{page}", "title": draw(texts(500))}
        sections.append(head | draw(some(intro=texts(4000), **shown)))
        inside = [{**question, "section": head["code"]} for question in questions[start:end]]
        questions = [*questions[:start], *inside, *questions[end:]]
    return ({"sections": sections} if sections else {}), questions


@st.composite
def definitions(draw) -> dict[str, Any]:
    """Whole definitions, without anything that is left empty."""
    from surveys.definitions import texts_of  # noqa: PLC0415

    codes = draw(st.lists(CODES, min_size=2, max_size=10, unique=True))
    asked = [f"a_{code}" for code in codes]
    names = draw(st.lists(CODES, max_size=2, unique=True))
    scales = {
        name: [
            {"code": str(n + 1), "text": draw(texts(500))} for n in range(draw(st.integers(2, 4)))
        ]
        for name in names
    }
    # What conditions look at is always there, and is no note.
    known = {"code": "a_known", "type": "short_text", "text": "?"}
    questions = [known, *(draw(_question(c, f"r{c}", ["a_known"], names)) for c in asked)]
    cut = draw(st.integers(1, len(questions)))
    pages = []
    for number, part in enumerate(filter(None, (questions[:cut], questions[cut:]))):
        # A page cannot depend on an answer that is given on it.
        shown = {"show_if": conditions(["a_known"])} if number else {}
        head = draw(some(title=texts(500), intro=texts(4000), **shown))
        code = draw(CODES) + str(number)
        sections, placed = draw(_sections(code, part))
        pages.append({"code": code, **head, **sections, "questions": placed})
    definition = {"schema": 1, "language": "en", "pages": pages, **draw(some(intro=texts(4000)))}
    if scales:
        definition["scales"] = scales
    keys = sorted(texts_of(definition))
    chosen = draw(st.lists(st.sampled_from(keys), max_size=4, unique=True))
    if chosen:
        languages = draw(st.lists(st.sampled_from(LANGUAGES), min_size=1, max_size=2, unique=True))
        definition["translations"] = {
            language: {key: draw(texts(30)) for key in chosen} for language in languages
        }
    if draw(st.booleans()):  # a language in which nothing is said yet
        definition.setdefault("translations", {})["nl"] = {}
    return definition


def surveys(definition: dict[str, Any]) -> st.SearchStrategy[Survey]:
    """Surveys with these questions: what stands beside them, in the languages that they have."""
    titles = texts(200).map(seen).filter(bool)
    said = some(title=titles, purpose=texts(2000)).filter(bool)
    languages = dict.fromkeys(definition.get("translations", {}), said)
    return st.builds(
        Survey,
        title=titles,
        purpose=texts(2000),
        kind=st.sampled_from(Kind.values),
        translations=some(**languages) if languages else st.just({}),
    )

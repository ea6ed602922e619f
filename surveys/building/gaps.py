"""Questions that hang on an answer which may not be there, or not yet."""

from collections.abc import Iterator

from surveys.definitions import PIPE, names_looked_at

from .outline import Raw


def gaps_in(definition: Raw) -> Iterator[tuple[Raw, str]]:
    """Yield each question with the text of another whose answer it repeats where there may be none.

    It is not asked under the conditions of the other one, nor under one that looks at that answer.
    """
    asked = {one["code"]: (one["text"], gates) for one, gates in _with_gates(definition)}
    for question, own in _with_gates(definition):
        looked_at = {name for gate in own for name in names_looked_at(gate)}
        for code in dict.fromkeys(PIPE.findall(" ".join(_texts(question)))):
            text, gates = asked.get(code, ("", frozenset()))
            if gates - own and code not in looked_at:
                yield question, text


def late_in(definition: Raw) -> Iterator[tuple[Raw, str]]:
    """Yield each question with the text of another below it on its page that decides about it.

    Somebody would answer that one, and a question would appear above, where nobody looks any more.
    """
    for page in definition["pages"]:
        sections = {one["code"]: one for one in page.get("sections", [])}
        for position, question in enumerate(page["questions"]):
            above = sections.get(question.get("section", ""), {})
            gates = [one["show_if"] for one in (question, above) if one.get("show_if")]
            looked_at = {name for gate in gates for name in names_looked_at(gate)}
            for later in page["questions"][position + 1 :]:
                codes = {later["code"], *(row["code"] for row in later.get("rows", []))}
                if later.get("text") and looked_at & codes:
                    yield question, later["text"]
                    break


def _with_gates(definition: Raw) -> Iterator[tuple[Raw, frozenset[str]]]:
    """Yield every question and statement, with the conditions it stands under.

    A statement says of which question it is one.
    """
    for page in definition["pages"]:
        sections = {one["code"]: one for one in page.get("sections", [])}
        for question in page["questions"]:
            above = [page, sections.get(question.get("section", ""), {}), question]
            gates = frozenset(one["show_if"] for one in above if one.get("show_if"))
            yield {"text": "", **question}, gates
            for row in question.get("rows", []):
                own = {row["show_if"]} if row.get("show_if") else set()
                yield {"of": question["code"], **row}, gates | own


def _texts(question: Raw) -> Iterator[str]:
    yield from (question.get(name, "") for name in ("text", "help", "constraint_message"))
    yield from (choice["text"] for choice in question.get("choices", []))

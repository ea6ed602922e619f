"""The plan of a survey: its conditions made ready, and the order in which answers are looked at."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property, lru_cache

from surveys.definitions import (
    PIPE,
    Definition,
    Item,
    Page,
    Question,
    conditions_of,
    dependencies,
    names_looked_at,
    sorted_by_need,
)
from surveys.expressions import ExpressionError, Tree, parse


@dataclass(frozen=True, slots=True)
class Step:
    """One answer: which gates must be open for it, what it is computed from, which choices may go.

    A gate is what can be hidden by itself, such as `page:work` or `row:told`. `choices` are pairs of
    a choice's code and its gate.
    """

    item: Item
    page: int
    gates: tuple[str, ...]
    value: Tree | None = None
    choices: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, eq=False)
class Plan:
    """The conditions of a survey by what they are about; one that cannot be read hides nothing."""

    definition: Definition
    gates: dict[str, Tree]
    required: dict[str, Tree]
    constraints: dict[str, Tree]
    steps: dict[str, Step]
    needs: dict[str, list[str]]
    sources: dict[tuple[str, str], str]

    @cached_property
    def is_plain(self) -> bool:
        """Whether nothing in the survey depends on an answer."""
        return not self.sources and not any(self.pipes_on(page) for page in self.definition.pages)

    @cached_property
    def _on_pages(self) -> list[tuple[Step, ...]]:
        return [self._behind(self._seeds(page)) for page in self.definition.pages]

    def steps_for(self, number: int) -> tuple[Step, ...]:
        """Return what has to be looked at to show one page, in order."""
        return self._on_pages[number - 1]

    def pipes_on(self, page: Page) -> list[str]:
        """Return the codes of the answers that the texts of a page repeat."""
        found = [code for text in texts_on(page) for code in PIPE.findall(text)]
        return [code for code in dict.fromkeys(found) if code in self.steps]

    def abouts_on(self, page: Page) -> Iterator[str]:
        """Yield everything on a page that a condition may be about."""
        yield f"page:{page.code}"
        for question in page.questions:
            yield f"question:{question.code}"
            yield from (f"row:{row.code}" for row in question.rows)
            yield from (gate_of_choice(question, choice.code) for choice in question.choices)

    def may_change(self, about: str, number: int) -> bool:
        """Return whether an answer on a page decides if something on it is shown."""
        names = names_looked_at(self.sources.get((about, "show_if"), ""))
        return any(step.page == number for step in self._behind(names))

    def _seeds(self, page: Page) -> set[str]:
        abouts = set(self.abouts_on(page))
        sources = [source for (about, _name), source in self.sources.items() if about in abouts]
        looked_at = {name for source in sources for name in names_looked_at(source)}
        return {*looked_at, *self.pipes_on(page), *(item.code for item in page.items())}

    def _behind(self, seeds: Iterable[str]) -> tuple[Step, ...]:
        """Return the steps of these answers and of all on which they depend, in order."""
        wanted: set[str] = set()
        waiting = list(seeds)
        while waiting:
            code = waiting.pop()
            if code in self.steps and code not in wanted:
                wanted.add(code)
                waiting += self.needs[code]
        return tuple(step for code, step in self.steps.items() if code in wanted)


def gate_of_choice(question: Question, choice: str) -> str:
    """Return the name of the gate before one choice."""
    return f"choice:{question.code}:{choice}"


def texts_on(page: Page) -> Iterator[str]:
    """Yield every text of a page that may repeat an answer."""
    yield from (page.title, page.intro)
    for question in page.questions:
        yield from (question.text, question.help, question.constraint_message)
        yield from (row.text for row in question.rows)


@lru_cache(maxsize=128)
def plan_of(definition: Definition) -> Plan:
    """Return the plan of a survey, made at the first call for this definition."""
    sources = {(one.about, one.name): one.source for one in conditions_of(definition)}
    trees = {key: tree for key, source in sources.items() if (tree := _tree(source))}
    named = {
        name: {about: tree for (about, kind), tree in trees.items() if kind == name}
        for name in ("show_if", "required_if", "constraint", "value")
    }
    needs = dependencies(definition)
    steps = {}
    for number, page in enumerate(definition.pages, 1):
        for question in page.questions:
            for item in question.items():
                steps[item.code] = _step(item, page, number, named)
    order, _circles = sorted_by_need(needs)
    return Plan(
        definition=definition,
        gates=named["show_if"],
        required=named["required_if"],
        constraints=named["constraint"],
        steps={code: steps[code] for code in order},
        needs=needs,
        sources=sources,
    )


def _tree(source: str) -> Tree | None:
    try:
        return parse(source)
    except ExpressionError:
        return None


def _step(item: Item, page: Page, number: int, named: dict[str, dict[str, Tree]]) -> Step:
    question = item.question
    abouts = (f"page:{page.code}", f"question:{question.code}", f"row:{item.code}")
    shown = named["show_if"]
    choices = ((choice.code, gate_of_choice(question, choice.code)) for choice in question.choices)
    return Step(
        item,
        number,
        tuple(about for about in abouts if about in shown),
        named["value"].get(f"question:{question.code}"),
        () if item.is_other else tuple(pair for pair in choices if pair[1] in shown),
    )

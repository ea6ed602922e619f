"""The plan of a survey: its conditions made ready, and the order in which answers are looked at."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cached_property, lru_cache

from surveys.definitions import (
    OTHER,
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
from surveys.expressions import ExpressionError, Prepared, parse, prepare

from .values import Meaning, meanings_of


@dataclass(frozen=True, slots=True)
class Step:
    """One answer: which gates must be open for it, what it is computed from, which choices may go.

    A gate is what can be hidden by itself, such as `page:work` or `row:told`. `choices` are pairs of
    a choice's code and its gate. `free` is the item as one that nobody has to answer, and
    `meanings` has what texts stand for that need no reading.
    """

    item: Item
    page: int
    gates: tuple[str, ...]
    value: Prepared | None
    choices: tuple[tuple[str, str], ...]
    free: Item
    meanings: Mapping[str, Meaning]


@dataclass(frozen=True, slots=True)
class PagePlan:
    """What one page needs: the steps to look at, and its parts that depend on answers.

    `elsewhere` are steps of other pages, `abouts` all that a condition here may be about, `decided`
    the gates that no answer on the page itself can open or close, `pipes` the answers repeated here.
    """

    steps: tuple[Step, ...]
    elsewhere: tuple[Step, ...]
    abouts: tuple[str, ...]
    decided: tuple[str, ...]
    required: tuple[str, ...]
    pipes: tuple[str, ...]
    is_plain: bool


@dataclass(frozen=True, eq=False)
class Plan:
    """The conditions of a survey by what they are about; one that cannot be read hides nothing."""

    definition: Definition
    gates: dict[str, Prepared]
    required: dict[str, Prepared]
    constraints: dict[str, Prepared]
    steps: dict[str, Step]
    needs: dict[str, list[str]]
    sources: dict[tuple[str, str], str]

    @cached_property
    def is_plain(self) -> bool:
        """Whether nothing in the survey depends on an answer."""
        return not self.sources and not any(page.pipes for page in self._pages)

    @cached_property
    def deciding(self) -> tuple[Step, ...]:
        """Return the steps whose answers decide what anybody sees of the survey, in order."""
        decides = {"show_if", "required_if"}
        named = [source for (_about, name), source in self.sources.items() if name in decides]
        looked_at = {name for source in named for name in names_looked_at(source)}
        return self._behind(looked_at.union(*(_in_full(page.pipes) for page in self._pages)))

    def on(self, number: int) -> PagePlan:
        """Return what one page needs."""
        return self._pages[number - 1]

    def may_change(self, about: str, number: int) -> bool:
        """Return whether an answer on a page decides if something on it is shown."""
        names = names_looked_at(self.sources.get((about, "show_if"), ""))
        return any(step.page == number for step in self._behind(names))

    @cached_property
    def _pages(self) -> list[PagePlan]:
        return [self._page(n, page) for n, page in enumerate(self.definition.pages, 1)]

    def _page(self, number: int, page: Page) -> PagePlan:
        abouts = tuple(abouts_on(page))
        here = set(abouts)
        sources = [source for (about, _name), source in self.sources.items() if about in here]
        found = [code for text in texts_on(page) for code in PIPE.findall(text)]
        pipes = tuple(code for code in dict.fromkeys(found) if code in self.steps)
        looked_at = {name for source in sources for name in names_looked_at(source)}
        own = (item.code for item in page.items())
        steps = self._behind({*looked_at, *_in_full(pipes), *own})
        return PagePlan(
            steps=steps,
            elsewhere=tuple(step for step in steps if step.page != number),
            abouts=abouts,
            decided=tuple(
                about
                for about in abouts
                if about in self.gates and not self.may_change(about, number)
            ),
            required=tuple(about for about in abouts if about in self.required),
            pipes=pipes,
            is_plain=not sources and not pipes,
        )

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


def in_order(steps: Iterable[Step]) -> tuple[Item, ...]:
    """Return what is answered in these steps; words for “other” come after their question."""
    items = [step.free for step in steps if step.value is None]
    return tuple(sorted(items, key=lambda item: item.code.endswith(OTHER)))


def gate_of_choice(question: Question, choice: str) -> str:
    """Return the name of the gate before one choice."""
    return f"choice:{question.code}:{choice}"


def abouts_on(page: Page) -> Iterator[str]:
    """Yield everything on a page that a condition may be about."""
    yield f"page:{page.code}"
    yield from (f"section:{section.code}" for section in page.sections)
    for question in page.questions:
        yield f"question:{question.code}"
        yield from (f"row:{row.code}" for row in question.rows)
        yield from (gate_of_choice(question, choice.code) for choice in question.choices)


def texts_on(page: Page) -> Iterator[str]:
    """Yield every text of a page that may repeat an answer."""
    yield from (page.title, page.intro)
    for section in page.sections:
        yield from (section.title, section.intro)
    for question in page.questions:
        yield from (question.text, question.help, question.constraint_message)
        yield from (row.text for row in question.rows)
        yield from (choice.text for choice in question.choices)


@lru_cache(maxsize=128)
def plan_of(definition: Definition) -> Plan:
    """Return the plan of a survey, made at the first call for this definition."""
    sources = {(one.about, one.name): one.source for one in conditions_of(definition)}
    ready = {key: run for key, source in sources.items() if (run := _prepared(source))}
    named = {
        name: {about: run for (about, kind), run in ready.items() if kind == name}
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


def _prepared(source: str) -> Prepared | None:
    try:
        return prepare(parse(source))
    except ExpressionError:
        return None


def _step(item: Item, page: Page, number: int, named: dict[str, dict[str, Prepared]]) -> Step:
    question = item.question
    section = f"section:{question.section}"
    abouts = (f"page:{page.code}", section, f"question:{question.code}", f"row:{item.code}")
    shown = named["show_if"]
    choices = ((choice.code, gate_of_choice(question, choice.code)) for choice in question.choices)
    return Step(
        item,
        number,
        tuple(about for about in abouts if about in shown),
        named["value"].get(f"question:{question.code}"),
        () if item.is_other else tuple(pair for pair in choices if pair[1] in shown),
        replace(item, required=False),
        meanings_of(replace(item, required=False)),
    )


def _in_full(pipes: Iterable[str]) -> set[str]:
    """Return the answers that a text needs to repeat these: with the words for “other”."""
    return {said for code in pipes for said in (code, code + OTHER)}

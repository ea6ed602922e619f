"""Closed waves with answers, counted or not yet."""

from collections.abc import Iterable, Mapping
from typing import Any

from django.utils import timezone

from surveys.actions.freezing import freeze_results
from surveys.models import Response, Wave, WaveResult
from tests.cast import Cast
from tests.factories.questions import EVERY_TYPE
from tests.factories.surveys import DEFINITION, make_public_wave, make_wave
from tests.factories.trail import without_trail


def sheet(**answers: Any) -> dict[str, Any]:
    """Return one person's answers to the small survey, these and otherwise usual ones."""
    usual = {
        "useful": 4, "reasons": ["speed"], "helped": "yes", "told": 3, "heard": 2, "hours": 2,
        "wish": None, "more": None,
    }  # fmt: skip
    return {**usual, **answers}


def spread(n: int, **choices: Iterable[Any]) -> list[dict[str, Any]]:
    """Return answers of n people who go round through the given answers to each question."""
    given = {code: list(values) for code, values in choices.items()}
    return [
        sheet(**{code: values[one % len(values)] for code, values in given.items()})
        for one in range(n)
    ]


def varied(n: int) -> list[dict[str, Any]]:
    """Return answers of n people of which each answer is given often."""
    return spread(
        n,
        useful=[1, 2, 3, 4, 5],
        reasons=[["speed"], ["speed", "check"], ["other"]],
        helped=["yes", "no"],
        told=[2, 3, 4, "dk"],
        heard=[1, 3, 5],
        hours=[1, 2, 3, 4, 8, 8],
        wish=["Time", "A printer", None],
        more=["Thank you.", None],
    )


def every_sheet(n: int) -> list[dict[str, Any]]:
    """Return answers of n people to a survey with a question of every type."""
    tools = ["search", "draft", "check", "plan"]
    return [
        {
            "again": one % 11,
            "main": ["search", "draft", "else"][one % 3],
            **({"main__other": "A pencil"} if one % 3 == 2 else {}),  # asked of those only
            "uses": [tools[one % 4]] if one % 5 else ["none"],
            "order": tools[one % 4 :] + tools[: one % 4],
            "since": f"2026-0{1 + one % 3}-10",
            "hours": 5 + one % 20,
            "wish": f"Wish {one}",
            "pace": 1 + one % 3,
        }
        for one in range(n)
    ]


def close(wave: Wave) -> Wave:
    """Close a wave as it is."""
    Wave.objects.filter(pk=wave.pk).update(closed_at=timezone.now())
    wave.refresh_from_db(fields=["closed_at"])
    return wave


def answer(wave: Wave, department: Any, sheets: Iterable[Mapping[str, Any]]) -> None:
    """Store these answers of people of a department, or of nobody's."""
    Response.objects.bulk_create(
        Response(wave=wave, department=department, answers=one, week="2026-W47") for one in sheets
    )


@without_trail
def make_closed(
    by_department: Mapping[Any, Iterable[Mapping[str, Any]]],
    *,
    definition: dict[str, Any] = DEFINITION,
    **fields: Any,
) -> Wave:
    """Return a closed wave of a new survey with these answers, not counted yet."""
    wave = make_wave(
        *(one for one in by_department if one is not None), definition=definition, **fields
    )
    for department, sheets in by_department.items():
        answer(wave, department, sheets)
    wave.groups.update(asked=60)
    return close(wave)


@without_trail
def make_results(*args: Any, **fields: Any) -> WaveResult:
    """Return the counted results of a closed wave made by `make_closed`."""
    wave = make_closed(*args, **fields)
    freeze_results(wave=wave.pk)
    return WaveResult.objects.get(wave=wave)


@without_trail
def make_public_results(n: int = 30, address: str = "permits") -> WaveResult:
    """Return the counted results of a closed wave that so many visitors answered."""
    wave = make_public_wave(address=address)
    answer(wave, None, varied(n))
    freeze_results(wave=close(wave).pk)
    return WaveResult.objects.get(wave=wave)


@without_trail
def make_next(result: WaveResult, by_department: Mapping[Any, Any]) -> WaveResult:
    """Return the counted results of the survey's next wave."""
    wave = result.wave
    after = Wave.objects.create(
        survey=wave.survey,
        version=wave.version,
        number=wave.number + 1,
        opens_at=wave.opens_at,
        closes_at=wave.closes_at,
        grace=wave.grace,
    )
    for department, sheets in by_department.items():
        answer(after, department, sheets)
        after.groups.create(department=department, asked=60)
    close(after)
    freeze_results(wave=after.pk)
    return WaveResult.objects.get(wave=after)


def counted(cast: Cast) -> dict[str, object]:
    """Write two counted waves of one survey."""
    first = make_results({cast.roads: varied(60)})
    parks = [{**one, "useful": 2 + n % 4, "helped": "no"} for n, one in enumerate(varied(30))]
    return {"wave": make_next(first, {cast.roads: varied(40), cast.parks: parks}).wave_id}


def every_answer(cast: Cast) -> dict[str, object]:
    """Write a counted wave with a question of every type."""
    sheets = every_sheet(66)
    return {"wave": make_results({cast.roads: sheets}, definition=EVERY_TYPE).wave_id}


def few_answers(cast: Cast) -> dict[str, object]:
    """Write a counted wave that too few have answered."""
    return {"wave": make_results({cast.roads: varied(9)}).wave_id}


# Who, the address under /surveys/, and what stands there.
RESULT_PAGES = (
    ("lead", "results/", counted),
    ("executive", "{wave}/results/", counted),
    ("lead", "{wave}/results/", few_answers),
    ("lead", "{wave}/results/pages/1/", counted),
    ("lead", "{wave}/results/pages/2/", every_answer),
    ("lead", "{wave}/results/questions/statements/", counted),
    ("lead", "{wave}/results/questions/useful/", counted),
    ("lead", "{wave}/results/questions/main/", every_answer),
    ("lead", "{wave}/results/questions/order/", every_answer),
    ("lead", "{wave}/results/changes/", counted),
    ("lead", "{wave}/results/texts/wish/", counted),
    ("executive", "{wave}/results/print/", every_answer),
)

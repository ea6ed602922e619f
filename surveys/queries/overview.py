"""The list of surveys as their authors see it: where each stands and what comes next."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import Prefetch, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from surveys.models import Survey, Wave

from .field import Rate, WaveState, overall_rates, state_of
from .public import answers_so_far


@dataclass(frozen=True)
class WaveLine:
    """One wave of a survey with its state and its response rate, if that may be shown.

    A public wave has no rate, but roughly a number of answers.
    """

    wave: Wave
    state: WaveState
    rate: Rate | None
    so_far: str = ""

    @property
    def answered(self) -> str:
        """Return in words how many have answered, nothing where that may not be shown."""
        return self.rate.text if self.rate else self.so_far

    @property
    def results(self) -> int | None:
        """Return the key of the wave where it is closed and counted, to read what came out."""
        is_counted = self.state == WaveState.CLOSED and hasattr(self.wave, "result")
        return self.wave.pk if is_counted else None


@dataclass(frozen=True)
class SurveyLine:
    """One survey: its last wave, whether a wave is in preparation, and the next step."""

    survey: Survey
    last: WaveLine | None
    is_preparing: bool
    next_step: str

    @property
    def state(self) -> str:
        """Return the state in one word."""
        return str(self.last.state.label) if self.last else _("draft")


def with_waves(surveys: QuerySet[Survey]) -> QuerySet[Survey]:
    """Add what the lines need: initiative, plan and waves without their questions and figures."""
    waves = (
        Wave.objects.select_related("version", "result")
        .defer("version__definition", "result__questions", "result__tree")
        .order_by("-number")
    )
    return surveys.select_related("initiative", "plan").prefetch_related(
        Prefetch("waves", queryset=waves)
    )


def survey_lines(surveys: Sequence[Survey]) -> list[SurveyLine]:
    """Return one line for each of these surveys, fetched by `with_waves`."""
    last = {survey.pk: next(iter(survey.waves.all()), None) for survey in surveys}
    lines = {line.wave.survey_id: line for line in wave_lines([w for w in last.values() if w])}
    return [_survey_line(survey, lines.get(survey.pk)) for survey in surveys]


def wave_lines(waves: Sequence[Wave]) -> list[WaveLine]:
    """Return one line for each of these waves."""
    rates, so_far, now = overall_rates(waves), answers_so_far(waves), timezone.now()
    return [
        WaveLine(wave, state_of(wave, now), rates.get(wave.pk), so_far.get(wave.pk, ""))
        for wave in waves
    ]


def may_ask_again(waves: Sequence[WaveLine]) -> bool:
    """Return whether another wave may be prepared: the last one, if any, is closed and not a file."""
    last = waves[0] if waves else None
    return last is None or (last.state == WaveState.CLOSED and not last.wave.takes_imports)


def _survey_line(survey: Survey, last: WaveLine | None) -> SurveyLine:
    is_preparing = hasattr(survey, "plan")
    return SurveyLine(survey, last, is_preparing, _next_step(is_preparing=is_preparing, last=last))


def _next_step(*, is_preparing: bool, last: WaveLine | None) -> str:
    """Return what the author would do next."""
    if is_preparing:
        return _("Finish and publish")
    if last is None:
        return _("Open")
    steps = {
        WaveState.SCHEDULED: _("Look at who is asked"),
        WaveState.PAUSED: _("Let it go on"),
        WaveState.OPEN: _("Watch the response rate"),
        WaveState.ENDING: _("Watch the response rate"),
        WaveState.CLOSED: _("Read the results") if last.results else _("Look at who answered"),
    }
    return steps[last.state]

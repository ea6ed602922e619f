"""What the figures say, in plain words: titles and sentences that are right in every case."""

from .method import method_facts
from .sentences import (
    bands_sentence,
    change_sentence,
    chart_summary,
    sentence_of,
    standing_sentence,
)
from .sureness import Sureness, difference_sentence, probability_words, sureness_of
from .titles import barrier_words, chart_title, heat_title, standing_title, title_of
from .words import answered_of, band_words, grouped, listed, lowered, number

__all__ = [
    "Sureness",
    "answered_of",
    "band_words",
    "bands_sentence",
    "barrier_words",
    "change_sentence",
    "chart_summary",
    "chart_title",
    "difference_sentence",
    "grouped",
    "heat_title",
    "listed",
    "lowered",
    "method_facts",
    "number",
    "probability_words",
    "sentence_of",
    "standing_sentence",
    "standing_title",
    "sureness_of",
    "title_of",
]

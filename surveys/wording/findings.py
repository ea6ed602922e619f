"""What each question found, in one sentence that is right in every case."""

from collections.abc import Sequence
from typing import Any, Protocol

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from buyin.readiness import wording as readiness
from buyin.readiness.index import BY_CODE
from buyin.readiness.reliability import ENOUGH
from surveys.definitions import DONT_KNOW
from surveys.results.reading import FEWEST_TEXTS, Cell, ItemResult, QuestionResult, Table
from surveys.results.tally import CHOSEN, NOT_ASKED, SKIPPED

from .labels import cell_label, codes_label, number_words, share_words, stored_share, texts_of


class Counts(Protocol):
    """How many have answered a wave of how many asked, and from how many on a group is shown."""

    @property
    def answers(self) -> int | None:
        """Return how many have answered, None where too few have."""

    @property
    def asked(self) -> int:
        """Return how many were asked, 0 where nobody was by name."""

    @property
    def smallest_group(self) -> int:
        """Return how many answers a group needs to be shown."""


def finding_of(question: QuestionResult) -> str:
    """Return what came out of a question as the title of its chart."""
    shown = [row for row in question.rows if row.n is not None]
    if not question.rows:
        return _written(question.main)
    if not shown:
        return _("Nothing may be shown: too few people answered, or too few were not asked")
    if question.is_scale:
        return _of_scale(question, shown)
    if question.main.item.type == "multiple":
        return _most_chosen(question.main)
    return _mean(question.main) if question.main.mean else _most_frequent(question.main)


def overview_title(result: Counts, questions: Sequence[QuestionResult]) -> str:
    """Return what the page about a whole wave says first: what most people agree with."""
    if result.answers is None:
        return _("Too few people have answered to show results")
    found = [
        (row.upper_count / row.table.n, row)
        for question in questions
        for row in question.rows
        if row.upper_count and row.item.type == "likert" and not row.item.reversed
    ]
    if not found:
        said = ngettext("%(n)s person has answered", "%(n)s people have answered", result.answers)
        return said % {"n": readiness.grouped(result.answers)}
    _share, most = max(found, key=lambda one: one[0])
    return _("“%(most)s” finds most agreement: %(share)s") % {
        "most": most.item.text.rstrip("."),
        "share": share_words(most.upper_count or 0, most.table.n),
    }


def overview_sentence(result: Counts) -> str:
    """Return how far the results speak for all who were asked."""
    if result.answers is None:
        return _("Results appear from %(n)d answers on, so that nobody shows through.") % {
            "n": result.smallest_group
        }
    if not result.asked:
        return _("Anybody could answer, so nobody knows for how many people this speaks.")
    rate = round(100 * min(result.answers, result.asked) / result.asked)
    words = {
        "rate": rate,
        "asked": readiness.grouped(result.asked),
        "answers": readiness.grouped(result.answers),
    }
    if 2 * result.answers < result.asked:
        return (
            _(
                "%(answers)s of %(asked)s people asked have answered (%(rate)d %%). That is fewer than half:"
                " those who did not may think otherwise."
            )
            % words
        )
    return _("%(answers)s of %(asked)s people asked have answered (%(rate)d %%).") % words


def missing_notes(question: QuestionResult) -> list[str]:
    """Return how many gave no answer, by why; as a range over the statements of a matrix."""
    words = {
        DONT_KNOW: _("%(n)s did not know."),
        SKIPPED: _("%(n)s left it out."),
        NOT_ASKED: _("%(n)s were not asked."),
    }
    rows = [row for row in question.rows if row.n is not None]
    notes = []
    for name, said in words.items():
        counts = [row.missing.get(name, 0) for row in rows]
        if not any(counts):
            continue
        if not all(counts):
            number = _("Up to %(n)s") % {"n": readiness.grouped(max(counts))}
        elif min(counts) == max(counts):
            number = readiness.grouped(counts[0])
        else:
            ends = {"low": readiness.grouped(min(counts)), "high": readiness.grouped(max(counts))}
            number = _("%(low)s to %(high)s") % ends
        notes.append(said % {"n": number})
    return notes


def texts_title(count: int) -> str:
    """Return how many people wrote something to one question."""
    return ngettext("What %(n)s person wrote", "What %(n)s people wrote", count) % {
        "n": readiness.grouped(count)
    }


def department_note(hidden: int) -> str:
    """Return how many departments are not shown, and why."""
    return ngettext(
        "%(n)d department is not shown: too few people answered there, or nearly all the same.",
        "%(n)d departments are not shown: too few people answered there, or nearly all the same,"
        " or another department could be worked out from them.",
        hidden,
    ) % {"n": hidden}


def scale_note(scale: dict[str, Any]) -> dict[str, str]:
    """Return a scale's name, alpha with its range, omega and what they mean."""
    known = BY_CODE.get(scale["name"]) if scale["is_dimension"] else None
    is_low = scale["alpha"] < ENOUGH
    return {
        "name": str(known.name) if known else scale["name"],
        "items": str(scale["items"]),
        "alpha": f"{scale['alpha']:.2f} ({scale['low']:.2f} – {scale['high']:.2f})",
        "omega": "–" if scale["omega"] is None else f"{scale['omega']:.2f}",
        "people": readiness.grouped(scale["people"]),
        "note": _("read them one by one") if is_low else _("they go together"),
    }


def _written(result: ItemResult) -> str:
    if result.n is None or result.n < FEWEST_TEXTS:
        return _("Too few people wrote something to show it")
    return _("%(n)d people wrote something") % {"n": result.n}


def _of_scale(question: QuestionResult, shown: Sequence[ItemResult]) -> str:
    if question.question.type != "matrix":
        return _upper_words(shown[0])
    known = [(one.upper_count or 0, one.table.n, one) for one in shown if one.upper_count]
    if len(known) < 2:  # noqa: PLR2004 - one is no comparison
        return _upper_words(shown[0]) if len(shown) == 1 else _("Nearly all answers are alike")
    most = max(known, key=lambda one: one[0] / one[1])
    least = min(known, key=lambda one: one[0] / one[1])
    share = share_words(most[0], most[1])
    if share == share_words(least[0], least[1]):  # equal as people read it
        return _("As many agree with each statement: %(share)s") % {"share": share}
    return _("Most agree that “%(most)s” (%(high)s), fewest that “%(least)s” (%(low)s)") % {
        "most": most[2].item.text.rstrip("."),
        "high": share,
        "least": least[2].item.text.rstrip("."),
        "low": share_words(least[0], least[1]),
    }


def _upper_words(result: ItemResult) -> str:
    count = result.upper_count
    if count is None:
        return _edge_words(result, result.table)
    answer = codes_label(result, result.upper)
    return _("%(share)s say “%(answer)s”") % {
        "share": share_words(count, result.table.n),
        "answer": answer,
    }


def _edge_words(result: ItemResult, table: Table) -> str:
    if table.edge is None:
        return _("The answers are too scattered to show any of them")
    return _("%(share)s say “%(answer)s”") % {
        "share": stored_share(table.edge.share).capitalize(),
        "answer": codes_label(result, table.edge.codes),
    }


def _most_frequent(result: ItemResult) -> str:
    table = result.table
    alone = [cell for cell in table.cells if len(cell.codes) == 1 or result.bins]
    if not alone:
        return _edge_words(result, table)
    most = max(alone, key=lambda cell: cell.count)
    words = {"answer": cell_label(result, most), "share": share_words(most.count, table.n)}
    if result.item.type == "ranking":
        return _put_first(result, alone, most)
    return _("Most often: “%(answer)s” (%(share)s)") % words


def _put_first(result: ItemResult, alone: Sequence[Cell], most: Cell) -> str:
    """Return what most people put first; what is equal as people read it is a tie."""
    n = result.table.n
    share = share_words(most.count, n)
    tied = [one for one in alone if share_words(one.count, n) == share]
    if len(tied) == 1:
        words = {"answer": cell_label(result, most), "share": share}
        return _("Most often put first: “%(answer)s” (%(share)s)") % words
    if len(tied) == 2:  # noqa: PLR2004 - two are named both
        one, other = (cell_label(result, cell) for cell in tied)
        said = _("Most often put first, equally: “%(one)s” and “%(other)s” (%(share)s each)")
        return said % {"one": one, "other": other, "share": share}
    said = _("%(n)d answers are put first equally often (%(share)s each)")
    return said % {"n": len(tied), "share": share}


def _most_chosen(result: ItemResult) -> str:
    texts = texts_of(result)
    counts = {part: table.among([CHOSEN]) for part, table in result.tables.items()}
    known = {part: count for part, count in counts.items() if count}
    for part, table in result.tables.items():
        if table.edge and table.edge.codes == (CHOSEN,):
            words = {"answer": texts[part], "share": stored_share(table.edge.share)}
            return _("Most chosen: “%(answer)s” (%(share)s)") % words
    if not known:
        return _("Only a few people chose any of the answers")
    part = max(known, key=lambda one: known[one])
    words = {"answer": texts[part], "share": share_words(known[part], result.tables[part].n)}
    return _("Most chosen: “%(answer)s” (%(share)s)") % words


def _mean(result: ItemResult) -> str:
    mean, low, high = result.mean or (0.0, 0.0, 0.0)
    unit = result.item.question.unit
    return _("On average %(mean)s (%(low)s to %(high)s)") % {
        "mean": f"{number_words(mean)} {unit}".strip(),
        "low": number_words(low),
        "high": number_words(high),
    }

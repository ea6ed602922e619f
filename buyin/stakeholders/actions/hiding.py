"""Names taken out of texts: those of a person now and of earlier, wherever they were written."""

import re
from collections.abc import Callable, Iterator, Sequence
from typing import Any

from auditlog.models import LogEntry
from django.contrib.contenttypes.models import ContentType
from django.db.models import Q

from buyin.stakeholders.models import MergeRecord, Person, Stakeholder

type Names = dict[str, set[str]]
GONE = "[…]"
SHORTEST = 3  # letters of a part of a name that is looked for by itself
FEWEST_DIGITS = 5  # of a number that is somebody's: less is in dates and amounts as well
KNOWN_BY = ("name", "email", "phone")


def names_of(stakeholders: Sequence[Stakeholder], people: Sequence[Person]) -> Names:
    """Return the names, addresses and numbers of these people, with those of earlier."""
    known: Names = {field: set() for field in KNOWN_BY}
    said = [*_now(stakeholders, people), *_in_merges(stakeholders), *_in_history(stakeholders)]
    for field, text in [*said, *_in_history(people)]:
        if isinstance(text, str) and text not in {"", "None"}:
            known[field].add(text)
    return known


def _now(
    stakeholders: Sequence[Stakeholder], people: Sequence[Person]
) -> Iterator[tuple[str, Any]]:
    for row in (*people, *stakeholders):
        for field in KNOWN_BY:
            yield field, getattr(row, field, "")


def _in_merges(stakeholders: Sequence[Stakeholder]) -> Iterator[tuple[str, Any]]:
    pks = [one.pk for one in stakeholders]
    for record in MergeRecord.objects.filter(Q(kept__in=pks) | Q(absorbed__in=pks)):
        for entry in record.snapshot:
            if entry["op"] == "change" and entry["field"] in KNOWN_BY:
                yield entry["field"], entry["before"]
                yield entry["field"], entry["after"]


def _in_history(rows: Sequence[Stakeholder] | Sequence[Person]) -> Iterator[tuple[str, Any]]:
    kind = ContentType.objects.get_for_model(rows[0])
    lines = LogEntry.objects.filter(content_type=kind, object_id__in=[one.pk for one in rows])
    for changes in lines.values_list("changes", flat=True):
        for field in KNOWN_BY:
            for text in (changes or {}).get(field, ()):
                yield field, text


def looked_for(known: Names) -> set[str]:
    """Return those by which a text tells of these people; what is too short tells of anything."""
    called = {text for text in known["name"] if re.search(r"[^\W\d_]", text)}
    numbers = {text for text in known["phone"] if len(re.findall(r"\d", text)) >= FEWEST_DIGITS}
    return called | numbers | known["email"]


def hiding(known: Names) -> Callable[[str], str]:
    """Return what takes these names, addresses and numbers out of a text, but not out of words."""
    whole = looked_for(known)
    parts = {
        word
        for name in known["name"]
        for word in re.findall(r"[^\W\d_]+", name)
        if len(word) >= SHORTEST
    }
    wanted = [_alone(text) for text in sorted(whole, key=len, reverse=True)]
    wanted += [rf"\b{re.escape(word)}\b" for word in sorted(parts, key=len, reverse=True)]
    if not wanted:
        return lambda text: text
    pattern = re.compile("|".join(wanted))
    return lambda text: pattern.sub(GONE, text)


def _alone(text: str) -> str:
    """Return the pattern of a text that stands by itself; of a short one, as it is written."""
    found = re.escape(text)
    return rf"(?<!\w){found if len(text) <= SHORTEST else f'(?i:{found})'}(?!\w)"


def hidden(value: Any, hide: Callable[[str], str]) -> Any:
    """Return JSON with the names taken out of its texts."""
    if isinstance(value, dict):
        return {name: hidden(one, hide) for name, one in value.items()}
    if isinstance(value, list):
        return [hidden(one, hide) for one in value]
    return hide(value) if isinstance(value, str) else value

"""Scales: those that nearly every survey uses, and those that an author writes point by point."""

from copy import deepcopy
from itertools import count

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _lazy

from .outline import Raw

OWN = "own"  # what a question says that has points of its own
STANDARD = {
    "agree5": (
        _lazy("Strongly disagree"),
        _lazy("Disagree"),
        _lazy("Neither agree nor disagree"),
        _lazy("Agree"),
        _lazy("Strongly agree"),
    ),
    "often5": (
        _lazy("Never"),
        _lazy("Rarely"),
        _lazy("Sometimes"),
        _lazy("Often"),
        _lazy("Always"),
    ),
    "satisfied5": (
        _lazy("Very dissatisfied"),
        _lazy("Dissatisfied"),
        _lazy("Neither satisfied nor dissatisfied"),
        _lazy("Satisfied"),
        _lazy("Very satisfied"),
    ),
    "sure5": (
        _lazy("Not at all sure"),
        _lazy("A little sure"),
        _lazy("Fairly sure"),
        _lazy("Sure"),
        _lazy("Very sure"),
    ),
    "useful4": (
        _lazy("Not useful"),
        _lazy("A little useful"),
        _lazy("Useful"),
        _lazy("Very useful"),
    ),
}


def offered_scales(definition: Raw) -> list[tuple[str, str]]:
    """Return (name, ends of the scale in words) of each scale that a question can be given."""
    own = {
        name: [point["text"] for point in points]
        for name, points in definition.get("scales", {}).items()
    }
    standard = {name: [str(text) for text in texts] for name, texts in STANDARD.items()}
    return [(name, _ends(texts)) for name, texts in {**standard, **own}.items()]


def points_of(definition: Raw, name: str) -> list[str]:
    """Return the texts of a scale, the lowest point first."""
    own = definition.get("scales", {}).get(name)
    if own is not None:
        return [point["text"] for point in own]
    return [str(text) for text in STANDARD.get(name, ())]


def with_scale(definition: Raw, name: str, points: list[str]) -> tuple[Raw, str]:
    """Return a definition that has this scale, or one of these points if there are any; its name.

    A scale of one's own is one that is there already if it has the same points.
    """
    texts = points or points_of(definition, name)
    known = {key: points_of(definition, key) for key in definition.get("scales", {})}
    same = [key for key, found in known.items() if found == texts and (points or key == name)]
    if same:
        return definition, same[0]
    if points and (name in known or name == OWN):
        name = next(n for n in (f"scale{k}" for k in count(1)) if n not in {*known, *STANDARD})
    edited = deepcopy(definition)
    scale = [{"code": str(n), "text": text} for n, text in enumerate(texts, 1)]
    edited.setdefault("scales", {})[name] = scale
    return edited, name


def _ends(texts: list[str]) -> str:
    return _("%(first)s … %(last)s (%(n)d points)") % {
        "first": texts[0],
        "last": texts[-1],
        "n": len(texts),
    }

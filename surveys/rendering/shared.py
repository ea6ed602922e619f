"""Parts of pages that never change, drawn once by each process."""

from collections import OrderedDict
from collections.abc import Callable, Hashable

from django.utils.safestring import SafeString

MOST_KEPT = 64
_kept: OrderedDict[Hashable, SafeString] = OrderedDict()


def drawn_once(key: Hashable, draw: Callable[[], SafeString]) -> SafeString:
    """Return what was drawn under this key, drawing it where it was not or is forgotten.

    Give a key that nothing else will ever have: a row's number can come back, a UUID cannot.
    """
    found = _kept.pop(key, None)
    if found is None:
        found = draw()
    _kept[key] = found
    while len(_kept) > MOST_KEPT:
        _kept.popitem(last=False)
    return found

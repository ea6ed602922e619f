"""Signs that a file lost something on its way: told by row and column, never mended in silence."""

import re
from collections.abc import Sequence

from django.utils.translation import gettext_lazy as _

KINDS = (
    (re.compile("\ufffd"), _("A character was lost before the file came here (�).")),
    # UTF-8 that somebody read as Windows-1252 and saved again: é becomes Ã©.
    (
        # Closing quotes and dashes may stand behind such a letter by right, as in “IRMÃ”.
        re.compile("â€[\x80-\xbf\u0152-\u2122]?|â‚¬|Ã[\x80-\xbf€‚ƒ„†‡ˆ‰Š‹ŒŽ˜™š›œžŸ]|Â[\xa0-\xbf]"),
        _("Characters were saved in the wrong encoding (such as â€™ for ’)."),
    ),
    # What a Mac's dash and quotation marks become elsewhere: in a word, or alone between words.
    (
        re.compile(r"(?<=\w)[¡¤](?=\w)|(?<=\s)¤(?=\s)"),
        _("Punctuation was lost: signs such as ¡ or ¤ stand for ’ or –."),
    ),
    # A blank that the encoding did not have, behind the letter of an option.
    (
        re.compile(r"\)\?(?=[A-Z])"),
        _("A character was lost: a question mark stands in its place."),
    ),
)
ANY = re.compile("|".join(sign.pattern for sign, _said in KINDS))
# What one of them needs to be there: looking for these costs a tenth of looking for the others.
SIGNS = ("\ufffd", "â€", "â‚¬", "Ã", "Â", "¡", "¤", ")?")
BETWEEN = "\x00"


def is_damaged(text: str) -> bool:
    """Say whether it is worth to look at each cell of a file."""
    return any(sign in text for sign in SIGNS) and ANY.search(text) is not None


def damage_in(cells: Sequence[str]) -> list[tuple[int, str]]:
    """Return what is wrong with which of these cells, counted from 0; one remark a cell."""
    if not is_damaged(BETWEEN.join(cells)):
        return []
    found = []
    for number, cell in enumerate(cells):
        said = next((said for sign, said in KINDS if sign.search(cell)), None)
        if said is not None:
            found.append((number, str(said)))
    return found

"""What can be wrong with an expression, with its place and in plain words."""

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _lazy

MESSAGES: dict[str, Promise] = {
    "empty": _lazy("The condition is empty."),
    "too_long": _lazy("The condition is too long: at most %(detail)s characters."),
    "too_deep": _lazy("Too many parentheses inside each other: at most %(detail)s."),
    "too_big": _lazy("The condition has too many parts: at most %(detail)s."),
    "character": _lazy("“%(detail)s” cannot stand here."),
    "open_text": _lazy("A quote is opened and never closed."),
    "open_name": _lazy("After “${” comes the code of a question and “}”."),
    "value_expected": _lazy("A value is missing before “%(detail)s”."),
    "value_expected_at_end": _lazy("The condition stops where a value should follow."),
    "operator_expected": _lazy("Before “%(detail)s” a sign such as =, and, + is missing."),
    "open_parenthesis": _lazy("A parenthesis is opened and never closed."),
    "bare_word": _lazy("Put “%(detail)s” in quotes, or write ${%(detail)s} for an answer."),
    "unknown_function": _lazy("There is no function “%(detail)s”."),
    "arguments": _lazy("“%(detail)s” has too few or too many parts between its parentheses."),
    "pattern_not_text": _lazy("The pattern of “regex” must be a text in quotes."),
    "pattern": _lazy("The pattern cannot be read: %(detail)s"),
}


class ExpressionError(ValueError):
    """An expression that cannot be read: a code, the character it is about, and what stands there.

    `position` counts characters from 0; people read it from 1.
    """

    def __init__(self, code: str, position: int, detail: str = "") -> None:
        super().__init__(code, position, detail)
        self.code = code
        self.position = position
        self.detail = detail

    def __str__(self) -> str:
        what = str(MESSAGES[self.code]) % {"detail": self.detail}
        return _("%(what)s (character %(place)d)") % {"what": what, "place": self.position + 1}

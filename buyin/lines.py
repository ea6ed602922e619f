"""Texts of one line, such as names and titles: one rule, wherever they are typed or come from.

And what no text may hold, of however many lines.
"""

import re
from typing import TYPE_CHECKING, Any

from django import forms
from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext as _

if TYPE_CHECKING:
    from django.db.models.expressions import Combinable

    StoredText = models.CharField[str | Combinable, str]
else:
    StoredText = models.CharField

# What no database stores in a text.
UNSTORABLE = re.compile("[\x00\ud800-\udfff]")
# Control characters, marks that turn the direction of what follows, and halves of characters.
UNSEEN = re.compile("[\x00-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ufeff\ud800-\udfff]")


def one_line(text: str) -> str:
    """Return a text with one blank for each run of blanks, tabs and line ends.

    A character that nobody can see is refused with a ValidationError that names it.
    """
    line = " ".join(text.split())
    if found := UNSEEN.search(line):
        message = _("This holds a character that cannot be seen (%(code)s). Type it again without.")
        raise ValidationError(message % {"code": f"U+{ord(found[0]):04X}"}, code="unseen")
    return line


def seen(text: str) -> str:
    """Return a text as one line without what nobody can see, for texts that a file brings along."""
    return " ".join(UNSEEN.sub(" ", text).split())


class LineField(forms.CharField):
    """A text of one line that is typed into a form."""

    def to_python(self, value: Any) -> str:
        """Return the line, or refuse it."""
        return one_line(super().to_python(value) or "")


class NameField(StoredText):
    """A text of one line that is stored; every action that checks its record checks it, too."""

    def clean(self, value: Any, model_instance: models.Model | None) -> Any:
        """Return the line, or refuse it."""
        return super().clean(one_line(value or ""), model_instance)

    def deconstruct(self) -> Any:
        """Return what migrations know: to the database it is any other text."""
        name, _path, args, kwargs = super().deconstruct()
        return name, "django.db.models.CharField", args, kwargs

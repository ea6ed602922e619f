"""Words by which people are found together across departments, such as "Night shift"."""

import re
from collections.abc import Iterable

from django.db import models
from django.db.models.functions import Lower
from django.utils.translation import gettext_lazy as _

from buyin.lines import NameField

LONGEST_TAG = 40


class Tag(models.Model):
    """One word for some people; how it is capitalised makes no difference."""

    name = NameField(_("name"), max_length=LONGEST_TAG)

    class Meta:
        verbose_name = _("tag")
        verbose_name_plural = _("tags")
        ordering = ["name"]
        constraints = [
            models.UniqueConstraint(
                Lower("name"),
                name="one_tag_per_name",
                violation_error_message=_("There is a tag with this name already."),
            )
        ]

    def __str__(self) -> str:
        return self.name


def tag_names(text: str) -> list[str]:
    """Return the names in a text with commas or semicolons between them, each once, in order."""
    names: dict[str, str] = {}
    for part in re.split(r"[,;\n]", text):
        name = " ".join(part.split())
        if name:
            names.setdefault(name.lower(), name)
    return list(names.values())


def tags_text(names: Iterable[str]) -> str:
    """Return names as one text that `tag_names` reads back."""
    return ", ".join(sorted(names, key=str.lower))

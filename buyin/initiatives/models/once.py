"""Records that a form makes: the same form sent twice makes one."""

from typing import Any, Self
from uuid import UUID, uuid4

from django.db import models
from django.utils.translation import gettext_lazy as _


class MadeOnce(models.Model):
    """A record that knows which form made it."""

    made_by_form = models.UUIDField(_("made by form"), default=uuid4, unique=True, editable=False)

    class Meta:
        abstract = True

    @classmethod
    def already(cls, form: UUID | None) -> Self | None:
        """Return the record that this form has made before."""
        rows: Any = cls._default_manager
        found: Self | None = rows.filter(made_by_form=form).first() if form else None
        return found

"""Who wants to be told what came of a public questionnaire: addresses, far from all answers."""

import uuid
from typing import Self

from django.db import models
from django.utils.translation import gettext_lazy as _

from .asking import Wave


class ToldAddressQuerySet(models.QuerySet["ToldAddress"]):
    """Addresses by what has happened to them."""

    def waiting(self) -> Self:
        """Keep those to which nothing was written yet."""
        return self.filter(state=ToldAddress.State.WAITING)

    def confirmed(self) -> Self:
        """Keep those whose owners said yes."""
        return self.filter(state=ToldAddress.State.CONFIRMED)


class ToldAddress(models.Model):
    """An address that was left on a public page, to be told about the result.

    It says nothing of whether its owner has answered. No key, no order and no time leads from it to
    an answer: while answers wait to be shuffled it waits too, and all that wait are written anew, in
    random order, whenever one joins them.
    """

    class State(models.TextChoices):
        """Left on a page, asked by a mail, confirmed by its owner."""

        WAITING = "waiting", _("waits")
        ASKED = "asked", _("asked to confirm")
        CONFIRMED = "confirmed", _("confirmed")

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    wave = models.ForeignKey(Wave, on_delete=models.CASCADE, related_name="told_addresses")
    address = models.EmailField(_("mail address"))
    state = models.CharField(
        _("state"), max_length=10, choices=State.choices, default=State.WAITING
    )
    forgotten_on = models.DateField(
        _("forgotten on"), null=True, blank=True, help_text=_("Unless it is confirmed by then.")
    )

    objects = ToldAddressQuerySet.as_manager()

    class Meta:
        verbose_name = _("address to be told")
        verbose_name_plural = _("addresses to be told")
        constraints = [
            models.UniqueConstraint(fields=["wave", "address"], name="one_address_per_wave")
        ]

    def __str__(self) -> str:
        return str(self.pk)

"""Whom a wave asks by name: its audience as it was when the wave was published."""

import uuid

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from buyin.accounts.models import Department

from .asking import Wave
from .writing import Survey


class Invitation(models.Model):
    """That a wave asks a person, or somebody who is known by a mail address only: a guest.

    Nothing of it changes when they answer. `department` is where a person belonged when the wave
    was published, or what its author said of a guest; their answer counts there. Who has none
    counts as outside. The address of a guest is forgotten some time after the wave.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    wave = models.ForeignKey(Wave, on_delete=models.CASCADE, related_name="invitations")
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.CASCADE, related_name="invitations"
    )
    address = models.EmailField(_("address of a guest"), blank=True)
    department = models.ForeignKey(
        Department, null=True, on_delete=models.PROTECT, related_name="+"
    )
    by_address = models.BooleanField(
        _("by address"), default=False, help_text=_("The mail address stood in the author's list.")
    )

    mailed_at = models.DateTimeField(_("invited by mail"), null=True)
    last_mailed_at = models.DateTimeField(_("last mail"), null=True)
    reminded = models.PositiveSmallIntegerField(_("reminders"), default=0)

    class Meta:
        verbose_name = _("invitation")
        verbose_name_plural = _("invitations")
        constraints = [
            models.UniqueConstraint(
                fields=["wave", "person"], name="one_invitation_per_person_and_wave"
            ),
            models.UniqueConstraint(
                fields=["wave", "address"],
                condition=~models.Q(address=""),
                name="one_invitation_per_address_and_wave",
            ),
            models.CheckConstraint(
                condition=models.Q(person__isnull=True) | models.Q(address=""),
                name="invitation_of_person_or_guest",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.wave} · {self.person or self.address}"

    @property
    def is_of_guest(self) -> bool:
        """Whether somebody without an account is invited."""
        return self.person_id is None


class PersonalLink(models.Model):
    """A link that went out in one mail: it opens the survey of its invitation and nothing else.

    Only its hash is here. Using it changes nothing, so nothing tells when it was used.
    """

    token_hash = models.CharField(_("token hash"), primary_key=True, max_length=64)
    invitation = models.ForeignKey(Invitation, on_delete=models.CASCADE, related_name="links")

    class Meta:
        verbose_name = _("personal link")
        verbose_name_plural = _("personal links")

    def __str__(self) -> str:
        return self.token_hash[:8]


class MailStop(models.Model):
    """That somebody does not want to be written to about a survey any more, in any of its waves."""

    survey = models.ForeignKey(Survey, on_delete=models.CASCADE, related_name="mail_stops")
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.CASCADE, related_name="mail_stops"
    )
    address = models.EmailField(
        _("address of a guest"),
        blank=True,
        help_text=_("Kept with the survey, so that nobody writes there about it again."),
    )

    class Meta:
        verbose_name = _("mail stop")
        verbose_name_plural = _("mail stops")
        constraints = [
            models.UniqueConstraint(
                fields=["survey", "person"], name="one_mail_stop_per_person_and_survey"
            ),
            models.UniqueConstraint(
                fields=["survey", "address"],
                condition=~models.Q(address=""),
                name="one_mail_stop_per_address_and_survey",
            ),
            models.CheckConstraint(
                condition=models.Q(person__isnull=True) ^ models.Q(address=""),
                name="mail_stop_of_person_or_guest",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.survey} · {self.person or self.address}"


class ForgottenStop(models.Model):
    """That nobody is to write about a survey to an address that the portal has forgotten.

    Only a mark of it is here, made with the portal's key: who is about to write somewhere can tell
    whether it is one of these, and nobody can read from it where.
    """

    survey = models.ForeignKey(Survey, on_delete=models.CASCADE, related_name="forgotten_stops")
    mark = models.CharField(_("mark of the address"), max_length=64)

    class Meta:
        verbose_name = _("mail stop of a forgotten address")
        verbose_name_plural = _("mail stops of forgotten addresses")
        constraints = [
            models.UniqueConstraint(
                fields=["survey", "mark"], name="one_forgotten_stop_per_address_and_survey"
            )
        ]

    def __str__(self) -> str:
        return self.mark[:8]

"""Who has answered, what was answered, and what is still being typed.

Who has answered (`Participation`) and what was answered (`Response`) never refer to each other.
Only named and confidential waves write a `Signature`, which ties a response to its author. Where
anybody may answer, nobody is noted; a `Receipt` tells a form that was sent twice.
"""

import uuid

from django.conf import settings
from django.db import models
from django.db.models.functions import Now
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from buyin.accounts.models import Department

from .asking import Wave
from .inviting import Invitation


class Participation(models.Model):
    """That somebody has answered a wave; never what. No time, no order, no running number.

    It is a person, or a guest, who is known by their invitation only.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    wave = models.ForeignKey(Wave, on_delete=models.PROTECT, related_name="participations")
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.CASCADE, related_name="participations"
    )
    # The constraint below has an index of its own, which answers of people need not pay for.
    invitation = models.ForeignKey(
        Invitation,
        null=True,
        db_index=False,
        on_delete=models.CASCADE,
        related_name="participations",
    )
    department = models.ForeignKey(
        Department,
        null=True,
        on_delete=models.PROTECT,
        related_name="+",
        help_text=_("Where they belonged when they answered; response rates count by it."),
    )
    receipt = models.UUIDField(
        _("receipt"), help_text=_("Made by the form; tells a repeated send from a second answer.")
    )
    is_sealed = models.BooleanField(
        _("sealed"),
        default=False,
        help_text=_("The answer has left the buffer and can no longer be tied to this row."),
    )
    is_withdrawn = models.BooleanField(
        _("answers deleted"),
        default=False,
        db_default=False,
        help_text=_("Whoever gave the answers has had them deleted."),
    )

    class Meta:
        verbose_name = _("participation")
        verbose_name_plural = _("participations")
        constraints = [
            models.UniqueConstraint(
                fields=["wave", "person"],
                name="one_answer_per_person_and_wave",
                violation_error_message=_("You have answered this survey already."),
            ),
            models.UniqueConstraint(
                fields=["invitation"],
                condition=models.Q(invitation__isnull=False),
                name="one_answer_per_guest",
            ),
            models.CheckConstraint(
                condition=models.Q(person__isnull=True) ^ models.Q(invitation__isnull=True),
                name="answered_by_person_or_guest",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.person or self.invitation} · {self.wave}"


class AnswerSheet(models.Model):
    """What every stored answer has: its wave, its department and the answers by question code."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    department = models.ForeignKey(
        Department, null=True, on_delete=models.PROTECT, related_name="+"
    )
    answers = models.JSONField(_("answers"))

    class Meta:
        abstract = True


class BufferedResponse(AnswerSheet):
    """An anonymous answer that waits until enough others are there to be shuffled among."""

    wave = models.ForeignKey(Wave, on_delete=models.PROTECT, related_name="buffered_responses")

    class Meta:
        verbose_name = _("buffered response")
        verbose_name_plural = _("buffered responses")

    def __str__(self) -> str:
        return str(self.pk)


class Response(AnswerSheet):
    """One answered survey, without its author; the week is the only time it knows."""

    wave = models.ForeignKey(Wave, on_delete=models.PROTECT, related_name="responses")
    week = models.CharField(_("week"), max_length=8, help_text=_("As 2026-W47."))

    class Meta:
        verbose_name = _("response")
        verbose_name_plural = _("responses")
        indexes = [models.Index(fields=["wave", "department"], name="response_wave_department")]

    def __str__(self) -> str:
        return str(self.pk)


class Signature(models.Model):
    """Who gave a response and when, for named and confidential waves only."""

    response = models.OneToOneField(Response, primary_key=True, on_delete=models.CASCADE)
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="signatures"
    )
    submitted_at = models.DateTimeField(_("submitted"), db_default=Now())

    class Meta:
        verbose_name = _("signature")
        verbose_name_plural = _("signatures")

    def __str__(self) -> str:
        return f"{self.person} · {self.response_id}"


class Receipt(models.Model):
    """That a form of a public wave has been handed in: neither by whom, nor when, nor what."""

    token_hash = models.CharField(_("token hash"), primary_key=True, max_length=64)
    wave = models.ForeignKey(Wave, on_delete=models.PROTECT, related_name="receipts")

    class Meta:
        verbose_name = _("receipt")
        verbose_name_plural = _("receipts")

    def __str__(self) -> str:
        return self.token_hash[:8]


class Draft(models.Model):
    """A person's unfinished answers in a named or confidential wave."""

    wave = models.ForeignKey(Wave, on_delete=models.CASCADE, related_name="drafts")
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="survey_drafts"
    )
    typed = models.JSONField(
        _("typed"), default=dict, help_text=_("As it was typed, by question code.")
    )
    saves = models.JSONField(
        _("saves"), default=dict, help_text=_("The last save of each open page, to drop late ones.")
    )
    touched_on = models.DateField(_("last changed"), default=timezone.localdate)

    class Meta:
        verbose_name = _("draft")
        verbose_name_plural = _("drafts")
        constraints = [
            models.UniqueConstraint(fields=["wave", "person"], name="one_draft_per_person_and_wave")
        ]

    def __str__(self) -> str:
        return f"{self.person} · {self.wave}"


class AnonymousDraft(models.Model):
    """Unfinished anonymous answers: readable only with the cookie of the browser that wrote them."""

    token_hash = models.CharField(_("token hash"), primary_key=True, max_length=64)
    ciphertext = models.BinaryField(_("ciphertext"))
    expires_on = models.DateField(_("forgotten on"))

    class Meta:
        verbose_name = _("anonymous draft")
        verbose_name_plural = _("anonymous drafts")

    def __str__(self) -> str:
        return self.token_hash[:8]

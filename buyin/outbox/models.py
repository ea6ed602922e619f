"""Mail as rows: written with the change that causes it, sent later by whoever claims the row."""

from typing import Self

from django.conf import settings
from django.db import models
from django.db.models.functions import Now
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _


class MessageState(models.TextChoices):
    """Where a message is on its way."""

    WAITING = "waiting", _("Waiting")
    SENDING = "sending", _("Being sent")
    SENT = "sent", _("Sent")
    KEPT = "kept", _("Kept in the portal, no mail server is set")
    SKIPPED = "skipped", _("Not sent, on purpose")
    DEAD = "dead", _("Given up")


class Later(str):
    """Why a message should not go out yet; a policy answers it in place of a reason for never."""

    __slots__ = ()


class MessageQuerySet(models.QuerySet["Message"]):
    """Messages by what has to happen to them."""

    def due(self) -> Self:
        """Keep messages that wait and whose time has come."""
        return self.filter(state=MessageState.WAITING, due_at__lte=Now())

    def abandoned(self) -> Self:
        """Keep messages whose sender has died."""
        return self.filter(state=MessageState.SENDING, lease_until__lt=Now())

    def finished(self) -> Self:
        """Keep messages that nobody will touch again."""
        return self.exclude(state__in=[MessageState.WAITING, MessageState.SENDING])

    def retryable(self) -> Self:
        """Keep messages that were given up and still say something."""
        return self.filter(state=MessageState.DEAD).exclude(text="")

    def open_to_administrators(self) -> Self:
        """Keep mails to others that an administrator may read: in a trial copy without a mail server.

        A mail can hold a link that sets a password, and with it somebody else's account. So where
        people work, or where mail goes out, there are none; a report is for its reader in any case.
        """
        if settings.MAIL_HOST or not settings.EVALUATION:
            return self.none()
        return self.filter(state=MessageState.KEPT).exclude(kind="digest")

    def in_flight(self) -> Self:
        """Keep messages that a living sender holds right now."""
        return self.filter(state=MessageState.SENDING, lease_until__gte=Now())

    def senders(self) -> int:
        """Return how many living senders hold messages: each has one claim at a time."""
        return self.in_flight().aggregate(n=models.Count("claim", distinct=True))["n"] or 0


class Message(models.Model):
    """One mail to one person or plain address. The bytes that matter are fixed with the row.

    Who has an account gets it where their account says when it goes out. A plain address stands in
    the row itself, and only until the mail is old.
    """

    kind = models.CharField(_("kind"), max_length=40)
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("person"),
        null=True,
        blank=True,
        on_delete=models.CASCADE,
        related_name="messages",
    )
    address = models.EmailField(
        _("plain address"),
        blank=True,
        help_text=_("Of somebody without an account; emptied with the text of old mails."),
    )
    key = models.CharField(
        _("key"),
        max_length=120,
        help_text=_("Names the occasion; a second message for the same occasion is not written."),
    )
    subject = models.CharField(_("subject"), max_length=250)
    text = models.TextField(_("text"))
    html = models.TextField(_("HTML"), blank=True)
    headers = models.JSONField(_("headers"), default=dict, blank=True)
    holds_key = models.BooleanField(
        _("holds a key"),
        default=False,
        help_text=_("What it says lets somebody in; it is emptied as soon as the mail has gone."),
    )
    message_id = models.CharField(_("message id"), max_length=200)
    dated = models.DateTimeField(_("date in the mail"))
    state = models.CharField(
        _("state"), max_length=10, choices=MessageState.choices, default=MessageState.WAITING
    )
    skip_reason = models.CharField(_("why it was not sent"), max_length=120, blank=True)
    attempts = models.PositiveSmallIntegerField(_("attempts"), default=0)
    error = models.TextField(_("last error"), blank=True)
    due_at = models.DateTimeField(_("due"), db_default=Now())
    claim = models.UUIDField(_("claim"), null=True, editable=False)
    lease_until = models.DateTimeField(_("lease until"), null=True, editable=False)
    sent_at = models.DateTimeField(_("sent"), null=True)

    was_abandoned = False

    objects = MessageQuerySet.as_manager()

    class Meta:
        verbose_name = _("message")
        verbose_name_plural = _("messages")
        ordering = ["-id"]
        # The Message-ID follows from the key, so one constraint is enough: each index here is
        # written five times on a mail's way.
        constraints = [
            models.UniqueConstraint(
                fields=["key"],
                name="one_message_per_occasion",
                violation_error_message=_("There is a message for this occasion already."),
            ),
            models.CheckConstraint(
                condition=models.Q(person__isnull=True) | models.Q(address=""),
                name="message_to_person_or_address",
                violation_error_message=_("A mail goes to a person or to an address, not to both."),
            ),
        ]
        indexes = [
            models.Index(
                fields=["due_at", "id"],
                condition=models.Q(state=MessageState.WAITING),
                name="message_waiting",
            ),
            models.Index(
                fields=["lease_until"],
                condition=models.Q(state=MessageState.SENDING),
                name="message_sending",
            ),
        ]

    def __str__(self) -> str:
        return self.subject

    @property
    def mailbox(self) -> str:
        """Return the address it goes to; nothing where that has been forgotten."""
        return self.person.email if self.person else self.address

    @property
    def recipient(self) -> str:
        """Return whom it goes to, in words for a page."""
        if self.person:
            return f"{self.person} · {self.person.email}"
        return self.address or gettext("an address that was forgotten")

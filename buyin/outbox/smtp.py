"""The talk with the mail server: as few turns and as little work for each mail as it allows."""

import re
import smtplib
from collections.abc import Sequence
from contextlib import suppress

# An address that is nothing but an address: no name, no quotes, no room for a second command.
PLAIN = re.compile(r"[A-Za-z0-9._+-]+@[A-Za-z0-9-]+(\.[A-Za-z0-9-]+)*")
STARTS_WITH_DOT = re.compile(rb"^\.", re.MULTILINE)
DONE, FORWARDED, GO_ON, GOING = 250, 251, 354, 421


class Talk(smtplib.SMTP):
    """Says in one turn what a mail server lets be said in one turn (PIPELINING, RFC 2920).

    Takes no address apart that is nothing but an address; Python does, twice for each mail.
    """

    def mail(self, sender: str, options: Sequence[str] = ()) -> tuple[int, bytes]:
        """Say who sends and return the server's answer."""
        if not PLAIN.fullmatch(sender) or "smtputf8" in map(str.lower, options):
            return super().mail(sender, options)
        return self.docmd("mail", " ".join([f"from:<{sender}>", *options]))

    def rcpt(self, recip: str, options: Sequence[str] = ()) -> tuple[int, bytes]:
        """Say who receives and return the server's answer."""
        if not PLAIN.fullmatch(recip):
            return super().rcpt(recip, options)
        return self.docmd("rcpt", " ".join([f"to:<{recip}>", *options]))

    def hand_over(self, sender: str, recipient: str, raw: bytes) -> None:
        """Give one finished mail for one recipient to the server.

        Raises what `sendmail` raises: SMTPSenderRefused, SMTPRecipientsRefused, SMTPDataError and
        SMTPServerDisconnected.
        """
        self.ehlo_or_helo_if_needed()
        is_plain = PLAIN.fullmatch(sender) and PLAIN.fullmatch(recipient)
        if not is_plain or not self.has_extn("pipelining"):
            self.sendmail(sender, [recipient], raw)
            return
        size = f" size={len(raw)}" if self.has_extn("size") else ""
        self.send(f"mail from:<{sender}>{size}\r\nrcpt to:<{recipient}>\r\ndata\r\n")
        said_mail, said_rcpt, said_data = self._answers(3)
        is_wanted = said_mail[0] == DONE and said_rcpt[0] in {DONE, FORWARDED}
        if said_data[0] == GO_ON:
            # Where nobody is to get it, the server still waits for a text: an empty one ends that.
            said_data = self._text(raw if is_wanted else b"")
            if is_wanted and said_data[0] == DONE:
                return
        self._be_ready_again(is_over=GOING in {said_mail[0], said_rcpt[0], said_data[0]})
        if said_mail[0] != DONE:
            raise smtplib.SMTPSenderRefused(*said_mail, sender)
        if not is_wanted:
            raise smtplib.SMTPRecipientsRefused({recipient: said_rcpt})
        raise smtplib.SMTPDataError(*said_data)

    def _answers(self, number: int) -> list[tuple[int, bytes]]:
        """Return what the server says to each of so many commands; who leaves says no more."""
        said: list[tuple[int, bytes]] = []
        while len(said) < number:
            said.append(self.getreply())
            if said[-1][0] == GOING:
                said += [said[-1]] * (number - len(said))
        return said

    def _text(self, raw: bytes) -> tuple[int, bytes]:
        """Send the text with its end and return the server's answer."""
        has_dot = raw.startswith(b".") or b"\n." in raw  # found much faster than replaced
        quoted = STARTS_WITH_DOT.sub(b"..", raw) if has_dot else raw
        end = b".\r\n" if not raw or quoted.endswith(b"\r\n") else b"\r\n.\r\n"
        self.send(quoted + end)
        return self.getreply()

    def _be_ready_again(self, *, is_over: bool) -> None:
        """Forget the refused mail, or leave where the server does."""
        if is_over:
            self.close()
            return
        with suppress(smtplib.SMTPServerDisconnected):
            self.rset()


class TalkInTLS(Talk, smtplib.SMTP_SSL):
    """The same within TLS from the first byte on."""

from django.apps import AppConfig
from django.core.checks import register
from django.utils.translation import gettext_lazy as _

from .backends import check_address, check_mail_server, check_receipt


class OutboxConfig(AppConfig):
    name = "buyin.outbox"
    label = "outbox"
    verbose_name = _("Mail")

    def ready(self) -> None:
        """Have the way to the mail server checked at every start."""
        for check in (check_mail_server, check_address, check_receipt):
            register(check)

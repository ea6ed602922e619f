"""Encrypt second factors anew, after the portal's secret key has changed."""

from typing import Any

from allauth.mfa.models import Authenticator
from allauth.mfa.utils import decrypt, encrypt
from django.core.management.base import BaseCommand
from django.db import transaction

# What the sign-in library stores encrypted: the secret of an app, the seed of emergency codes.
SEALED = ("secret", "seed")


class Command(BaseCommand):
    """Encrypt second factors with the newest key, so that the old one can be forgotten."""

    help = "Encrypt second factors anew, after SECRET_KEY has changed."

    @transaction.atomic
    def handle(self, *args: Any, **options: Any) -> None:
        """Open each secret with any key still known and seal it with the newest."""
        count = 0
        for factor in Authenticator.objects.select_for_update().order_by("pk"):
            sealed = {
                name: encrypt(decrypt(factor.data[name])) for name in SEALED if name in factor.data
            }
            if sealed:
                factor.data |= sealed
                factor.save(update_fields=["data"])
                count += 1
        self.stdout.write(f"{count} resealed")

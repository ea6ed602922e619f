"""A new secret key locks nobody out."""

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret
from allauth.mfa.utils import decrypt
from cryptography.fernet import InvalidToken
from django.core.management import call_command


def test_second_factors_survive_a_new_key_and_forget_the_old_one(cast, settings, capsys):
    secret = generate_totp_secret()
    TOTP.activate(cast.staff, secret)
    codes = RecoveryCodes.activate(cast.staff).generate_codes()
    old = settings.SECRET_KEY

    settings.SECRET_KEY, settings.SECRET_KEY_FALLBACKS = "new" * 20, [old]
    call_command("reseal_factors")
    settings.SECRET_KEY_FALLBACKS = []

    assert "2 resealed" in capsys.readouterr().out
    stored = {factor.type: factor for factor in Authenticator.objects.all()}
    assert decrypt(stored["totp"].data["secret"]) == secret
    assert RecoveryCodes(stored["recovery_codes"]).generate_codes() == codes
    settings.SECRET_KEY = old
    with pytest.raises(InvalidToken):
        decrypt(stored["totp"].data["secret"])

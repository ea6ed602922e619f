"""Second factors for tests, as an app and a real browser leave them behind."""

import time

from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import (
    TOTP,
    format_hotp_value,
    generate_totp_secret,
    hotp_value,
)

from buyin.accounts.models import User

KEY_ID = "cNjKR4bLU8mreK4KnSlEjo282gfqigYnf0-bDZ7v1m4"
CLIENT = (
    "eyJ0eXBlIjoid2ViYXV0aG4uY3JlYXRlIiwiY2hhbGxlbmdlIjoiTXFLdkFrN0xtYWc1SzNGRXBIVGJlVWN5"
    "U3lhZzBWaEQ2WmpMamNvbWZUdyIsIm9yaWdpbiI6Imh0dHA6Ly9sb2NhbGhvc3Q6ODE1MSIsImNyb3NzT3Jp"
    "Z2luIjpmYWxzZX0"
)
ATTESTATION = (
    "o2NmbXRkbm9uZWdhdHRTdG10oGhhdXRoRGF0YVikSZYN5YgOjGh0NBcPZHZgW4_krrmihjLHmVzzuoMdl2NF"
    "AAAAAQECAwQFBgcIAQIDBAUGBwgAIHDYykeGy1PJq3iuCp0pRI6NvNoH6ooGJ39Pmw2e79ZupQECAyYgASFY"
    "ICbCm5kjEtpDKgjZj6tztfKz2lIXN1LKTAQN_K3vre5zIlgg49CN-JCiyS6sNOwUAWiADtr8bnWLdVfLXX1z"
    "yIqtNIs"
)


def code_for(secret: str, *, later: int = 0) -> str:
    """Return the code that an app shows now, or this many half minutes later."""
    return str(format_hotp_value(hotp_value(secret, int(time.time()) // 30 + later)))


def make_app(person: User) -> str:
    """Set an app up, with codes for emergencies beside it, and return its secret."""
    secret: str = generate_totp_secret()
    TOTP.activate(person, secret)
    RecoveryCodes.activate(person)
    return secret


def make_key(person: User, name: str = "Blue key") -> Authenticator:
    """Add a passkey as Chromium made it."""
    credential = {
        "type": "public-key",
        "id": KEY_ID,
        "rawId": KEY_ID,
        "response": {"clientDataJSON": CLIENT, "attestationObject": ATTESTATION},
        "clientExtensionResults": {"credProps": {"rk": True}},
    }
    return Authenticator.objects.create(
        user=person,
        type=Authenticator.Type.WEBAUTHN,
        data={"name": name, "credential": credential},
    )

"""How the sign-in library behaves here."""

from allauth.account.adapter import DefaultAccountAdapter
from django.http import HttpRequest


class AccountAdapter(DefaultAccountAdapter):
    """Accounts come from the roster, so nobody signs up."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Return False: administrators import people, or the agency's own sign-in brings them."""
        return False

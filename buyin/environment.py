"""Reads the environment, and names what is missing or wrong in it in one plain line."""

import secrets
import warnings
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import environ
from django.core.exceptions import ImproperlyConfigured

_KINDS: dict[Any, str] = {int: "a whole number", bool: "1 or 0"}


class Environment(environ.Env):
    """The variables of the environment; ImproperlyConfigured says which one is wrong, and how."""

    def get_value(self, var: str, *args: Any, **options: Any) -> Any:
        """Return the value of a variable in the kind that is asked for."""
        try:
            return super().get_value(var, *args, **options)
        except ValueError as error:
            kind = _KINDS.get(args[0] if args else options.get("cast"), "readable")
            raise ImproperlyConfigured(
                f'{var} is "{self.ENVIRON[var]}". Make it {kind}.'
            ) from error

    def database(self, var: str, default: Any) -> dict[str, Any]:
        """Return how Django reaches the database with this address."""
        with warnings.catch_warnings(action="ignore"):  # the library only warns, and goes on
            found: dict[str, Any] = self.db(var, default=default)
        if "ENGINE" not in found:
            form = "postgres://user:password@host:port/database"
            raise ImproperlyConfigured(f"{var} is no address of a database. Write it as {form}.")
        return found

    def one_of(self, var: str, *words: str) -> str:
        """Return which of these words was chosen; the first one where nothing was said."""
        chosen: str = self.str(var, default=words[0])
        if chosen not in words:
            raise ImproperlyConfigured(f'{var} is "{chosen}". Make it {" or ".join(words)}.')
        return chosen

    def count(self, var: str, default: int) -> Any:
        """Return a whole number that is at least 1."""
        number = self.int(var, default=default)
        if number < 1:
            raise ImproperlyConfigured(f"{var} is {number}. Make it 1 or more.")
        return number

    def zone(self, var: str) -> str:
        """Return the name of a time zone; UTC where nothing was said."""
        name: str = self.str(var, default="UTC")
        try:
            ZoneInfo(name)
        except (LookupError, ValueError, OSError) as error:
            message = f'{var} is "{name}", which is no time zone. Write it as Europe/London.'
            raise ImproperlyConfigured(message) from error
        return name


def key_kept_in(folder: Path) -> str:
    """Return the secret key of the evaluation copy in this folder, made on first use."""
    path = folder / "secret.key"
    try:
        if not path.exists():
            folder.mkdir(parents=True, exist_ok=True)
            path.write_text(secrets.token_urlsafe(60))
            path.chmod(0o600)
        return path.read_text()
    except OSError as error:
        raise ImproperlyConfigured(
            f"The data folder {folder} cannot be used ({error.strerror}). Name another one: "
            "run.py --data DIR, or DATA_DIR."
        ) from error

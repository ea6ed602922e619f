"""Files that commands read and write, and with which code a command ends that could not do its work."""

from pathlib import Path

from django.core.management.base import CommandError

REFUSED = 1  # what was brought along cannot be taken
WRONG_CALL = 2


def read_bytes(path: Path) -> bytes:
    """Return what is in a file; raise CommandError where it cannot be read."""
    try:
        return path.read_bytes()
    except OSError as error:
        raise CommandError(f"{path}: {error.strerror}", returncode=WRONG_CALL) from None


def write_bytes(path: Path, content: bytes) -> None:
    """Put this into a file; raise CommandError where it cannot be written."""
    try:
        path.write_bytes(content)
    except OSError as error:
        raise CommandError(f"{path}: {error.strerror}", returncode=WRONG_CALL) from None

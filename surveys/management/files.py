"""Files that commands read and write, and with which code a command ends that could not do its work."""

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from django.core.management.base import CommandError

from buyin.lines import UNSEEN

REFUSED = 1  # what was brought along cannot be taken
WRONG_CALL = 2


def json_of(report: Mapping[str, Any]) -> str:
    """Return a report as JSON that a terminal may show: what nobody can see in it is spelled out."""
    written = json.dumps(report, indent=1, ensure_ascii=False)
    return UNSEEN.sub(lambda one: one[0] if one[0] == "\n" else json.dumps(one[0])[1:-1], written)


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

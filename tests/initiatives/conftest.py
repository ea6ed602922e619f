"""Inventories to read: our own small ones, and real ones that lie beside the checkout, never in it."""

import os
from collections.abc import Callable
from pathlib import Path

import pytest
from django.conf import settings

OWN = Path(__file__).parent / "inventories"


@pytest.fixture(scope="session")
def made_file() -> Callable[[str], bytes]:
    """Return a function from the name of one of our own files to what is in it."""
    return lambda name: (OWN / name).read_bytes()


@pytest.fixture(scope="session")
def real_file() -> Callable[[str], bytes]:
    """Return a function from a name to a published file; the test is skipped where it is absent."""
    beside = settings.BASE_DIR.parent / "shared" / "data"
    folder = Path(os.environ.get("BUYIN_SHARED_DATA", beside)) / "inventories"

    def content_of(name: str) -> bytes:
        found = sorted(folder.glob(name))
        if not found:
            pytest.skip(f"public data {name} is not beside the checkout (BUYIN_SHARED_DATA)")
        return found[0].read_bytes()

    return content_of

"""What the suite runs in when nobody says otherwise: evaluation mode, with its data out of the way.

Loaded with -p before the settings are read, which a conftest.py cannot do.
"""

import gc
import os
import tempfile
from collections.abc import Generator
from typing import Any

import pytest

os.environ.setdefault("EVALUATION", "1")
if "DATA_DIR" not in os.environ:
    _folder = tempfile.TemporaryDirectory(prefix="buyin-tests-")
    os.environ["DATA_DIR"] = _folder.name

# Tests that run side by side must not empty one another's cache: each worker has its own Redis
# database, the one after its number.
_worker = os.environ.get("PYTEST_XDIST_WORKER", "")
if _worker and os.environ.get("REDIS_URL"):
    _server = os.environ["REDIS_URL"].rpartition("/")[0]
    os.environ["REDIS_URL"] = f"{_server}/{int(_worker.removeprefix('gw')) + 1}"


@pytest.hookimpl(wrapper=True)
def pytest_collection() -> Generator[None, Any, Any]:
    """Leave what stays to the end out of the rounds of the garbage collector.

    Modules and tests are some million objects; to look at them again and again took a tenth of the
    time.
    """
    gc.disable()
    try:
        return (yield)
    finally:
        gc.freeze()
        gc.enable()

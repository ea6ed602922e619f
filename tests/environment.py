"""What the suite runs in when nobody says otherwise: evaluation mode, with its data out of the way.

Loaded with -p before the settings are read, which a conftest.py cannot do.
"""

import gc
import os
import tempfile
from collections.abc import Generator
from typing import Any

import pytest
from xdist.remote import Producer
from xdist.scheduler import LoadScopeScheduling

# Of these one process runs all tests: the copy of the portal that they share takes long to make.
TOGETHER = {"tests/buyin/test_deployment.py"}

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


class OneByOne(LoadScopeScheduling):
    """Gives each next test to whoever is free, and the tests of some files to one process.

    The mark of pytest-xdist for this is lost with pytest 9.2, which keeps names in another way.
    """

    def _split_scope(self, nodeid: str) -> str:
        path = nodeid.partition("::")[0]
        return path if path in TOGETHER else nodeid


@pytest.hookimpl(tryfirst=True, optionalhook=True)
def pytest_xdist_make_scheduler(config: pytest.Config, log: Producer) -> OneByOne | None:
    """Let `--dist loadgroup` go by what is written here."""
    return OneByOne(config, log) if config.getvalue("dist") == "loadgroup" else None

"""What the suite runs in when nobody says otherwise: evaluation mode, with its data out of the way.

Loaded with -p before the settings are read, which a conftest.py cannot do.
"""

import os
import tempfile

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

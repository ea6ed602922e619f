"""Starting the portal by `python3 run.py`, as a stranger does: the first and the second time."""

import http.client
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

from tests import services
from tests.bench.result import Result, counted, side_by_side

ROOT = Path(__file__).resolve().parent.parent.parent
MOST_FIRST, MOST_SECOND = 30, 3
STRANGER = ("PATH", "HOME", "LANG", "TMPDIR")  # all that a stranger's environment says
PATIENCE = 120  # seconds
BARE = (
    "import sys; from waitress import serve; from tests.bench.bare import application;"
    "serve(application, host='127.0.0.1', port=int(sys.argv[1]))"
)


def measure() -> Iterator[Result]:
    """Start in an empty folder, which makes the demo agency, and then in the same one again."""
    with tempfile.TemporaryDirectory() as folder:
        unit = "seconds, and how many may be"
        run = [sys.executable, "run.py", "--data", folder, "--port"]
        yield counted("first start with the demo agency", seconds_until(run), MOST_FIRST, unit)
        body = Path(folder) / "body.html"
        body.write_text("Nothing")
        bare = [sys.executable, "-c", BARE]
        told = {"BARE_BODY": str(body), "DATABASE_URL": "sqlite://:memory:", "EVALUATION": "1"}
        again = side_by_side(
            "second start against Django alone behind the same server",
            "seconds",
            lambda: seconds_until(run),
            lambda: seconds_until(bare, path="/page", **told),
        )
        yield again
        yield counted("second start", again.ours, MOST_SECOND, unit)


def seconds_until(command: list[str], *, path: str = "/accounts/login/", **told: str) -> float:
    """Return how long it takes from the command until the page has come, and stop it again."""
    port = services.free_port()
    environment = {k: v for k, v in os.environ.items() if k in STRANGER} | told
    begun = time.perf_counter()
    with subprocess.Popen(
        [*command, str(port)],
        cwd=ROOT,
        env=environment,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
    ) as running:
        while not comes(port, path):
            assert running.poll() is None, f"it stopped by itself with {running.returncode}"
            assert time.perf_counter() - begun < PATIENCE, "no page came"
            time.sleep(0.01)
        taken = time.perf_counter() - begun
        running.terminate()  # where nobody sits at a terminal, an interrupt may be ignored
    return taken


def comes(port: int, path: str) -> bool:
    """Return whether the page comes; one that does not yet listen gives no page."""
    line = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
    try:
        line.request("GET", path)
        status = line.getresponse().status
    except OSError:
        return False
    finally:
        line.close()
    assert status == http.HTTPStatus.OK, status
    return True

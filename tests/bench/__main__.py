"""Starts PostgreSQL and Redis for the measurements: `python3 run.py bench [name]`.

PostgreSQL waits for the disk here, as it does where people work.
"""

import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

from tests import services
from tests.suite import production

ROOT = Path(__file__).resolve().parent.parent.parent
OTHERS = ("EVALUATION", "DATA_DIR", "PYTHONDONTWRITEBYTECODE")
DURABLE = {"fsync": "on", "synchronous_commit": "on", "full_page_writes": "on"}


def main(arguments: list[str]) -> int:
    """Run the measurements in a process whose environment is that of production."""
    services.end_on_signals()
    services.ensure_programs()
    if not shutil.which("wrk"):
        services.install("wrk")
    with (
        services.postgres(**DURABLE, shared_buffers="256MB") as database,
        services.redis() as broker,
        tempfile.TemporaryDirectory(prefix="buyin-bench-") as folder,
    ):
        port = services.free_port()
        environment = {k: v for k, v in os.environ.items() if k not in OTHERS}
        environment |= production(database.url, broker) | {
            "DJANGO_SETTINGS_MODULE": "buyin.settings",
            "BEHIND_PROXY": "1",
            "TRUSTED_PROXIES": "1",
            "STATIC_ROOT": str(Path(folder) / "static"),
            "MAIL_HOST": "127.0.0.1",
            "MAIL_PORT": str(port),
            "MAIL_SECURITY": "none",
        }
        with services.process([sys.executable, "-m", "tests.bench.sink", str(port)], folder=ROOT):
            command = [sys.executable, "-m", "tests.bench.measure", *arguments]
            return subprocess.call(command, cwd=ROOT, env=environment, stdin=subprocess.DEVNULL)


if __name__ == "__main__":
    try:
        sys.exit(main(sys.argv[1:]))
    except KeyboardInterrupt:
        sys.exit(130)

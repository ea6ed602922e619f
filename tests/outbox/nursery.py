"""A process that has read the portal's code once and forks whatever a test asks for.

Reading the code takes seconds, and the fault test needs a new worker each time it kills one. Each
line on standard input is one order; each answer is one line.
"""

import os
import signal
import sys
from collections.abc import Callable

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "buyin.settings")

import django
from django.conf import settings
from django.core.management import call_command

django.setup()
settings.FEATURES = ["tests.factories.digests.Telling"]

from buyin.celery import app  # noqa: E402
from buyin.digests.actions import plan  # noqa: E402
from tests.factories.digests import SURVEY, Telling  # noqa: E402

app.loader.import_default_modules()
WORDS = ["-Q", "mail", "-c", "1", "-l", "WARNING", "--without-gossip", "--without-mingle"]


def fork(work: Callable[[], object]) -> int:
    """Do the work in a process group of its own and return its id."""
    pid = os.fork()
    if pid:
        return pid
    os.setsid()
    os.dup2(os.open(os.devnull, os.O_RDWR), sys.stdout.fileno())
    os.dup2(sys.stdout.fileno(), sys.stdin.fileno())
    code = 1
    try:
        work()
        code = 0
    finally:
        sys.stderr.flush()
        os._exit(code)


def migrate() -> None:
    """Make the tables."""
    call_command("migrate", verbosity=0)


def tell_everybody() -> None:
    """Plan the reports of one week, in which one survey waits for everybody."""
    Telling.tasks = [SURVEY]
    plan(period="2026-W40")


def work() -> None:
    """Be a worker that sends mail."""
    app.worker_main(["worker", *WORDS])


def obey(order: str, *words: str) -> str:
    """Carry out one order."""
    if order == "start":
        return str(fork(work))
    if order == "kill":
        os.killpg(int(words[0]), signal.SIGKILL)
        return str(os.waitpid(int(words[0]), 0)[1])
    job = {"migrate": migrate, "plan": tell_everybody}[order]
    running = [fork(job) for _process in range(int(words[0]))]
    return str(sum(os.waitpid(pid, 0)[1] for pid in running))


if __name__ == "__main__":
    for line in sys.stdin:
        sys.stdout.write(f"{obey(*line.split())}\n")
        sys.stdout.flush()

"""A whole portal on servers of its own, for tests that break things: database, broker, workers."""

import contextlib
import os
import subprocess
import sys
import time
from collections import Counter

import psycopg2
import redis
from celery import Celery
from django.conf import settings

from tests.services import Postgres

TICK = "buyin.outbox.tasks.drain"


class Agency:
    """The servers, and the workers that send its mail; each worker is a process group."""

    def __init__(self, database: Postgres, broker: str, port: int) -> None:
        self.database, self.broker = database, broker
        self.workers: list[str] = []
        self.clock = Celery(broker=broker)
        self.nursery = subprocess.Popen(
            [sys.executable, "-W", "ignore", "-m", "tests.outbox.nursery"],
            cwd=settings.BASE_DIR,
            env=self._environment(port),
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            text=True,
        )

    def _environment(self, port: int) -> dict[str, str]:
        return {
            **os.environ,
            "EVALUATION": "1",
            "DATABASE_URL": self.database.url,
            "REDIS_URL": self.broker,
            "MAIL_HOST": "127.0.0.1",
            "MAIL_PORT": str(port),
            "MAIL_SECURITY": "none",
            # A sender that lives waits so long for a database that is started again, on a busy machine too.
            "MAIL_LEASE_SECONDS": "10",
            "MAIL_RETRY_SECONDS": "1",
            "MAIL_SENDERS": "2",
        }

    def order(self, words: str) -> str:
        """Have the nursery do something and return what it answers."""
        assert self.nursery.stdin
        assert self.nursery.stdout
        print(words, file=self.nursery.stdin, flush=True)
        return self.nursery.stdout.readline().strip()

    def start_worker(self) -> None:
        """Start one worker that sends mail."""
        self.workers.append(self.order("start"))

    def kill_worker(self) -> None:
        """Kill the oldest worker with all its processes, at once and without warning."""
        self.order(f"kill {self.workers.pop(0)}")

    def stop(self) -> None:
        """End everything that this started."""
        while self.workers:
            self.kill_worker()
        self.nursery.communicate()
        self.clock.close()

    def tick(self) -> None:
        """Do what the timetable does, only more often; a broker that is away costs the tick."""
        with contextlib.suppress(Exception):
            self.clock.send_task(TICK, queue="mail", expires=5, ignore_result=True, retry=False)

    def wipe_broker(self) -> None:
        """Make the broker forget everything."""
        with redis.Redis.from_url(self.broker) as client:
            client.flushall()

    def restart_database(self) -> None:
        """Stop the database as a power failure would, and start it again."""
        self.database.stop()
        time.sleep(0.5)
        self.database.start()

    def query(self, statement: str) -> list[tuple]:
        """Ask the database beside the portal."""
        connection = psycopg2.connect(self.database.url.replace("postgres://", "postgresql://"))
        with contextlib.closing(connection), connection, connection.cursor() as cursor:
            cursor.execute(statement)
            return cursor.fetchall() if cursor.description else []

    def states(self) -> Counter[str]:
        """Return how many mails are in which state."""
        return Counter(
            dict(self.query("select state, count(*) from outbox_message group by state"))
        )

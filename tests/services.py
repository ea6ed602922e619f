"""Throw-away PostgreSQL and Redis on free ports, and the programs that the suite needs.

As root on Debian and Ubuntu what is missing is installed; elsewhere the line to run is printed.
"""

import contextlib
import os
import shutil
import signal
import socket
import subprocess
import tempfile
import time
from collections.abc import Iterable, Iterator
from pathlib import Path

POSTGRES_FOLDERS = (
    "/usr/lib/postgresql/*/bin",
    "/usr/pgsql-*/bin",
    "/opt/homebrew/opt/postgresql@*/bin",
    "/usr/local/opt/postgresql@*/bin",
)
# Chromium without the parts that draw windows: the browser's tests need a third less time in it.
LIGHT = "chromium-headless-shell"
BROWSERS = (LIGHT, "chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
# How packages come onto a machine, by the program that brings them.
APT = "apt-get"
MANAGERS = {
    "brew": ("brew install {}", "postgresql@16", "redis", ""),
    APT: (
        "sudo apt-get install --no-install-recommends {}",
        *("postgresql", "redis-server", "chromium fonts-liberation"),
    ),
    "dnf": ("sudo dnf install {}", "postgresql-server", "redis", "chromium liberation-fonts"),
    "zypper": ("sudo zypper install {}", "postgresql-server", "redis", "chromium liberation-fonts"),
    "pacman": ("sudo pacman -S {}", "postgresql", "valkey", "chromium ttf-liberation"),
}
PROGRAMS = ("PostgreSQL", "Redis", "Chromium")
# The servers keep nothing, so they need not wait for the disk.
POSTGRES_OPTIONS = {"fsync": "off", "synchronous_commit": "off", "full_page_writes": "off"}


def _version(folder: Path) -> list[int]:
    digits = "".join(c if c.isdigit() else " " for c in str(folder))
    return [int(part) for part in digits.split()]


def postgres_folder() -> Path | None:
    """Return the folder of the newest PostgreSQL server programs on this machine."""
    on_path = shutil.which("initdb")
    if on_path:
        return Path(on_path).resolve().parent
    found = [f for pattern in POSTGRES_FOLDERS for f in Path("/").glob(pattern[1:])]
    return max((f for f in found if (f / "initdb").exists()), key=_version, default=None)


def redis_program() -> str | None:
    """Return the path of a Redis server (or of Valkey, which speaks the same)."""
    return shutil.which("redis-server") or shutil.which("valkey-server")


def browser_program() -> str | None:
    """Return the path of a Chromium of the machine, or of the one that Playwright keeps."""
    names = (os.environ.get("CHROMIUM", ""), *BROWSERS)
    on_path = next((path for name in names if name and (path := shutil.which(name))), None)
    kept = Path.home().glob(".cache/ms-playwright/chromium-*/*/chrome")
    return on_path or next(map(str, kept), None)


def missing() -> list[str]:
    """Return the names of the programs that this machine lacks."""
    have = {
        "PostgreSQL": postgres_folder(),
        "Redis": redis_program(),
        "Chromium": browser_program(),
    }
    return [name for name, path in have.items() if not path]


def ensure_programs() -> None:
    """Install what is missing where that is ours to do, or leave with the line to run."""
    lacking = missing()
    if lacking:
        install(*_packages(APT, lacking))
        lacking = missing()
    if not shutil.which(LIGHT):
        install(LIGHT)
    if lacking:
        line = line_to_run(lacking)
        raise SystemExit(f"Missing: {', '.join(lacking)}. {line}")


def _packages(manager: str, lacking: Iterable[str]) -> list[str]:
    names = dict(zip(PROGRAMS, MANAGERS[manager][1:], strict=True))
    return " ".join(names[program] for program in lacking).split()


def line_to_run(lacking: Iterable[str]) -> str:
    """Return what to run on this machine so that it has these programs."""
    manager = next((name for name in MANAGERS if shutil.which(name)), None)
    if manager is None:
        return "Install them with the package manager of this machine and start again."
    packages = _packages(manager, lacking)
    lines = [MANAGERS[manager][0].format(" ".join(packages))] if packages else []
    if manager == "brew" and "Chromium" in lacking:
        lines.append(".venv/bin/playwright install chromium")
    return f"Run this and start again: {' && '.join(lines)}"


def install(*packages: str) -> None:
    """Install Debian packages without starting the servers that they bring, where we are root."""
    if not shutil.which(APT) or os.geteuid():
        return
    print(f"Installing {', '.join(packages)} …", flush=True)
    settings = Path("/etc/postgresql-common/createcluster.conf")
    if not settings.exists():
        settings.parent.mkdir(parents=True, exist_ok=True)
        settings.write_text("create_main_cluster = false\n")
    environment = {**os.environ, "DEBIAN_FRONTEND": "noninteractive", "RUNLEVEL": "1"}
    for words in (["update"], ["install", "-y", "--no-install-recommends", *packages]):
        subprocess.run(
            [APT, "-qq", "-o", "DPkg::Lock::Timeout=120", *words],
            env=environment,
            check=False,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
        )


def end_on_signals() -> None:
    """Let a signal that ends this process end what it started too."""
    for name in (signal.SIGTERM, signal.SIGHUP):
        signal.signal(name, signal.default_int_handler)


def free_port() -> int:
    """Return a port of the loopback address that nobody uses right now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def wait_for_port(port: int, *, seconds: float = 20) -> None:
    """Return as soon as somebody listens on the port; raise TimeoutError after that long."""
    until = time.monotonic() + seconds
    while time.monotonic() < until:
        with contextlib.suppress(OSError), socket.create_connection(("127.0.0.1", port), 0.2):
            return
        time.sleep(0.05)
    raise TimeoutError(f"Nobody listens on port {port}")


class Postgres:
    """One throw-away PostgreSQL server; `options` are its settings, by name."""

    def __init__(self, folder: Path, top: Path, options: dict[str, str]) -> None:
        self.folder, self.top, self.port = folder, top, free_port()
        self.options = {"listen_addresses": "127.0.0.1", "port": str(self.port), **options}
        self.options["unix_socket_directories"] = str(top)
        self.url = self.address("postgres")

    def address(self, name: str) -> str:
        """Return how one of its databases is reached."""
        return f"postgres://buyin@127.0.0.1:{self.port}/{name}"

    def add(self, name: str) -> str:
        """Make an empty database and return its address."""
        self.call("createdb", "-h", "127.0.0.1", "-p", str(self.port), "-U", "buyin", name)
        return self.address(name)

    def call(self, program: str, *arguments: str) -> None:
        """Run one of its programs, as another user where we are root, which it refuses."""
        user = "nobody" if os.geteuid() == 0 else None
        subprocess.run(
            [str(self.folder / program), *arguments],
            check=True,
            cwd=self.top,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            user=user,
            extra_groups=[] if user else None,
            start_new_session=True,
        )

    def create(self) -> None:
        """Make the files of an empty server."""
        if os.geteuid() == 0:
            shutil.chown(self.top, "nobody")
        data = str(self.top / "data")
        words = ["-U", "buyin", "-A", "trust", "-E", "UTF8", "--locale=C", "--no-sync"]
        self.call("initdb", "-D", data, *words)

    def start(self) -> None:
        """Start it and wait until it answers."""
        words = " ".join(f"-c {name}={value}" for name, value in self.options.items())
        self._control("-l", str(self.top / "log"), "-o", words, "start")

    def stop(self) -> None:
        """Stop it at once, as a power failure would."""
        self._control("-m", "immediate", "stop")

    def _control(self, *arguments: str) -> None:
        self.call("pg_ctl", "-D", str(self.top / "data"), "-w", "-t", "30", *arguments)


@contextlib.contextmanager
def postgres(**options: str) -> Iterator[Postgres]:
    """Run a throw-away PostgreSQL; removed afterwards, whatever happens."""
    folder = postgres_folder()
    if not folder:
        raise SystemExit("PostgreSQL is not installed.")
    with tempfile.TemporaryDirectory(prefix="buyin-pg-", ignore_cleanup_errors=True) as top:
        server = Postgres(folder, Path(top), POSTGRES_OPTIONS | options)
        server.create()
        try:
            server.start()
            yield server
        finally:
            with contextlib.suppress(subprocess.CalledProcessError):
                server.stop()


@contextlib.contextmanager
def redis() -> Iterator[str]:
    """Run a throw-away Redis that keeps nothing, and yield its address."""
    program = redis_program()
    if not program:
        raise SystemExit("Redis is not installed.")
    port = free_port()
    with tempfile.TemporaryDirectory(prefix="buyin-redis-") as top:
        words = ["--port", str(port), "--bind", "127.0.0.1", "--save", "", "--appendonly", "no"]
        with process([program, *words, "--dir", top]):
            wait_for_port(port)
            yield f"redis://127.0.0.1:{port}/0"


@contextlib.contextmanager
def process(
    command: Iterable[str],
    *,
    environment: dict[str, str] | None = None,
    folder: Path | None = None,
) -> Iterator[subprocess.Popen]:
    """Run a server beside us without its output, and end it afterwards."""
    running = subprocess.Popen(
        list(command),
        env=environment,
        cwd=folder,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        start_new_session=True,
    )
    try:
        yield running
    finally:
        running.terminate()
        try:
            running.wait(20)
        except subprocess.TimeoutExpired:
            running.kill()
            running.wait()

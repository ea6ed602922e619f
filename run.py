#!/usr/bin/env python3
"""The front door: makes the environment once, then starts the portal, the checks or a command.

    python3 run.py                    try the portal out at http://127.0.0.1:8000
    python3 run.py test [arguments]   run every check, or pytest alone with these arguments
    python3 run.py bench [name]       measure, and print one JSON line for each benchmark
    python3 run.py manage COMMAND     run a Django command in the same environment

Needs nothing but Python 3.12 or newer; everything else comes from the locked requirements.
"""

import argparse
import contextlib
import hashlib
import importlib.util
import os
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import NoReturn

try:
    import fcntl
except ImportError:  # Windows has no such locks; there two first starts at once are not guarded.
    fcntl = None  # type: ignore[assignment]

MINIMUM = (3, 12)
ROOT = Path(__file__).resolve().parent
VENV = ROOT / ".venv"
STAMP = VENV / "portal-stamp.txt"
PYTHON = VENV / ("Scripts/python.exe" if os.name == "nt" else "bin/python")
LOOPBACK = ("127.0.0.1", "localhost", "::1")
EVERYWHERE = ("0.0.0.0", "::")
MODULES = {"test": "tests.suite", "bench": "tests.bench"}


def newer_python() -> str:
    """Return the path of a Python on this machine that is new enough, or nothing."""
    for name in ("python3.14", "python3.13", "python3.12"):
        path = shutil.which(name)
        if path and subprocess.call([path, "-c", ""], stderr=subprocess.DEVNULL) == 0:
            return path
    return ""


def demand_python() -> None:
    """Go on with a Python that is new enough, or say in one line what to do."""
    if sys.version_info >= MINIMUM:
        return
    path = newer_python()
    if path:
        hand_over([path, str(ROOT / "run.py"), *sys.argv[1:]], dict(os.environ))
    sys.exit(
        "Python {}.{} or newer is needed, and this is {}. Install a newer one "
        "(your system's packages, python.org, or: uv python install 3.13) "
        "and start this again with it, for instance: python3.13 run.py".format(
            *MINIMUM, sys.version.split()[0]
        )
    )


def hand_over(command: list, environment: dict) -> NoReturn:
    """Become this command; where a process cannot, wait for it and leave with its answer."""
    sys.stdout.flush()
    if os.name != "nt":
        os.chdir(str(ROOT))
        os.execve(command[0], command, environment)
    with contextlib.suppress(KeyboardInterrupt):
        sys.exit(subprocess.call(command, cwd=str(ROOT), env=environment))
    sys.exit(130)


def wanted_stamp(locks: list) -> list:
    """Return what the stamp says once these locks are installed: Python and the locks' sums."""
    sums = [f"{n} {hashlib.sha256((ROOT / n).read_bytes()).hexdigest()}" for n in locks]
    return ["python {}.{}".format(*sys.version_info[:2]), *sums]


def is_made(locks: list) -> bool:
    """Return whether the environment holds exactly these locks for this Python."""
    if not (PYTHON.exists() and STAMP.exists()):
        return False
    have = STAMP.read_text().splitlines()
    return all(line in have for line in wanted_stamp(locks))


def is_foreign() -> bool:
    """Return whether somebody else made the environment; such a one is used and never changed."""
    return VENV.exists() and not STAMP.exists()


def demand_foreign() -> None:
    """Leave with one line of advice where somebody else's environment lacks the packages."""
    found = PYTHON.exists() and subprocess.run(
        [str(PYTHON), "-c", "import django, celery, waitress, openpyxl, xlsxwriter"],
        capture_output=True,
        check=False,
    )
    if not found or found.returncode:
        sys.exit(
            "The folder .venv was not made by run.py and lacks packages that the portal needs. "
            "Remove that folder and start this again."
        )


@contextlib.contextmanager
def alone() -> Iterator:
    """Let one start at a time make the environment; the others wait and then find it made."""
    folder = ROOT / ".local"
    folder.mkdir(exist_ok=True)
    with (folder / "install.lock").open("w") as lock:
        if fcntl:
            fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def step(command: list, advice: str) -> None:
    """Run one step of the installation; on failure leave with advice and the tool's last word."""
    done = subprocess.run(command, cwd=str(ROOT), capture_output=True, text=True, check=False)
    if done.returncode:
        said = [line.strip() for line in (done.stderr + done.stdout).splitlines() if line.strip()]
        errors = [line for line in said if line.lower().startswith("error")] or said[-1:]
        sys.exit("{} ({})".format(advice, errors[0] if errors else "no message"))


def clear() -> None:
    """Empty the environment's folder; the stamp in it tells every other start whose folder it is."""
    VENV.mkdir(exist_ok=True)
    STAMP.write_text("unfinished\n")
    for path in VENV.iterdir():
        if path.is_dir() and not path.is_symlink():
            shutil.rmtree(str(path))
        elif path != STAMP:
            path.unlink()


def make_environment(locks: list) -> None:
    """Make the environment anew and install the last of these locks, checked by its hashes."""
    uv = shutil.which("uv")
    if not uv and not all(importlib.util.find_spec(name) for name in ("venv", "ensurepip")):
        sys.exit(
            "Python's venv module is missing. On Debian or Ubuntu run: "
            "apt install python{}.{}-venv (or python3-venv), then start this again.".format(
                *sys.version_info[:2]
            )
        )
    clear()
    lock, here = str(ROOT / locks[-1]), str(VENV)
    if uv:
        venv = [uv, "venv", "--quiet", "--allow-existing", "--python", sys.executable, here]
        install = [uv, "pip", "install", "--quiet", "--compile-bytecode", "--python", str(PYTHON)]
    else:
        venv = [sys.executable, "-m", "venv", here]
        install = [str(PYTHON), "-m", "pip", "install", "--quiet", "--disable-pip-version-check"]
    step(venv, "The folder .venv could not be made.")
    step(
        [*install, "--require-hashes", "-r", lock],
        "The packages could not be installed. Check the network and start this again.",
    )
    STAMP.write_text("\n".join(wanted_stamp(locks)) + "\n")


def prepare(locks: list) -> None:
    """Make sure that the environment holds these locks."""
    if is_foreign():
        demand_foreign()
        return
    if is_made(locks):
        return
    with alone():
        if is_made(locks):
            return
        start = time.monotonic()
        print("Installing the packages into .venv (once, about a minute) …", flush=True)
        make_environment(locks)
        print(f"Installed in {time.monotonic() - start:.0f} seconds.", flush=True)


def evaluation(*, data: str = "", host: str = LOOPBACK[0], port: int = 8000) -> dict:
    """Return the environment of the evaluation mode."""
    seen = LOOPBACK[0] if host in EVERYWHERE else host
    environment = {**os.environ, "EVALUATION": "1", "SITE_URL": f"http://{seen}:{port}"}
    environment.pop("PYTHONDONTWRITEBYTECODE", None)  # compiled modules make the next start quick
    if data:
        environment["DATA_DIR"] = str(Path(data).resolve())
    if host not in LOOPBACK:
        environment.setdefault("ALLOWED_HOSTS", "*")
    return environment


def portal(arguments: list) -> None:
    """Start the portal in one process for trying it out."""
    parser = argparse.ArgumentParser(
        prog="run.py", description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--port", type=int, default=8000, help="the port to listen on")
    parser.add_argument("--host", default=LOOPBACK[0], help="the address to listen on")
    parser.add_argument(
        "--data", metavar="DIR", default="", help="where the data lie (default: .local)"
    )
    parser.add_argument("--empty", action="store_true", help="without the demo agency")
    given = parser.parse_args(arguments)
    prepare(["requirements.txt"])
    command = [str(PYTHON), str(ROOT / "manage.py"), "portal"]
    command += ["--host", given.host, "--port", str(given.port)]
    command += ["--empty"] if given.empty else []
    hand_over(command, evaluation(data=given.data, host=given.host, port=given.port))


def manage(arguments: list) -> None:
    """Run a Django command, in evaluation mode unless the environment says what to use."""
    prepare(["requirements.txt"])
    says = (ROOT / ".env").exists() or {"EVALUATION", "DATABASE_URL"} & set(os.environ)
    environment = dict(os.environ) if says else evaluation()
    hand_over([str(PYTHON), str(ROOT / "manage.py"), *arguments], environment)


def develop(name: str, arguments: list) -> None:
    """Run the checks or the benchmarks, which need the developers' packages too."""
    prepare(["requirements.txt", "requirements-dev.txt"])
    hand_over([str(PYTHON), "-m", MODULES[name], *arguments], dict(os.environ))


def main(arguments: list) -> None:
    """Do what the first word asks for."""
    demand_python()
    name = arguments[0] if arguments else ""
    if name == "manage":
        manage(arguments[1:])
    elif name in MODULES:
        develop(name, arguments[1:])
    else:
        portal(arguments)


if __name__ == "__main__":
    try:
        main(sys.argv[1:])
    except KeyboardInterrupt:
        sys.exit(130)

"""Runs the measurements that were asked for, in the environment that __main__ made."""

import importlib
import sys
from collections.abc import Iterator

import django
from django.core.management import call_command

from tests.bench.result import Result

# The modules need the models, so they are imported once Django is ready.
MODULES = {
    "pages": "tests.bench.pages",
    "submit": "tests.bench.submit",
    "logic": "tests.bench.logic",
    "snapshot": "tests.bench.snapshot",
    "export": "tests.bench.export",
    "conditions": "tests.bench.conditions",
    "mail": "tests.bench.mail",
    "sharing": "tests.bench.sharing",
    "start": "tests.bench.start",
    "inventory": "tests.bench.inventory",
    "lists": "tests.bench.lists",
    "list-import": "tests.bench.list_import",
}


def results(name: str) -> Iterator[Result]:
    """Return what one group of measurements found, as it is found."""
    module = importlib.import_module(MODULES[name])
    found: Iterator[Result] = module.measure()
    yield from found


def main(names: list[str]) -> int:
    """Run these groups, or all, and print one JSON line for each measurement.

    Returns 1 where one of them is not what it should be.
    """
    unknown = [name for name in names if name not in MODULES]
    if unknown:
        print(f"No benchmark {', '.join(unknown)}; there are {', '.join(MODULES)}.")
        return 2
    django.setup()
    call_command("migrate", verbosity=0)
    call_command("collectstatic", verbosity=0, interactive=False)
    missed = []
    for name in names or MODULES:
        # What one group has left, such as its open surveys, is not to be looked at by the next.
        call_command("flush", verbosity=0, interactive=False)
        for result in results(name):
            print(result.line, flush=True)
            missed += [] if result.met else [result.name]
    if missed:
        print("Not what it should be: " + "; ".join(missed), file=sys.stderr)
    return 1 if missed else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))

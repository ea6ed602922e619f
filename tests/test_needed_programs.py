"""What the suite does where PostgreSQL, Redis or Chromium is missing: install it, or say how."""

import subprocess

import pytest

from tests import services

APT = "sudo apt-get install --no-install-recommends"


@pytest.fixture
def machine(monkeypatch, tmp_path):
    """Return a function that makes this a machine with these tools, on which programs are missing.

    What root installs there is there afterwards; the commands that were run are returned.
    """

    def make(*tools, root=False, missing=("PostgreSQL", "Redis", "Chromium"), works=True):
        ran = []

        def run(command, **_options):
            ran.append(command)
            return subprocess.CompletedProcess(command, 0)

        monkeypatch.setattr(
            "tests.services.shutil.which", lambda name: name if name in tools else None
        )
        monkeypatch.setattr("tests.services.os.geteuid", lambda: 0 if root else 1000)
        monkeypatch.setattr("tests.services.subprocess.run", run)
        monkeypatch.setattr(services, "Path", lambda _path: tmp_path / "createcluster.conf")
        monkeypatch.setattr(services, "missing", lambda: [] if ran and works else list(missing))
        return ran

    return make


@pytest.mark.parametrize(
    ("tools", "line"),
    [
        (["apt-get"], f"{APT} postgresql redis-server chromium fonts-liberation"),
        (["dnf"], "sudo dnf install postgresql-server redis chromium liberation-fonts"),
        (["zypper"], "sudo zypper install postgresql-server redis chromium liberation-fonts"),
        (["pacman"], "sudo pacman -S postgresql valkey chromium ttf-liberation"),
        (["brew"], "brew install postgresql@16 redis && .venv/bin/playwright install chromium"),
    ],
)
def test_who_may_not_install_reads_the_exact_line_to_run(machine, tools, line):
    ran = machine(*tools)

    with pytest.raises(SystemExit) as ended:
        services.ensure_programs()

    assert str(ended.value) == (
        f"Missing: PostgreSQL, Redis, Chromium. Run this and start again: {line}"
    )
    assert ran == []


@pytest.mark.parametrize(
    ("tool", "missing", "line"),
    [
        ("apt-get", "Redis", f"{APT} redis-server"),
        ("dnf", "PostgreSQL", "sudo dnf install postgresql-server"),
        ("brew", "Redis", "brew install redis"),
        ("brew", "Chromium", ".venv/bin/playwright install chromium"),
    ],
)
def test_only_what_is_missing_is_in_the_line(machine, tool, missing, line):
    machine(tool, missing=[missing])

    with pytest.raises(SystemExit) as ended:
        services.ensure_programs()

    assert str(ended.value) == f"Missing: {missing}. Run this and start again: {line}"


def test_a_machine_without_a_known_package_manager_is_told_so(machine):
    machine(missing=["Redis"])

    with pytest.raises(
        SystemExit, match=r"^Missing: Redis\. Install them with the package manager"
    ):
        services.ensure_programs()


def test_root_on_debian_installs_what_is_missing_without_starting_servers(machine, tmp_path):
    ran = machine("apt-get", root=True)

    services.ensure_programs()

    assert [command[4] for command in ran] == ["update", "install"] * 2
    assert ran[1][-4:] == ["postgresql", "redis-server", "chromium", "fonts-liberation"]
    assert (tmp_path / "createcluster.conf").read_text() == "create_main_cluster = false\n"


def test_root_whose_packages_cannot_be_had_reads_the_line_too(machine):
    machine("apt-get", root=True, works=False)

    with pytest.raises(SystemExit, match="Run this and start again: sudo apt-get install"):
        services.ensure_programs()


def test_where_nothing_is_missing_nothing_is_run(machine):
    ran = machine("apt-get", services.LIGHT, root=True, missing=[])

    services.ensure_programs()

    assert ran == []


def test_root_on_debian_gets_the_lighter_browser_where_there_is_one(machine):
    ran = machine("apt-get", root=True, missing=[])

    services.ensure_programs()

    assert ran[-1][-1] == "chromium-headless-shell"


def test_who_may_not_install_does_without_the_lighter_browser(machine):
    ran = machine("apt-get", missing=[])

    services.ensure_programs()

    assert ran == []

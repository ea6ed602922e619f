"""What people follow when they run the portal themselves: the image, the example, the documents."""

import re
from pathlib import Path

import pytest
import yaml
from django.apps import apps
from django.core.management import call_command

from buyin.accounts.models import Role, User

ROOT = Path(__file__).resolve().parent.parent.parent
DOCUMENTS = sorted([*ROOT.glob("docs/**/*.md"), ROOT / "README.md", ROOT / "CONTRIBUTING.md"])
COMPOSE = yaml.safe_load((ROOT / "docker-compose.yml").read_text())
LINK = re.compile(r"\]\((?!https?:|mailto:|#)([^)#\s]+)")


def copied():
    """The files and folders that the image takes from the project."""
    lines = (ROOT / "Dockerfile").read_text().splitlines()
    copies = [line.split()[1:] for line in lines if line.startswith("COPY ")]
    return {
        source.rstrip("/")
        for words in copies
        if not words[0].startswith("--")
        for source in words[:-1]
    }


def test_the_image_takes_only_what_is_in_the_project():
    assert [source for source in copied() if not (ROOT / source).exists()] == []


def test_the_image_takes_every_part_of_the_portal():
    ours = {
        Path(one.path).relative_to(ROOT).parts[0]
        for one in apps.get_app_configs()
        if Path(one.path).is_relative_to(ROOT) and ".venv" not in one.path
    }

    assert {*ours, "templates", "static", "manage.py", "requirements.txt"} <= copied()


@pytest.mark.parametrize("name", COMPOSE["services"])
def test_a_container_is_asked_for_its_health_or_ends_by_itself(name):
    service = COMPOSE["services"][name]
    of_the_image = service.get("build") and "HEALTHCHECK" in (ROOT / "Dockerfile").read_text()
    check = service.get("healthcheck", {})

    assert check.get("test") or of_the_image
    assert not check.get("disable") or service["restart"] == "no"


@pytest.mark.parametrize("name", COMPOSE["services"])
def test_a_container_keeps_data_in_a_named_volume_or_not_at_all(name):
    volumes = [one.partition(":")[0] for one in COMPOSE["services"][name].get("volumes", [])]

    assert set(volumes) <= set(COMPOSE["volumes"])


@pytest.mark.parametrize("name", ["web", "worker", "beat", "migrate"])
def test_any_number_of_the_portals_containers_can_run_because_none_keeps_anything(name):
    service = COMPOSE["services"][name]

    assert {"ports", "volumes", "container_name", "hostname", "user"} & set(service) == set()
    assert service["read_only"] is True
    assert service["cap_drop"] == ["ALL"]


def test_the_portal_does_not_run_as_root():
    lines = (ROOT / "Dockerfile").read_text().splitlines()
    (user,) = [line.split()[1] for line in lines if line.startswith("USER ")]

    assert user != "root"
    assert any(line.startswith("RUN useradd ") and line.endswith(f" {user}") for line in lines)


def test_the_documents_start_the_same_processes_as_the_containers():
    services = COMPOSE["services"]
    written = (ROOT / "docs/running.md").read_text()

    worker = services["worker"]["command"].partition(" --loglevel")[0]
    assert f"    {worker}\n" in written
    assert "    celery -A buyin beat --schedule" in written
    for service in re.findall(r"docker compose (?:exec|run) (?:-\S+ )*(\w+)", written):
        assert service in services


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda one: str(one.relative_to(ROOT)))
def test_every_link_of_a_document_leads_to_a_file(document):
    links = LINK.findall(document.read_text())

    assert [link for link in links if not (document.parent / link).exists()] == []


def test_the_first_administrator_is_made_as_written(db, monkeypatch):
    monkeypatch.setenv("DJANGO_SUPERUSER_PASSWORD", "a long enough passphrase")

    call_command("createsuperuser", "--no-input", email="Ada@X.example", name="Ada", verbosity=0)

    assert User.objects.get(email="ada@x.example").holds(Role.ADMINISTRATOR)

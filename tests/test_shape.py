"""The shape of the code, checked like any other behaviour: sizes, names, and nothing left over.

The order inside a model, complexity and the number of arguments are ruff's to check; who may import
whom is import-linter's.
"""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.conf import settings
from django.core.management import get_commands
from django.template import engines
from django.urls import URLPattern, URLResolver, get_resolver

from buyin.features import Feature, all_features

ROOT = Path(__file__).resolve().parent.parent
APPS = ("buyin", "surveys", "training", "feedback")
CODE = sorted(p for app in APPS for p in (ROOT / app).rglob("*.py") if "migrations" not in p.parts)
CODE += [ROOT / "run.py", ROOT / "manage.py"]
TESTS = sorted((ROOT / "tests").rglob("*.py"))
TEMPLATES = sorted((ROOT / "templates").rglob("*.html"))
DOCS = [ROOT / "README.md", *sorted((ROOT / "docs").rglob("*.md"))]
NAMES_WITHOUT_MEANING = {
    "utils", "helpers", "common", "services", "signals", "mixins", "misc", "base",
}  # fmt: skip
BANNED_IN_PAGES = {
    "an inline style": re.compile(r"<[^>]*\sstyle=", re.IGNORECASE),
    "a style element": re.compile(r"<style\b", re.IGNORECASE),
    "an inline handler": re.compile(r"<[^>]*\son[a-z]+=", re.IGNORECASE),
    "an inline script": re.compile(
        r"<script(?![^>]*\bsrc=)(?![^>]*type=\"application/json\")", re.IGNORECASE
    ),
    "another host": re.compile(r"\b(?:src|action)=\"(?:https?:)?//", re.IGNORECASE),
}

ASKS_AT_ONCE = {"is_visible", "is_hidden", "is_checked", "is_enabled", "input_value", "url"}


def short(path: Path) -> str:
    """The name of a test case: the path as one types it."""
    return str(path.relative_to(ROOT))


def lines(path: Path) -> list[str]:
    return path.read_text().splitlines()


def functions(path: Path) -> Iterator[ast.FunctionDef]:
    tree = ast.parse(path.read_text())
    return (node for node in ast.walk(tree) if isinstance(node, ast.FunctionDef))


def length(function: ast.FunctionDef) -> int:
    return (function.end_lineno or 0) - function.lineno + 1


def is_view(path: Path, function: ast.FunctionDef) -> bool:
    arguments = function.args.posonlyargs + function.args.args
    in_views = path.name == "views.py" or path.parent.name == "views"
    return in_views and bool(arguments) and arguments[0].arg.lstrip("_") == "request"


def is_mail(path: Path) -> bool:
    """Mail programs know no style sheets, so mails may carry their styles inline."""
    beside = path.with_suffix("").with_suffix(".subject.txt")
    return beside.exists() or bool({"mail", "mails", "email"} & set(path.parts))


def addresses(resolver: URLResolver | None = None, prefix: str = "") -> Iterator[tuple[str, str]]:
    """Every address as (route, name), our own and those of the libraries."""
    for entry in (resolver or get_resolver()).url_patterns:
        route = prefix + str(entry.pattern)
        if isinstance(entry, URLResolver):
            yield from addresses(entry, route)
        elif isinstance(entry, URLPattern):
            yield route, entry.name or ""


# Sizes


@pytest.mark.parametrize("path", CODE, ids=short)
def test_a_code_file_has_at_most_300_lines(path):
    assert len(lines(path)) <= 300


@pytest.mark.parametrize("path", TESTS, ids=short)
def test_a_test_file_has_at_most_400_lines(path):
    assert len(lines(path)) <= 400


@pytest.mark.parametrize("path", TEMPLATES, ids=short)
def test_a_template_has_at_most_120_lines(path):
    assert len(lines(path)) <= 120


@pytest.mark.parametrize("path", CODE, ids=short)
def test_a_function_has_at_most_40_lines(path):
    assert [f"{f.name}: {length(f)}" for f in functions(path) if length(f) > 40] == []


@pytest.mark.parametrize("path", CODE, ids=short)
def test_a_view_has_at_most_25_lines(path):
    views = [f for f in functions(path) if is_view(path, f)]

    assert [f"{f.name}: {length(f)}" for f in views if length(f) > 25] == []


# Names and words


@pytest.mark.parametrize("path", CODE, ids=short)
def test_a_module_has_a_name_with_a_meaning(path):
    given_by_django = path.match("postgres/base.py")  # where a database back end has to be
    assert given_by_django or not NAMES_WITHOUT_MEANING & {
        path.stem,
        *path.relative_to(ROOT).parts,
    }


@pytest.mark.parametrize("path", [*CODE, *TESTS], ids=short)
def test_a_module_says_what_it_is_for(path):
    tree = ast.parse(path.read_text())

    assert not tree.body or ast.get_docstring(tree) or path.name == "apps.py"


def test_the_top_level_holds_only_what_was_agreed():
    agreed = {
        *APPS, "manage.py", "run.py", "templates", "static", "tests", "docs", "locale", "frontend",
        "pyproject.toml", "requirements.txt", "requirements-dev.txt", "docker-compose.yml",
        "Dockerfile", "README.md", "LICENSE", "SECURITY.md", "CONTRIBUTING.md",
    }  # fmt: skip
    ignored = {line.strip("/") for line in lines(ROOT / ".gitignore")}
    found = {p.name for p in ROOT.iterdir() if not p.name.startswith(".")}

    assert found - agreed - ignored == set()


# Templates


@pytest.mark.parametrize("path", TEMPLATES, ids=short)
def test_a_template_compiles(path):
    engines["django"].get_template(str(path.relative_to(ROOT / "templates")))


def test_every_template_is_used():
    sources = [*CODE, *(p for p in (ROOT / "templates").rglob("*") if p.is_file())]
    text = "\n".join(path.read_text() for path in sources)
    names = [str(path.relative_to(ROOT / "templates")) for path in TEMPLATES]
    # Libraries ask for their own templates by these names.
    libraries = (
        "account/",
        "mfa/",
        "socialaccount/",
        "allauth/",
        "admin/",
        "django/",
        "usersessions/",
    )

    assert [n for n in names if n not in text and not n.startswith(libraries)] == []


@pytest.mark.parametrize("path", [p for p in TEMPLATES if not is_mail(p)], ids=short)
def test_a_page_has_nothing_inline_and_asks_no_other_host(path):
    text = path.read_text()

    assert [what for what, pattern in BANNED_IN_PAGES.items() if pattern.search(text)] == []


@pytest.mark.parametrize("path", TEMPLATES, ids=short)
def test_a_template_loads_one_library_a_line_in_order(path):
    loads = re.findall(r"{% load ([^%]+?) %}", path.read_text())

    assert [name for name in loads if " " in name and " from " not in name] == []
    assert loads == sorted(loads, key=lambda name: name.rsplit(" from ", 1)[-1])


# Addresses, features, settings


def test_every_address_of_ours_has_a_name():
    unnamed = [
        r for r, name in addresses() if not name and not r.startswith(("admin/", "accounts/"))
    ]

    assert unnamed == []


def test_every_feature_in_the_settings_loads():
    assert [isinstance(feature, Feature) for feature in all_features()] == [True] * len(
        settings.FEATURES
    )


def test_no_setting_is_one_that_django_gives_up():
    text = (ROOT / "buyin" / "settings.py").read_text()

    assert (
        re.findall(
            r"^(?:EMAIL_\w+|USE_L10N|DEFAULT_FILE_STORAGE|STATICFILES_STORAGE)", text, re.MULTILINE
        )
        == []
    )


def test_each_variable_that_the_settings_read_is_explained_and_no_other():
    tree = ast.parse((ROOT / "buyin" / "settings.py").read_text())
    read = {
        node.args[0].value
        for node in ast.walk(tree)
        if isinstance(node, ast.Call)
        and isinstance(node.func, ast.Attribute)
        and isinstance(node.func.value, ast.Name)
        and node.func.value.id == "env"
        and node.args
        and isinstance(node.args[0], ast.Constant)
    }
    compose = re.findall(r"\$\{([A-Z_]+)", (ROOT / "docker-compose.yml").read_text())
    explained = set(
        re.findall(r"^#? ?([A-Z][A-Z0-9_]+)=", (ROOT / ".env.example").read_text(), re.MULTILINE)
    )

    assert explained == read | set(compose)


# What lies in the repository


@pytest.mark.parametrize("name", ["requirements.txt", "requirements-dev.txt"])
def test_a_lock_has_hashes_and_no_addresses(name):
    text = (ROOT / name).read_text()

    assert "--hash=sha256:" in text
    assert re.findall(r"https?://|--(?:extra-)?index-url|--find-links", text) == []


@pytest.mark.parametrize("path", [*CODE, *TESTS, *DOCS, *TEMPLATES], ids=short)
def test_a_file_names_no_folder_of_one_machine(path):
    folders = re.compile(r"(?<![\w.])/(?:home|root|Users|work)/\w+")

    assert folders.findall(path.read_text()) == []


@pytest.mark.parametrize("path", DOCS, ids=short)
def test_a_document_names_only_commands_that_exist(path):
    text = path.read_text()
    named = set(re.findall(r"(?:manage\.py|run\.py manage) ([a-z][a-z_]+)", text))
    started = set(re.findall(r"run\.py ([a-z]+)", text))

    assert named - set(get_commands()) == set()
    assert started - {"test", "bench", "manage"} == set()


@pytest.mark.parametrize("path", DOCS, ids=short)
def test_a_link_between_documents_leads_somewhere(path):
    targets = re.findall(r"\]\((?!https?:|#|mailto:)([^)#\s]+)", path.read_text())

    assert [target for target in targets if not (path.parent / target).exists()] == []


def asks_at_once(path: Path) -> list[int]:
    """The lines where a test asks what a page shows now, though it may still be on its way."""
    tree = ast.parse(path.read_text())
    asked = [node for check in ast.walk(tree) if isinstance(check, ast.Assert)
             for node in ast.walk(check) if isinstance(node, ast.Attribute)]  # fmt: skip
    return [node.lineno for node in asked if node.attr in ASKS_AT_ONCE]


@pytest.mark.parametrize("path", sorted((ROOT / "tests/browser").glob("*.py")), ids=short)
def test_a_browser_test_waits_for_what_it_expects(path):
    assert not asks_at_once(path), "expect(…) waits for the page, assert does not"


def test_there_are_at_least_as_many_lines_of_tests_as_of_code():
    def lines(paths: list[Path]) -> int:
        return sum(len(path.read_text(encoding="utf-8").splitlines()) for path in paths)

    assert lines(TESTS) >= lines(CODE)

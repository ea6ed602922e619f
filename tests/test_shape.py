"""The shape of the code, checked like any other behaviour: sizes, names, and nothing left over.

The order inside a model, complexity and the number of arguments are ruff's to check; who may import
whom is import-linter's.
"""

import ast
import re
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

import pytest
from django.conf import settings
from django.core.management import get_commands
from django.template import TemplateDoesNotExist, TemplateSyntaxError, engines
from django.urls import URLPattern, URLResolver, get_resolver
from django.utils.module_loading import import_string

from buyin.features import Feature, all_features

ROOT = Path(__file__).resolve().parent.parent
APPS = ("buyin", "surveys", "training", "feedback")
CODE = sorted(p for app in APPS for p in (ROOT / app).rglob("*.py") if "migrations" not in p.parts)
CODE += [ROOT / "run.py", ROOT / "manage.py"]
TESTS = sorted((ROOT / "tests").rglob("*.py"))
TEMPLATES = sorted((ROOT / "templates").rglob("*.html"))
STYLES = sorted((ROOT / "static" / "css").glob("*.css"))
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
    "a text that is taken for markup": re.compile(r"\|\s*safe\b|autoescape off"),
}

ASKS_AT_ONCE = {"is_visible", "is_hidden", "is_checked", "is_enabled", "input_value", "url"}


def faults(paths: Iterable[Path], found: Callable[[Path], object]) -> dict[str, object]:
    """What is found in these files, by the path as one types it; files without a fault are left out.

    One test tells all files at once: a test for each of them would be ten thousand.
    """
    told = ((str(path.relative_to(ROOT)), found(path)) for path in paths)
    return {path: fault for path, fault in told if fault}


def lines(path: Path) -> list[str]:
    return path.read_text().splitlines()


def functions(path: Path) -> Iterator[ast.FunctionDef]:
    tree = ast.parse(path.read_text())
    return (node for node in ast.walk(tree) if isinstance(node, ast.FunctionDef))


def longer_than(most: int) -> Callable[[Path], int]:
    """The length of a file where it is longer than this, else 0."""

    def over(path: Path) -> int:
        found = len(lines(path))
        return found if found > most else 0

    return over


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


def test_a_code_file_has_at_most_300_lines():
    assert faults(CODE, longer_than(300)) == {}


def test_a_test_file_has_at_most_400_lines():
    assert faults(TESTS, longer_than(400)) == {}


def test_a_template_has_at_most_120_lines():
    assert faults(TEMPLATES, longer_than(120)) == {}


def test_a_function_has_at_most_40_lines():
    def long(path: Path) -> list[str]:
        return [f"{f.name}: {length(f)}" for f in functions(path) if length(f) > 40]

    assert faults(CODE, long) == {}


def test_a_view_has_at_most_25_lines():
    def long(path: Path) -> list[str]:
        views = [f for f in functions(path) if is_view(path, f)]
        return [f"{f.name}: {length(f)}" for f in views if length(f) > 25]

    assert faults(CODE, long) == {}


# Names and words


def test_a_module_has_a_name_with_a_meaning():
    def empty(path: Path) -> set[str]:
        given_by_django = path.match("postgres/base.py")  # where a database back end has to be
        names = {path.stem, *path.relative_to(ROOT).parts}
        return set() if given_by_django else NAMES_WITHOUT_MEANING & names

    assert faults(CODE, empty) == {}


def test_a_module_says_what_it_is_for():
    def silent(path: Path) -> bool:
        tree = ast.parse(path.read_text())
        return bool(tree.body) and not ast.get_docstring(tree) and path.name != "apps.py"

    assert faults([*CODE, *TESTS], silent) == {}


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


def test_a_template_compiles():
    def fault(path: Path) -> str:
        try:
            engines["django"].get_template(str(path.relative_to(ROOT / "templates")))
        except (TemplateSyntaxError, TemplateDoesNotExist) as why:
            return repr(why)
        return ""

    assert faults(TEMPLATES, fault) == {}


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


def test_no_chart_has_a_colour_of_its_own():
    charts = [path for path in CODE if "charts" in {path.stem, path.parent.name}]

    found = [
        path.name for path in charts if re.search(r"#[0-9a-f]{3,6}\b|rgba?\(", path.read_text())
    ]

    assert charts
    assert found == []


def test_every_class_and_variable_of_the_styles_is_used_and_every_one_asked_for_is_there():
    styles = re.sub(
        r"/\*.*?\*/", "", "\n".join(path.read_text() for path in STYLES), flags=re.DOTALL
    )
    heads = re.sub(r"\{[^{}]*\}", "{}", styles)  # without what stands between the braces
    scripts = (ROOT / "static" / "js").rglob("*.js")
    others = "\n".join(path.read_text() for path in (*CODE, *TEMPLATES, *scripts))
    words = set(re.findall(r"[\w-]+", others))
    begun = tuple(word for word in words if re.fullmatch(r"[a-z][\w-]*-", word))  # {{ … }} ends it
    classes = set(re.findall(r"\.([a-z][\w-]*)", heads))
    variables = set(re.findall(r"^\s+(--[\w-]+):", styles, re.MULTILINE))
    asked = set(re.findall(r"var\((--[\w-]+)", styles + others))

    assert [c for c in sorted(classes - words) if not c.startswith(begun)] == []
    assert sorted(variables - asked) == []
    unknown = asked - set(re.findall(r"(--[\w-]+):", styles))
    assert [v for v in sorted(unknown) if not v.endswith("-")] == []  # {{ … }} ends it


def test_a_page_has_nothing_inline_and_asks_no_other_host():
    def banned(path: Path) -> list[str]:
        text = path.read_text()
        return [what for what, pattern in BANNED_IN_PAGES.items() if pattern.search(text)]

    assert faults((p for p in TEMPLATES if not is_mail(p)), banned) == {}


def test_a_template_loads_one_library_a_line_in_order():
    def wrong(path: Path) -> list[str]:
        loads = re.findall(r"{% load ([^%]+?) %}", path.read_text())
        several = [name for name in loads if " " in name and " from " not in name]
        in_order = sorted(loads, key=lambda name: name.rsplit(" from ", 1)[-1])
        return several or (loads if loads != in_order else [])

    assert faults(TEMPLATES, wrong) == {}


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


def test_every_function_that_the_settings_name_loads():
    named = [*settings.RECORD_SOURCES, *settings.GATE_SOURCES, *settings.NOTE_SOURCES]

    assert all(callable(import_string(path)) for path in (*named, *settings.MAIL_POLICIES.values()))


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


def test_a_file_names_no_folder_of_one_machine():
    folders = re.compile(r"(?<![\w.])/(?:home|root|Users|work)/\w+")
    files = [*CODE, *TESTS, *DOCS, *TEMPLATES]

    assert faults(files, lambda path: folders.findall(path.read_text())) == {}


def test_a_document_names_only_commands_that_exist():
    def unknown(path: Path) -> set[str]:
        text = path.read_text()
        named = set(re.findall(r"(?:manage\.py|run\.py manage) ([a-z][a-z_]+)", text))
        started = set(re.findall(r"run\.py ([a-z]+)", text))
        return (named - set(get_commands())) | (started - {"test", "bench", "manage"})

    assert faults(DOCS, unknown) == {}


def test_a_link_between_documents_leads_somewhere():
    def dead(path: Path) -> list[str]:
        targets = re.findall(r"\]\((?!https?:|#|mailto:)([^)#\s]+)", path.read_text())
        return [target for target in targets if not (path.parent / target).exists()]

    assert faults(DOCS, dead) == {}


def asks_at_once(path: Path) -> list[int]:
    """The lines where a test asks what a page shows now, though it may still be on its way."""
    tree = ast.parse(path.read_text())
    asked = [node for check in ast.walk(tree) if isinstance(check, ast.Assert)
             for node in ast.walk(check) if isinstance(node, ast.Attribute)]  # fmt: skip
    return [node.lineno for node in asked if node.attr in ASKS_AT_ONCE]


def test_a_browser_test_waits_for_what_it_expects():
    found = faults(sorted((ROOT / "tests/browser").glob("*.py")), asks_at_once)

    assert found == {}, "expect(…) waits for the page, assert does not"


def test_there_are_at_least_as_many_lines_of_tests_as_of_code():
    def lines(paths: list[Path]) -> int:
        return sum(len(path.read_text(encoding="utf-8").splitlines()) for path in paths)

    assert lines(TESTS) >= lines(CODE)

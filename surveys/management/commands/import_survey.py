"""Bring in a survey from a file of another program."""

import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils.translation import gettext as _

from buyin.initiatives.models import Initiative
from buyin.lines import seen
from buyin.workbooks import RefusedFileError, Remark
from surveys.actions.authoring import Texts
from surveys.actions.bringing import draft_of
from surveys.formats.any_survey import LARGEST_FILE, read_survey
from surveys.formats.mappings import MappingError
from surveys.formats.reports import Converted
from surveys.formats.survey_accounts import account_of_survey
from surveys.management.files import REFUSED, json_of, read_bytes
from surveys.models import Kind, Survey
from surveys.queries.importing import owner_for


@dataclass(frozen=True)
class Said:
    """What the caller says beside the file; empty is what the file says."""

    initiative: str
    kind: str
    title: str
    purpose: str


class Command(BaseCommand):
    """`manage.py import_survey FILE [--dry-run] [--json]`: an XLSForm, .lss or our own JSON."""

    help = "Makes a draft survey of a file: XLSForm, LimeSurvey (.lss) or JSON of the portal."

    def add_arguments(self, parser: CommandParser) -> None:
        """Take the file and what is said beside it."""
        parser.add_argument("file", type=Path, help="The file of a survey.")
        parser.add_argument("--dry-run", action="store_true", help="Read it and make nothing.")
        parser.add_argument("--json", action="store_true", help="Print JSON.")
        parser.add_argument("--initiative", default="", help="By name; else the oldest one.")
        parser.add_argument("--kind", default="", choices=["", *Kind.values])
        parser.add_argument("--title", default="", help="Else that of the file.")
        parser.add_argument("--purpose", default="", help="Else that of the file.")

    def handle(self, **options: Any) -> None:
        """Read, make the draft, print what became of every row; exit 1 where the file is refused."""
        content = _content(options["file"])
        said = Said(*(options[name] for name in ("initiative", "kind", "title", "purpose")))
        report: dict[str, Any] = {"dry_run": options["dry_run"], "survey": None, "questions": 0}
        report |= {"rows": 0, "taken": 0, "dropped": [], "changed": [], "problems": []}
        try:
            found = read_survey(content)
            report |= _account(found)
            if not options["dry_run"]:
                report["survey"] = _made(found, said, options["file"].name).pk
        except RefusedFileError as error:
            report["problems"] = [_problem(one) for one in error.reasons]
            report |= _lines(error.remarks)
        except MappingError as error:
            report["problems"] = [_problem(Remark("", None, "", "", why)) for why in error.problems]
        self._print(report, as_json=options["json"])
        if report["problems"]:
            sys.exit(REFUSED)

    def _print(self, report: dict[str, Any], *, as_json: bool) -> None:
        if as_json:
            self.stdout.write(json_of(report))
            return
        for one in report["problems"]:
            self.stdout.write(seen(_sentence(one["place"], one["message"])))
        if not report["problems"]:
            said = _("%(taken)d of %(rows)d rows came in: %(questions)d questions.")
            self.stdout.write(said % report)
        for name, fate in (("dropped", _("left out")), ("changed", _("changed"))):
            for one in report[name]:
                line = f"{fate}: {_sentence(one['place'], one['what'])} {one['why']}"
                self.stdout.write(seen(line))
        if report["survey"]:
            self.stdout.write(_("The draft is survey %d.") % report["survey"])


def _made(found: Converted, said: Said, name: str) -> Survey:
    """Return the draft of a file, of the initiative that is named or the oldest one."""
    named = Initiative.objects.filter(**({"name": said.initiative} if said.initiative else {}))
    initiative = named.select_related("lead").order_by("pk").first()
    if initiative is None:
        raise MappingError([_("There is no initiative “%(name)s”.") % {"name": said.initiative}])
    texts = Texts(
        title=(said.title or found.title or name)[:200],
        purpose=said.purpose or found.purpose,
        initiative=initiative,
    )
    return draft_of(
        owner=owner_for(initiative),
        kind=said.kind,
        texts=texts,
        report=account_of_survey(found),
    )


def _account(found: Converted) -> dict[str, Any]:
    pages = found.definition["pages"]
    return {
        "title": found.title,
        "questions": sum(len(page["questions"]) for page in pages),
        "rows": found.rows,
        "taken": found.taken,
        **_lines(found.remarks),
    }


def _lines(remarks: Any) -> dict[str, Any]:
    """Return what was left out and what was changed, each with its place."""
    lines: dict[str, Any] = {"dropped": [], "changed": []}
    for one in remarks:
        line = {**_place(one), "what": one.value, "why": one.why}
        lines["dropped" if one.is_lost else "changed"].append(line)
    return lines


def _problem(one: Remark) -> dict[str, Any]:
    return {**_place(one), "message": one.why}


def _place(one: Remark) -> dict[str, Any]:
    return {"sheet": one.sheet, "row": one.row, "column": one.column, "place": one.place}


def _sentence(place: str, text: str) -> str:
    return f"{place}: {text}" if place else text


def _content(path: Path) -> bytes:
    content = read_bytes(path)
    if len(content) > LARGEST_FILE:
        raise CommandError(_("The file is larger than 10 MB."), returncode=REFUSED)
    return content

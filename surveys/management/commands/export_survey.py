"""Write a survey into a file."""

import sys
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils.translation import gettext as _

from surveys.formats.own_json import write_own
from surveys.formats.xlsform import write_xlsform
from surveys.management.files import WRONG_CALL, write_bytes
from surveys.models import Survey


class Command(BaseCommand):
    """`manage.py export_survey ID --format xlsform|json [--out FILE]`."""

    help = "Writes the newest questions of a survey as an XLSForm or as JSON of the portal."

    def add_arguments(self, parser: CommandParser) -> None:
        """Take the survey, the format and where to write it."""
        parser.add_argument("survey", type=int, help="The number of a survey.")
        parser.add_argument("--format", choices=["xlsform", "json"], required=True)
        parser.add_argument("--out", type=Path, help="A file; else standard output.")

    def handle(self, **options: Any) -> None:
        """Write the file; exit 2 where there is no such survey."""
        survey = Survey.objects.filter(pk=options["survey"]).first()
        if survey is None:
            missing = _("There is no survey %d.") % options["survey"]
            raise CommandError(missing, returncode=WRONG_CALL)
        content = _content(survey, options["format"])
        if options["out"]:
            write_bytes(options["out"], content)
        else:
            sys.stdout.buffer.write(content)


def _content(survey: Survey, kind: str) -> bytes:
    definition = survey.latest_version.definition
    if kind == "json":
        return write_own(definition, survey).encode()
    return write_xlsform(definition, survey, name=f"survey_{survey.pk}")

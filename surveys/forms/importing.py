"""What a lead may say about a file of answers: what it is, and what each column means."""

from collections.abc import Collection, Sequence
from dataclasses import asdict
from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from buyin.lines import LineField
from buyin.spreadsheets import LARGEST_FILE, UnreadableError, read_table
from surveys.actions import answer_files
from surveys.formats.building import ColumnChoice, pairs_of
from surveys.formats.proposals import DEPARTMENT, LEAVE_OUT, MOST_POINTS, Guess
from surveys.formats.targets import NUMBER, ONE, POINTS, SEVERAL, TEXT

from .authoring import NewSurveyForm

KINDS: list[tuple[str, str | Promise]] = [
    (LEAVE_OUT, _("Leave it out")),
    (DEPARTMENT, _("Department")),
    (POINTS, _("Points on a scale")),
    (ONE, _("One choice")),
    (SEVERAL, _("Several choices")),
    (NUMBER, _("Number")),
    (TEXT, _("Text")),
]
# Which kinds of columns need an answer in these fields; with any other kind they are hidden.
SHOWN_WITH = {
    "labels": (DEPARTMENT, POINTS, ONE, SEVERAL),
    "dimension": (POINTS,),
    "is_reversed": (POINTS,),
}
MOST_ANSWERS = 100  # of one question, as a definition takes them
DIMENSIONS: list[tuple[str, str | Promise]] = [
    ("", _("None")),
    ("commitment", _("Commitment")),
    ("confidence", _("Confidence")),
    ("skills", _("Skills")),
    ("resources", _("Resources")),
    ("openness", _("Voice and openness")),
]


class UploadForm(NewSurveyForm):
    """A file of answers and the survey that they came from."""

    file = forms.FileField(
        label=_("File"),
        help_text=_("A CSV file with one row a person and a header. Up to 25 MB."),
        error_messages={"required": _("Choose a file.")},
    )

    field_order = ["file", "title", "purpose", "initiative"]

    def clean_file(self) -> UploadedFile:
        """Refuse what is no table, with the reason; a large file is read later, by the clock."""
        uploaded: UploadedFile = self.cleaned_data["file"]
        if answer_files.SMALL < (uploaded.size or 0) <= LARGEST_FILE:
            return uploaded
        try:
            table = read_table(uploaded.read())
        except UnreadableError as error:
            raise forms.ValidationError(str(error)) from error
        if not table.rows:
            raise forms.ValidationError(_("The file has a header, but no answers below it."))
        return uploaded

    def survey(self) -> dict[str, str]:
        """Return the survey as a mapping describes it."""
        texts = self.texts()
        return {
            "title": texts.title,
            "purpose": texts.purpose,
            "initiative": texts.initiative.name,
        }

    def content(self) -> bytes:
        """Return the bytes of the file."""
        uploaded: UploadedFile = self.cleaned_data["file"]
        uploaded.seek(0)
        return bytes(uploaded.read())


class ColumnForm(forms.Form):
    """What one column means."""

    kind = forms.ChoiceField(label=_("It holds"), choices=KINDS)
    text = LineField(label=_("Question"), max_length=500, required=False)
    labels = forms.CharField(
        label=_("Answers, one a line"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 5}),
        help_text=_(
            "For points: from the lowest to the highest. For departments: the text, “=” and the "
            "code of the department."
        ),
    )
    dimension = forms.ChoiceField(
        label=_("Counts for readiness as"), choices=DIMENSIONS, required=False
    )
    is_reversed = forms.BooleanField(
        label=_("The highest point is the least ready answer"), required=False
    )

    def __init__(self, *args: Any, codes: Collection[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.codes = codes
        for name, kinds in SHOWN_WITH.items():
            together = f"{self.prefix}-kind={'|'.join(kinds)}"
            self.fields[name].widget.attrs["data-shown-with"] = together

    def clean(self) -> dict[str, Any]:
        """Refuse answers that cannot be a scale, choices or departments."""
        cleaned = self.cleaned_data
        kind, lines = cleaned.get("kind"), self.lines()
        if kind == POINTS and not 1 < len(lines) <= MOST_POINTS:
            self.add_error("labels", _("A scale has two to eleven points, one a line."))
        elif kind in {ONE, SEVERAL} and not 1 < len(lines) <= MOST_ANSWERS:
            message = _("Write the answers that one could choose, two to %(most)d, one a line.")
            self.add_error("labels", message % {"most": MOST_ANSWERS})
        elif kind == DEPARTMENT:
            unknown = sorted(set(pairs_of(lines).values()) - set(self.codes))
            if unknown or not lines:
                message = _("There is no department with this code: %(codes)s.")
                self.add_error("labels", message % {"codes": ", ".join(unknown) or "–"})
        return cleaned

    def lines(self) -> list[str]:
        """Return the answers, without empty and repeated lines."""
        written = self.cleaned_data.get("labels", "").splitlines()
        return list(dict.fromkeys(line.strip() for line in written if line.strip()))

    def choice(self, guess: Guess) -> ColumnChoice:
        """Return the decision for the column of this guess."""
        cleaned = self.cleaned_data
        return ColumnChoice(
            column=guess.header,
            occurrence=guess.occurrence,
            kind=cleaned["kind"],
            text=cleaned["text"] or guess.header,
            labels=self.lines(),
            dimension=cleaned["dimension"],
            is_reversed=cleaned["is_reversed"],
        )


class ColumnForms:
    """One form for each column of a file, filled with what was decided before or with a guess."""

    def __init__(
        self,
        guesses: Sequence[Guess],
        *,
        kept: Sequence[dict[str, Any]],
        codes: Collection[str],
        posted: Any = None,
    ) -> None:
        self.codes = sorted(codes)
        self.columns: list[tuple[Guess, ColumnForm]] = []
        for place, guess in enumerate(guesses):
            known = kept[place] if place < len(kept) else _initial_of(guess)
            initial = {**known, "labels": "\n".join(known["labels"])}
            form = ColumnForm(posted, prefix=f"c{place}", initial=initial, codes=codes)
            self.columns.append((guess, form))

    def is_valid(self) -> bool:
        """Return whether every column is right; all are looked at, so that all errors show."""
        wrong = [form for _guess, form in self.columns if not form.is_valid()]
        return not wrong

    def choices(self) -> list[ColumnChoice]:
        """Return the decision for each column."""
        return [form.choice(guess) for guess, form in self.columns]

    def faults(self) -> list[tuple[str, str]]:
        """Return (id of the field, header of the column) for each column that is wrong."""
        wrong = [(guess, form) for guess, form in self.columns if form.is_bound and form.errors]
        return [(form[next(iter(form.errors))].auto_id, guess.header) for guess, form in wrong]


def _initial_of(guess: Guess) -> dict[str, Any]:
    return asdict(
        ColumnChoice(guess.header, guess.occurrence, guess.kind, guess.header[:500], guess.labels)
    )

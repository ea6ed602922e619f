"""The pages of files of answers: their columns, what comes in, and what came of it."""

from surveys.actions.answer_files import confirm_file, keep_file, map_file
from surveys.formats.building import ColumnChoice
from surveys.models import AnswerFile
from surveys.queries.importing import guesses_for, mapping_from, people_asked
from tests.cast import Cast
from tests.factories.initiatives import InitiativeFactory
from tests.shown import Shown

# Names of files are long words.
NAME = "answers_of_the_workforce_survey_privacy_and_comfort_0_to_100.csv"


def upload(cast: Cast) -> dict[str, object]:
    """Write files of answers of each state, with what their columns are."""
    InitiativeFactory(name="Permit assistant")
    content = b"Unit,How worried are you?,Name\nroads,Not worried,Ann\nmoon,Very worried,Bob\n"
    guesses = guesses_for(content)
    texts = {"title": "Paper", "purpose": "Paper", "initiative": "Permit assistant"}
    choices = [
        ColumnChoice(g.header, g.occurrence, kind, g.header, labels)
        for g, kind, labels in zip(
            guesses,
            ("department", "points", "leave_out"),
            (["roads = roads"], ["Not worried", "Worried"], []),
            strict=True,
        )
    ]
    mapping = mapping_from(texts, choices, people_asked())
    owner = cast.people["lead"]
    file, checking, checked, done = (
        keep_file(owner=owner, name=NAME, content=content, mapping=mapping) for _state in range(4)
    )
    AnswerFile.objects.filter(pk=checking.pk).update(state=AnswerFile.State.CHECKING, percent=40)
    map_file(file=checked, mapping=mapping)
    map_file(file=done, mapping=mapping)
    confirm_file(file=done)
    return {"file": file.pk, "checking": checking.pk, "checked": checked.pk, "done": done.pk}


FILE = (
    NAME, "Unit", "How worried are you?", "Name", "roads", "moon", "Not worried",
    "Very worried", "Worried", "Ann", "Bob", *("city", "clinic", "health", "parks", "works"),
    # What reading gave is kept in the language of whoever brought the file.
    *("“moon” is no department that was asked.", "2 values", "Left out on purpose."),
    "It is none of the answers of this question.",
)  # fmt: skip

ANSWER_FILES = [
    Shown("lead", "/surveys/author/import/{file}/columns/", upload, FILE),
    Shown("lead", "/surveys/author/import/{checking}/preview/", upload, FILE),
    Shown("lead", "/surveys/author/import/{checked}/preview/", upload, FILE),
    Shown("lead", "/surveys/author/import/{done}/preview/", upload, FILE),
]

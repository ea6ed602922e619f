"""From what an author typed to a question of the definition: codes, scale, and parts in order."""

from dataclasses import dataclass

from django.utils.translation import gettext as _

from surveys.definitions import DONT_KNOW

from .codes import Used, code_from, used_in
from .editing import Place, add_question, replace_question
from .outline import Raw, question_at
from .refusing import RefusedEditError
from .scales import with_scale

WITH_CHOICES = ("single", "multiple", "ranking")
WITH_SCALE = ("likert", "matrix")


@dataclass(frozen=True)
class Written:
    """One question as it was typed.

    `parts` are choices or rows in their order, with the code that they have or an empty one. `points`
    are those of a scale of its own, else `fields` names a scale.
    """

    fields: Raw
    parts: tuple[Raw, ...] = ()
    points: tuple[str, ...] = ()

    @property
    def type(self) -> str:
        """Return the type of the question."""
        return str(self.fields["type"])


def write_question(
    definition: Raw, used: Used, written: Written, *, code: str = "", place: Place | None = None
) -> tuple[Raw, str]:
    """Return a definition with this question in it, and the question's code.

    With a code it takes the place of that question, which has to be of the same type; without one it
    is new and goes to the place.
    """
    used |= used_in([definition])
    old = _old(definition, code) if code else {}
    if old and old["type"] != written.type:
        raise RefusedEditError(_("A question keeps its type. Add a new one instead."))
    question = dict(written.fields)
    taken = set(used.answers)
    if not code:
        code = code_from(question.get("text", ""), taken, otherwise="question")
    taken.add(code)
    if written.type in WITH_SCALE:
        definition, name = with_scale(definition, question["scale"], list(written.points))
        question["scale"] = name
    if written.type in WITH_CHOICES:
        taken = {DONT_KNOW, *used.choices_of(code)}
        question["choices"] = _coded(written.parts, old.get("choices", []), taken, "choice")
    if written.type == "matrix":
        question["rows"] = _coded(written.parts, old.get("rows", []), taken, f"{code}_row")
    question = {"code": code, **question}
    if old:
        return replace_question(definition, code, question), code
    if place is None:
        place = Place(definition["pages"][-1]["code"])
    return add_question(definition, question, place), code


def _old(definition: Raw, code: str) -> Raw:
    found = question_at(definition, code)
    if found is None:
        raise RefusedEditError(_("This question is not there any more."))
    page, position = found
    question: Raw = definition["pages"][page]["questions"][position]
    return question


def _coded(parts: tuple[Raw, ...], old: list[Raw], taken: set[str], otherwise: str) -> list[Raw]:
    """Return the parts, each with the code that it had, or with a new one."""
    had = {part["code"] for part in old}
    coded = []
    for part in parts:
        code = part.get("code", "")
        if code in had:
            had.discard(code)
        else:
            code = code_from(part["text"], taken, otherwise=otherwise)
            taken.add(code)
        coded.append({**part, "code": code})
    return coded

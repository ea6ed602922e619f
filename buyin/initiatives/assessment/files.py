"""The file that the published tool saves and opens: an object with the answers under `data`."""

import json
from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext as _

from buyin.lines import UNSTORABLE

from .questionnaires import Answers, Question, Questionnaire

LARGEST = 1_000_000


class UnreadableFileError(ValueError):
    """The file holds no answers; the message says why."""


def written(answers: Answers, version: str) -> str:
    """Return the file that the published tool opens."""
    content = {"version": version, "currentPage": 0, "data": dict(answers)}
    return json.dumps(content, ensure_ascii=False, indent=2) + "\n"


def read_file(content: bytes, found: Questionnaire) -> tuple[dict[str, Any], list[str]]:
    """Return the answers of a file and the names of those that do not fit these questions."""
    answers, left_out = {}, []
    for name, given in _data(content).items():
        question = found.questions.get(name)
        answer = _cleaned(given, question)
        if question is not None and question.fits(answer):
            answers[name] = answer
        elif answer not in ("", [], None):
            left_out.append(UNSTORABLE.sub("", name)[:100])
    return answers, left_out


def _data(content: bytes) -> Mapping[str, Any]:
    if len(content) > LARGEST:
        raise UnreadableFileError(_("The file is larger than 1 MB."))
    try:
        read = json.loads(content.decode("utf-8-sig"))
    except (ValueError, RecursionError) as error:
        raise UnreadableFileError(_("The file is no proper JSON.")) from error
    data = read.get("data") if isinstance(read, dict) else None
    if not isinstance(data, dict):
        raise UnreadableFileError(_("The file holds no answers: there is no “data” in it."))
    return data


def _cleaned(answer: Any, question: Question | None) -> Any:
    if isinstance(answer, str):
        answer = UNSTORABLE.sub("", answer).replace("\r\n", "\n").strip()
    if isinstance(answer, list) and question is not None and question.kind == "checkbox":
        # Chosen twice is chosen once, and kept in the order in which the choices are asked.
        keys = [choice.key for choice in question.choices]
        if all(one in keys for one in answer):
            return [key for key in keys if key in answer]
    return answer

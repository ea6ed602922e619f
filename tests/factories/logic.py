"""Definitions with conditions, for tests of what is asked and what is not."""

from typing import Any

CHOICES = [{"code": "yes", "text": "Yes"}, {"code": "no", "text": "No"}]


def asks(code, **raw):
    return {"code": code, "type": "short_text", "text": "?", **raw}


def survey(*pages: list[dict[str, Any]], **first: Any) -> dict[str, Any]:
    made = [{"code": f"p{n}", "questions": questions} for n, questions in enumerate(pages, 1)]
    made[0] |= first
    scales = {"two": [{"code": "1", "text": "No"}, {"code": "2", "text": "Yes"}]}
    return {"schema": 1, "language": "en", "scales": scales, "pages": made}


# Two pages that depend on the first, one of them on both of its answers.
VISITS: dict[str, Any] = survey(
    [
        {
            "code": "uses",
            "type": "single",
            "text": "Do you use it?",
            "choices": CHOICES,
            "required": True,
        },
        asks("why_not", text="Why not?", show_if="${uses} = 'no'", required=True),
        {
            "code": "times",
            "type": "number",
            "text": "How often a week?",
            "show_if": "${uses} = 'yes'",
        },
        asks(
            "unusual",
            text="What do you do with it so often?",
            show_if="${times} > 20",
            required_if="${times} > 50",
        ),
    ],
    [
        asks(
            "best",
            text="You use it ${times} times. What is best?",
            constraint="string-length(.) >= 5",
            constraint_message="Say a little more than “${best}”.",
        ),
        {"code": "a_year", "type": "computed", "value": "${times} * 52"},
    ],
    [asks("wish", text="What would you wish for?")],
)
VISITS["pages"][1]["show_if"] = "${uses} = 'yes'"

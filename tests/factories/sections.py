"""A survey whose pages have sections: one under a condition, one for all, and questions between."""

from typing import Any

from surveys.building.order import line_of

YES_NO = [{"code": "yes", "text": "Yes"}, {"code": "no", "text": "No"}]

SECTIONED: dict[str, Any] = {
    "schema": 1,
    "language": "en",
    "translations": {"fr": {"visits.title": "Vos visites", "home.intro": "Chez vous."}},
    "pages": [
        {
            "code": "work",
            "title": "Your work",
            "sections": [
                {
                    "code": "visits",
                    "title": "Your visits",
                    "intro": "Think of last week.",
                    "show_if": "${out} = 'yes'",
                },
                {"code": "home", "title": "At your desk", "intro": "When you are in."},
            ],
            "questions": [
                {"code": "out", "type": "single", "text": "Do you visit?", "choices": YES_NO},
                {"code": "many", "type": "number", "text": "How many?", "section": "visits"},
                {
                    "code": "far",
                    "type": "short_text",
                    "text": "How far?",
                    "section": "visits",
                    "show_if": "${many} > 3",
                },
                {"code": "desk", "type": "short_text", "text": "Your desk?", "section": "home"},
                {"code": "wish", "type": "short_text", "text": "One wish"},
            ],
        },
        {
            "code": "end",
            "questions": [{"code": "more", "type": "short_text", "text": "Anything else?"}],
        },
    ],
}


def shape(definition):
    """A survey in a line: pages, sections in brackets, questions."""
    signs = {"page": "/", "section": "(", "end": ")", "question": ""}
    names = (
        signs[m.kind] + (m.code if m.kind in {"question", "section"} else "")
        for m in line_of(definition)
    )
    return " ".join(names)  # fmt: skip

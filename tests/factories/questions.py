"""A survey with a question of every type, and everything that can stand beside one."""

from typing import Any

TOOLS = [
    {"code": "search", "text": "A better search"},
    {"code": "draft", "text": "First drafts of letters"},
    {"code": "check", "text": "A second look at decisions"},
    {"code": "plan", "text": "Planning of visits"},
]
OTHER = {"code": "else", "text": "Something else", "other": True}
NONE = {"code": "none", "text": "None of these", "exclusive": True}

EVERY_TYPE: dict[str, Any] = {
    "schema": 1,
    "language": "en",
    "scales": {
        "often": [{"code": str(n + 1), "text": t} for n, t in enumerate(["Never", "Now", "Often"])]
    },
    "pages": [
        {
            "code": "choosing",
            "title": "Your tools",
            "sections": [
                {
                    "code": "tools",
                    "title": "What you would use",
                    "intro": "Think of all your tools.",
                },
            ],
            "questions": [
                {
                    "code": "welcome",
                    "type": "note",
                    "text": "These questions are about tools.\n\nThere is no wrong answer.",
                    "help": "It takes three minutes.",
                },
                {
                    "code": "again",
                    "type": "rating",
                    "text": "How likely are you to use it again?",
                    "low": "Not at all",
                    "high": "Very likely",
                    "dont_know": True,
                },
                {
                    "code": "main",
                    "type": "single",
                    "text": "What do you use it for most?",
                    "choices": [*TOOLS[:2], OTHER],
                    "dont_know": True,
                },
                {
                    "code": "uses",
                    "section": "tools",
                    "type": "multiple",
                    "text": "What else would you use?",
                    "help": "Choose all that apply.",
                    "choices": [*TOOLS, OTHER, NONE],
                    "dont_know": True,
                },
                {
                    "code": "order",
                    "section": "tools",
                    "type": "ranking",
                    "text": "What should come first?",
                    "choices": TOOLS,
                    "dont_know": True,
                },
            ],
        },
        {
            "code": "writing",
            "questions": [
                {
                    "code": "since",
                    "type": "date",
                    "text": "When did you start to use it?",
                    "min": "2020-01-01",
                    "max": "today",
                    "dont_know": True,
                },
                {
                    "code": "hours",
                    "type": "number",
                    "text": "How long does a letter take?",
                    "min": 0,
                    "max": 1000000,
                    "unit": "minutes",
                    "dont_know": True,
                },
                {
                    "code": "wish",
                    "type": "long_text",
                    "text": "What would help you most?",
                    "max_length": 300,
                    "dont_know": True,
                },
                {"code": "pace", "type": "likert", "text": "It crashes.", "scale": "often"},
                {"code": "double", "type": "computed", "value": "${hours} * 2"},
            ],
        },
    ],
}

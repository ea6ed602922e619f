"""The pages on which a survey with a question of every type is written, once for all tests."""

SURVEY = "/surveys/author/{survey}"
BUILDER = [
    f"{SURVEY}/{part}"
    for part in (
        "questions/",
        "questions/bank/",
        "questions/new/",
        "questions/new/single/",
        "questions/main/move/",
        "questions/uses/edit/",
        "questions/since/edit/",
        "questions/pace/edit/",
        "questions/double/edit/",
        "pages/new/",
        "pages/choosing/edit/",
        "frame/1/",
    )
]

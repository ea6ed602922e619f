"""The pages on which a survey with a question of every type is written, once for all tests."""

from surveys.forms.languages import known_languages

# Languages are called what they call themselves.
LANGUAGES = ("français", *(name for _code, name in known_languages()), "English")
SURVEY = "/surveys/author/{survey}"
BUILDER = [
    f"{SURVEY}/{part}"
    for part in (
        "questions/",
        "questions/bank/",
        "questions/new/",
        "questions/new/single/",
        "questions/main/move/",
        "questions/uses/type/",
        "questions/wish/type/",
        "questions/uses/edit/",
        "questions/since/edit/",
        "questions/pace/edit/",
        "questions/double/edit/",
        "languages/",
        "versions/",
        "versions/1/1/",
        "copy/",
        "pages/new/",
        "pages/choosing/edit/",
        "pages/choosing/sections/new/",
        "sections/tools/edit/",
        "frame/1/",
    )
]

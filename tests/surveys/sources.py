"""What needs may rest on, as the forms of needs name it."""

from uuid import uuid4

from tests.factories.needs import STATEMENT

NEW = "/surveys/needs/new/"
GONE = "The source was withdrawn or deleted."
CLOSED = "You may not open this source."


def fields(about, **changes):
    form = {"made_by_form": str(uuid4()), "statement": STATEMENT, "initiative": about.pk}
    return {**form, "frequency": "4", "severity": "3", **changes}


def of_answer(result, **changes):
    """Return the address of a source: that people want to be faster."""
    source = {"wave": result.wave_id, "item": "reasons", "part": "speed", "answer": "chosen"}
    return "&".join(f"{name}={value}" for name, value in {**source, **changes}.items())


def of_text(result):
    text = result.texts.filter(code="wish").first()
    return text, f"text={text.pk}"


def page_of(client, need):
    return client.get(f"/surveys/needs/{need.pk}/").text

"""The bytes of a mail, read back by the standard library."""

import email
import email.policy
from dataclasses import replace
from datetime import UTC, datetime

from hypothesis import given
from hypothesis import strategies as st

from buyin.outbox.message import Parts, automatic, build, squeezed, wrapped

PARTS = Parts(
    sender="Fairhaven portal <portal@fairhaven.example>",
    name="Ana",
    address="ana@fairhaven.example",
    subject="Hello",
    text="Hello Ana",
    message_id="<1234@fairhaven.example>",
    dated=datetime(2026, 11, 23, 8, tzinfo=UTC),
    html="<p>Hello Ana</p>",
)
PRINTABLE = st.text(st.characters(exclude_categories=["C", "Zl", "Zp"]), max_size=120)


def read(parts):
    return email.message_from_bytes(build(parts), policy=email.policy.default)


def lines_of(text):
    return text.replace("\r\n", "\n").replace("\r", "\n").rstrip("\n").split("\n")


@given(st.text(max_size=300), st.text(max_size=300))
def test_both_parts_come_back_as_they_were_written(text, html):
    text, html = text.encode(errors="ignore").decode(), html.encode(errors="ignore").decode()

    plain, rich = read(replace(PARTS, text=text, html=f"<p>{html}</p>")).iter_parts()

    assert lines_of(plain.get_payload(decode=True).decode()) == lines_of(text)
    assert lines_of(rich.get_payload(decode=True).decode()) == lines_of(f"<p>{html}</p>")


@given(PRINTABLE)
def test_any_subject_comes_back_and_adds_no_header(subject):
    message = read(replace(PARTS, subject=subject))

    assert " ".join(message["Subject"].split()) == " ".join(subject.split())
    assert len(message.keys()) == 7


@given(st.text(max_size=80))
def test_any_name_leaves_the_address_alone(name):
    message = read(replace(PARTS, name=name.encode(errors="ignore").decode()))

    assert [mailbox.addr_spec for mailbox in message["To"].addresses] == ["ana@fairhaven.example"]
    assert len(message.keys()) == 7


def test_the_same_parts_make_the_same_bytes():
    assert build(PARTS) == build(replace(PARTS))


def test_no_line_is_longer_than_mail_servers_take():
    raw = build(replace(PARTS, html="<p>" + "word " * 2000 + "</p>", subject="ü" * 200))

    assert max(len(line) for line in raw.split(b"\r\n")) <= 78
    assert b"\n" not in raw.replace(b"\r\n", b"")


def test_a_mail_without_html_is_plain_text():
    message = read(replace(PARTS, html=""))

    assert message.get_content_type() == "text/plain"
    assert message.get_content().strip() == "Hello Ana"


def test_no_machine_answers_a_mail_and_a_mail_program_can_stop_what_can_be_stopped():
    plain = read(replace(PARTS, headers=automatic()))
    stopped = read(replace(PARTS, headers=automatic(stop="https://portal.example/stop/x/")))

    assert (plain["Auto-Submitted"], plain["List-Unsubscribe"]) == ("auto-generated", None)
    assert stopped["Auto-Submitted"] == "auto-generated"
    assert stopped["List-Unsubscribe"] == "<https://portal.example/stop/x/>"
    assert stopped["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"


def test_a_text_is_laid_out_in_short_lines_that_leave_addresses_whole():
    address = "https://portal.example/" + "x" * 100
    text = wrapped(f"\n{'word ' * 30}\n- {'point ' * 30}\n{address}\n5\u00a0%\n\n")

    lines = text.splitlines()
    assert address in lines
    assert all(len(line) <= 72 for line in lines if line != address)
    assert [line[:2] for line in lines if "point" in line] == ["- ", "  ", "  "]
    assert text.endswith("5 %\n")
    assert squeezed("\n  <p>\n\n    Hello\n  </p>\n") == "<p>\nHello\n</p>"

"""A report as the two parts of a mail, and the links that are one person's own."""

from functools import lru_cache

from django.conf import settings
from django.core import signing
from django.template.loader import render_to_string
from django.urls import reverse

from buyin.outbox.message import Written, automatic, squeezed, wrapped

from .reports import Report

# Stands for the reader's own link while a report is written once for everybody whom it tells the
# same; the token that replaces it consists of letters, digits, "-", "_", ":" and "=" only.
OWN_LINK = "https://own-link.invalid/"
SALT = "digests.unsubscribe"
KIND = "digest"


def absolute(path: str) -> str:
    """Return an address that works from a mail."""
    return f"{settings.SITE_URL}{path}" if path.startswith("/") else path


def token_for(person_id: int) -> str:
    """Return the signed token with which a person unsubscribes without signing in; it never ends."""
    return signing.Signer(salt=SALT).sign_object({"person": person_id, "kind": KIND})


def person_in(token: str) -> int | None:
    """Return whose token this is, or None where it was changed, cut off or made for another use."""
    try:
        content = signing.Signer(salt=SALT).unsign_object(token)
    except (signing.BadSignature, ValueError):
        return None
    return content["person"] if content.get("kind") == KIND else None


def written(report: Report, person_id: int) -> Written:
    """Return the mail for one person."""
    text, html = _parts(report)
    link = _link_around("TOKEN", settings.SITE_URL).replace("TOKEN", token_for(person_id))
    return Written(
        subject=report.words.subject,
        text=text.replace(OWN_LINK, link),
        html=html.replace(OWN_LINK, link),
        headers=automatic(stop=link),
    )


@lru_cache(maxsize=1)
def _link_around(token: str, site: str) -> str:
    """Return the address under which a token unsubscribes; looked up once for thousands of mails."""
    return site + reverse("digests:unsubscribe", args=[token])


@lru_cache(maxsize=512)
def _parts(report: Report) -> tuple[str, str]:
    """Return text and HTML; people who are told the same share one rendering."""
    context = {"report": report, "mail": report, "unsubscribe_url": OWN_LINK}
    text = render_to_string("digests/mail/weekly.txt", context)
    return wrapped(text), squeezed(render_to_string("digests/mail/weekly.html", context))

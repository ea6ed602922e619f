"""What people read of surveys: pages that are drawn once and filled in for each, needs in words.

Drawing a form costs twenty times what everything else on the page costs together, and a published
version never changes. So its pages are drawn once and cut into pieces where answers, errors and
their marks belong; a request only joins the pieces with what belongs to one person.
"""

from .frame import framed, frames
from .questions import Body, body_of, draw, draw_page, published_page
from .review import fields_of, review_of, stored_of

__all__ = [
    "Body",
    "body_of",
    "draw",
    "draw_page",
    "fields_of",
    "framed",
    "frames",
    "published_page",
    "review_of",
    "stored_of",
]

"""The agency's colour: the shades made from it, and whether they can be read on white."""

import re
from typing import Any

from django.conf import settings
from django.core.checks import CheckMessage, Error
from django.utils.translation import gettext as _

HEX_COLOUR = re.compile(r"#[0-9a-fA-F]{6}")
# WCAG 2.2, success criterion 1.4.3: text of normal size.
READABLE = 4.5
# Below this a channel of sRGB is linear.
DARKEST = 0.04045
WHITE = (255, 255, 255)
BLACK = (0, 0, 0)

type Rgb = tuple[int, int, int]


def parse(colour: str) -> Rgb:
    """Return red, green and blue of "#rrggbb"; ValueError for anything else."""
    if not HEX_COLOUR.fullmatch(colour):
        raise ValueError(colour)
    return int(colour[1:3], 16), int(colour[3:5], 16), int(colour[5:7], 16)


def mixed(colour: Rgb, other: Rgb, share: float) -> Rgb:
    """Return the colour with this share of another one mixed in."""
    red, green, blue = (round(a + (b - a) * share) for a, b in zip(colour, other, strict=True))
    return red, green, blue


def contrast_with_white(colour: Rgb) -> float:
    """Return the contrast ratio between the colour and white, from 1 to 21."""
    linear = [
        c / 12.92 if c <= DARKEST else ((c + 0.055) / 1.055) ** 2.4
        for c in (channel / 255 for channel in colour)
    ]
    return 1.05 / (0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2] + 0.05)


def stylesheet(colour: str) -> str:
    """Return the style sheet that gives every page the colour and the shades made from it."""
    brand = parse(colour)
    shades = {
        "--brand": brand,
        "--brand-darker": mixed(brand, BLACK, 0.45),
        "--brand-tint": mixed(brand, WHITE, 0.9),
        "--brand-faint": mixed(brand, WHITE, 0.62),
    }
    lines = [f"  {name}: #{r:02x}{g:02x}{b:02x};" for name, (r, g, b) in shades.items()]
    return "\n".join([":root {", *lines, "}", ""])


def icon(colour: str) -> str:
    """Return a drawing in the colour: three people around one thing."""
    red, green, blue = parse(colour)
    people = "".join(f'<circle cx="{x}" cy="{y}" r="4"/>' for x, y in ((16, 8), (8, 22), (24, 22)))
    return (
        '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 32 32">'
        f'<rect width="32" height="32" rx="7" fill="#{red:02x}{green:02x}{blue:02x}"/>'
        f'<g fill="#fff">{people}<circle cx="16" cy="17" r="2"/></g></svg>'
    )


def check_brand_colour(**_kwargs: Any) -> list[CheckMessage]:
    """Refuse a brand colour that is no colour, or that white text on it could not be read on."""
    colour = settings.AGENCY_BRAND_COLOUR
    try:
        ratio = contrast_with_white(parse(colour))
    except ValueError:
        message = _('AGENCY_BRAND_COLOUR is "%(colour)s", which is not a colour.')
        hint = _("Write it as # and six digits, for example #1f5f74.")
        return [Error(message % {"colour": colour}, hint=hint, id="buyin.E001")]
    if ratio >= READABLE:
        return []
    message = _(
        "White text on AGENCY_BRAND_COLOUR %(colour)s has a contrast of %(ratio).1f to 1; "
        "people need at least %(needed)s to 1 to read it."
    )
    fields = {"colour": colour, "ratio": ratio, "needed": READABLE}
    return [Error(message % fields, hint=_("Choose a darker colour."), id="buyin.E002")]

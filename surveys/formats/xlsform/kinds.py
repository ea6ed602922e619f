"""The types of a form's rows: which question each becomes, and why some become none."""

import re
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

CHOOSING = re.compile(
    r"(?P<one>select[ _]?one|select1)(?:[ _]from)?(?: prompt using)?\s+(?P<list>\S+?)(?P<other>\s+or[ _]other)?"
    r"|(?P<several>select[ _]multiple|select all that apply)(?:[ _]from)?\s+(?P<lists>\S+?)(?P<others>\s+or[ _]other)?"
    r"|(?P<rank>rank)(?: from)?\s+(?P<ranked>\S+?)(?P<ranks>\s+or[ _]other)?",
    re.IGNORECASE,
)
SAME = {
    "text": "text",
    "string": "text",
    "integer": "number",
    "int": "number",
    "decimal": "number",
    "note": "note",
    "date": "date",
    "range": "range",
    "calculate": "computed",
    "calculation": "computed",
}
GROUPS = {"begin_group": "begin", "end_group": "end", "begin_repeat": "repeat", "end_repeat": "end"}
# These come in, but otherwise than they stand in the file.
CHANGED: dict[str, tuple[str, str | Promise]] = {
    "time": ("text", _("Times are asked for as a short text.")),
    "datetime": ("text", _("A day with a time is asked for as a short text.")),
    "email": ("text", _("The address is asked for as a short text.")),
    "acknowledge": ("note", _("The box to tick is left out; the text stays as a note.")),
    "trigger": ("note", _("The box to tick is left out; the text stays as a note.")),
}
PLACES = _("Places cannot be given here.")
MEDIA = _("Pictures, recordings, files and scans cannot be given here.")
RECORDED = _("Surveys here record nothing about the device or the person beside the answers.")
OUTSIDE = _("Lists in other files cannot be read.")
NAMED = _("Old forms name themselves in such a row. Type the title beside the file.")
LEFT_OUT: dict[str, str | Promise] = {
    **dict.fromkeys(("geopoint", "geotrace", "geoshape", "start_geopoint"), PLACES),
    **dict.fromkeys(
        ("image", "photo", "audio", "video", "file", "barcode", "background_audio"), MEDIA
    ),
    **dict.fromkeys(
        (
            *("start", "end", "today", "deviceid", "username", "phonenumber", "simserial"),
            *("subscriberid", "audit", "imei", "hidden", "device_id", "start_time", "end_time"),
            *("get_start_time", "get_end_time", "get_today", "get_device_id", "get_sim_id"),
            *("get_subscriber_id", "get_phone_number", "uri:deviceid", "uri:phonenumber"),
            *("uri:username", "uri:email", "uri:simserial", "uri:subscriberid"),
        ),
        RECORDED,
    ),
    **dict.fromkeys(("set_form_title", "set_form_id"), NAMED),
    **dict.fromkeys(
        (
            *("xml_external", "csv_external", "select_one_from_file", "select_one_external"),
            *("select_multiple_from_file", "select_multiple_external"),
        ),
        OUTSIDE,
    ),
}
UNKNOWN = _("The type “%s” is not known.")


@dataclass(frozen=True, slots=True)
class Kind:
    """What a row is: `name` is empty for what cannot come in, and `why` says why."""

    name: str
    list: str = ""
    has_other: bool = False
    why: str = ""
    is_known: bool = True


def kind_of(text: str) -> Kind:
    """Return what a row of this type is."""
    words = " ".join(text.split())
    plain = re.sub(r"[ -]+", "_", words.lower())
    if plain in GROUPS:
        return Kind(GROUPS[plain])
    if plain in SAME:
        return Kind(SAME[plain])
    if plain in CHANGED:
        name, why = CHANGED[plain]
        return Kind(name, why=str(why))
    first = plain.partition("_from_file")[0] + "_from_file" if "_from_file" in plain else plain
    for name in (plain, first, words.lower().partition(" ")[0].replace("-", "_")):
        if name in LEFT_OUT:
            return Kind("", why=str(LEFT_OUT[name]))
    return _choosing(words)


def _choosing(words: str) -> Kind:
    match = CHOOSING.fullmatch(words)
    if not match:
        return Kind("", why=str(UNKNOWN) % words, is_known=False)
    if match["one"]:
        return Kind("single", match["list"], bool(match["other"]))
    if match["several"]:
        return Kind("multiple", match["lists"], bool(match["others"]))
    return Kind("ranking", match["ranked"], bool(match["ranks"]))

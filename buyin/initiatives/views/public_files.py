"""The register as files for programs: CSV, JSON and an entry for catalogs of open data."""

import hashlib
from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse, HttpResponseBase, JsonResponse
from django.urls import reverse
from django.utils.cache import patch_cache_control
from django.utils.http import quote_etag
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import condition, require_safe
from django.views.decorators.vary import vary_on_headers

from buyin.http import FRESH
from buyin.initiatives.queries.public import (
    columns,
    everything,
    listed,
    says_no_ai,
    state_of_register,
)
from buyin.initiatives.record import texts_of
from buyin.spreadsheets.writing import csv_file, csv_text

type View = Callable[[HttpRequest], HttpResponseBase]


def _state(request: HttpRequest) -> str:
    """Return the mark of the register's state; one query, and no file is made to be compared."""
    agency = (settings.AGENCY_NAME, settings.AGENCY_CONTACT, says_no_ai())
    known = (*state_of_register(), get_language(), *agency)
    return quote_etag(hashlib.sha256(repr((request.path, known)).encode()).hexdigest()[:32])


def _for_everybody(view: View) -> View:
    """Return a view that asks nobody who they are and says how long its answer may be kept."""

    def answer(request: HttpRequest) -> HttpResponseBase:
        response = view(request)
        patch_cache_control(response, public=True, max_age=FRESH)
        response.headers["Access-Control-Allow-Origin"] = "*"
        return response

    marked = condition(etag_func=_state)(answer)
    varied = vary_on_headers("Accept-Language")(marked)
    found: View = require_safe(login_not_required(varied))
    return found


def _csv(_request: HttpRequest) -> HttpResponse:
    names = columns()
    rows = (
        ["; ".join(texts_of(values.get(name))) for name in names]
        for values in everything(listed().defer("words"))
    )
    return csv_file("ai-register.csv", csv_text(names, rows))


def _json(request: HttpRequest) -> HttpResponse:
    found = listed().defer("words")
    rows = zip(found, everything(found), strict=True)
    systems = [
        {
            "page": request.build_absolute_uri(reverse("ai:record", args=[one.record_id])),
            "published_at": one.at.isoformat(),
            "withheld": one.redactions,
            "values": values,
        }
        for one, values in rows
    ]
    fields = request.build_absolute_uri(reverse("record-fields"))
    said = {"agency": settings.AGENCY_NAME, "uses_no_ai": says_no_ai()}
    return JsonResponse({**said, "fields": fields, "systems": systems})


def _catalog(request: HttpRequest) -> HttpResponse:
    """Describe the register as DCAT-US 3 does: a catalog with one dataset and its files."""
    address = request.build_absolute_uri
    dataset = _dataset(address)
    catalog = {
        "@type": "Catalog",
        "@id": address(reverse("ai:catalog")),
        "title": dataset["title"],
        "publisher": dataset["publisher"],
        "dataset": [dataset],
    }
    return JsonResponse(catalog)


def _dataset(address: Callable[[str], str]) -> dict[str, Any]:
    page = address(reverse("ai:list"))
    what = _("What each AI system is for, who decides, its data, limits and risks.")
    none = _("%(agency)s does not use artificial intelligence at present.")
    dataset: dict[str, Any] = {
        "@type": "Dataset",
        "identifier": page,
        "title": _("AI systems of %(agency)s") % {"agency": settings.AGENCY_NAME},
        "description": none % {"agency": settings.AGENCY_NAME} if says_no_ai() else what,
        "publisher": {"@type": "Organization", "name": settings.AGENCY_NAME},
        "keyword": [_("artificial intelligence"), _("public register")],
        "landingPage": page,
        "distribution": [
            _file(address, "CSV", "ai:csv", "text/csv"),
            _file(address, "JSON", "ai:json", "application/json"),
        ],
    }
    _number, changed = state_of_register()
    if changed:
        dataset["modified"] = changed.isoformat()
    if "@" in settings.AGENCY_CONTACT:
        dataset["contactPoint"] = {
            "@type": "Kind",
            "fn": settings.AGENCY_NAME,
            "hasEmail": f"mailto:{settings.AGENCY_CONTACT}",
        }
    return dataset


def _file(address: Callable[[str], str], title: str, name: str, kind: str) -> dict[str, str]:
    return {
        "@type": "Distribution",
        "title": title,
        "downloadURL": address(reverse(name)),
        "mediaType": kind,
    }


register_csv = _for_everybody(_csv)
register_json = _for_everybody(_json)
register_catalog = _for_everybody(_catalog)

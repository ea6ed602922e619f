"""Every address of the portal starts here."""

from django.contrib import admin
from django.urls import include, path, re_path
from django.utils.translation import gettext_lazy as _
from django.views.generic import RedirectView
from drf_spectacular.views import SpectacularAPIView

from . import views
from .accounts import api as accounts_api
from .accounts.permissions import SignedInReads
from .accounts.views import agency
from .accounts.views.me import closed
from .initiatives import api as initiatives_api
from .initiatives.views import record_fields
from .readiness import api as readiness_api
from .stakeholders import api as stakeholders_api

handler400 = "buyin.views.bad_request"
handler403 = "buyin.views.permission_denied"
handler404 = "buyin.views.not_found"
handler429 = "buyin.views.too_many"
handler500 = "buyin.views.server_error"

admin.site.site_header = admin.site.site_title = _("Record keeping")

# Pages of the sign-in library that would let people make accounts or change their address.
CLOSED_PAGES = (
    r"^accounts/(?:signup/|email/|confirm-email/.*|login/code/.*"
    r"|3rdparty/|3rdparty/signup/|social/.*)$"
)

SCHEMA = SpectacularAPIView.as_view(permission_classes=[SignedInReads])
# Programs: each app brings its own part.
API = [
    *accounts_api.urlpatterns,
    *initiatives_api.urlpatterns,
    *stakeholders_api.urlpatterns,
    *readiness_api.urlpatterns,
    path("", include("surveys.api")),
]

urlpatterns = [
    path("", views.home, name="home"),
    path("surveys/", include("surveys.urls")),  # thousands at once, so these are looked up first
    path("again/", views.again, name="again"),
    path("brand.css", views.brand, name="brand"),
    path("icon.svg", views.icon, name="icon"),
    path("about/accessibility/", views.accessibility, name="accessibility"),
    path("about/privacy/", views.privacy, name="privacy"),
    path("about/record-fields/", record_fields, name="record-fields"),
    path("health/live", views.live, name="health-live"),
    path("health/ready", views.ready, name="health-ready"),
    path("accounts/", RedirectView.as_view(pattern_name="accounts:me"), name="account"),
    re_path(CLOSED_PAGES, closed, name="closed"),
    path("accounts/oidc/<slug:provider_id>/login/", agency.leave, name="openid_connect_login"),
    path(
        "accounts/oidc/<slug:provider_id>/login/callback/",
        agency.come_back,
        name="openid_connect_callback",
    ),
    path("accounts/", include("allauth.urls")),
    path("admin/", admin.site.urls),
    path("readiness/", include("buyin.readiness.urls")),
    path("reports/", include("buyin.digests.urls")),
    path("initiatives/", include("buyin.initiatives.urls")),
    path("initiatives/", include("surveys.urls.initiatives")),
    path("ai/", include("buyin.initiatives.register")),
    path("", include("buyin.stakeholders.urls")),
    path("people/", include("buyin.accounts.urls")),
    path("api/v1/", include(API)),
    path("api/docs/", views.api_docs, name="api-docs"),
    path("api/schema/", SCHEMA, name="api-schema"),
]

"""Every address of the portal starts here."""

from django.contrib import admin
from django.urls import include, path

from . import views

handler400 = "buyin.views.bad_request"
handler403 = "buyin.views.permission_denied"
handler404 = "buyin.views.not_found"
handler500 = "buyin.views.server_error"

urlpatterns = [
    path("", views.home, name="home"),
    path("brand.css", views.brand, name="brand"),
    path("icon.svg", views.icon, name="icon"),
    path("about/accessibility/", views.accessibility, name="accessibility"),
    path("about/privacy/", views.privacy, name="privacy"),
    path("health/live", views.live, name="health-live"),
    path("health/ready", views.ready, name="health-ready"),
    path("accounts/", include("allauth.urls")),
    path("admin/", admin.site.urls),
    path("surveys/", include("surveys.urls")),
    path("readiness/", include("buyin.readiness.urls")),
    path("reports/", include("buyin.digests.urls")),
    path("initiatives/", include("buyin.initiatives.urls")),
    path("people/", include("buyin.accounts.urls")),
]

"""Addresses of this app."""

from django.urls import path

from . import views

app_name = "digests"

urlpatterns = [
    path("", views.mine, name="mine"),
    path("<int:pk>/", views.opened, name="opened"),
    path("<int:pk>/mail/", views.mail, name="mail"),
    path("preview/", views.preview, name="preview"),
    path("preview/mail/", views.preview_mail, name="preview-mail"),
    path("preferences/", views.preferences, name="preferences"),
    path("unsubscribe/<str:token>/", views.unsubscribe, name="unsubscribe"),
    path("status/", views.status, name="status"),
    path("status/kept/", views.kept, name="kept"),
    path("status/kept/<int:pk>/", views.kept_mail, name="kept-mail"),
    path("status/messages/<int:pk>/retry/", views.retry, name="retry"),
]

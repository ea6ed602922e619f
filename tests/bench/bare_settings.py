"""The least that Django needs, on the same database and cache: the reference for pages."""

from buyin.settings import (  # noqa: F401
    AUTH_USER_MODEL,
    CACHES,
    DATABASES,
    SECRET_KEY,
    SESSION_COOKIE_NAME,
)

ALLOWED_HOSTS = ["*"]
AUTHENTICATION_BACKENDS = ["django.contrib.auth.backends.ModelBackend"]
INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "tests.bench.apps.Accounts",
]
MIDDLEWARE: list[str] = []
SESSION_ENGINE = "tests.bench.sessions"
ROOT_URLCONF = "tests.bench.urls"
WSGI_APPLICATION = "tests.bench.bare.application"

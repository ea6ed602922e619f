"""The bare pages as a server runs them."""

import os

from django.core.wsgi import get_wsgi_application

os.environ["DJANGO_SETTINGS_MODULE"] = "tests.bench.bare_settings"

application = get_wsgi_application()

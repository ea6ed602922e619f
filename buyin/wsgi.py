"""The portal as a web server runs it."""

import gc
import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "buyin.settings")

application = get_wsgi_application()
# Code and settings live as long as the process: not to look through them for garbage again with
# every few requests saves a tenth of a short page.
gc.collect()
gc.freeze()

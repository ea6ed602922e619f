"""How a page may be asked for, beside what Django has names for."""

from django.views.decorators.http import require_http_methods

# A page with a form: shown, and sent back to the same address.
takes_form = require_http_methods(["GET", "HEAD", "POST"])

from django.apps import AppConfig
from django.core.checks import register
from django.utils.translation import gettext_lazy as _

from .branding import check_brand_colour


class BuyinConfig(AppConfig):
    name = "buyin"
    label = "buyin"
    verbose_name = _("The portal's ground")

    def ready(self) -> None:
        """Have the agency's own settings checked at every start."""
        register(check_brand_colour)

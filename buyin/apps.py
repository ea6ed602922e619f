from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class BuyinConfig(AppConfig):
    name = "buyin"
    label = "buyin"
    verbose_name = _("The portal's ground")

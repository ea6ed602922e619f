"""What an agency has to say before it asks the public: by what right, how long, until when."""

from django.core.validators import MinValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

from .writing import Survey

PRINTED = {"authority", "control_number", "expires_on", "burden_minutes"}


class CollectionBasis(models.Model):
    """On what a public questionnaire rests; printed on its first page and below every other one."""

    survey = models.OneToOneField(Survey, on_delete=models.CASCADE, related_name="basis")
    authority = models.CharField(
        _("legal authority"),
        max_length=500,
        blank=True,
    )
    control_number = models.CharField(
        _("control number"),
        max_length=40,
        blank=True,
    )
    expires_on = models.DateField(
        _("approval ends on"),
        null=True,
        blank=True,
    )
    burden_minutes = models.PositiveSmallIntegerField(
        _("minutes it takes"),
        null=True,
        blank=True,
        validators=[MinValueValidator(1)],
    )

    class Meta:
        verbose_name = _("basis of a collection")
        verbose_name_plural = _("bases of collections")

    def __str__(self) -> str:
        return self.control_number

    @property
    def missing(self) -> list[str]:
        """Return the names of what has not been filled in."""
        return [str(name) for name, value in self.printed.items() if not value]

    @property
    def printed(self) -> dict[object, object]:
        """Return what visitors read, by its name."""
        fields = [one for one in self._meta.concrete_fields if one.name in PRINTED]
        return {one.verbose_name: getattr(self, one.name) for one in fields}

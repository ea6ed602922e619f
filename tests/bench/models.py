"""The one table of the bare pages; made by hand, known to no migration."""

from typing import ClassVar

from django.db import models


class BareAnswers(models.Model):
    """One answer sheet as one JSON document."""

    answers = models.JSONField()

    objects: ClassVar[models.Manager["BareAnswers"]] = models.Manager()

    class Meta:
        app_label = "bench"
        managed = False
        db_table = "bare_answers"

    def __str__(self) -> str:
        return str(self.pk)

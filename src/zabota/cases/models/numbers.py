"""How cases are numbered."""

from django.db import models


class Series(models.Model):
    """A gapless row of numbers: one per kind, purpose and year."""

    name = models.CharField(max_length=40)
    year = models.PositiveSmallIntegerField()
    last = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["name", "year"], name="one_series")]

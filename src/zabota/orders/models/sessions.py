"""What 1C sends over HTTP, kept as it comes."""

from django.db import models

from zabota.clients.models import Import
from zabota.common.models import File
from zabota.people.models import ApiKey


class ExchangeFile(models.Model):
    """A file 1C sends in portions under a name, in one session; `brought` once it is taken in. Of a
    question for our orders (`asked`) only the moment is kept.
    """

    key = models.ForeignKey(ApiKey, on_delete=models.PROTECT, related_name="+")
    session = models.CharField(max_length=40)
    name = models.CharField(max_length=120)
    brought = models.ForeignKey(Import, null=True, on_delete=models.PROTECT, related_name="+")
    asked = models.BooleanField(default=False)
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["key", "session", "name"],
                condition=models.Q(asked=False),
                name="exchange_file_once",
            )
        ]


class ExchangePart(models.Model):
    """A portion of it, in the order they came; gone once the whole is kept."""

    exchange = models.ForeignKey(ExchangeFile, on_delete=models.CASCADE, related_name="parts")
    file = models.ForeignKey(File, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

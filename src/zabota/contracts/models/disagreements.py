"""Tables of disagreements as they were sent: what was sent is never changed."""

from django.db import models

from zabota.common.models import File
from zabota.contracts.models.contracts import Contract, Version
from zabota.people.models import User


class SentTable(models.Model):
    """A table of disagreements on the day it was sent to the client: its files, and the digest of
    what it says. The rows themselves are read from changes and versions.
    """

    contract = models.ForeignKey(Contract, on_delete=models.PROTECT, related_name="sent_tables")
    number = models.PositiveSmallIntegerField()
    version = models.ForeignKey(Version, on_delete=models.PROTECT, related_name="+")
    digest = models.CharField(max_length=64)
    rows = models.PositiveSmallIntegerField()
    agreed = models.PositiveSmallIntegerField()
    pdf = models.ForeignKey(File, on_delete=models.PROTECT, related_name="+")
    docx = models.ForeignKey(File, on_delete=models.PROTECT, related_name="+")
    sent_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    sent_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["contract", "number"], name="sent_table_once"),
        ]

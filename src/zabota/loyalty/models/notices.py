"""What clients were told about points that expire."""

from django.db import models

from zabota.journal.models import Entry
from zabota.loyalty.models.ledger import Batch


class ExpiryNotice(models.Model):
    """A client was told that a batch ends on a day; the entry's messages say whether it arrived.
    Only notices that name the day a batch ends on count.
    """

    batch = models.ForeignKey(Batch, on_delete=models.PROTECT, related_name="notices")
    number = models.PositiveSmallIntegerField()
    day = models.DateField()
    left = models.PositiveBigIntegerField()
    entry = models.ForeignKey(Entry, on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["batch", "day", "number"], name="loyalty_notice_once")
        ]

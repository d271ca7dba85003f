"""What our side reads in a text on the client's paper and types by hand: ours alone."""

from django.db import models

from zabota.contracts.models.contracts import Contract
from zabota.people.models import Employee


class PassportFact(models.Model):
    """One fact of the passport, in its normal form; from which clause, who typed it. It never
    reaches the client.
    """

    contract = models.ForeignKey(Contract, on_delete=models.PROTECT, related_name="typed_facts")
    name = models.CharField(max_length=80)
    value = models.TextField()
    clause = models.CharField(max_length=60, blank=True)
    typed_by = models.ForeignKey(Employee, on_delete=models.PROTECT, related_name="+")
    typed_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["contract", "name"], name="fact_once")]

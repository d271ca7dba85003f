"""Keys by which other programs of the firm (accounting, tills, a shop) do things here."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from zabota.people.models.accounts import Employee, Place


class ApiScope(models.TextChoices):
    """What a key opens."""

    ORDERS = "orders", _("Orders, invoices, payments, shipments")
    TILL = "till", _("The till: points and gifts")
    MENTIONS = "mentions", _("Mentions")


class ApiKey(models.Model):
    """A key of one program. It acts as `employee`, with their powers and while they work here, in
    `place` if it stands in one. Only the digest is kept; `tail` is what its page shows of it.
    """

    name = models.CharField(max_length=120)
    employee = models.ForeignKey(Employee, on_delete=models.PROTECT, related_name="keys")
    place = models.ForeignKey(Place, null=True, on_delete=models.PROTECT, related_name="+")
    scopes = models.JSONField(default=list)
    digest = models.CharField(max_length=64, unique=True)
    tail = models.CharField(max_length=4)
    made_by = models.ForeignKey(Employee, on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True)
    closed_at = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return self.name

    @property
    def opens(self) -> list[str]:
        """What it opens, in words."""
        return [str(ApiScope(scope).label) for scope in self.scopes]

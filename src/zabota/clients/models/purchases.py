"""What clients bought, how it came here, and when their worth was reckoned."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from zabota.clients.models.clients import Client
from zabota.common.models import File
from zabota.people.models import Employee, Place


class ImportKind(models.TextChoices):
    """What the rows of a table are."""

    CLIENTS = "clients", _("Clients")
    PURCHASES = "purchases", _("Purchases")
    ORDERS = "orders", _("Orders")
    INVOICES = "invoices", pgettext_lazy("table", "Invoices")
    SHIPMENTS = "shipments", pgettext_lazy("table", "Shipments")
    RETURNS = "returns", pgettext_lazy("table", "Returns")
    PAYMENTS = "payments", _("Payments")
    EXCHANGE = "commerceml", _("Exchange of 1C: orders and papers (CommerceML)")
    STATEMENT = "statement", _("Statement of a bank (1C format)")


class ImportState(models.TextChoices):
    """How far a table has come."""

    TRIED = "tried", _("being looked at")
    WAITING = "waiting", _("waits for its turn")
    RUNNING = "running", _("being taken in")
    DONE = "done", _("taken in")


class Import(models.Model):
    """A table brought in: which column is what, how far it is, which rows are wrong and why;
    `changes` says what of that which was there it changed: row, number, what.
    """

    kind = models.CharField(max_length=12, choices=ImportKind)
    file = models.ForeignKey(File, on_delete=models.PROTECT, related_name="+")
    name = models.CharField(max_length=200)
    columns = models.JSONField(default=dict)
    state = models.CharField(max_length=8, choices=ImportState, default=ImportState.TRIED)
    total = models.PositiveIntegerField(default=0)
    done = models.PositiveIntegerField(default=0)
    new = models.PositiveIntegerField(default=0)
    changed = models.PositiveIntegerField(default=0)
    wrong = models.PositiveIntegerField(default=0)
    faults = models.JSONField(default=list)
    changes = models.JSONField(default=list)
    by = models.ForeignKey(Employee, on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField()
    claimed_at = models.DateTimeField(null=True)
    finished_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [
            models.Index(
                fields=["id"],
                name="import_under_way",
                condition=Q(state__in=["waiting", "running"]),
            )
        ]


class Purchase(models.Model):
    """Something bought: by whom, when, where, for how much, and what was earned by it.

    `mark` says which row of a table, order or receipt it is, so that what is told twice adds
    nothing. `came_with` is the table; nothing, where an order, a till or a program told.
    """

    client = models.ForeignKey(Client, on_delete=models.PROTECT, related_name="purchases")
    day = models.DateField()
    sum = models.DecimalField(max_digits=18, decimal_places=2)
    margin = models.DecimalField(max_digits=18, decimal_places=2, null=True)
    place = models.ForeignKey(Place, null=True, on_delete=models.PROTECT, related_name="+")
    came_with = models.ForeignKey(
        Import, null=True, on_delete=models.PROTECT, related_name="purchases"
    )
    mark = models.CharField(max_length=64, unique=True)

    class Meta:
        indexes = [models.Index(fields=["client", "-day"], name="purchase_of_client")]


class PurchaseReturn(models.Model):
    """Goods of a purchase brought back: for how much, and the share of what was earned by it. Below
    zero, where it was told afterwards that less came back.
    """

    purchase = models.ForeignKey(Purchase, on_delete=models.PROTECT, related_name="returns")
    day = models.DateField()
    sum = models.DecimalField(max_digits=18, decimal_places=2)
    margin = models.DecimalField(max_digits=18, decimal_places=2, null=True)
    mark = models.CharField(max_length=64, unique=True)

    class Meta:
        constraints = [models.CheckConstraint(condition=~Q(sum=0), name="return_of_something")]


class Reckoning(models.Model):
    """Once a day, and after an import, what clients are worth is reckoned anew.

    `day` stands where it was the day's own. Today is put into the new order until `ranked_at`.
    """

    day = models.DateField(null=True, unique=True)
    at = models.DateTimeField()
    clients = models.PositiveIntegerField()
    ranked_at = models.DateTimeField(null=True)

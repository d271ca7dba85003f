"""Счета, payments, shipments, returns, and the files that go with an order."""

from decimal import Decimal

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from zabota.cases.models import Viewer, seen_by
from zabota.clients.access import RoomViewer
from zabota.clients.models import Client, Import
from zabota.common.models import File
from zabota.orders.models.orders import Order, OrderLine, Source
from zabota.people.models import User


class InvoiceQuerySet(models.QuerySet["Invoice"]):
    """Счета in business words."""

    def visible_to(self, viewer: Viewer) -> "InvoiceQuerySet":
        """Those of the orders this viewer may know of; whatever is ours, of every client."""
        return self.filter(seen_by(viewer, "order__case__"))

    def standing(self) -> "InvoiceQuerySet":
        """Those that were not taken back."""
        return self.filter(cancelled_at=None)


class Invoice(models.Model):
    """What a client pays by: счёт, with VAT by line, payable until its day."""

    order = models.ForeignKey(Order, on_delete=models.PROTECT, related_name="invoices")
    source = models.CharField(max_length=5, choices=Source, default=Source.HAND)
    outer = models.CharField(max_length=100, blank=True)
    digest = models.CharField(max_length=64, blank=True)
    number = models.CharField(max_length=60)
    day = models.DateField()
    valid_until = models.DateField(null=True)
    currency = models.CharField(max_length=3)
    total = models.DecimalField(max_digits=18, decimal_places=2)
    vat = models.DecimalField(max_digits=18, decimal_places=2)
    paid = models.DecimalField(max_digits=18, decimal_places=2, default=Decimal(0))
    cancelled_at = models.DateTimeField(null=True)

    objects = InvoiceQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["source", "outer"], condition=~Q(outer=""), name="invoice_came_once"
            )
        ]
        indexes = [
            models.Index(fields=["number"], name="invoice_number"),
            models.Index(fields=["valid_until"], name="invoice_until"),
            models.Index(
                fields=["id"],
                name="invoice_unpaid",
                condition=Q(cancelled_at=None, paid__lt=F("total")),
            ),
        ]

    @property
    def to_pay(self) -> Decimal:
        """What is still to be paid by it."""
        return self.total - self.paid


class InvoiceLine(models.Model):
    """One line of a счёт; `line` is the line of the order it stands for, where it is known."""

    invoice = models.ForeignKey(Invoice, on_delete=models.PROTECT, related_name="lines")
    line = models.ForeignKey(
        OrderLine, null=True, on_delete=models.PROTECT, related_name="invoice_lines"
    )
    number = models.PositiveSmallIntegerField()
    name = models.CharField(max_length=300)
    unit = models.CharField(max_length=20, blank=True)
    quantity = models.DecimalField(max_digits=14, decimal_places=3)
    price = models.DecimalField(max_digits=18, decimal_places=4)
    sum = models.DecimalField(max_digits=18, decimal_places=2)
    vat_rate = models.DecimalField(max_digits=5, decimal_places=2, null=True)
    vat = models.DecimalField(max_digits=18, decimal_places=2)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["invoice", "number"], name="invoice_line_once")
        ]


class Payment(models.Model):
    """Money that came (or, `back`, was given back): whose, by which paper of the bank, for what.

    `mark` is the same for the same line of whatever statement brings it. `free` is what no invoice
    has taken yet.
    """

    client = models.ForeignKey(Client, null=True, on_delete=models.PROTECT, related_name="payments")
    day = models.DateField()
    number = models.CharField(max_length=60, blank=True)
    sum = models.DecimalField(max_digits=18, decimal_places=2)
    free = models.DecimalField(max_digits=18, decimal_places=2)
    currency = models.CharField(max_length=3)
    back = models.BooleanField(default=False)
    payer = models.CharField(max_length=300, blank=True)
    payer_inn = models.CharField(max_length=12, blank=True)
    payer_account = models.CharField(max_length=34, blank=True)
    purpose = models.TextField(blank=True)
    source = models.CharField(max_length=5, choices=Source, default=Source.HAND)
    mark = models.CharField(max_length=100, unique=True)
    came_with = models.ForeignKey(Import, null=True, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()
    # Somebody said that it is for nothing of ours: it is offered no more.
    set_aside_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(sum__gt=0, free__gte=0, free__lte=F("sum")),
                name="payment_adds_up",
            )
        ]
        indexes = [
            models.Index(fields=["client", "-day"], name="payment_of_client"),
            models.Index(
                fields=["id"],
                name="payment_to_match",
                condition=Q(set_aside_at=None, free__gt=0),
            ),
        ]


class Allocation(models.Model):
    """So much of a payment is for this счёт; a guess waits until somebody says so."""

    payment = models.ForeignKey(Payment, on_delete=models.PROTECT, related_name="allocations")
    invoice = models.ForeignKey(Invoice, on_delete=models.PROTECT, related_name="allocations")
    sum = models.DecimalField(max_digits=18, decimal_places=2)
    # By what it was found, as codes: number, sum, inn, order; a guess is not sure of itself.
    why = models.JSONField(default=list)
    guess = models.BooleanField(default=False)
    by = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["payment", "invoice"], name="allocated_once"),
            models.CheckConstraint(condition=Q(sum__gt=0), name="allocated_something"),
        ]


class Shipment(models.Model):
    """Goods that left: on which paper (УПД), when, and when they were there."""

    order = models.ForeignKey(Order, on_delete=models.PROTECT, related_name="shipments")
    source = models.CharField(max_length=5, choices=Source, default=Source.HAND)
    outer = models.CharField(max_length=100, blank=True)
    digest = models.CharField(max_length=64, blank=True)
    number = models.CharField(max_length=60, blank=True)
    day = models.DateField()
    delivered_on = models.DateField(null=True)
    sum = models.DecimalField(max_digits=18, decimal_places=2)
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["source", "outer"], condition=~Q(outer=""), name="shipment_came_once"
            )
        ]


class ShipmentLine(models.Model):
    """What left; `line` is nothing where it is something nobody ordered: the wrong thing."""

    shipment = models.ForeignKey(Shipment, on_delete=models.PROTECT, related_name="lines")
    line = models.ForeignKey(
        OrderLine, null=True, on_delete=models.PROTECT, related_name="shipment_lines"
    )
    article = models.CharField(max_length=60, blank=True)
    name = models.CharField(max_length=300)
    quantity = models.DecimalField(max_digits=14, decimal_places=3)
    sum = models.DecimalField(max_digits=18, decimal_places=2)


class ReturnReason(models.TextChoices):
    """Why goods came back."""

    WRONG = "wrong", pgettext_lazy("return", "Not what was ordered")
    BROKEN = "broken", pgettext_lazy("return", "Does not work or is damaged")
    LATE = "late", pgettext_lazy("return", "Came too late")
    UNSUITED = "unsuited", pgettext_lazy("return", "Did not suit")
    OTHER = "other", pgettext_lazy("return", "Something else")


class Return(models.Model):
    """Goods that came back."""

    order = models.ForeignKey(Order, on_delete=models.PROTECT, related_name="returns")
    source = models.CharField(max_length=5, choices=Source, default=Source.HAND)
    outer = models.CharField(max_length=100, blank=True)
    digest = models.CharField(max_length=64, blank=True)
    number = models.CharField(max_length=60, blank=True)
    day = models.DateField()
    reason = models.CharField(max_length=8, choices=ReturnReason)
    sum = models.DecimalField(max_digits=18, decimal_places=2)
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["source", "outer"], condition=~Q(outer=""), name="return_came_once"
            )
        ]


class ReturnLine(models.Model):
    """What came back of a line."""

    returned = models.ForeignKey(Return, on_delete=models.PROTECT, related_name="lines")
    line = models.ForeignKey(OrderLine, on_delete=models.PROTECT, related_name="return_lines")
    quantity = models.DecimalField(max_digits=14, decimal_places=3)
    sum = models.DecimalField(max_digits=18, decimal_places=2)


class PaperKind(models.TextChoices):
    """What a file of an order is."""

    INVOICE = "invoice", _("Invoice for payment")
    TRANSFER = "transfer", _("Transfer document")
    CERTIFICATE = "certificate", _("Certificate")
    OTHER = "other", pgettext_lazy("paper", "Another paper")


class PaperQuerySet(models.QuerySet["OrderPaper"]):
    """Papers in business words."""

    def readable_by(self, viewer: Viewer) -> "PaperQuerySet":
        """What was taken back is no longer there; the client reads what is for them."""
        standing = self.filter(removed_at=None)
        return standing.filter(inside=False) if isinstance(viewer, RoomViewer) else standing


class OrderPaper(models.Model):
    """A file that goes with an order: счёт, УПД, a certificate; `inside` is for colleagues only."""

    order = models.ForeignKey(Order, on_delete=models.PROTECT, related_name="papers")
    kind = models.CharField(max_length=12, choices=PaperKind)
    name = models.CharField(max_length=255)
    file = models.ForeignKey(File, on_delete=models.PROTECT, related_name="+")
    inside = models.BooleanField(default=False)
    by = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()
    removed_at = models.DateTimeField(null=True)

    objects = PaperQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["order", "file"], condition=Q(removed_at=None), name="order_paper_once"
            )
        ]

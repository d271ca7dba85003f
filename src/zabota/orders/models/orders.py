"""An order with its lines. Its client, number, owner, state and history are those of its case."""

from decimal import Decimal

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from zabota.cases.models import Case, CaseQuerySet, Promise, Viewer
from zabota.clients.models import Contact, Purchase
from zabota.people.models import Place

ORDER = "order"


class OrderState(models.TextChoices):
    """Where an order stands; kept in its case."""

    OPEN = "open", pgettext_lazy("order", "In work")
    DONE = "done", pgettext_lazy("order", "Finished")
    CANCELLED = "cancelled", pgettext_lazy("order", "Cancelled")


class Source(models.TextChoices):
    """By which way an order or a paper came."""

    HAND = "hand", _("by hand")
    TABLE = "table", _("from a table")
    EXCHANGE = "1c", _("from 1C")
    API = "api", _("from another program")


class OrderQuerySet(models.QuerySet["Order"]):
    """Orders in business words."""

    def visible_to(self, viewer: Viewer) -> "OrderQuerySet":
        """Those of the cases this viewer may know of."""
        cases: CaseQuerySet = Case.objects.visible_to(viewer)
        return self.filter(case__in=cases)


class Order(models.Model):
    """What a client ordered: the other half of its case.

    `outer` is what the program it came from knows it by, `digest` is of what came last, so that the
    same again changes nothing. `shipped_on` and `paid_on` say since when all of it is.
    """

    case = models.OneToOneField(Case, primary_key=True, on_delete=models.PROTECT)
    source = models.CharField(max_length=5, choices=Source, default=Source.HAND)
    outer = models.CharField(max_length=100, blank=True)
    outer_number = models.CharField(max_length=60, blank=True)
    digest = models.CharField(max_length=64, blank=True)
    day = models.DateField()
    contact = models.ForeignKey(Contact, null=True, on_delete=models.PROTECT, related_name="orders")
    place = models.ForeignKey(Place, null=True, on_delete=models.PROTECT, related_name="orders")
    currency = models.CharField(max_length=3)
    total = models.DecimalField(max_digits=18, decimal_places=2, default=Decimal(0))
    vat = models.DecimalField(max_digits=18, decimal_places=2, default=Decimal(0))
    paid = models.DecimalField(max_digits=18, decimal_places=2, default=Decimal(0))
    note = models.TextField(blank=True)
    shipped_on = models.DateField(null=True)
    paid_on = models.DateField(null=True)
    purchase = models.OneToOneField(
        Purchase, null=True, on_delete=models.PROTECT, related_name="order"
    )
    # When the program that keeps the accounts was told of it as it is.
    told_at = models.DateTimeField(null=True)

    objects = OrderQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["source", "outer"], condition=~Q(outer=""), name="order_came_once"
            )
        ]
        indexes = [models.Index(fields=["day"], name="order_day")]


class OrderLine(models.Model):
    """One thing ordered: how many, for how much, by when. Sums are with VAT.

    `promise` is the shipment it is part of; `promised_on` is the day first promised, which nothing
    moves; `expected_on` the day on which it is to be expected as things stand.
    """

    order = models.ForeignKey(Order, on_delete=models.PROTECT, related_name="lines")
    number = models.PositiveSmallIntegerField()
    outer = models.CharField(max_length=100, blank=True)
    article = models.CharField(max_length=60, blank=True)
    name = models.CharField(max_length=300)
    unit = models.CharField(max_length=20, blank=True)
    quantity = models.DecimalField(max_digits=14, decimal_places=3)
    price = models.DecimalField(max_digits=18, decimal_places=4)
    sum = models.DecimalField(max_digits=18, decimal_places=2)
    # In per cent; nothing where no VAT is charged at all.
    vat_rate = models.DecimalField(max_digits=5, decimal_places=2, null=True)
    vat = models.DecimalField(max_digits=18, decimal_places=2, default=Decimal(0))
    cancelled = models.DecimalField(max_digits=14, decimal_places=3, default=Decimal(0))
    shipped = models.DecimalField(max_digits=14, decimal_places=3, default=Decimal(0))
    returned = models.DecimalField(max_digits=14, decimal_places=3, default=Decimal(0))
    shipped_on = models.DateField(null=True)
    promised_on = models.DateField(null=True)
    expected_on = models.DateField(null=True)
    promise = models.ForeignKey(
        Promise, null=True, on_delete=models.PROTECT, related_name="order_lines"
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["order", "number"], name="order_line_once"),
            models.CheckConstraint(condition=Q(quantity__gt=0), name="order_line_of_something"),
            models.CheckConstraint(
                condition=Q(cancelled__gte=0, shipped__gte=0, returned__gte=0)
                & Q(cancelled__lte=F("quantity"))
                & Q(returned__lte=F("shipped")),
                name="order_line_adds_up",
            ),
        ]
        indexes = [
            models.Index(
                fields=["promised_on"], name="order_line_to_ship", condition=Q(shipped_on=None)
            ),
            models.Index(fields=["promised_on", "shipped_on"], name="order_line_promised"),
        ]

    @property
    def wanted(self) -> Decimal:
        """How many are still to be had altogether: what was ordered without what was cancelled."""
        return self.quantity - self.cancelled

    @property
    def left(self) -> Decimal:
        """How many are still to be shipped; nothing where more was sent than ordered."""
        return max(self.wanted - self.shipped, Decimal(0))


class DutyKind(models.TextChoices):
    """What is done for a client after the goods are theirs."""

    INSTALLATION = "installation", _("Installation")
    WARRANTY = "warranty", _("Warranty")
    TRAINING = "training", _("Training")
    PARTS = "parts", _("Parts")
    OTHER = "other", pgettext_lazy("after the sale", "Something else")


class Duty(models.Model):
    """After the sale: one more promise of an order, of its kind, for one of its lines or for all.

    A warranty stands until its day and is kept by having lasted; whatever else is done and noted.
    """

    order = models.ForeignKey(Order, on_delete=models.PROTECT, related_name="duties")
    line = models.ForeignKey(OrderLine, null=True, on_delete=models.PROTECT, related_name="duties")
    kind = models.CharField(max_length=12, choices=DutyKind)
    promise = models.OneToOneField(Promise, on_delete=models.PROTECT, related_name="duty")

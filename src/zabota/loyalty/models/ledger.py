"""The books: batches of points, and transfers whose postings sum to nothing. See triggers.py."""

import uuid

from django.db import models
from django.db.models import F, Q
from django.utils.translation import pgettext_lazy

from zabota.clients.models import Client
from zabota.loyalty.models.rules import EarnRule, Expiry, Occasion
from zabota.loyalty.models.units import Unit
from zabota.people.models import Place, User


class TransferKind(models.TextChoices):
    """Why points moved."""

    EARN = "earn", pgettext_lazy("points", "earned")
    SPEND = "spend", pgettext_lazy("points", "spent")
    GIVE_BACK = "give_back", pgettext_lazy("points", "given back")
    TAKE_BACK = "take_back", pgettext_lazy("points", "taken back with returned goods")
    EXPIRE = "expire", pgettext_lazy("points", "expired")


class Account(models.TextChoices):
    """Where points are: the firm's own accounts, and what a client holds, batch by batch."""

    ISSUED = "issued", pgettext_lazy("points", "Issued")
    HELD = "held", pgettext_lazy("points", "With clients")
    SPENT = "spent", pgettext_lazy("points", "Spent")
    RETURNED = "returned", pgettext_lazy("points", "Taken back")
    EXPIRED = "expired", pgettext_lazy("points", "Expired")


class Transfer(models.Model):
    """One movement of points of one unit; its postings sum to nothing. `mark` says what caused it:
    the same cause moves points once. `reverses` is the movement it takes back, whole or in part.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    kind = models.CharField(max_length=10, choices=TransferKind)
    mark = models.CharField(max_length=160)
    client = models.ForeignKey(Client, on_delete=models.PROTECT, related_name="transfers")
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="transfers")
    amount = models.PositiveBigIntegerField()
    occasion = models.CharField(max_length=10, choices=Occasion, blank=True)
    place = models.ForeignKey(Place, null=True, on_delete=models.PROTECT, related_name="+")
    receipt = models.CharField(max_length=60, blank=True)
    reverses = models.ForeignKey(
        "self", null=True, on_delete=models.PROTECT, related_name="reversed_by"
    )
    by = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        indexes = [
            models.Index(fields=["client", "-at"], name="loyalty_transfer_of_client"),
            models.Index(fields=["unit", "at"], name="loyalty_transfer_of_unit"),
        ]
        constraints = [
            models.UniqueConstraint(fields=["mark", "unit"], name="loyalty_transfer_once"),
            models.CheckConstraint(condition=Q(amount__gt=0), name="loyalty_transfer_moves"),
        ]


class BatchQuerySet(models.QuerySet["Batch"]):
    """Batches in business words."""

    def of_whole(self, client: int) -> "BatchQuerySet":
        """Those of a client and of all that are one with it."""
        return self.filter(client__in=Client.objects.whole_of(client).values("pk"))

    def with_something(self) -> "BatchQuerySet":
        """Those that are not used up, what is owed among them."""
        return self.exclude(left=0)

    def first_to_expire(self) -> "BatchQuerySet":
        """In the order in which they are spent."""
        return self.order_by(F("expires_on").asc(nulls_last=True), "earned_at", "pk")


class Batch(models.Model):
    """Points earned at once: how many, for what, until when, and how many are left. `left` is the
    sum of its postings, kept in the same transaction. Below zero is what the client owes, where
    the rule takes back what was spent.
    """

    client = models.ForeignKey(Client, on_delete=models.PROTECT, related_name="batches")
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="batches")
    transfer = models.OneToOneField(Transfer, on_delete=models.PROTECT, related_name="batch")
    amount = models.PositiveBigIntegerField()
    left = models.BigIntegerField()
    occasion = models.CharField(max_length=10, choices=Occasion)
    rule = models.ForeignKey(EarnRule, null=True, on_delete=models.PROTECT, related_name="+")
    may_owe = models.BooleanField(default=False)
    earned_at = models.DateTimeField()
    expiry = models.ForeignKey(Expiry, null=True, on_delete=models.PROTECT, related_name="batches")
    expires_on = models.DateField(null=True)
    # On which day somebody is to be told next, or it ends.
    look_on = models.DateField(null=True)

    objects = BatchQuerySet.as_manager()

    class Meta:
        indexes = [
            models.Index(
                fields=["client", "unit"], name="loyalty_batch_of_client", condition=~Q(left=0)
            ),
            models.Index(
                fields=["look_on"], name="loyalty_batch_to_look_at", condition=Q(left__gt=0)
            ),
            models.Index(fields=["client", "-earned_at"], name="loyalty_batch_history"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(left__gte=0) | Q(may_owe=True), name="loyalty_batch_not_below_zero"
            ),
            models.CheckConstraint(
                condition=Q(left__lte=F("amount")), name="loyalty_batch_not_above_earned"
            ),
            models.CheckConstraint(
                condition=Q(expires_on=None) | Q(expiry__isnull=False),
                name="loyalty_batch_expires_by_policy",
            ),
        ]


class Posting(models.Model):
    """One line of a transfer: so many points into an account, or, below zero, out of it."""

    transfer = models.ForeignKey(Transfer, on_delete=models.PROTECT, related_name="postings")
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+")
    account = models.CharField(max_length=8, choices=Account)
    batch = models.ForeignKey(Batch, null=True, on_delete=models.PROTECT, related_name="postings")
    amount = models.BigIntegerField()

    class Meta:
        indexes = [models.Index(fields=["unit", "account", "amount"], name="loyalty_posting_sums")]
        constraints = [
            models.CheckConstraint(
                condition=Q(account="held", batch__isnull=False)
                | (~Q(account="held") & Q(batch=None)),
                name="loyalty_posting_of_batch",
            ),
            models.CheckConstraint(condition=~Q(amount=0), name="loyalty_posting_moves"),
        ]


class TakenBack(models.Model):
    """Goods of a purchase came back: how many points were to go with them, and how many went; the
    rest had been spent. Below zero, where less came back after all: how many were given back.
    """

    batch = models.ForeignKey(Batch, on_delete=models.PROTECT, related_name="taken_back")
    mark = models.CharField(max_length=160)
    wanted = models.BigIntegerField()
    taken = models.BigIntegerField()
    transfer = models.OneToOneField(Transfer, null=True, on_delete=models.PROTECT)
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["batch", "mark"], name="loyalty_taken_back_once"),
            models.CheckConstraint(
                condition=Q(taken__gte=0, taken__lte=F("wanted"))
                | Q(taken__lte=0, taken__gte=F("wanted")),
                name="loyalty_taken_not_more",
            ),
        ]

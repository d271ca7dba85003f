"""What was given, to whom, what it cost and who paid for it; its code."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from zabota.cases.models import Case, Moment, Promise
from zabota.clients.access import RoomViewer
from zabota.clients.models import Client, ClientKind, Contact, RoomRole
from zabota.common.names import detail
from zabota.goodwill.models.budgets import Allowance
from zabota.people.access import StaffViewer
from zabota.people.models import Employee, Place, User


class GiftKind(models.TextChoices):
    """What one can give."""

    GOODS = "goods", pgettext_lazy("gift", "Goods")
    DISCOUNT = "discount", pgettext_lazy("gift", "Discount")
    POINTS = "points", pgettext_lazy("gift", "Points")
    DELIVERY = "delivery", pgettext_lazy("gift", "Delivery")
    FLOWERS = "flowers", pgettext_lazy("gift", "Flowers")
    OWN = "own", pgettext_lazy("gift", "My own idea")
    THANKS = "thanks", pgettext_lazy("gift", "Just thanks")


class PaidBy(models.TextChoices):
    """Who pays: the giver's own budget, the moment of truth that failed, or the firm itself, by a
    rule that is the same for everybody.
    """

    BUDGET = "budget", _("budget of care")
    MOMENT = "moment", _("making good")
    FIRM = "firm", _("by the firm’s rule")


class GiftState(models.TextChoices):
    """How far it has come."""

    GIVEN = "given", pgettext_lazy("gift", "given")
    CLAIMED = "claimed", pgettext_lazy("gift", "taken")
    USED = "used", pgettext_lazy("gift", "used")
    WITHDRAWN = "withdrawn", pgettext_lazy("gift", "taken back")
    LAPSED = "lapsed", pgettext_lazy("gift", "lapsed")


# What is of value in anybody's hands; points, discounts and delivery are terms of our trade.
VALUABLES = (GiftKind.GOODS, GiftKind.FLOWERS, GiftKind.OWN)
# Of a company these belong to the company itself, never to whoever speaks for it.
OF_THE_COMPANY = (GiftKind.POINTS, GiftKind.DISCOUNT, GiftKind.DELIVERY)


class Good(models.Model):
    """Something that can be given: what one costs us, and how many are left, if counted."""

    name_ru = models.CharField(max_length=120)
    name_en = models.CharField(max_length=120, blank=True)
    cost = models.DecimalField(max_digits=18, decimal_places=2)
    currency = models.CharField(max_length=3)
    stock = models.PositiveIntegerField(null=True)
    made_at = models.DateTimeField()
    closed_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [models.CheckConstraint(condition=Q(cost__gte=0), name="good_costs_no_less")]

    @property
    def name(self) -> str:
        """As the reader's language has it."""
        return detail(self.name_ru, self.name_en)


class GiftQuerySet(models.QuerySet["Gift"]):
    """Gifts in business words."""

    def visible_to(self, viewer: StaffViewer | RoomViewer) -> "GiftQuerySet":
        """Every department knows what a client was given, and one's own cards to strangers. In the
        room a person sees what is theirs; what belongs to a company is seen by its owner there.
        """
        if isinstance(viewer, StaffViewer):
            return self.filter(Q(employee=viewer.employee) | Q(client__isnull=False))
        people = [contact.pk for contact in viewer.contacts]
        owned = [
            pk
            for contact in viewer.contacts
            if contact.role == RoomRole.OWNER or contact.client.kind == ClientKind.PERSON
            for pk in contact.whole_ids
        ]
        return self.filter(Q(contact__in=people) | Q(contact=None, client__in=owned))

    def of_client(self, client: int) -> "GiftQuerySet":
        """What a client and all that are one with it were given."""
        return self.filter(client__in=Client.objects.whole_of(client).values("pk"))

    def standing(self) -> "GiftQuerySet":
        """Those that were not taken back and did not lapse."""
        return self.exclude(state__in=[GiftState.WITHDRAWN, GiftState.LAPSED])


class Gift(models.Model):
    """One gift, or just thanks. `client` is nothing until a stranger takes it and says who they
    are; `contact` is the person it is for, nothing where it belongs to a company.

    The code is signed from the row and its `salt` whenever it is shown; only its digest is kept.
    What was paid by a moment that failed is making good and no gift: `paid_by` parts them. What the
    firm gives by its rule is a gift, and nobody's merit.
    """

    number = models.CharField(max_length=40, unique=True)
    employee = models.ForeignKey(Employee, on_delete=models.PROTECT, related_name="gifts")
    client = models.ForeignKey(Client, null=True, on_delete=models.PROTECT, related_name="gifts")
    contact = models.ForeignKey(Contact, null=True, on_delete=models.PROTECT, related_name="gifts")
    kind = models.CharField(max_length=8, choices=GiftKind)
    good = models.ForeignKey(Good, null=True, on_delete=models.PROTECT, related_name="gifts")
    what = models.CharField(max_length=200, blank=True)
    percent = models.PositiveSmallIntegerField(null=True)
    points = models.PositiveIntegerField(null=True)
    occasion = models.CharField(max_length=120)
    words = models.TextField(blank=True)
    cost = models.DecimalField(max_digits=18, decimal_places=2)
    currency = models.CharField(max_length=3)
    paid_by = models.CharField(max_length=6, choices=PaidBy, default=PaidBy.BUDGET)
    allowance = models.ForeignKey(
        Allowance, null=True, on_delete=models.PROTECT, related_name="gifts"
    )
    case = models.ForeignKey(Case, null=True, on_delete=models.PROTECT, related_name="gifts")
    promise = models.ForeignKey(Promise, null=True, on_delete=models.PROTECT, related_name="gifts")
    moment = models.ForeignKey(Moment, null=True, on_delete=models.PROTECT, related_name="+")
    to_stranger = models.BooleanField(default=False)
    state = models.CharField(max_length=9, choices=GiftState, default=GiftState.GIVEN)
    given_at = models.DateTimeField()
    claim_until = models.DateTimeField()
    claimed_at = models.DateTimeField(null=True)
    use_until = models.DateTimeField(null=True)
    used_at = models.DateTimeField(null=True)
    used_by = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="+")
    used_place = models.ForeignKey(Place, null=True, on_delete=models.PROTECT, related_name="+")
    receipt = models.CharField(max_length=80, blank=True)
    withdrawn_at = models.DateTimeField(null=True)
    lapsed_at = models.DateTimeField(null=True)
    salt = models.CharField(max_length=32)
    digest = models.CharField(max_length=64, unique=True)
    # The page that took it: what is sent twice is taken once.
    claim_key = models.CharField(max_length=40, blank=True)
    # What whoever took it said.
    thanks = models.TextField(blank=True)
    thanked_at = models.DateTimeField(null=True)

    objects = GiftQuerySet.as_manager()

    class Meta:
        indexes = [
            models.Index(fields=["employee", "-given_at"], name="gift_of_employee"),
            models.Index(fields=["client", "-given_at"], name="gift_of_client"),
            models.Index(fields=["-given_at", "-id"], name="gift_list"),
            models.Index(
                fields=["claim_until"], name="gift_lapses", condition=Q(state=GiftState.GIVEN)
            ),
            models.Index(
                fields=["use_until"], name="gift_unused", condition=Q(state=GiftState.CLAIMED)
            ),
        ]
        constraints = [
            models.CheckConstraint(
                name="gift_state_is_its_moments",
                condition=(
                    Q(state="given", claimed_at=None, used_at=None, withdrawn_at=None)
                    & Q(lapsed_at=None)
                    | Q(state="claimed", claimed_at__isnull=False, used_at=None)
                    & Q(withdrawn_at=None, lapsed_at=None)
                    | Q(state="used", claimed_at__isnull=False, used_at__isnull=False)
                    & Q(withdrawn_at=None, lapsed_at=None)
                    | Q(state="withdrawn", used_at=None, withdrawn_at__isnull=False, lapsed_at=None)
                    | Q(state="lapsed", used_at=None, withdrawn_at=None, lapsed_at__isnull=False)
                ),
            ),
            models.CheckConstraint(
                name="gift_is_paid_by_one",
                condition=(
                    Q(paid_by="moment", moment__isnull=False, promise__isnull=False, allowance=None)
                    | Q(paid_by="budget", moment=None, promise=None, allowance__isnull=False)
                    | Q(paid_by="budget", moment=None, promise=None, cost=0)
                    | Q(paid_by="firm", moment=None, promise=None, allowance=None)
                ),
            ),
            models.CheckConstraint(condition=Q(cost__gte=0), name="gift_costs_no_less"),
            models.CheckConstraint(
                name="gift_of_goods_names_them", condition=~Q(kind="goods") | Q(good__isnull=False)
            ),
        ]

"""A recommendation becomes a purchase, and is none any more where the goods come back."""

from datetime import date, datetime, timedelta
from decimal import Decimal

from django.db import transaction
from django.db.models import Exists, OuterRef, Sum
from django.db.models.functions import Coalesce

from zabota.cases.actions import touch_case
from zabota.clients.models import Client, Purchase
from zabota.journal.actions import record
from zabota.journal.models import Entry
from zabota.journal.reading import day_ref
from zabota.people.firm import current_firm, zone_of
from zabota.referrals.actions.held import lock_referral, settle
from zabota.referrals.entries import BECAME_PURCHASE, PURCHASE_UNDONE
from zabota.referrals.models import Referral, ReferralState, Terms
from zabota.referrals.rules import UNDER_WAY

BATCH = 200
NOT_YET = ("purchase", "bought_on", "thanks_on")
NOT_THANKED = (ReferralState.BOUGHT, ReferralState.STOPPED, ReferralState.WORDS)


def notice_purchase(entry: Entry, *, by: None, at: datetime) -> int:
    """A client bought something: the recommendation they came by became a purchase."""
    purchase = Purchase.objects.select_related("client").get(pk=entry.facts["purchase"])
    found = Referral.objects.came_of(purchase.client.whole_id).filter(case__state__in=UNDER_WAY)
    # Of several who recommended us to the same person, the one by whom they came first.
    referral = found.order_by("pk").first()
    return 0 if referral is None else int(_count(referral, purchase, at))


def notice_table(entry: Entry, *, by: None, at: datetime) -> int:
    """A table of purchases was taken in: they have no entries of their own."""
    whole = Coalesce("client__root", "client")
    bought = Purchase.objects.annotate(whole=whole).filter(
        whole=Coalesce(OuterRef("case__client__root"), OuterRef("case__client")),
        day__gte=OuterRef("case__opened_at__date"),
    )
    waiting = Referral.objects.filter(Exists(bought), case__state__in=UNDER_WAY)
    done = 0
    for referral in waiting.select_related("case").order_by("pk")[:BATCH]:
        done += notice_bought(referral, by=by, at=at)
    return done


def notice_bought(referral: Referral, *, by: None, at: datetime) -> bool:
    """Whether they had bought on the day on which their way to us was noted."""
    theirs = Client.objects.whole_of(referral.case.client_id)
    since = _day(referral.case.opened_at)
    rows = Purchase.objects.filter(client__in=theirs.values("pk"), day__gte=since)
    return any(_count(referral, one, at) for one in rows.order_by("day", "pk")[:BATCH])


@transaction.atomic
def _count(referral: Referral, purchase: Purchase, at: datetime) -> bool:
    """Whether it counts: large enough by the terms of its day, and not before they came."""
    referral, stream = lock_referral(referral.pk)
    terms = Terms.objects.on(purchase.day)
    early = purchase.day < _day(referral.case.opened_at)
    if referral.case.state not in UNDER_WAY or terms is None or early:
        return False
    if kept_of(purchase) < max(terms.minimum, Decimal("0.01")):
        return False
    settle(referral.promise, kept=True, at=at)
    referral.purchase, referral.bought_on = purchase, purchase.day
    referral.thanks_on = purchase.day + timedelta(days=terms.hold_days)
    referral.save(update_fields=NOT_YET)
    referral.case.state = ReferralState.BOUGHT
    touch_case(referral.case, by=None, at=at, fields=("state",))
    record(
        stream, BECAME_PURCHASE, by=None, at=at, referral=referral.pk,
        client=referral.case.client_id, recommender=referral.recommender_id,
        purchase=purchase.pk, sum=str(purchase.sum), thanks_on=day_ref(referral.thanks_on),
    )  # fmt: skip
    return True


def notice_return(entry: Entry, *, by: None, at: datetime) -> int:
    """Goods came back before anybody was thanked: if too little is left, nothing was bought yet;
    thanks that were given stay given.
    """
    rows = Referral.objects.filter(
        purchase=entry.facts["purchase"], case__state__in=NOT_THANKED, thanks=None
    )
    return sum(_undo(referral, at) for referral in rows.order_by("pk"))


@transaction.atomic
def _undo(referral: Referral, at: datetime) -> bool:
    referral, stream = lock_referral(referral.pk)
    purchase = referral.purchase
    if purchase is None or referral.case.state not in NOT_THANKED:
        return False
    terms = Terms.objects.on(purchase.day)
    if terms is not None and kept_of(purchase) >= max(terms.minimum, Decimal("0.01")):
        return False
    settle(referral.task, kept=False, at=at)
    referral.purchase = referral.bought_on = referral.thanks_on = None
    referral.hits, referral.reason = [], ""
    referral.decided_at = referral.decided_by = None
    referral.save(update_fields=[*NOT_YET, "hits", "reason", "decided_at", "decided_by"])
    talked = referral.talked_at is not None
    referral.case.state = ReferralState.TALKED if talked else ReferralState.RECEIVED
    touch_case(referral.case, by=None, at=at, fields=("state",))
    record(
        stream, PURCHASE_UNDONE, by=None, at=at, referral=referral.pk,
        client=referral.case.client_id, purchase=purchase.pk,
    )  # fmt: skip
    return True


def kept_of(purchase: Purchase) -> Decimal:
    """What of a purchase was not brought back."""
    back = purchase.returns.aggregate(all=Sum("sum"))["all"] or Decimal(0)
    return purchase.sum - back


def _day(at: datetime) -> date:
    return at.astimezone(zone_of(current_firm())).date()

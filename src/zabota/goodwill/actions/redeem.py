"""Using a gift at a till or by hand, and what becomes of those nobody took or used."""

from datetime import datetime

from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from zabota.clients.models import Client
from zabota.goodwill import entries
from zabota.goodwill.actions.claim import gift_by_code, put_points
from zabota.goodwill.actions.give import held_gift, stream_of, undo_cost
from zabota.goodwill.models import Gift, GiftKind, GiftState
from zabota.goodwill.rules import may_redeem_gift
from zabota.goodwill.saying import in_both
from zabota.journal.actions import lock_stream, record
from zabota.people.models import Place, User
from zabota.people.refusal import Refused
from zabota.people.rules import demand

BATCH = 200


def redeem_gift(
    code: str,
    *,
    receipt: str,
    by: User | None,
    at: datetime,
    client: Client | None = None,
    place: Place | None = None,
) -> Gift:
    """The code is used at a till: once. Told again with the same receipt, it is the same use.
    `client` is whoever stands there, where the gift belongs to nobody yet.
    """
    demand(by is None or may_redeem_gift(by))
    found = gift_by_code(code, f"user:{by.pk if by else 0}", by=by, at=at)
    return use_gift(found, receipt=receipt, by=by, at=at, client=client, place=place)


def use_gift(
    gift: Gift,
    *,
    receipt: str,
    by: User | None,
    at: datetime,
    client: Client | None = None,
    place: Place | None = None,
) -> Gift:
    """A gift is handed over: at a till by its receipt, or from hand to hand without one."""
    demand(by is None or may_redeem_gift(by))
    with transaction.atomic():
        stream = stream_of(gift)
        gift = held_gift(gift.pk)
        receipt = receipt.strip()[:80]
        if gift.state == GiftState.USED and receipt and gift.receipt == receipt:
            return gift
        _check(gift, at)
        gift.claimed_at = gift.claimed_at or at
        gift.client = gift.client or (client.whole if client is not None else None)
        gift.state, gift.used_at, gift.used_by = GiftState.USED, at, by
        gift.used_place, gift.receipt = place, receipt
        gift.save()
        if gift.kind == GiftKind.POINTS:
            if gift.client is None:
                raise Refused("who", _("Points need somebody to belong to: say who the client is."))
            put_points(gift, by=None, at=at)
            stream = lock_stream(stream.pk)
        record(
            stream,
            entries.GIFT_USED,
            by=by.pk if by else None,
            at=at,
            gift=gift.pk,
            client=gift.client_id,
            receipt=receipt,
            what=in_both(gift),
        )
        return gift


def lapse_gifts(*, by: None, at: datetime) -> int:
    """Codes nobody took or used in time: budget and goods are free again."""
    over = Q(state=GiftState.GIVEN, claim_until__lte=at) | Q(
        state=GiftState.CLAIMED, use_until__lte=at
    )
    found = Gift.objects.filter(over).select_related("client", "employee", "case").order_by("pk")
    return sum(_lapse(gift, by=by, at=at) for gift in found[:BATCH])


def _lapse(gift: Gift, *, by: None, at: datetime) -> int:
    with transaction.atomic():
        stream = stream_of(gift)
        gift = held_gift(gift.pk)
        due = gift.claim_until if gift.state == GiftState.GIVEN else gift.use_until
        if gift.state not in (GiftState.GIVEN, GiftState.CLAIMED) or due is None or due > at:
            return 0
        gift.state, gift.lapsed_at = GiftState.LAPSED, at
        gift.save(update_fields=["state", "lapsed_at"])
        undo_cost(gift, by=by, at=at)
        record(stream, entries.GIFT_LAPSED, by=None, at=at, gift=gift.pk, what=in_both(gift))
        return 1


def _check(gift: Gift, at: datetime) -> None:
    match gift.state:
        case GiftState.USED:
            raise Refused("used", _("This code was used already."), field="code")
        case GiftState.WITHDRAWN:
            raise Refused("withdrawn", _("This gift was taken back."), field="code")
        case GiftState.LAPSED:
            raise Refused("over", _("The time of this code is over."), field="code")
    until = gift.claim_until if gift.state == GiftState.GIVEN else gift.use_until
    if until is not None and until <= at:
        raise Refused("over", _("The time of this code is over."), field="code")

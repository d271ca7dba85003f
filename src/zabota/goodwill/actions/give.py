"""Giving: out of one's own budget, without asking anybody; or paid by the promise that broke."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import Decimal

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from zabota.cases.actions import next_number
from zabota.cases.models import Promise
from zabota.clients.models import Client, ClientKind, Contact
from zabota.goodwill import entries
from zabota.goodwill.actions.budgets import give_back, held_allowance, spend
from zabota.goodwill.actions.law import set_recipient
from zabota.goodwill.actions.stock import back_to_stock, check_stock, take_from_stock
from zabota.goodwill.codes import code_of, digest_of, new_salt
from zabota.goodwill.models import Gift, GiftKind, GiftState, Good, PaidBy, Terms
from zabota.goodwill.models.gifts import OF_THE_COMPANY
from zabota.goodwill.reading.budgets import firm_day, terms_now
from zabota.goodwill.reading.limits import Weighed, is_official, refuse_beyond_limits
from zabota.goodwill.rules import may_give, may_make_good, may_withdraw_gift
from zabota.goodwill.saying import in_both
from zabota.journal.actions import lock_stream, record
from zabota.journal.models import Stream
from zabota.loyalty.models import Unit
from zabota.people.access import StaffViewer
from zabota.people.firm import current_firm
from zabota.people.models import Employee
from zabota.people.refusal import Refused
from zabota.people.rules import demand


@dataclass(frozen=True)
class Given:
    """What is given: its kind, the occasion in a word, and what the kind needs. `cost` of goods and
    points is reckoned. `once` is the page's own name: what is sent twice is given once.
    """

    kind: str
    occasion: str
    client: Client | None = None
    contact: Contact | None = None
    good: Good | None = None
    what: str = ""
    cost: Decimal | None = None
    percent: int | None = None
    points: int | None = None
    words: str = ""
    official: bool = False
    once: str = ""


def give_gift(what: Given, *, by: StaffViewer, at: datetime) -> Gift:
    """A gift, or just thanks, to a known client or to a stranger who gets its code. It is paid from
    the giver's budget, its goods are set aside; the client is written to.
    """
    demand(may_give(by))
    with transaction.atomic():
        stream = _locked(what.client, by.employee)
        before = _given_before(what, by.employee)
        if before is not None:
            return before
        terms = _needed_terms()
        gift = _draft(what, terms, by.employee, at)
        official = _is_official(what)
        weighed = Weighed(
            what.client, gift.kind, gift.cost, gift.currency, official, gift.contact
        )  # fmt: skip
        refuse_beyond_limits(weighed, terms, firm_day(at))
        if gift.good is not None:
            gift.good = take_from_stock(gift.good, by=by, at=at)
        if gift.cost:
            gift.allowance = held_allowance(by.employee, terms, by=by, at=at)
            spend(gift.allowance, gift.cost, by=by, at=at)
        if what.client is not None and what.official:
            set_recipient(what.client, True, by=by, at=at)
            stream = lock_stream(stream.pk)
        return _stored(gift, stream, by, at)


def make_good(promise: Promise, what: Given, *, by: StaffViewer, at: datetime) -> Gift:
    """A promise of ours broke, and we make it good: paid by that moment of truth, never from
    anybody's budget, and no gift before the law or in figures.
    """
    with transaction.atomic():
        case = promise.case
        stream = lock_stream(case.stream_id)
        before = _given_before(what, by.employee)
        if before is not None:
            return before
        gift = _draft(what, _needed_terms(), by.employee, at)
        gift.client, gift.case, gift.promise = case.client.whole, case, promise
        gift.paid_by, gift.moment_id = PaidBy.MOMENT, promise.moment_id
        if not may_make_good(by, promise, gift.cost, gift.currency, at):
            raise PermissionDenied
        if gift.good is not None:
            gift.good = take_from_stock(gift.good, by=by, at=at)
        return _stored(gift, stream, by, at)


def give_by_rule(what: Given, *, by: None, at: datetime) -> Gift:
    """What the firm gives by a rule of its own, the same to everybody it is about: out of nobody's
    budget, and nobody's merit. It comes from whoever answers for the client; the law's limits hold.
    """
    client = what.client
    assert client is not None
    with transaction.atomic():
        stream, terms = lock_stream(client.stream_id), _needed_terms()
        gift = _by_rule(what, client, terms, at)
        if gift.good is not None:
            gift.good = take_from_stock(gift.good, by=by, at=at)
        return _stored(gift, stream, by, at)


def check_by_rule(what: Given, *, at: datetime) -> None:
    """Refused where `give_by_rule` would be at this moment; nothing is given."""
    assert what.client is not None
    gift = _by_rule(what, what.client, _needed_terms(), at)
    if gift.good is not None:
        check_stock(gift.good)


def withdraw_gift(gift: Gift, *, by: StaffViewer, at: datetime) -> Gift:
    """While nobody has taken it, it can be taken back: budget and goods are free again."""
    with transaction.atomic():
        stream = stream_of(gift)
        gift = held_gift(gift.pk)
        if gift.state != GiftState.GIVEN:
            raise Refused("not_there", _("It was taken already, or is over."))
        if not may_withdraw_gift(by, gift, at):
            raise PermissionDenied
        gift.state, gift.withdrawn_at = GiftState.WITHDRAWN, at
        gift.save(update_fields=["state", "withdrawn_at"])
        undo_cost(gift, by=by, at=at)
        record(
            stream, entries.GIFT_WITHDRAWN, by=by.user.pk, at=at, gift=gift.pk, what=in_both(gift)
        )
        return gift


def held_gift(pk: int) -> Gift:
    """A gift as it is now, locked; its stream is locked before it."""
    rows = Gift.objects.select_for_update(of=("self",))
    return rows.select_related("employee", "client", "good").get(pk=pk)


def stream_of(gift: Gift) -> Stream:
    """Where a gift's history goes on, locked: its client's; a stranger's at whoever gave it."""
    if gift.case_id is not None and gift.case is not None:
        return lock_stream(gift.case.stream_id)
    return _locked(gift.client, gift.employee)


def undo_cost(gift: Gift, *, by: object, at: datetime) -> None:
    """Nobody had it: what it cost is free again."""
    back_to_stock(gift, by=by, at=at)
    give_back(gift, by=by, at=at)


def _by_rule(what: Given, client: Client, terms: Terms, at: datetime) -> Gift:
    """The gift as it will be; Refused beyond the limits."""
    gift = _draft(what, terms, client.owner, at)
    gift.paid_by = PaidBy.FIRM
    weighed = Weighed(client, gift.kind, gift.cost, gift.currency, _is_official(what))
    refuse_beyond_limits(weighed, terms, firm_day(at))
    return gift


def _locked(client: Client | None, employee: Employee) -> Stream:
    return lock_stream(client.stream_id if client is not None else employee.stream_id)


def _given_before(what: Given, employee: Employee) -> Gift | None:
    return Gift.objects.filter(employee=employee, salt=what.once).first() if what.once else None


def _needed_terms() -> Terms:
    terms = terms_now()
    if terms is None:
        raise Refused("no_terms", _("The firm has not set its terms of giving yet."))
    return terms


def _is_official(what: Given) -> bool:
    return what.official or (what.client is not None and is_official(what.client))


def _draft(what: Given, terms: Terms, employee: Employee, at: datetime) -> Gift:
    """The row as it will be, its cost reckoned; Refused where something is missing."""
    check_given(what)
    gift = Gift(
        employee=employee,
        client=what.client,
        contact=_person_of(what),
        kind=what.kind,
        good=what.good if what.kind == GiftKind.GOODS else None,
        what=what.what.strip(),
        percent=what.percent if what.kind == GiftKind.DISCOUNT else None,
        points=what.points if what.kind == GiftKind.POINTS else None,
        occasion=what.occasion.strip(),
        words=what.words.strip(),
        cost=_cost(what, terms),
        currency=terms.currency,
        to_stranger=what.client is None,
        given_at=at,
        claim_until=at + timedelta(days=terms.claim_days),
        salt=what.once or new_salt(),
    )
    gift.digest = digest_of(code_of(employee.pk, gift.salt))
    return gift


def _person_of(what: Given) -> Contact | None:
    """Points, discounts and delivery of a company are the company's; the rest is the person's."""
    company = what.client is not None and what.client.kind == ClientKind.COMPANY
    return None if company and what.kind in OF_THE_COMPANY else what.contact


def _cost(what: Given, terms: Terms) -> Decimal:
    match what.kind:
        case GiftKind.THANKS:
            return Decimal(0)
        case GiftKind.GOODS if what.good is not None:
            return what.good.cost
        case GiftKind.POINTS:
            return (what.points or 0) * terms.point_cost
    return what.cost or Decimal(0)


def check_given(what: Given) -> None:
    """Refused where the kind lacks something."""
    if what.kind not in GiftKind.values:
        raise Refused("kind", _("There is no such kind of gift."), field="kind")
    if not what.occasion.strip():
        raise Refused("occasion", _("What is the occasion? A word is enough."), field="occasion")
    if what.kind == GiftKind.GOODS and what.good is None:
        raise Refused("good", _("Choose what you give."), field="good")
    if what.kind == GiftKind.POINTS and not what.points:
        raise Refused("points", _("How many points?"), field="points")
    if what.kind == GiftKind.POINTS and not Unit.objects.in_use().exists():
        raise Refused("no_unit", _("The firm has no points yet."), field="points")
    if what.kind == GiftKind.OWN and not what.what.strip():
        raise Refused("what", _("Say what it is."), field="what")
    priced = (GiftKind.DISCOUNT, GiftKind.DELIVERY, GiftKind.FLOWERS, GiftKind.OWN)
    if what.kind in priced and (what.cost is None or what.cost <= 0):
        raise Refused("cost", _("What does it cost us? Give a sum above zero."), field="cost")
    if what.percent is not None and not 0 < what.percent <= 100:
        raise Refused("percent", _("A discount is 1 to 100 %%."), field="percent")


def _stored(gift: Gift, stream: Stream, by: StaffViewer | None, at: datetime) -> Gift:
    year, number = next_number("gift", by=by, at=at)
    letter = "П" if current_firm().language == "ru" else "G"
    gift.number = f"{letter}-{year}-{number:04d}"
    gift.save(force_insert=True)
    record(
        stream,
        entries.MADE_GOOD if gift.paid_by == PaidBy.MOMENT else entries.GIFT_GIVEN,
        by=by.user.pk if by else None,
        at=at,
        gift=gift.pk,
        client=gift.client_id,
        contact=gift.contact_id,
        case=gift.case_id,
        what=in_both(gift),
        occasion=gift.occasion,
    )
    return gift

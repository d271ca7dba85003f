"""Акт сверки is asked for, promised, made; on what terms a client pays."""

from datetime import date, datetime
from decimal import Decimal

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from zabota.cases.actions import (
    keep_promise,
    lay_promise,
    next_number,
    open_case,
    rank_holders,
    store_promises,
    touch_case,
)
from zabota.cases.moments import ACT_MADE as MOMENT
from zabota.clients.access import RoomViewer
from zabota.clients.models import Client
from zabota.common.files import keep_file
from zabota.journal.actions import lock_stream, record
from zabota.orders.actions.held import WEIGHT, day_of, give_to_owner, lock_act
from zabota.orders.actions.words import day_words, money_words
from zabota.orders.entries.orders import ACT_ASKED, ACT_MADE, TERMS_SET
from zabota.orders.models import ACT, Act, ActState, Terms
from zabota.orders.reading.act_files import act_pdf, act_xlsx
from zabota.orders.reading.ledger import read_ledger
from zabota.orders.rules.orders import may_ask_act, may_handle_payments, may_make_act
from zabota.people.access import StaffViewer
from zabota.people.firm import calendar_of, current_firm
from zabota.people.refusal import Refused
from zabota.people.rules import demand

# Two working days.
MINUTES = 16 * 60
WORDS = ("Сделать акт сверки", "Make the act of reconciliation")
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@transaction.atomic
def ask_act(
    client: Client,
    *,
    by: RoomViewer,
    at: datetime,
    since: date | None = None,
    until: date | None = None,
    currency: str = "RUB",
) -> Act:
    """The client asks in one tap: for this year, where they say nothing else. One that is asked for
    and not made yet is the same.
    """
    client = client.whole
    demand(may_ask_act(by, client))
    lock_stream(client.stream_id)
    until = until or day_of(at)
    since = since or date(until.year, 1, 1)
    if since > until:
        raise Refused("until", _("The last day lies before the first."), field="until")
    if until > day_of(at):
        raise Refused("until", _("This day has not come yet."), field="until")
    family = Client.objects.whole_of(client.pk).values("pk")
    there = Act.objects.filter(
        case__client__in=family, case__state=ActState.OPEN, since=since, until=until
    ).first()
    if there is not None:
        return there
    year, number = next_number(ACT, by=by, at=at)
    case = open_case(
        ACT, by=by.user, at=at, number=f"АС-{year}-{number:05d}",
        title="Акт сверки" if client.language == "ru" else "Act of reconciliation",
        client=client, owner=client.owner, state=ActState.OPEN,
    )  # fmt: skip
    promise = lay_promise(
        case, MOMENT, by=by, at=at, words=WORDS, minutes=MINUTES,
        calendar=calendar_of(current_firm()),
    )  # fmt: skip
    give_to_owner([promise], client.owner, by=by, at=at)
    act = Act.objects.create(
        case=case, since=since, until=until, asked_by=by.contact, promise=promise,
        currency=currency,
    )  # fmt: skip
    record(
        case.stream, ACT_ASKED, by=by.user.pk, at=at, case=case.pk, contact=by.contact.pk,
        since=day_words(since), until=day_words(until),
    )  # fmt: skip
    return act


def make_act(act: Act, *, by: StaffViewer, at: datetime) -> Act:
    """The act as PDF and XLSX, from the papers as they stand now; the client is told."""
    if not may_make_act(by, Act.objects.select_related("case").get(pk=act.pk), at):
        raise PermissionDenied
    client = act.case.client.whole
    ledger = read_ledger(client, act.since, act.until, act.currency)
    # Set outside the transaction: a page takes its time.
    pdf, xlsx = act_pdf(ledger, client, current_firm(), at=at), act_xlsx(ledger, client)
    with transaction.atomic():
        act, stream = lock_act(act.pk)
        if act.case.state == ActState.DONE:
            return act
        act.pdf = keep_file(pdf, "application/pdf", at=at)
        act.xlsx = keep_file(xlsx, XLSX, at=at)
        act.opening, act.closing, act.made_at = ledger.opening, ledger.closing, at
        act.save(update_fields=["pdf", "xlsx", "opening", "closing", "made_at"])
        keep_promise(act.promise, by=by, at=at)
        store_promises([act.promise])
        rank_holders([act.promise], by=by, at=at, weight=WEIGHT)
        act.case.state, act.case.closed_at = ActState.DONE, at
        touch_case(act.case, by=by, at=at, fields=("state", "closed_at"))
        record(stream, ACT_MADE, by=by.user.pk, at=at, case=act.pk, contact=act.asked_by_id)
    return act


@transaction.atomic
def set_terms(
    client: Client,
    days: int,
    *,
    by: StaffViewer | None,
    at: datetime,
    limit: Decimal | None = None,
    currency: str = "RUB",
    opening: Decimal = Decimal(0),
    opened_on: date | None = None,
) -> Terms:
    """Отсрочка: so many days after goods leave; what was owed before the first paper here."""
    if by is not None and not may_handle_payments(by, at):
        raise PermissionDenied
    client = client.whole
    stream = lock_stream(client.stream_id)
    terms, _new = Terms.objects.update_or_create(
        client=client,
        defaults={
            "days": days, "limit": limit, "currency": currency, "opening": opening,
            "opened_on": opened_on, "set_at": at,
        },
    )  # fmt: skip
    record(
        stream, TERMS_SET, by=by.user.pk if by else None, at=at, client=client.pk, days=days,
        limit=money_words(limit, currency) if limit is not None else None,
    )  # fmt: skip
    return terms

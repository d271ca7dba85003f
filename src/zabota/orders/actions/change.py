"""An order is changed by what the program it came from tells now; what changed is said."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from decimal import Decimal

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from zabota.cases.actions import touch_case
from zabota.journal.actions import record
from zabota.orders.actions.bought import paid_since
from zabota.orders.actions.delays import find_delays_of
from zabota.orders.actions.held import lock_order
from zabota.orders.actions.lines import (
    Wanted,
    add_up,
    fill_line,
    lay_shipments,
    line_of,
    settle_shipments,
    shown,
)
from zabota.orders.actions.place import check_lines, make_found, title_of
from zabota.orders.actions.ship import note_all_shipped
from zabota.orders.entries.orders import ORDER_CHANGED
from zabota.orders.models import Choice, Order, OrderLine, OrderState
from zabota.orders.rules.orders import may_change_lines, may_change_order
from zabota.people.access import StaffViewer
from zabota.people.refusal import Refused

LONGEST = 900


@transaction.atomic
def change_order(
    order: Order,
    lines: Sequence[Wanted],
    *,
    by: StaffViewer | None,
    at: datetime,
    note: str = "",
    digest: str = "",
    outer_number: str = "",
) -> str:
    """The lines as they are now; those left out are cancelled as far as they have not left. A day
    later than promised is what is to be expected, and opens a delay. Says what changed.
    """
    order, stream = lock_order(order.pk)
    if by is not None and not may_change_order(by, order.case, at):
        raise PermissionDenied
    check_lines(lines)
    there = list(order.lines.select_related("promise").order_by("number"))
    said = _change_lines(order, there, lines)
    add_up(order, there)
    order.note, order.digest = note or order.note, digest
    order.outer_number = outer_number or order.outer_number
    order.paid_on = paid_since(order)
    if order.shipped_on is not None and any(line.left > 0 for line in there):
        order.shipped_on = None
    order.save(
        update_fields=["total", "vat", "note", "digest", "outer_number", "paid_on", "shipped_on"]
    )
    what = "; ".join(said)[:LONGEST]
    _after(order, there, by=by, at=at)
    if order.case.state == OrderState.DONE and not (order.shipped_on and order.paid_on):
        order.case.state, order.case.closed_at = OrderState.OPEN, None
        touch_case(order.case, by=by, at=at, fields=("state", "closed_at"))
    if what:
        order.case.title = title_of(lines)
        touch_case(order.case, by=by, at=at, fields=("title",))
        make_found(order)
        record(
            stream, ORDER_CHANGED, by=by.user.pk if by else None, at=at, case=order.pk, what=what,
            contact=order.contact_id, news=order.case.state == OrderState.OPEN,
        )  # fmt: skip
    return what


@transaction.atomic
def change_lines(order: Order, lines: Sequence[Wanted], *, by: StaffViewer, at: datetime) -> str:
    """Somebody of ours changes an order placed by hand, while it is under way; what is left out is
    cancelled as far as it has not left. The client is told. Says what changed.
    """
    order, _stream = lock_order(order.pk)
    if not may_change_lines(by, order, at):
        raise PermissionDenied
    return change_order(order, lines, by=by, at=at)


def _change_lines(order: Order, there: list[OrderLine], lines: Sequence[Wanted]) -> list[str]:
    """Write each line as it is now; what is new joins `there`, what is left out is cancelled."""
    said: list[str] = []
    kept: list[OrderLine] = []
    for one in lines:
        line = _same_line(one, [row for row in there if row not in kept])
        if line is None:
            number = max((row.number for row in there), default=0) + 1
            line = line_of(order, number, one)
            fill_line(line, one)
            line.save()
            there.append(line)
            said.append(f"+ {line.name} × {shown(line.quantity)}")
        else:
            said += _change_line(line, one)
        kept.append(line)
    for line in there:
        if line not in kept and line.left > 0:
            line.cancelled += line.left
            line.save(update_fields=["cancelled"])
            said.append(f"− {line.name}")
    return said


def _after(order: Order, lines: list[OrderLine], *, by: StaffViewer | None, at: datetime) -> None:
    lay_shipments(order, lines, by=by, at=at)
    settle_shipments(order, lines, by=by, at=at)
    note_all_shipped(order, lines, by=by, at=at)
    find_delays_of(order.pk, by=None, at=at)


def _same_line(one: Wanted, rows: Sequence[OrderLine]) -> OrderLine | None:
    """The one a person changed; else by the key of the other program, by article, by name."""
    if one.line is not None:
        return next((row for row in rows if row.pk == one.line), None)
    for name in ("outer", "article", "name"):
        value = getattr(one, name)
        found = [row for row in rows if value and getattr(row, name) == value]
        if found:
            return found[0]
        if value and name == "outer" and any(row.outer for row in rows):
            return None
    return None


def _change_line(line: OrderLine, one: Wanted) -> list[str]:
    """Write what is other now; says it as a person reads it."""
    before = {name: getattr(line, name) for name in ("quantity", "price", "sum", "name")}
    if one.line is not None:
        one = replace(one, quantity=one.quantity + line.cancelled, outer=line.outer)
        if one.quantity < line.shipped:
            raise Refused(
                "shipped", _("“%(name)s”: more than that has left already."), name=line.name
            )
    changed = fill_line(line, one)
    fresh = [*changed, "cancelled", "promised_on", "expected_on"]
    if line.cancelled and one.line is None:
        line.cancelled = _still_cancelled(line, before["quantity"])
    said = []
    for name in changed:
        if name in ("quantity", "price", "sum"):
            was, now = shown(before[name]), shown(getattr(line, name))
            said.append(f"{line.name}: {was} → {now}")
        elif name == "name":
            said.append(f"{before['name']} → {line.name}")
    if one.by_day is not None and line.promised_on is None:
        line.promised_on = one.by_day
    elif one.by_day is not None and one.by_day != (line.expected_on or line.promised_on):
        said.append(f"{line.name}: {line.expected_on or line.promised_on:%d.%m.%Y} → "
                    f"{one.by_day:%d.%m.%Y}")  # fmt: skip
        line.expected_on = one.by_day
    line.save(update_fields=fresh)
    return said


def _still_cancelled(line: OrderLine, was: Decimal) -> Decimal:
    """What the client cancelled stays so, until the other program takes it off, too."""
    theirs = line.delays.filter(delay__choice=Choice.CANCEL).exists()
    if not theirs or was - line.cancelled == line.quantity:
        return Decimal(0)
    return min(line.cancelled, line.quantity)

"""One order as a viewer reads it: what was promised, what is so, its papers, whose turn it is."""

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from django.db.models import Prefetch
from django.utils import timezone
from django.utils.translation import get_language, gettext

from zabota.cases.models import Promise, PromiseState, Viewer
from zabota.clients.access import RoomViewer
from zabota.common import formats
from zabota.common.sizes import file_size
from zabota.journal.models import Entry
from zabota.journal.reading import Line, read_lines
from zabota.orders.entries.orders import PAYMENT_ALLOCATED
from zabota.orders.models import (
    Delay,
    DelayState,
    Duty,
    DutyKind,
    Hold,
    Invoice,
    Order,
    OrderLine,
    OrderPaper,
    OrderState,
    Return,
    ReturnReason,
    Shipment,
)
from zabota.orders.rules.orders import may_see_debt
from zabota.people.models import Employee, Firm

HISTORY = 50
# What is kept now by each счёт.
KEPT = Prefetch("holds", Hold.objects.standing(), to_attr="kept")


@dataclass(frozen=True)
class LineTold:
    """A line: what was ordered, by when it was promised, what is so."""

    line: OrderLine
    promised: date | None
    moved: date | None
    so: str
    tone: str


@dataclass(frozen=True)
class Now:
    """The one line on top: whose turn it is and until when."""

    tone: str
    words: str
    until: str
    url: str = ""
    button: str = ""


@dataclass(frozen=True)
class PaperTold:
    """A file to be taken."""

    paper: OrderPaper
    size: str


@dataclass(frozen=True)
class DutyTold:
    """After the sale: what, by when, whether it is done."""

    duty: Duty
    words: str
    due: str
    kept: bool
    late: bool


@dataclass(frozen=True)
class Measured:
    """The right thing, fast, on time: of so many lines shipped whole so many were what was ordered;
    of so many with a day so many left by it; and how many days the last of them took.
    """

    shipped: int
    right: int
    promised: int
    on_time: int
    days: int


@dataclass(frozen=True)
class Told:
    """Everything on the page of an order."""

    now: Now
    lines: list[LineTold]
    invoices: list[Invoice]
    shipments: list[Shipment]
    returns: list[Return]
    papers: list[PaperTold]
    duties: list[DutyTold]
    delays: list[Delay]
    history: list[Line]
    to_pay: Decimal
    # More is billed than the order costs now, or one whole invoice for less than it costs.
    billed_otherwise: bool
    # Whether what is paid and owed is shown to this viewer.
    sees_debt: bool
    measured: Measured | None


def read_order(order: Order, viewer: Viewer, firm: Firm, *, at: datetime) -> Told:
    """The same order for both sides; what is ours alone is not there for the client."""
    in_room = isinstance(viewer, RoomViewer)
    language = get_language() or "ru"
    lines = list(order.lines.select_related("promise").order_by("number"))
    delays = list(order.delays.select_related("case").order_by("-pk"))
    readable = OrderPaper.objects.readable_by(viewer).filter(order=order)
    papers = readable.select_related("file").order_by("kind", "pk")
    duties = order.duties.select_related("promise").order_by("promise__due_at", "pk")
    streams = [order.case.stream_id, *(one.case.stream_id for one in delays)]
    entries = Entry.objects.filter(stream__in=streams, audience__in=viewer.audiences)
    shipments = list(order.shipments.prefetch_related("lines").order_by("day", "pk"))
    returns = list(order.returns.prefetch_related("lines__line").order_by("day", "pk"))
    invoices = list(order.invoices.prefetch_related(KEPT).order_by("day", "pk"))
    sees = may_see_debt(viewer, order.case.client)
    if not sees:
        entries = entries.exclude(kind=PAYMENT_ALLOCATED.name)
    masks = _masks(firm, language) if in_room and not firm.shows_people else None
    return Told(
        now=_now(order, lines, delays, firm, at, in_room=in_room, sees=sees),
        lines=[_line(one, order, at) for one in lines],
        invoices=invoices,
        shipments=shipments,
        returns=returns,
        papers=[PaperTold(one, file_size(one.file.size)) for one in papers],
        duties=[_duty(one, language, at) for one in duties],
        delays=delays,
        history=read_lines(entries.order_by("-at", "-pk")[:HISTORY], now=at, masks=masks),
        to_pay=max(order.total - order.paid, Decimal(0)),
        billed_otherwise=_billed_otherwise(order, invoices),
        sees_debt=sees,
        measured=_measured(order, lines, shipments, returns),
    )


def _measured(
    order: Order, lines: list[OrderLine], shipments: list[Shipment], returns: list[Return]
) -> Measured | None:
    """By what is loaded already; the same as the report counts in sum."""
    gone = [(one, one.shipped_on) for one in lines if one.shipped_on and one.wanted > 0]
    if not gone:
        return None
    wrong = {
        each.line_id
        for back in returns
        if back.reason == ReturnReason.WRONG
        for each in back.lines.all()
    }
    other = any(each.line_id is None for one in shipments for each in one.lines.all())
    promised = [(day, one.promised_on) for one, day in gone if one.promised_on is not None]
    return Measured(
        shipped=len(gone),
        right=sum(
            not other and one.pk not in wrong and one.shipped == one.wanted for one, _ in gone
        ),
        promised=len(promised),
        on_time=sum(day <= by for day, by in promised),
        days=max(0, max((day - order.day).days for _, day in gone)),
    )


def _billed_otherwise(order: Order, invoices: list[Invoice]) -> bool:
    standing = [one.total for one in invoices if one.cancelled_at is None]
    if not standing or order.case.state != OrderState.OPEN:
        return False
    billed = sum(standing)
    return billed > order.total or (len(standing) == 1 and billed < order.total)


def agreed_day(line: OrderLine) -> date | None:
    """The day that is promised now, in the reader's zone."""
    due = line.promise.due_at if line.promise is not None else None
    return due.astimezone(timezone.get_current_timezone()).date() if due else None


def _line(line: OrderLine, order: Order, at: datetime) -> LineTold:
    today = at.astimezone(timezone.get_current_timezone()).date()
    agreed = agreed_day(line)
    moved = agreed if agreed != line.promised_on else None
    return LineTold(line, line.promised_on, moved, *_so(line, agreed, today))


def _so(line: OrderLine, agreed: date | None, today: date) -> tuple[str, str]:
    """What is so with a line, and how it looks."""
    language = get_language() or "ru"
    if line.wanted == 0:
        return gettext("Cancelled"), ""
    if line.shipped_on is not None and line.left == 0:
        day = formats.day(line.shipped_on, today, language)
        if line.promised_on is not None and line.shipped_on > (agreed or line.promised_on):
            return gettext("Shipped late: %(day)s") % {"day": day}, "late"
        return gettext("Shipped: %(day)s") % {"day": day}, "kept"
    sent = formats.number(line.shipped.normalize(), language)
    part = gettext("%(sent)s shipped") % {"sent": sent} if line.shipped else ""
    if line.expected_on is not None and (agreed is None or line.expected_on > agreed):
        words = gettext("Expected %(day)s") % {
            "day": formats.day(line.expected_on, today, language)
        }
        return ", ".join(filter(None, (part, words))), "turn"
    if agreed is not None and agreed < today:
        return ", ".join(filter(None, (part, gettext("Late")))), "late"
    return part or gettext("Being prepared"), "accent" if part else ""


def _duty(duty: Duty, language: str, at: datetime) -> DutyTold:
    promise: Promise = duty.promise
    kept = promise.state == PromiseState.KEPT
    due = (
        promise.due_at.astimezone(timezone.get_current_timezone()).date()
        if promise.due_at
        else at.date()
    )
    day = formats.date(due, language)
    until = gettext("until %(day)s") if duty.kind == DutyKind.WARRANTY else gettext("by %(day)s")
    return DutyTold(duty, promise.words(language), until % {"day": day}, kept, promise.is_late(at))


def _now(
    order: Order, lines: list[OrderLine], delays: list[Delay], firm: Firm, at: datetime, *,
    in_room: bool, sees: bool,
) -> Now:  # fmt: skip
    state = order.case.state
    if state != OrderState.OPEN:
        return Now(
            "kept" if state == OrderState.DONE else "still", str(OrderState(state).label), ""
        )
    asked = next((one for one in delays if one.case.state == DelayState.ASKED), None)
    if asked is not None:
        side = "room" if in_room else "desk"
        words = gettext("Your turn now") if in_room else gettext("The client’s turn now")
        until = gettext("something will be late: choose what we do") if in_room else gettext(
            "the client chooses what we do about the delay"
        )  # fmt: skip
        button = gettext("Choose") if in_room else gettext("Open")
        return Now(
            "turn" if in_room else "still", words, until, f"/{side}/delays/{asked.pk}/", button
        )
    running = [one for one in lines if one.promise and one.promise.state == PromiseState.RUNNING]
    who = _who(order, firm, in_room=in_room)
    if running:
        dues = [one.promise.due_at for one in running if one.promise and one.promise.due_at]
        return _ours(who, min(dues), at, in_room=in_room)
    if order.shipped_on is not None and order.paid < order.total:
        words = gettext("Shipped") if in_room else gettext("Shipped, waits to be paid")
        return Now("still", words, gettext("not paid in full yet") if in_room and sees else "")
    words = gettext("With us now: %(who)s") if in_room else gettext("Has it now: %(who)s")
    return Now("", words % {"who": who}, "")


def _ours(who: str, due: datetime, at: datetime, *, in_room: bool) -> Now:
    language, zone = get_language() or "ru", timezone.get_current_timezone()
    late = due < at
    said = gettext("was promised by %(when)s") if late else gettext("ships by %(when)s")
    words = gettext("With us now: %(who)s") if in_room else gettext("Has it now: %(who)s")
    until = said % {"when": formats.by(due, at, language, zone)}
    return Now("late" if late else "", words % {"who": who}, until)


def _who(order: Order, firm: Firm, *, in_room: bool) -> str:
    owner = order.case.owner
    if in_room and not firm.shows_people:
        team = owner.team
        return team.name(get_language() or "ru") if team else firm.shown_name
    return owner.name


def _masks(firm: Firm, language: str) -> dict[int, str]:
    """Where the firm shows teams, a client reads the team's name and not the person's."""
    return {
        one.user_id: one.team.name(language) if one.team else firm.shown_name
        for one in Employee.objects.select_related("team")
    }

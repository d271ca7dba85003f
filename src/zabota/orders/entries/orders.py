"""What is remembered of an order, its papers and its delays, and who is told."""

from collections.abc import Callable, Iterator

from django.utils.functional import Promise as LazyText
from django.utils.translation import gettext_lazy as _

from zabota.cases.entries import clients_of_case
from zabota.cases.models import Case, Holder
from zabota.journal.kinds import EntryKind, Notice, declare
from zabota.journal.models import Entry

type Told = Callable[[Entry], Iterator[Notice]]


def _kind(
    name: str, sentence: LazyText, icon: str, told: Told | None = None, audience: str = "both"
) -> EntryKind:
    return declare(EntryKind(name, sentence, audience, told, icon))


def client_if_news(purpose: str) -> Told:
    """The client, unless it only comes to be known here what is long past (`news` says)."""
    tell = clients_of_case(purpose)

    def told(entry: Entry) -> Iterator[Notice]:
        if entry.facts.get("news", True):
            yield from tell(entry)

    return told


def those_who_have_it(purpose: str) -> Told:
    """Whoever of ours has an open promise of it; the owner, where nobody has."""

    def told(entry: Entry) -> Iterator[Notice]:
        case = entry.facts["case"]
        rows = Holder.objects.filter(case=case, rank_at__isnull=False).order_by("pk")
        users = list(dict.fromkeys(rows.values_list("employee__user", flat=True)))
        if not users:
            users = list(Case.objects.filter(pk=case).values_list("owner__user", flat=True))
        for user in users:
            yield Notice(user, purpose, f"/desk/cases/{case}/")

    return told


def both_of(*told: Told) -> Told:
    """Several, one after another."""

    def all_of(entry: Entry) -> Iterator[Notice]:
        for each in told:
            yield from each(entry)

    return all_of


ORDER_PLACED = _kind(
    "order.placed", _("Order received: {total}[. {actor}]"), "package",
    client_if_news("order_news"),
)  # fmt: skip
ORDER_CHANGED = _kind(
    "order.changed", _("The order was changed: {what}[. {actor}]"), "pencil",
    client_if_news("order_news"),
)  # fmt: skip
ORDER_CANCELLED = _kind(
    "order.cancelled", _("The order was cancelled[. {actor}]"), "package-x",
    client_if_news("order_news"),
)  # fmt: skip
LINE_EXPECTED = _kind(
    "order.line_expected", _("{line}: expected {day}[. {actor}]"), "calendar-clock", audience="ours"
)
INVOICE_ISSUED = _kind(
    "order.invoice_issued", _("Invoice {number} for {total}[, to be paid by {until}][. {actor}]"),
    "receipt", client_if_news("order_invoice"),
)  # fmt: skip
INVOICE_TAKEN_BACK = _kind(
    "order.invoice_taken_back", _("Invoice {number} is taken back[. {actor}]"), "receipt"
)
PAYMENT_ALLOCATED = _kind(
    "order.payment_allocated", _("Paid by invoice {number}: {sum}[. {actor}]"), "banknote",
    client_if_news("order_news"),
)  # fmt: skip
PAYMENT_RELEASED = _kind(
    "order.payment_released",
    _("A payment of {sum} was not for invoice {number} after all[. {actor}]"),
    "banknote-x",
    audience="ours",
)
PAYMENT_SET_ASIDE = _kind(
    "order.payment_set_aside", _("A payment of {sum} is for nothing of ours[. {actor}]"),
    "banknote-x", audience="ours",
)  # fmt: skip
SHIPPED = _kind(
    "order.shipped", _("Shipped: {what}[, paper {number}][. {actor}]"), "truck",
    client_if_news("order_news"),
)  # fmt: skip
SHIPMENT_TAKEN_OFF = _kind(
    "order.shipment_taken_off",
    _("Did not leave after all: {what}[, paper {number}][. {actor}]"),
    "undo-2", client_if_news("order_news"),
)  # fmt: skip
DELIVERED = _kind("order.delivered", _("Delivered on {day}[. {actor}]"), "package-check")
RETURNED = _kind(
    "order.returned", _("Came back: {what}[, paper {number}]. {reason}[. {actor}]"), "undo-2",
    client_if_news("order_news"),
)  # fmt: skip
PAPER_ADDED = _kind("order.paper_added", _("A paper was added: {name}[. {actor}]"), "file-plus")
PAPER_REMOVED = _kind(
    "order.paper_removed", _("A paper was taken away: {name}[. {actor}]"), "file-minus"
)
DUTY_PROMISED = _kind(
    "order.duty_promised", _("Promised after the sale: {what}, by {due}[. {actor}]"), "handshake",
    client_if_news("order_news"),
)  # fmt: skip
DUTY_KEPT = _kind(
    "order.duty_kept", _("Done after the sale: {what}[. {actor}]"), "circle-check",
    client_if_news("order_news"),
)  # fmt: skip
DELAY_FOUND = _kind(
    "delay.found",
    _("It will be late: {what}[, expected {day}]. We ask the client what to do"),
    "clock-alert",
    both_of(clients_of_case("delay_choice"), those_who_have_it("delay_task")),
)
DELAY_CHOSEN = _kind(
    "delay.chosen", _("Chosen: {choice}[. {actor}]"), "hand", those_who_have_it("delay_task")
)
DELAY_SETTLED = _kind(
    "delay.settled", _("Settled: {choice}[. {actor}]"), "circle-check",
    clients_of_case("order_news"),
)  # fmt: skip
DELAY_OVER = _kind("delay.over", _("There is nothing late any more"), "circle-check")
ACT_ASKED = _kind(
    "act.asked", _("An act of reconciliation is asked for: {since} to {until}[. {actor}]"), "scale",
    those_who_have_it("act_task"),
)  # fmt: skip
ACT_MADE = _kind(
    "act.made", _("The act of reconciliation is ready[. {actor}]"), "scale",
    clients_of_case("act_ready"),
)  # fmt: skip
TERMS_SET = _kind(
    "order.terms_set", _("Terms of payment: {days} days[, up to {limit}][. {actor}]"), "calendar",
    audience="ours",
)  # fmt: skip
DEBT_SHOWN = _kind(
    "order.debt_shown", _("{person} sees what the company owes[. Allowed by {actor}]"), "eye",
    audience="theirs",
)  # fmt: skip
DEBT_HIDDEN = _kind(
    "order.debt_hidden", _("{person} no longer sees what the company owes[. {actor}]"), "eye-off",
    audience="theirs",
)  # fmt: skip

"""An act of reconciliation as PDF and XLSX, in the client's language."""

from collections.abc import Iterator
from datetime import datetime
from decimal import Decimal

from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from zabota.clients.models import Client
from zabota.common import formats
from zabota.common.export import Cell, Table, as_xlsx
from zabota.common.paper.typeset import JSON
from zabota.orders.paper import act_page
from zabota.orders.reading.ledger import Ledger, Paper
from zabota.orders.reading.sums import printed
from zabota.people.models import Firm


def act_pdf(ledger: Ledger, client: Client, firm: Firm, *, at: datetime) -> bytes:
    """Both sides' halves beside each other, with a line for either to sign."""
    with translation.override(client.language):
        language = client.language
        names = firm.formal_name, client.full_name
        period = {"since": _day(ledger.since), "until": _day(ledger.until)}
        rows: list[JSON] = [
            {"cells": [_shown(cell, language) for cell in (*ours, *theirs)], "bold": bold}
            for ours, theirs, bold in _rows(ledger)
        ]
        data: dict[str, JSON] = {
            "language": language,
            "title": _("Act of reconciliation"),
            "subtitle": _("of mutual settlements from %(since)s to %(until)s") % period,
            "words": _(
                "%(ours)s and %(theirs)s have made this act to say that mutual settlements stand as"
                " follows, in %(currency)s."
            )
            % {"ours": names[0], "theirs": names[1], "currency": ledger.currency},
            "ours": _("By the books of %(name)s") % {"name": names[0]},
            "theirs": _("By the books of %(name)s") % {"name": client.display_name},
            "head": head(),
            "rows": rows,
            "conclusion": conclusion(ledger, *names),
            "signatures": [
                _signature(names[0], firm.details.get("inn", "")),
                _signature(names[1], client.inn),
            ],
        }
    return act_page(data, at=at)


def act_xlsx(ledger: Ledger, client: Client) -> bytes:
    """The same as a table: what we owe and are owed, and the same from the other side."""
    with translation.override(client.language):
        mirrored = [f"{name} ({pgettext('ledger', 'theirs')})" for name in head()]
        rows = [[*ours, *theirs] for ours, theirs, _bold in _rows(ledger)]
        table = Table(_("Act of reconciliation"), [*head(), *mirrored], rows)
        return as_xlsx([table])


def head() -> list[str]:
    """The columns of either half."""
    return [
        pgettext("ledger", "Day"),
        pgettext("ledger", "Paper"),
        pgettext("ledger", "Debit"),
        pgettext("ledger", "Credit"),
    ]


def conclusion(ledger: Ledger, ours: str, theirs: str) -> str:
    """Who owes whom how much at the end."""
    day, sum_ = _day(ledger.until), ledger.closing
    if not sum_:
        return _("As of %(day)s nobody owes anything.") % {"day": day}
    debtor, creditor = (theirs, ours) if sum_ > 0 else (ours, theirs)
    money = formats.money(abs(sum_), ledger.currency, translation.get_language() or "ru")
    told = {"day": day, "debtor": debtor, "creditor": creditor, "sum": money}
    return _("As of %(day)s %(debtor)s owes %(creditor)s %(sum)s.") % told


def named(paper: Paper) -> str:
    """What a paper is called in the act."""
    kind = {
        "shipped": pgettext("ledger", "Sale"),
        "returned": pgettext("ledger", "Return"),
        "paid": pgettext("ledger", "Payment"),
        "repaid": pgettext("ledger", "Repayment"),
    }[paper.what]
    return f"{kind} {paper.number}".strip()


type Half = list[Cell]


def _rows(ledger: Ledger) -> Iterator[tuple[Half, Half, bool]]:
    """Our half of each row, theirs (debit there is credit here), and whether it stands out."""
    yield (*_balance(_("Opening balance"), ledger.opening), True)
    for one in ledger.papers:
        name = named(one)
        yield [one.day, name, one.debit, one.credit], [one.day, name, one.credit, one.debit], False
    yield (
        [None, pgettext("ledger", "Turnover"), ledger.debit, ledger.credit],
        [None, pgettext("ledger", "Turnover"), ledger.credit, ledger.debit],
        True,
    )
    yield (*_balance(_("Closing balance"), ledger.closing), True)


def _balance(name: str, sum_: Decimal) -> tuple[Half, Half]:
    debit, credit = (sum_, None) if sum_ >= 0 else (None, -sum_)
    return [None, name, debit, credit], [None, name, credit, debit]


def _shown(cell: Cell, language: str) -> str:
    match cell:
        case None:
            return ""
        case Decimal():
            return printed(cell, language)
        case str() | int():
            return str(cell)
    return formats.short_date(cell, language)


def _day(day: object) -> str:
    return formats.date(day, translation.get_language() or "ru")  # type: ignore[arg-type]


def _signature(name: str, inn: str) -> dict[str, str]:
    details = _("INN %(inn)s") % {"inn": inn} if inn else ""
    return {"name": name, "details": details, "who": _("signature, name, stamp")}

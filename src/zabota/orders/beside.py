"""Orders of a client, beside its card: the last ones, what is owed, on what terms."""

from dataclasses import dataclass

from django.utils.translation import get_language, gettext, pgettext

from zabota.clients.beside import Beside
from zabota.clients.models import Client
from zabota.common import clock, formats
from zabota.orders.reading.ledger import Debt, read_debt
from zabota.orders.reading.lists import last_of
from zabota.orders.rules.orders import may_handle_payments, may_place_order
from zabota.people.access import StaffViewer
from zabota.people.firm import firm_of, zone_of

MOST = 5


@dataclass(frozen=True)
class BesideRow:
    """A line: what, where it leads, what is said of it, how it looks."""

    name: str
    url: str = ""
    note: str = ""
    chip: str = ""
    tone: str = ""


def beside_client(client: Client, viewer: StaffViewer) -> Beside | None:
    """Nothing, where the firm has had no order, but for the way to place one."""
    at, firm = clock.now(), firm_of(viewer.user)
    links = []
    if may_place_order(viewer, client, at):
        links.append((gettext("Place an order"), f"/desk/orders/new/{client.pk}/"))
    if not firm.keeps_orders:
        return _part([], links) if links else None
    language = get_language() or "ru"
    rows = []
    found = last_of(client.pk, viewer, at=at)
    for row in found[:MOST]:
        total = formats.money(row.total, row.currency, language)
        note = " · ".join(filter(None, (row.number, total, row.promised)))
        rows.append(BesideRow(row.title, f"/desk/orders/{row.pk}/", note, row.state_name, row.tone))
    if len(found) > MOST:
        rows.append(BesideRow(gettext("All orders"), f"/desk/orders/?client={client.pk}"))
    debt = read_debt(client, at.astimezone(zone_of(firm)).date())
    if debt.total or debt.days:
        rows.append(_debt_row(debt, language))
    if may_handle_payments(viewer, at):
        links.append((gettext("Terms of payment"), f"/desk/clients/{client.pk}/terms/"))
    return _part(rows, links)


def _part(rows: list[BesideRow], links: list[tuple[str, str]]) -> Beside:
    context = {"title": gettext("Orders"), "rows": rows, "links": links}
    return Beside("orders/desk/beside.html", context)


def _debt_row(debt: Debt, language: str) -> BesideRow:
    name = gettext("Owes us") if debt.total >= 0 else gettext("Paid ahead")
    said = [formats.money(abs(debt.total), debt.currency, language)]
    if debt.days:
        said.append(gettext("deferral %(days)s") % {"days": formats.days(debt.days, language)})
    late = ""
    if debt.overdue:
        overdue = formats.money(debt.overdue, debt.currency, language)
        late = pgettext("debt", "overdue %(sum)s") % {"sum": overdue}
    return BesideRow(name, "", " · ".join(said), late, "late" if late else "")

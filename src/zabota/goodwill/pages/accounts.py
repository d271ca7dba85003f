"""For accounting: gifts, making good and what went beyond the rules in a period, on a page and to
take along.
"""

from datetime import date, timedelta

from django import forms
from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from zabota.common import clock
from zabota.common.export import as_csv, as_xlsx
from zabota.common.sending import sent_file
from zabota.goodwill.periods import period_of
from zabota.goodwill.reading.accounts import (
    kept_beyond,
    kept_lists,
    moments_between,
    tables_between,
)
from zabota.goodwill.reading.budgets import firm_day
from zabota.goodwill.rules import may_take_accounts
from zabota.people.access import StaffRequest, staff_page
from zabota.people.rules import demand

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@require_safe
@staff_page
def accounts_page(request: StaffRequest) -> HttpResponse:
    """Whom, what, cost, document; `?file=csv` or `?file=xlsx` is the same to take along."""
    at = clock.now()
    demand(may_take_accounts(request.user, at))
    first, last = _days(request, firm_day(at))
    kind = request.GET.get("file", "")
    name = f"{_('Gifts')} {first:%Y-%m-%d} {last:%Y-%m-%d}"
    if kind == "csv":
        data = as_csv(tables_between(first, last), get_language() or "ru")
        return sent_file(data, f"{name}.csv", "text/csv; charset=utf-8")
    if kind == "xlsx":
        return sent_file(as_xlsx(tables_between(first, last)), f"{name}.xlsx", XLSX)
    context = {
        "first": first,
        "last": last,
        "lists": kept_lists(first, last),
        "beyond": kept_beyond(first, last),
        "moments": moments_between(first, last),
        "query": f"?from={first:%Y-%m-%d}&to={last:%Y-%m-%d}",
    }
    return render(request, "goodwill/desk/accounts.html", context)


def _days(request: StaffRequest, today: date) -> tuple[date, date]:
    """The days asked for; what is no day is this month's first and last."""
    start, end = period_of(today, "month")
    first = _day(request.GET.get("from", "")) or start
    last = _day(request.GET.get("to", "")) or end - timedelta(days=1)
    return (first, last) if first <= last else (last, first)


def _day(text: str) -> date | None:
    try:
        found = forms.DateField().clean(text)
    except forms.ValidationError:
        return None
    return found if isinstance(found, date) and 2000 <= found.year <= 2100 else None

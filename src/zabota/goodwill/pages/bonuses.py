"""«Премии»: what each earned by clients in a month, to look at and to take along for payroll."""

from collections.abc import Sequence
from datetime import date, timedelta

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from zabota.common import clock
from zabota.common.export import Cell, Table, as_csv, as_xlsx
from zabota.common.sending import sent_file
from zabota.goodwill.actions import close_bonuses, set_bonuses
from zabota.goodwill.forms.figures import BonusForm
from zabota.goodwill.models import BonusTerms
from zabota.goodwill.periods import period_of
from zabota.goodwill.reading.bonuses import Earned
from zabota.goodwill.reading.budgets import firm_day
from zabota.goodwill.reading.figures import plain_sum
from zabota.goodwill.reading.months import LOOKED_AT_AGAIN, Month, read_month
from zabota.goodwill.reading.tabs import tabs_of
from zabota.goodwill.rules import may_close_bonuses, may_see_figures, may_set_budgets
from zabota.people.access import StaffRequest, staff_page
from zabota.people.pages import form_page, pressed, tried, typed
from zabota.people.rules import demand

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
CSV = "text/csv; charset=utf-8"
MOST_MONTHS = 12


@require_GET
@staff_page
def bonuses_page(request: StaffRequest) -> HttpResponse:
    """A month of everybody; `?file=csv` or `?file=xlsx` is the same for payroll."""
    at = clock.now()
    demand(may_see_figures(request.user, at))
    today, terms = firm_day(at), BonusTerms.objects.filter(pk=1).first()
    months = _months(today)
    month = read_month(_asked(request.GET.get("month", ""), months))
    if request.GET.get("file") in ("csv", "xlsx"):
        return _file(request.GET["file"], month)
    _starts, ends = period_of(month.starts, "month")
    context = {
        "month": month,
        "rows": [row for row in month.rows if any(row.counts.values()) or row.later],
        "terms": terms,
        "months": months,
        "running": ends > today,
        "looked_at_again": LOOKED_AT_AGAIN,
        "may_close": terms is not None
        and month.closed is None
        and ends <= today
        and may_close_bonuses(request.user, at),
        "may_set": may_set_budgets(request.user, at),
        "tabs": tabs_of(request, "bonuses"),
    }
    return render(request, "goodwill/figures/bonuses.html", context)


@require_POST
@staff_page
def bonuses_close(request: StaffRequest) -> HttpResponse:
    """The month is closed for payroll; the file then says the same for ever."""
    at = clock.now()
    starts = _asked(request.POST.get("month", ""), _months(firm_day(at)))
    return pressed(
        request,
        lambda: close_bonuses(starts, by=request.user, at=at),
        _("Closed. What changes from now on goes to the next month."),
        f"{reverse('goodwill-bonuses')}?month={starts:%Y-%m}",
    )


@require_http_methods(["GET", "HEAD", "POST"])
@staff_page
def bonus_terms(request: StaffRequest) -> HttpResponse:
    """What each counts for."""
    at = clock.now()
    demand(may_set_budgets(request.user, at))
    terms = BonusTerms.objects.filter(pk=1).first()
    initial = (
        {name: plain_sum(getattr(terms, name)) or None for name in BonusForm.base_fields}
        if terms
        else {}
    )
    form = BonusForm(typed(request), initial=initial)
    valid = request.method == "POST" and form.is_valid()
    if valid and tried(form, lambda: set_bonuses(form.fields_given(), by=request.user, at=at)):
        messages.success(request, _("Saved."))
        return redirect("goodwill-bonuses")
    return form_page(request, "goodwill/figures/bonus_terms.html", form, {})


def _months(today: date) -> list[date]:
    """The month that runs and those before, the newest first."""
    found = [today.replace(day=1)]
    while len(found) < MOST_MONTHS:
        found.append((found[-1] - timedelta(days=1)).replace(day=1))
    return found


def _asked(text: str, months: Sequence[date]) -> date:
    """The month asked for; what is none is the one before this one."""
    return next((one for one in months if f"{one:%Y-%m}" == text), months[1])


def _table(month: Month) -> Table:
    head = [
        _("Employee"), _("E-mail"), _("Month"),
        _("Clients that returned"), _("Sum"),
        _("New clients"), _("Sum"),
        _("Thanks said"), _("Sum"),
        _("Thanks received"), _("Sum"),
        _("Changes of closed months"), _("In all"), _("Currency"),
    ]  # fmt: skip
    return Table(_("Bonuses"), head, [_row(row, month) for row in month.rows])


def _row(row: Earned, month: Month) -> list[Cell]:
    cells: list[Cell] = [row.employee.name, row.employee.user.email, f"{month.starts:%Y-%m}"]
    for way in BonusTerms.WAYS:
        cells += [row.counts[way], row.sums[way]]
    return [*cells, row.changed, row.total, month.currency]


def _file(kind: str, month: Month) -> HttpResponse:
    """What is not closed says so in its name: payroll pays by what is."""
    table, state = _table(month), "" if month.closed else f" {_('not closed')}"
    name = f"{table.title} {month.starts:%Y-%m}{state}"
    if kind == "csv":
        return sent_file(as_csv([table], get_language() or "ru"), f"{name}.csv", CSV)
    return sent_file(as_xlsx([table]), f"{name}.xlsx", XLSX)

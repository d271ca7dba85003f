"""The lines of orders behind a figure."""

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from zabota.common import clock
from zabota.insight.reading.asked import asked_from
from zabota.insight.reading.shown_orders import titles
from zabota.insight.rules import may_see_reports
from zabota.orders.reading.promised import behind, promised_lines
from zabota.people.access import StaffRequest, staff_page
from zabota.people.pages import page_by_key
from zabota.people.rules import demand


@require_GET
@staff_page
def report_order_lines(request: StaffRequest) -> HttpResponse:
    """Which lines a figure counts."""
    demand(may_see_reports(request.viewer))
    asked = asked_from(request.viewer, request.GET.dict(), request.firm, at=clock.now())
    what = request.GET.get("what", "")
    if what not in titles():
        raise Http404
    today = asked.at.astimezone(asked.period.zone).date()
    lines = promised_lines(asked.period.first, asked.period.last, asked.whose)
    rows = behind(lines, what, today).select_related("order__case__client__root", "promise")
    context = {
        "page": page_by_key(request, rows, "pk"),
        "title": titles()[what],
        "asked": asked,
        "back": f"/desk/reports/orders/{asked.address()}",
    }
    return render(request, "insight/desk/order_lines.html", context)

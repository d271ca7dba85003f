"""Reports on the desk: a page for each, the list behind a figure, the same in a file."""

from collections.abc import Callable, Sequence
from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils.translation import get_language, gettext_lazy
from django.views.decorators.http import require_GET

from zabota.common import clock
from zabota.common.export import Table, as_csv, as_xlsx
from zabota.common.sending import sent_file
from zabota.insight.periods import BEFORE, KINDS, LAST, MONTH, OWN, QUARTER
from zabota.insight.reading.asked import Asked, asked_from
from zabota.insight.reading.behind import MOST_IN_FILE, all_behind, read_behind, title_of
from zabota.insight.reading.cuts import CUTS
from zabota.insight.reading.shown import Report
from zabota.insight.reading.shown_backlog import show_backlog
from zabota.insight.reading.shown_broken import show_broken
from zabota.insight.reading.shown_endings import show_endings
from zabota.insight.reading.shown_file import table_of_requests
from zabota.insight.reading.shown_orders import show_orders
from zabota.insight.reading.shown_speed import show_speed
from zabota.insight.rules import may_see_reports
from zabota.people.access import StaffRequest, staff_page
from zabota.people.rules import demand

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
CSV = "text/csv; charset=utf-8"

REPORTS: dict[str, tuple[Any, Callable[[Asked], Report]]] = {
    "": (gettext_lazy("Speed"), show_speed),
    "endings": (gettext_lazy("Outcomes"), show_endings),
    "backlog": (gettext_lazy("Unfinished"), show_backlog),
    "broken": (gettext_lazy("Broken promises"), show_broken),
    "orders": (gettext_lazy("Orders"), show_orders),
}
PERIODS = {
    MONTH: gettext_lazy("This month"),
    LAST: gettext_lazy("Last month"),
    QUARTER: gettext_lazy("This quarter"),
    BEFORE: gettext_lazy("Last quarter"),
    OWN: gettext_lazy("Custom dates"),
}


@require_GET
@staff_page
def report_page(request: StaffRequest, name: str = "") -> HttpResponse:
    """One report over a period; `?file=csv` or `?file=xlsx` is the same to take along."""
    if name not in REPORTS:
        raise Http404
    demand(may_see_reports(request.viewer))
    asked = _asked(request)
    report = REPORTS[name][1](asked)
    if file := _file(request, report.title, report.tables, asked):
        return file
    context = {"report": report, "tabs": _tabs(name, asked), "name": name}
    return render(request, "insight/desk/report.html", context | _question(asked))


@require_GET
@staff_page
def report_requests(request: StaffRequest) -> HttpResponse:
    """The requests behind a figure, of those this reader may know of."""
    demand(may_see_reports(request.viewer))
    asked, params = _asked(request), request.GET.dict()
    title = title_of(params.get("what", ""))
    if title is None:
        raise Http404
    if params.get("file"):
        rows = all_behind(request.viewer, asked, params)
        table = table_of_requests(str(title), rows, asked)
        if file := _file(request, str(title), [table], asked):
            return file
        raise Http404
    found = read_behind(request.viewer, asked, params, request.firm)
    kept = {name: text for name, text in params.items() if name in ("what", "is")}
    context = {
        "found": found,
        "asked": asked,
        "files": {kind: asked.address(**kept, file=kind) for kind in ("xlsx", "csv")},
        "back": f"/desk/reports/{asked.address()}",
        "most": MOST_IN_FILE,
    }
    return render(request, "insight/desk/requests.html", context)


def _asked(request: StaffRequest) -> Asked:
    return asked_from(request.viewer, request.GET.dict(), request.firm, at=clock.now())


def _question(asked: Asked) -> dict[str, Any]:
    return {
        "asked": asked,
        "periods": [(kind, PERIODS[kind]) for kind in KINDS],
        "cuts": [(cut.slug, cut.title) for cut in CUTS.values()],
        "files": {kind: asked.address(file=kind) for kind in ("xlsx", "csv")},
        "own": asked.whose is not None,
        "alone": asked.whose is not None and len(asked.whose) == 1,
    }


def _tabs(name: str, asked: Asked) -> list[dict[str, Any]]:
    return [
        {
            "label": label,
            "url": f"/desk/reports/{slug}{'/' if slug else ''}{asked.address()}",
            "current": slug == name,
        }
        for slug, (label, _show) in REPORTS.items()
    ]


def _file(
    request: StaffRequest, title: str, tables: Sequence[Table], asked: Asked
) -> HttpResponse | None:
    """The tables, if a file is asked for."""
    name = f"{title} {asked.period.first:%Y-%m-%d} {asked.period.last:%Y-%m-%d}"
    match request.GET.get("file"):
        case "csv":
            return sent_file(as_csv(tables, get_language() or "ru"), f"{name}.csv", CSV)
        case "xlsx":
            return sent_file(as_xlsx(tables), f"{name}.xlsx", XLSX)
    return None

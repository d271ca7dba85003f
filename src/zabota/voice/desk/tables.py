"""Tables of a monitoring service: tried first, then taken in; what is wrong is said row by row."""

from collections import Counter
from typing import Any

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods

from zabota.clients.desk.tables import unreadable_words
from zabota.clients.tables import MOST_BYTES, MOST_ROWS, Fault, read_table
from zabota.common import clock
from zabota.common.files import read_file
from zabota.common.packed import Unreadable
from zabota.people.access import StaffRequest, staff_page
from zabota.people.pages import form_page, tried, typed
from zabota.people.rules import demand
from zabota.tickets.actions.words import excerpt
from zabota.voice.actions.deliver import LONGEST_CELL, map_table, open_table, rows_of, start_table
from zabota.voice.forms.sources import COLUMN_NAMES, ColumnsForm, TableForm
from zabota.voice.models import Delivery, DeliveryState, Source, SourceKind
from zabota.voice.rules import may_bring_tables

MOST_SHOWN = 50


@require_http_methods(["GET", "HEAD", "POST"])
@staff_page
def table_bring(request: StaffRequest, pk: int) -> HttpResponse:
    """Choose a table of this service; nothing of it is taken in yet."""
    at = clock.now()
    demand(may_bring_tables(request.user, at))
    source = get_object_or_404(Source, pk=pk, kind=SourceKind.TABLE, closed_at=None)
    form = TableForm(typed(request), request.FILES or None)
    if request.method == "POST" and form.is_valid():
        upload = form.cleaned_data["table"]
        try:
            if upload.size > MOST_BYTES:
                raise Unreadable("too_large", MOST_BYTES)
            found = open_table(source, upload.read(), upload.name, by=request.user, at=at)
        except Unreadable as why:
            form.add_error("table", unreadable_words(why))
        else:
            return redirect("mention-table", found.pk)
    lately = source.deliveries.select_related("by__user").order_by("-pk")[:10]
    context = {"source": source, "lately": lately, "most": MOST_ROWS}
    return form_page(request, "voice/desk/table.html", form, context)


@require_http_methods(["GET", "HEAD", "POST"])
@staff_page
def table_columns(request: StaffRequest, pk: int) -> HttpResponse:
    """Which column is what and what would come of it; then how far it is, and what was wrong."""
    at = clock.now()
    demand(may_bring_tables(request.user, at))
    rows = Delivery.objects.select_related("source", "file", "by__user")
    delivery = get_object_or_404(rows, pk=pk, source__kind=SourceKind.TABLE)
    if delivery.state != DeliveryState.TRIED:
        return _progress(request, delivery)
    head = read_table(read_file(delivery.file), LONGEST_CELL).head if delivery.file else []
    form = ColumnsForm(delivery, head, typed(request))
    if request.method == "POST" and form.is_valid():
        columns, start = form.columns(), "take" in request.POST

        def verb() -> None:
            map_table(delivery, columns, by=request.user, at=at)
            if start:
                start_table(delivery, by=request.user, at=at)

        if tried(form, verb):
            return redirect("mention-table", pk)
    context = {"delivery": delivery, "most": MOST_SHOWN, **_trial(delivery)}
    return form_page(request, "voice/desk/table_columns.html", form, context)


def _trial(delivery: Delivery) -> dict[str, Any]:
    counts, shown = Counter[str](), []
    for row in rows_of(delivery):
        counts["wrong" if row.faults else "good"] += 1
        told = " · ".join(
            part for part in (row.found.author, excerpt(row.found.text or row.found.link, 200))
            if part
        )  # fmt: skip
        shown.append((row.row, told, [fault_words(fault) for fault in row.faults]))
    shown.sort(key=lambda one: (not one[2], one[0]))
    return {"shown": shown[:MOST_SHOWN], "counts": dict(counts)}


def _progress(request: StaffRequest, delivery: Delivery) -> HttpResponse:
    seen = f"{delivery.state}.{delivery.done}"
    over = delivery.state == DeliveryState.DONE
    faults = [(row, fault_words(Fault(key, code, value)))
              for row, key, code, value in delivery.faults]  # fmt: skip
    context = {"delivery": delivery, "seen": seen, "over": over, "faults": faults}
    page = "voice/desk/table_progress.html"
    if request.headers.get("X-Zabota-Live"):
        if request.GET.get("seen") == seen:
            return HttpResponse(status=204)
        return render(request, f"{page}#progress", context, status=286 if over else 200)
    return render(request, page, context)


def fault_words(fault: Fault) -> str:
    """Which column, what is wrong, what stands there."""
    wrong = {
        "required": gettext("neither words nor a link stand here"),
        "link": gettext("this is not a link: “%(value)s”"),
        "date": gettext("this is not a date: “%(value)s”"),
        "rating": gettext("this is not a mark: “%(value)s”"),
    }[fault.code] % {"value": fault.value}
    return gettext("%(column)s: %(wrong)s") % {"column": COLUMN_NAMES[fault.field], "wrong": wrong}

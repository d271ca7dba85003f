"""«Загрузить таблицу»: clients and purchases from CSV or XLSX; tried first, then taken in, and what
is wrong is said row by row.
"""

from collections import Counter
from dataclasses import dataclass
from typing import Any

from django import forms
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import get_language, gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods

from zabota.clients import actions
from zabota.clients.actions.tables import fields_of, judged_rows
from zabota.clients.bringing import Brought, bringing_of
from zabota.clients.models import Import, ImportKind, ImportState
from zabota.clients.rules import may_import_tables
from zabota.clients.tables import (
    MOST_BYTES,
    MOST_ROWS,
    NEEDED,
    ClientRow,
    Fault,
    read_table,
)
from zabota.common import clock, formats
from zabota.common.files import read_file
from zabota.common.packed import Unreadable
from zabota.common.sizes import file_size
from zabota.people.access import StaffRequest, staff_page
from zabota.people.firm import own_currency
from zabota.people.pages import form_page, tried, typed
from zabota.people.rules import demand

MOST_SHOWN = 100
COLUMN_NAMES = {
    "name": pgettext_lazy("column", "Name"),
    "short_name": _("Short name"),
    "inn": _("INN"),
    "kpp": _("KPP"),
    "ogrn": _("OGRN"),
    "address": _("Address"),
    "phone": _("Phone"),
    "email": _("E-mail"),
    "person": _("Contact person"),
    "position": _("Position"),
    "note": _("Note"),
    "client": _("Client"),
    "day": _("Date"),
    "sum": _("Sum"),
    "margin": _("Margin"),
    "place": _("Shop or office"),
}


UNREADABLE = {
    "not_statement": _("This is no statement in the format of 1C: it begins with another line."),
    "not_ended": _("This statement has no end: it was cut off on its way. Please take it again."),
    "not_commerceml": _("This is no exchange of 1C in CommerceML."),
    "bomb": _("This file brings definitions of its own, which nobody needs: it is not read."),
}


class TableForm(forms.Form):
    """Which table, and what its rows are."""

    kind = forms.ChoiceField(
        label=_("What is in it"),
        choices=ImportKind.choices,
        widget=forms.RadioSelect,
    )
    table = forms.FileField(
        label=_("The file: a table in CSV or XLSX, an exchange or a statement as they are"),
        allow_empty_file=True,
    )


class ColumnsForm(forms.Form):
    """Which column is what."""

    def __init__(self, given: Import, head: list[str], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        heads = [(str(place), name or f"{place + 1}") for place, name in enumerate(head)]
        upper = bringing_of(given.kind)
        needed = upper.needed if upper is not None else NEEDED[given.kind]
        for key in fields_of(given.kind):
            self.fields[key] = forms.ChoiceField(
                label=column_name(given.kind, key),
                choices=[("", _("not in the table")), *heads],
                required=key in needed,
                initial=str(given.columns.get(key, "")),
            )

    def columns(self) -> dict[str, int]:
        """What was chosen: of each value, in which column it stands."""
        return {key: int(place) for key, place in self.cleaned_data.items() if place}


@dataclass(frozen=True)
class TriedRow:
    """A row as it would come in."""

    row: int
    said: str
    faults: list[str]
    there: bool
    changes: bool = False

    @property
    def becomes(self) -> str:
        """What becomes of it, in a word."""
        if self.faults:
            return "wrong"
        return "there" if self.there else "changed" if self.changes else "new"


@require_http_methods(["GET", "HEAD", "POST"])
@staff_page
def import_table(request: StaffRequest) -> HttpResponse:
    """Choose a table; nothing of it is taken in yet."""
    at = clock.now()
    demand(may_import_tables(request.user, at))
    form = TableForm(typed(request), request.FILES or None, initial={"kind": "clients"})
    if request.method == "POST" and form.is_valid():
        upload = form.cleaned_data["table"]
        try:
            if upload.size > MOST_BYTES:
                raise Unreadable("too_large", MOST_BYTES)
            given = actions.open_import(
                form.cleaned_data["kind"], upload.read(), upload.name, by=request.user, at=at
            )
        except Unreadable as why:
            form.add_error("table", unreadable_words(why))
        else:
            return redirect("import-columns", given.pk)
    lately = Import.objects.exclude(state=ImportState.TRIED).select_related("by__user")
    context = {"lately": lately.order_by("-pk")[:10], "most": MOST_ROWS}
    return form_page(request, "clients/desk/import.html", form, context)


@require_http_methods(["GET", "HEAD", "POST"])
@staff_page
def import_columns(request: StaffRequest, pk: int) -> HttpResponse:
    """Which column is what and what would come of it; then how far it is, and what was wrong."""
    at = clock.now()
    demand(may_import_tables(request.user, at))
    given = get_object_or_404(Import.objects.select_related("file", "by__user"), pk=pk)
    if given.state != ImportState.TRIED:
        return _progress(request, given)
    head = read_table(read_file(given.file)).head if fields_of(given.kind) else []
    form = ColumnsForm(given, head, typed(request))
    if request.method == "POST" and form.is_valid():
        columns, start = form.columns(), "take" in request.POST

        def verb() -> None:
            actions.map_import(given, columns, by=request.user, at=at)
            if start:
                actions.start_import(given, by=request.user, at=at)

        if tried(form, verb):
            return redirect("import-columns", pk)
    shown, counts = read_trial(given)
    context = {"given": given, "shown": shown, "counts": dict(counts), "most": MOST_SHOWN}
    return form_page(request, "clients/desk/import_columns.html", form, context)


def read_trial(given: Import) -> tuple[list[TriedRow], Counter[str]]:
    """What would come of each row, those that are wrong first; how many of each kind."""
    rows, counts = [], Counter[str]()
    for one in judged_rows(given):
        if isinstance(one, Brought):
            rows.append(_tried(given.kind, one))
        else:
            faults = [fault_words(fault) for fault in one.faults]
            rows.append(TriedRow(one.row.row, _said(one.row), faults, one.there))
        counts[rows[-1].becomes] += 1
    rows.sort(key=lambda row: (not row.faults, row.row))
    return rows[:MOST_SHOWN], counts


def _tried(kind: str, one: Brought) -> TriedRow:
    """A thing of an upper app; what is wrong in another of its rows says in which."""
    faults = []
    for row, fault in one.faults:
        words = fault_words(fault, kind)
        if row != one.row:
            words = gettext("row %(row)s: %(words)s") % {"row": row, "words": words}
        faults.append(words)
    return TriedRow(one.row, one.said, faults, one.there, one.changes)


def _progress(request: StaffRequest, given: Import) -> HttpResponse:
    seen = f"{given.state}.{given.done}"
    over = given.state == ImportState.DONE
    context = {
        "given": given,
        "seen": seen,
        "over": over,
        "is_table": bool(fields_of(given.kind)),
        "there": given.done - given.new - given.changed - given.wrong,
        "faults": [
            (row, fault_words(Fault(key, code, value), given.kind))
            for row, key, code, value in given.faults
        ],
    }
    if request.headers.get("X-Zabota-Live"):
        if request.GET.get("seen") == seen:
            return HttpResponse(status=204)
        page = "clients/desk/import_progress.html#progress"
        return render(request, page, context, status=286 if over else 200)
    return render(request, "clients/desk/import_progress.html", context)


def _said(row: Any) -> str:
    if isinstance(row, ClientRow):
        return " · ".join(filter(None, (row.values.get("name"), row.values.get("inn"))))
    language = get_language() or "ru"
    day = formats.short_date(row.day, language) if row.day else ""
    total = formats.money(row.sum, own_currency(), language) if row.sum else ""
    return " · ".join(filter(None, (row.client or row.inn, day, total, row.place)))


def column_name(kind: str, key: str) -> Any:
    """What a value is called to people."""
    upper = bringing_of(kind)
    return (upper.names.get(key) if upper is not None else None) or COLUMN_NAMES.get(key, "")


def fault_words(fault: Fault, kind: str = "") -> str:
    """Which column, what is wrong, what stands there."""
    upper = bringing_of(kind)
    name = column_name(kind, fault.field)
    if upper is not None and fault.code in upper.faults:
        said = str(upper.faults[fault.code]) % {"value": fault.value}
        return gettext("%(column)s: %(wrong)s") % {"column": name, "wrong": said}
    if not name:
        return fault.value
    wrong = {
        "required": gettext("nothing stands here"),
        "too_long": gettext("this is too long: “%(value)s…”"),
        "email": gettext("this is not an e-mail address: “%(value)s”"),
        "digits": gettext("the digits do not fit: “%(value)s”"),
        "date": gettext("this is not a date: “%(value)s”"),
        "sum": gettext("this is not a sum, or may be read in two ways: “%(value)s”"),
        "no_client": gettext("there is no such client: “%(value)s”"),
        "many_clients": gettext("several clients are called so: “%(value)s”"),
        "repeated": gettext("the same stands in row %(value)s"),
        "refused": "%(value)s",
    }[fault.code] % {"value": fault.value}
    return gettext("%(column)s: %(wrong)s") % {"column": name, "wrong": wrong}


def unreadable_words(why: Unreadable) -> str:
    """Why a file is no table we can read, and what to do."""
    if why.code == "too_large":
        said = gettext("The file is larger than %(size)s. Please divide it.")
        return said % {"size": file_size(why.limit)}
    if why.code == "too_many":
        said = gettext("There are more than %(count)d rows. Please divide the table.")
        return said % {"count": why.limit}
    if why.code in UNREADABLE:
        return str(UNREADABLE[why.code])
    if why.code == "empty":
        return gettext("There are no rows under a heading in this file.")
    return gettext("This file cannot be read as a table. Please save it as CSV or XLSX.")

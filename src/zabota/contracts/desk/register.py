"""«Реестр договоров»: an XLSX is tried first, then taken; what is wrong is said row by row."""

import json
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.core import signing
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from zabota.clients.models import Client
from zabota.common import clock
from zabota.common.files import keep_file, read_file
from zabota.common.models import File
from zabota.common.packed import Unreadable
from zabota.common.sizes import file_size
from zabota.contracts.actions.register import import_line, known_contracts
from zabota.contracts.register import MOST_ROWS, Fault, Line, read_register, read_scans
from zabota.contracts.rules import may_import_register
from zabota.people.access import StaffRequest, staff_page

MOST_SCANS = 50 * 1024 * 1024
KEPT_FOR = 24 * 60 * 60
SALT = "contract-register"
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@dataclass(frozen=True)
class Tried:
    """A row as it would come in."""

    line: Line
    faults: list[str]
    there: bool
    new_client: bool
    scan_missing: bool


@require_http_methods(["GET", "HEAD", "POST"])
@staff_page
def register_page(request: StaffRequest) -> HttpResponse:
    """Choose a file, read what would come of it, take it."""
    at = clock.now()
    if not may_import_register(request.viewer, at):
        raise PermissionDenied
    context: dict[str, Any] = {"most": MOST_ROWS}
    if request.method != "POST":
        return render(request, "contracts/register/page.html", context)
    try:
        register, scans = _files(request)
        lines = read_register(register)
        files = {name: data for one in scans for name, data in _scans_of(*one).items()}
    except Unreadable as why:
        context["problem"] = unreadable_words(why)
        return render(request, "contracts/register/page.html", context, status=422)
    rows = _tried(lines, files)
    if request.POST.get("take") and request.POST.get("kept"):
        return _take(request, rows, files)
    kept = [keep_file(register, XLSX, at=at).pk]
    names = [(name, keep_file(data, "application/octet-stream", at=at).pk) for name, data in scans]
    token = signing.dumps(json.dumps([request.user.pk, kept[0], names]), salt=SALT)
    good = [row for row in rows if not row.faults]
    context |= {
        "rows": rows,
        "token": token,
        "good": len(good),
        "wrong": len(rows) - len(good),
        "new": sum(not row.there for row in good),
    }
    return render(request, "contracts/register/page.html", context)


def _take(request: StaffRequest, rows: list[Tried], files: dict[str, bytes]) -> HttpResponse:
    at, new = clock.now(), 0
    good = [row for row in rows if not row.faults]
    for row in good:
        new += import_line(row.line, by=request.viewer, at=at, scans=files)[1]
    words = ngettext("%(count)d contract was taken.", "%(count)d contracts were taken.", new)
    messages.success(request, words % {"count": new})
    if len(good) > new:
        here = len(good) - new
        words = ngettext("%(count)d was here already.", "%(count)d were here already.", here)
        messages.info(request, words % {"count": here})
    return redirect("desk-contracts")


def _files(request: StaffRequest) -> tuple[bytes, list[tuple[str, bytes]]]:
    """The register and the scans: sent now, or tried before and kept."""
    if token := request.POST.get("kept", ""):
        try:
            user, register, names = json.loads(signing.loads(token, salt=SALT, max_age=KEPT_FOR))
        except (signing.BadSignature, ValueError):
            raise Unreadable("gone") from None
        if user != request.user.pk:
            raise Unreadable("gone")
        files = File.objects.in_bulk([register, *(pk for _name, pk in names)])
        return read_file(files[register]), [(name, read_file(files[pk])) for name, pk in names]
    upload = request.FILES.get("register")
    if upload is None:
        raise Unreadable("missing")
    sent = request.FILES.getlist("scans")
    if sum(one.size or 0 for one in [upload, *sent]) > MOST_SCANS:
        raise Unreadable("too_large", MOST_SCANS)
    return upload.read(), [(one.name or "", one.read()) for one in sent]


def _scans_of(name: str, data: bytes) -> dict[str, bytes]:
    if name.casefold().endswith(".zip"):
        return read_scans(data, MOST_SCANS, settings.UPLOAD_LIMIT)
    return {name.replace("\\", "/").rsplit("/", 1)[-1].casefold(): data}


def _tried(lines: list[Line], files: dict[str, bytes]) -> list[Tried]:
    """Two queries, however many rows."""
    known = known_contracts(lines)
    numbers = [line.inn for line in lines]
    clients = set(Client.objects.filter(inn__in=numbers).values_list("inn", flat=True))
    return [
        Tried(
            line,
            [fault_words(fault) for fault in line.faults],
            line.key in known,
            line.inn not in clients,
            bool(line.scan) and line.scan.casefold() not in files,
        )
        for line in lines
    ]


def column_name(column: str) -> str:
    """A column as the reader calls it."""
    return {
        "number": _("number"), "date": _("date"), "inn": _("INN"), "client": _("client"),
        "subject": _("subject"), "sum": _("sum"), "term": _("term"), "scan": _("scan"),
    }[column]  # fmt: skip


def fault_words(fault: Fault) -> str:
    """Which column, what is wrong, what stands there."""
    wrong = {
        "required": _("nothing stands here"),
        "too_long": _("this is too long: “%(value)s…”"),
        "inn": _("the digits of the INN do not fit: “%(value)s”"),
        "date": _("this is not a date: “%(value)s”"),
        "sum": _("this is not a sum: “%(value)s”"),
        "before": _("the contract would end before it began: “%(value)s”"),
        "repeated": _("the same contract stands in row %(value)s"),
    }[fault.code] % {"value": fault.value}
    return _("Column “%(column)s”: %(wrong)s") % {
        "column": column_name(fault.column),
        "wrong": wrong,
    }


def unreadable_words(why: Unreadable) -> str:
    """Why the file is not taken, and what to do."""
    if why.code == "no_head":
        names = ", ".join(column_name(name) for name in why.missing)
        return _("No row with headings was found: there is no column for %(names)s.") % {
            "names": names
        }
    return {
        "too_large": _("The files are too large: at most %(limit)s.")
        % {"limit": file_size(why.limit)},
        "not_xlsx": _("This is not an XLSX file, or it is damaged. Please save it as XLSX."),
        "bomb": _("The file unpacks to far more than it is. It is not opened."),
        "too_many": _("At most %(limit)d rows at once: please split the register.")
        % {"limit": why.limit},
        "missing": _("Please choose a file."),
        "gone": _("The file is not kept any more. Please choose it again."),
    }[why.code]

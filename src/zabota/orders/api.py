"""Orders for other programs of the firm: JSON in and out, by a key. What is told twice is once."""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import Any

from django.conf import settings
from django.http import Http404, JsonResponse
from django.http.response import HttpResponseBase
from django.utils.translation import gettext
from django.views.decorators.http import require_GET, require_POST

from zabota.clients.bringing import NEW, SAME
from zabota.clients.tables.rows import read_day
from zabota.common import clock
from zabota.common.files import TooLarge
from zabota.common.upload_words import too_large, wrong_kind
from zabota.common.uploads import NotWhatItSays
from zabota.orders.actions.papers import add_paper
from zabota.orders.actions.receive import receive_document
from zabota.orders.exchange import Document, GivenDuty, GivenLine, Party
from zabota.orders.exchange.numbers import exact
from zabota.orders.models import DutyKind, Order, PaperKind, Source
from zabota.orders.vat import is_charged
from zabota.people.firm import current_firm
from zabota.people.models import ApiScope
from zabota.people.programs import Faulty, ProgramRequest, program_page, read_json

MOST_LINES, MOST_DUTIES = 1000, 50


@require_POST
@program_page(ApiScope.ORDERS)
def take(request: ProgramRequest, what: str) -> HttpResponseBase:
    """An order, a счёт, a payment, a shipment or a return; its `id` is what it is known by."""
    told = document_of(what, read_json(request))
    took = receive_document(told, Source.API, by=request.viewer, at=clock.now(), adds_clients=True)
    said = {"result": took.how, "number": took.number, "what": took.what}
    return JsonResponse(said, status=201 if took.how == NEW else 200)


@require_GET
@program_page(ApiScope.ORDERS)
def order(request: ProgramRequest, key: str) -> HttpResponseBase:
    """How an order stands, by its key or by our number."""
    return JsonResponse(_said(_found(request, key)))


@require_POST
@program_page(ApiScope.ORDERS)
def paper(request: ProgramRequest, key: str) -> HttpResponseBase:
    """A file of an order (a form with `file`, `kind`, `inside`): счёт, УПД, a certificate. The same
    file again is the same paper.
    """
    found, sent, at = _found(request, key), request.FILES.get("file"), clock.now()
    kind = request.POST.get("kind", PaperKind.OTHER)
    if sent is None:
        raise Faulty(gettext("A form with a file is expected."), "file")
    if kind not in PaperKind.values:
        raise Faulty(gettext("One of: %(names)s.") % {"names": ", ".join(PaperKind)}, "kind")
    if (sent.size or 0) > settings.UPLOAD_LIMIT:
        raise Faulty(too_large(TooLarge(sent.size or 0, settings.UPLOAD_LIMIT)), "file")
    try:
        added = add_paper(
            found, kind, sent.name or "", sent.read(), by=request.viewer, at=at,
            media_type=sent.content_type or "", inside=request.POST.get("inside") == "1",
        )  # fmt: skip
    except NotWhatItSays as why:
        raise Faulty(wrong_kind(why), "file") from why
    new = added.at == at
    said = {"result": NEW if new else SAME, "number": found.case.number, "name": added.name}
    return JsonResponse(said, status=201 if new else 200)


def _found(request: ProgramRequest, key: str) -> Order:
    rows = Order.objects.visible_to(request.viewer).select_related("case__client__root")
    found = rows.filter(case__number=key).first() or rows.filter(outer=key).first()
    if found is None:
        raise Http404
    return found


def _said(found: Order) -> dict[str, Any]:
    return {
        "id": found.outer,
        "number": found.case.number,
        "state": found.case.state,
        "total": str(found.total),
        "vat": str(found.vat),
        "paid": str(found.paid),
        "currency": found.currency,
        "shipped_on": found.shipped_on,
        "paid_on": found.paid_on,
        "lines": [
            {
                "id": one.outer, "article": one.article, "name": one.name,
                "quantity": str(one.quantity), "cancelled": str(one.cancelled),
                "shipped": str(one.shipped), "returned": str(one.returned),
                "promised_on": one.promised_on, "expected_on": one.expected_on,
                "shipped_on": one.shipped_on,
            }
            for one in found.lines.order_by("number")
        ],
        "duties": [
            {
                "kind": one.kind, "words": one.promise.words_en, "state": one.promise.state,
                "due_at": one.promise.due_at, "line": one.line.outer if one.line else "",
            }
            for one in found.duties.select_related("promise", "line").order_by("pk")
        ],
    }  # fmt: skip


def document_of(what: str, sent: Mapping[str, Any]) -> Document:
    """What a program sent, as a document; Faulty names the field that cannot be read."""
    told = Document(what, 1, outer=_text(sent, "id", 90, needed=True), number=_text(sent, "number"))
    if what == "payment":
        told.outer = f"api:{told.outer}"
    told.day = _day(sent, "date", needed=True)
    client = sent.get("client") or {}
    if not isinstance(client, dict):
        raise Faulty(gettext("An object is expected: inn, kpp, name."), "client")
    told.party = Party(
        _text(client, "name", 300), _text(client, "inn", 12), _text(client, "kpp", 9)
    )
    told.currency = _text(sent, "currency", 3) or "RUB"
    told.until = _day(sent, "until")
    told.of, told.note = _text(sent, "order", 100), _text(sent, "note", 1000)
    told.client_number = _text(sent, "client_number")
    told.cancelled, told.back = sent.get("cancelled") is True, sent.get("back") is True
    told.account = _text(client, "account", 34)
    total = _number(sent, "sum", needed=what == "payment")
    told.total = total.quantize(Decimal("0.01")) if total is not None else None
    lines = sent.get("lines", [])
    if not isinstance(lines, list) or len(lines) > MOST_LINES:
        words = gettext("A list of at most %(most)s lines is expected.")
        raise Faulty(words % {"most": MOST_LINES}, "lines")
    told.lines = [_line(number, one, told.day) for number, one in enumerate(lines, 1)]
    told.duties = _duties(sent) if what == "order" else []
    if what == "order" and not told.lines and not told.cancelled:
        raise Faulty(gettext("An order has lines."), "lines")
    if what not in ("order", "payment") and not told.of:
        raise Faulty(gettext("This is needed."), "order")
    return told


def _duties(sent: Mapping[str, Any]) -> list[GivenDuty]:
    """What is done after the sale: installation, warranty, training, parts."""
    rows = sent.get("duties", [])
    if not isinstance(rows, list) or len(rows) > MOST_DUTIES:
        words = gettext("A list of at most %(most)s lines is expected.")
        raise Faulty(words % {"most": MOST_DUTIES}, "duties")
    made = []
    for number, one in enumerate(rows):
        at = f"duties[{number}]"
        if not isinstance(one, dict):
            raise Faulty(gettext("An object is expected, in braces."), at)
        if one.get("kind") not in DutyKind.values:
            words = gettext("One of: %(names)s.") % {"names": ", ".join(DutyKind)}
            raise Faulty(words, f"{at}.kind")
        day = _day(one, "by_day", needed=True, at=at)
        assert day is not None
        line = _text(one, "line", 100, at=at)
        made.append(GivenDuty(one["kind"], day, _text(one, "words", 300, at=at), line))
    return made


def _line(number: int, sent: Any, day: date | None) -> GivenLine:
    at = f"lines[{number - 1}]"
    if not isinstance(sent, dict):
        raise Faulty(gettext("An object is expected, in braces."), at)
    line = GivenLine(number, name=_text(sent, "name", 300, needed=True, at=at))
    line.outer, line.article = _text(sent, "id", 100), _text(sent, "article")
    line.unit = _text(sent, "unit", 20)
    line.quantity = _number(sent, "quantity", needed=True, at=at) or Decimal(0)
    line.price = _number(sent, "price", at=at) or Decimal(0)
    line.sum = _number(sent, "sum", at=at)
    line.vat_rate = _number(sent, "vat_rate", at=at)
    line.by_day = _day(sent, "by_day", at=at)
    if line.quantity <= 0:
        raise Faulty(gettext("A number above zero is expected."), f"{at}.quantity")
    if day is not None and not is_charged(current_firm().country, line.vat_rate, day):
        raise Faulty(gettext("No such rate of VAT was charged on that day."), f"{at}.vat_rate")
    return line


def _text(sent: Mapping[str, Any], name: str, most: int = 60, *, needed: bool = False,
          at: str = "") -> str:  # fmt: skip
    value = sent.get(name)
    where = f"{at}.{name}" if at else name
    if value in (None, ""):
        if needed:
            raise Faulty(gettext("This is needed."), where)
        return ""
    text = str(value).replace("\0", "").strip()
    if isinstance(value, dict | list | bool) or len(text) > most:
        raise Faulty(gettext("A text of at most %(most)s letters.") % {"most": most}, where)
    return text


def _number(
    sent: Mapping[str, Any], name: str, *, needed: bool = False, at: str = ""
) -> Decimal | None:
    where, value = (f"{at}.{name}" if at else name), sent.get(name)
    if value is None and not needed:
        return None
    found = exact(str(value)) if isinstance(value, str | int) else None
    if found is None or found < 0 or found >= 10**13:
        raise Faulty(gettext("A number is expected, like 1234.50."), where)
    return found


def _day(sent: Mapping[str, Any], name: str, *, needed: bool = False, at: str = "") -> date | None:
    where, value = (f"{at}.{name}" if at else name), sent.get(name)
    if value in (None, "") and not needed:
        return None
    found = read_day(str(value)) if isinstance(value, str) else None
    if found is None:
        raise Faulty(gettext("A day is expected, like 2026-11-30."), where)
    return found

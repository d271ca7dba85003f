"""1C's own exchange with a site, which it speaks without any programming: `type=sale` and a mode.

Login is anything, password a key of the firm's that opens orders. Words are answered in lines, as
the protocol wants: success, progress, failure and why.
"""

import base64
import binascii
import json
import secrets
from collections.abc import Callable, Iterator

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.http.response import HttpResponseBase
from django.views.decorators.csrf import csrf_exempt

from zabota.clients.desk.tables import unreadable_words
from zabota.clients.models import ImportState
from zabota.common import clock
from zabota.common.packed import Unreadable
from zabota.common.uploads import safe_name
from zabota.orders.actions.exchange import (
    keep_portion,
    note_asked,
    note_told,
    take_in_exchange,
    untold_orders,
)
from zabota.orders.exchange.write import OutLine, OutOrder, write_orders
from zabota.orders.models import OrderState
from zabota.people.models import ApiScope
from zabota.people.programs import ProgramRequest, program_page

COOKIE = "zabota1c"
PORTION = 8 * 1024 * 1024
MOST_ORDERS = 500


@csrf_exempt
def exchange(request: HttpRequest) -> HttpResponseBase:
    """Every step of it, at one address."""
    token = _password(request)
    if token:
        request.META["HTTP_AUTHORIZATION"] = f"Bearer {token}"
        request.__dict__.pop("headers", None)
    answer = _exchange(request)
    if isinstance(answer, JsonResponse):
        # 1C reads lines, and shows a person the second one.
        words = _why(answer)
        failed = _lines("failure", words)
        failed.status_code = 401 if answer.status_code == 401 else 200
        if answer.status_code == 401:
            failed["WWW-Authenticate"] = 'Basic realm="Zabota"'
        return failed
    return answer


exchange.audience = "program"  # type: ignore[attr-defined]


@program_page(ApiScope.ORDERS)
def _exchange(request: ProgramRequest) -> HttpResponseBase:
    step = STEPS.get(request.GET.get("mode", ""))
    if request.GET.get("type") != "sale" or step is None:
        return _lines("failure", "type=sale, mode=" + "|".join(STEPS))
    return step(request)


def _checkauth(request: ProgramRequest) -> HttpResponse:
    """The session's cookie comes back with each of its steps."""
    return _lines("success", COOKIE, secrets.token_hex(16))


def _init(request: ProgramRequest) -> HttpResponse:
    return _lines("zip=no", f"file_limit={PORTION}")


def _file(request: ProgramRequest) -> HttpResponse:
    data = request.read(PORTION + 1)
    if len(data) > PORTION:
        return _lines("failure", f"file_limit={PORTION}")
    keep_portion(
        request.key, _session(request), _name(request), data, by=request.viewer, at=clock.now()
    )
    return _lines("success")


def _import(request: ProgramRequest) -> HttpResponse:
    """Taken in by the worker; 1C asks again until it is done."""
    try:
        brought = take_in_exchange(
            request.key, _session(request), _name(request), by=request.viewer, at=clock.now()
        )
    except Unreadable as why:
        return _lines("failure", unreadable_words(why))
    if brought.state != ImportState.DONE:
        return _lines("progress", f"{brought.done} / {brought.total}")
    return _lines("success", f"{brought.new} + {brought.changed}, {brought.wrong} !")


def _query(request: ProgramRequest) -> HttpResponse:
    at = clock.now()
    data = write_orders(_untold(), at)
    note_asked(request.key, _session(request), by=request.viewer, at=at)
    return HttpResponse(data, content_type="text/xml; charset=utf-8")


def _success(request: ProgramRequest) -> HttpResponse:
    note_told(request.key, by=request.viewer, at=clock.now())
    return _lines("success")


STEPS: dict[str, Callable[[ProgramRequest], HttpResponse]] = {
    "checkauth": _checkauth,
    "init": _init,
    "file": _file,
    "import": _import,
    "query": _query,
    "success": _success,
}


def _untold() -> Iterator[OutOrder]:
    rows = untold_orders().select_related("case__client__root").prefetch_related("lines")
    for order in rows.order_by("case__touched_at")[:MOST_ORDERS]:
        client = order.case.client.whole
        yield OutOrder(
            order.case.number, order.day, order.currency, order.total, client.name, client.inn,
            client.kpp, order.note, order.case.state == OrderState.CANCELLED,
            tuple(
                OutLine(
                    one.outer or f"{order.case.number}#{one.number}", one.article, one.name,
                    one.unit, one.wanted, one.price, one.sum, one.vat_rate, one.vat,
                )
                for one in sorted(order.lines.all(), key=lambda one: one.number)
                if one.wanted > 0
            ),
        )  # fmt: skip


def _password(request: HttpRequest) -> str:
    kind, _space, told = request.headers.get("Authorization", "").partition(" ")
    if kind.lower() != "basic":
        return ""
    try:
        pair = base64.b64decode(told.strip(), validate=True).decode()
    except (binascii.Error, UnicodeDecodeError):
        return ""
    return pair.partition(":")[2]


def _session(request: ProgramRequest) -> str:
    return request.COOKIES.get(COOKIE, "")[:40]


def _name(request: ProgramRequest) -> str:
    return safe_name(request.GET.get("filename", "") or "orders.xml")[:120]


def _lines(*lines: str) -> HttpResponse:
    return HttpResponse("\n".join(lines), content_type="text/plain; charset=utf-8")


def _why(answer: JsonResponse) -> str:
    read = json.loads(answer.content)
    return str(read.get("error", {}).get("message", ""))

"""The till for programs, by a key of scope `till`: the same verbs as the page, in JSON. A receipt
that was not answered is sent again: its number makes it happen once.
"""

from datetime import date
from decimal import Decimal, InvalidOperation
from typing import Any

from django.http import Http404, JsonResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from zabota.clients.models import Client
from zabota.common import clock
from zabota.home.till_verbs import use_code
from zabota.loyalty.actions.till import Receipt, bring_back, ring_up
from zabota.loyalty.models import Unit
from zabota.loyalty.reading.at_till import find_at_till, read_at_till
from zabota.loyalty.rules import may_have_points, may_use_till
from zabota.people.programs import Faulty, ProgramRequest, program_page, read_json
from zabota.people.rules import demand


@require_GET
@program_page("till")
def client_read(request: ProgramRequest) -> JsonResponse:
    """Who has this card or phone, and what they have: `?card=` or `?phone=`."""
    demand(may_use_till(request.user, clock.now()))
    given = {name: request.GET.get(name, "") for name in ("card", "phone")}
    return JsonResponse(_told(_found(given)))


@require_POST
@program_page("till")
def receipt_ring(request: ProgramRequest) -> JsonResponse:
    """{"card" or "phone", "receipt", "sum", "spend"?, "unit"?, "day"?}: rung up once."""
    sent = read_json(request)
    client = _found(sent)
    receipt = Receipt(
        _text(sent, "receipt"),
        _sum(sent, "sum"),
        request.key.place,
        _whole(sent, "spend"),
        _unit(sent),
        _day(sent),
    )
    rung = ring_up(client, receipt, by=request.user, at=clock.now())
    told = {
        "again": rung.again,
        "paid": str(rung.paid),
        "spent": rung.spent.amount if rung.spent else 0,
        "earned": [{"unit": one.unit.slug, "amount": one.amount} for one in rung.earned],
    }
    return JsonResponse(told | _told(client))


@require_POST
@program_page("till")
def receipt_back(request: ProgramRequest) -> JsonResponse:
    """{"receipt", "sum"?, "slip"?}: goods of a receipt come back, all where no sum is given."""
    sent = read_json(request)
    brought = bring_back(
        request.key.place, _text(sent, "receipt"), by=request.user, at=clock.now(),
        sum=_sum(sent, "sum") if sent.get("sum") not in (None, "") else None,
        slip=_text(sent, "slip", needed=False),
    )  # fmt: skip
    return JsonResponse({"sum": str(brought.sum), "taken": brought.taken, "given": brought.given})


@require_POST
@program_page("till")
def code_use(request: ProgramRequest) -> JsonResponse:
    """{"code", "receipt"?, "card" or "phone"?}: a gift is used, a reward handed over."""
    demand(may_use_till(request.user, clock.now()))
    sent = read_json(request)
    client = _found(sent) if sent.get("card") or sent.get("phone") else None
    used = use_code(
        _text(sent, "code"), receipt=_text(sent, "receipt", needed=False), by=request.user,
        at=clock.now(), client=client, place=request.key.place,
    )  # fmt: skip
    return JsonResponse({"kind": used.kind, "what": used.what, "again": used.again})


def _found(sent: dict[str, Any]) -> Client:
    """The one client with this card or phone."""
    words = _text(sent, "card", needed=False) or _text(sent, "phone", needed=False)
    if not words:
        raise Faulty(_("Whose is it? Give a card or a phone."), "card")
    found = find_at_till(words)
    if len(found) > 1:
        raise Faulty(_("Several clients have this phone: give the card."), "phone")
    if not found:
        raise Http404
    return found[0]


def _told(client: Client) -> dict[str, Any]:
    known = read_at_till(client)
    return {
        "client": {"id": client.pk, "name": client.display_name, "tier": known.tier},
        "collects": may_have_points(client),
        "balances": [
            {
                "unit": stand.unit.slug,
                "name": stand.unit.name("en"),
                "left": stand.left,
                "pays": str(stand.unit.pays) if stand.unit.pays is not None else None,
            }
            for stand in known.stands
        ],
        "rewards": [{"code": one.code, "what": one.reward.name_ru} for one in known.claims],
    }


def _text(sent: dict[str, Any], name: str, *, needed: bool = True) -> str:
    value = sent.get(name)
    if isinstance(value, int) and not isinstance(value, bool):
        value = str(value)
    if value is None and not needed:
        return ""
    if not isinstance(value, str) or (needed and not value.strip()) or "\0" in value:
        raise Faulty(_("A text is expected here."), name)
    return value.strip()[:80]


def _sum(sent: dict[str, Any], name: str) -> Decimal:
    try:
        value = Decimal(_text(sent, name))
    except InvalidOperation:
        raise Faulty(_("A sum is expected here: 1250.50."), name) from None
    if not value.is_finite() or abs(value) >= 10**12:
        raise Faulty(_("A sum is expected here: 1250.50."), name)
    return value


def _whole(sent: dict[str, Any], name: str) -> int:
    value = sent.get(name) or 0
    if isinstance(value, bool) or not isinstance(value, int) or not 0 <= value < 10**12:
        raise Faulty(_("A whole number is expected here."), name)
    return value


def _day(sent: dict[str, Any]) -> date | None:
    value = _text(sent, "day", needed=False)
    try:
        return date.fromisoformat(value) if value else None
    except ValueError:
        raise Faulty(_("A day is expected here: 2026-11-22."), "day") from None


def _unit(sent: dict[str, Any]) -> Unit | None:
    slug = _text(sent, "unit", needed=False)
    unit = Unit.objects.filter(slug=slug).first() if slug else None
    if slug and unit is None:
        raise Faulty(_("There is no such unit."), "unit")
    return unit

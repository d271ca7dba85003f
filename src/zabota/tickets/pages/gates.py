"""«Каналы»: by which ways clients reach us, each set up, changed and closed."""

from typing import Any

from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from zabota.clients.actions.points import normal_of
from zabota.common import clock
from zabota.outreach.actions import change_gate, close_gate, open_gate, renew_gate
from zabota.outreach.models import Gate, GateKind
from zabota.outreach.rules import may_set_up_gates
from zabota.people.access import StaffRequest, staff_page
from zabota.people.pages import pressed, tried, typed
from zabota.people.rules import demand
from zabota.tickets.calls import LARGEST, parse_notice, read_notice
from zabota.tickets.models import CallState
from zabota.tickets.pages.gate_forms import FORMS
from zabota.tickets.reading.callers import employee_at, find_caller

HEIGHTS = {GateKind.FORM: 640, GateKind.CHAT: 520}


@require_GET
@staff_page
def gate_list(request: StaffRequest) -> HttpResponse:
    """Each with what it is and what stands in the way."""
    demand(may_set_up_gates(request.user, clock.now()))
    gates = Gate.objects.filter(closed_at=None).order_by("kind", "pk")
    context = {
        "gates": gates,
        "kinds": [(kind, GateKind(kind).label) for kind in FORMS],
        "tab": "channels",
    }
    return render(request, "tickets/desk/gate_list.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@staff_page
def gate_new(request: StaffRequest, kind: str) -> HttpResponse:
    """One more."""
    at = clock.now()
    demand(may_set_up_gates(request.user, at))
    if kind not in FORMS:
        raise Http404
    form = FORMS[kind](typed(request))
    made: list[Gate] = []

    def verb() -> None:
        made.append(open_gate(kind, form.fields_typed(), by=request.user, at=at))

    if request.method == "POST" and form.is_valid() and tried(form, verb):
        messages.success(request, _("It is set up. What to give out stands beside."))
        return redirect("gate", made[0].pk)
    return _page(request, form, {"title": str(GateKind(kind).label), "kind": kind})


@require_http_methods(["GET", "HEAD", "POST"])
@staff_page
def gate(request: StaffRequest, pk: int) -> HttpResponse:
    """How it is set up, and what to give out of it."""
    at = clock.now()
    demand(may_set_up_gates(request.user, at))
    found = get_object_or_404(Gate, pk=pk, closed_at=None)
    form = FORMS[found.kind](typed(request), initial=FORMS[found.kind].known(found))

    def change() -> None:
        change_gate(found, form.fields_typed(), by=request.user, at=at)

    if request.method == "POST" and form.is_valid() and tried(form, change):
        messages.success(request, _("Saved."))
        return redirect("gate", found.pk)
    context = {"title": found.name, "kind": found.kind, "gate": found, **_given_out(found)}
    return _page(request, form, context)


@require_POST
@staff_page
def gate_do(request: StaffRequest, pk: int, verb: str) -> HttpResponse:
    """Closed, or given another secret address."""
    at = clock.now()
    demand(may_set_up_gates(request.user, at))
    found = get_object_or_404(Gate, pk=pk)
    if verb == "close":
        done = _("Nothing comes in there any more; what came stays.")
        to = reverse("gate-list")
        return pressed(request, lambda: close_gate(found, by=request.user, at=at), done, to)
    done = _("The address is another now; put it in where the old one stood.")
    to = reverse("gate", args=[pk])
    return pressed(request, lambda: renew_gate(found, by=request.user, at=at), done, to)


@require_POST
@staff_page
def gate_try(request: StaffRequest, pk: int) -> HttpResponse:
    """What a notice of the exchange would say to us; nothing follows from it."""
    demand(may_set_up_gates(request.user, clock.now()))
    found = get_object_or_404(Gate, pk=pk, kind=GateKind.PHONE, closed_at=None)
    sample = request.POST.get("sample", "")[:LARGEST]
    notice = read_notice(parse_notice(sample.encode()), found.options)
    number = normal_of("phone", notice.caller) if notice.caller else ""
    means = str(CallState(notice.meaning).label) if notice.meaning else ""
    tried_out = {
        "notice": notice, "means": means, "caller": find_caller(number),
        "employee": employee_at(notice.callee), "inside": employee_at(notice.caller),
    }  # fmt: skip
    form = FORMS[found.kind](initial=FORMS[found.kind].known(found))
    context = {"title": found.name, "kind": found.kind, "gate": found, **_given_out(found)}
    return _page(request, form, {**context, "sample": sample, "tried": tried_out})


def _given_out(found: Gate) -> dict[str, Any]:
    """What stands on the site, in the exchange, in a link."""
    if found.kind == GateKind.TELEGRAM:
        return {"bot_url": f"https://t.me/{found.options.get('bot', '')}"}
    if found.kind == GateKind.PHONE:
        return {"webhook": f"{settings.BASE_URL}{reverse('call-notice', args=[found.key])}"}
    page = "ask" if found.kind == GateKind.FORM else "chat"
    url = f"{settings.ROOM_URL}{reverse(page, args=[found.key])}"
    size = f'width="100%" height="{HEIGHTS[GateKind(found.kind)]}"'
    snippet = f'<iframe src="{url}" title="{page}" {size} loading="lazy"></iframe>'
    return {"url": url, "snippet": snippet}


def _page(request: StaffRequest, form: Any, context: dict[str, Any]) -> HttpResponse:
    status = 422 if form.errors else 200
    told = {**context, "form": form, "tab": "channels"}
    return render(request, "tickets/desk/gate.html", told, status=status)

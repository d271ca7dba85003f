"""What an exchange tells us, and the banner of whoever is called."""

from datetime import datetime, timedelta
from typing import Any

from django.core.exceptions import RequestDataTooBig
from django.db.models import CharField, Q, Value
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.crypto import constant_time_compare
from django.utils.translation import get_language, gettext
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from zabota.cases.models import Case, Promise
from zabota.clients.models import Client
from zabota.common import clock
from zabota.common.formats import phone
from zabota.common.ids import row_number
from zabota.outreach.actions import note_gate
from zabota.outreach.models import Gate, GateKind
from zabota.people.access import StaffRequest, StaffViewer, staff_page
from zabota.people.actions.throttle import count_try
from zabota.people.pages import pressed
from zabota.people.throttle import is_throttled
from zabota.tickets.actions.calls import hear_of_call, take_call, tells_of_answers
from zabota.tickets.calls import LARGEST, parse_notice, read_notice
from zabota.tickets.models import Call, CallState
from zabota.tickets.models.calls import HAD_BY, CallQuerySet

# How long it may ring, and be talked, where the exchange does not tell the end; for how long after
# its end it may be written down, and whoever picked up says so.
RINGS, TALKED, JUST_NOW = timedelta(seconds=90), timedelta(hours=1), timedelta(minutes=2)
LATELY = timedelta(hours=4)
MOST_PROMISES = MOST_CALLS = 3
# Of one exchange in an hour; more than any firm is called, and a secret that leaked does no more.
NOTICES = 6_000


@csrf_exempt
@require_http_methods(["GET", "POST"])
def call_notice(request: HttpRequest, key: str) -> HttpResponse:
    """A notice of a telephone exchange. Its secret is the end of the address; it answers nothing
    but that it was taken.
    """
    gate, at = _gate_of(key), clock.now()
    if is_throttled(f"notices:{gate.pk}", NOTICES, at=at):
        return HttpResponse(status=429)
    count_try(f"notices:{gate.pk}", minutes=60, at=at)
    sent = request.GET.dict() | _body(request)
    notice = read_notice(sent, gate.options)
    hear_of_call(gate, notice, by=None, at=at)
    fault = "" if notice.call else gettext("A notice came in which no number of a call was found.")
    note_gate(gate, fault, by=None, at=at)
    return HttpResponse(status=204)


def _gate_of(key: str) -> Gate:
    """Compared in the same time, however much of it is right."""
    gates = Gate.objects.filter(kind=GateKind.PHONE, closed_at=None).select_related("stream")
    found = [gate for gate in gates if constant_time_compare(gate.key, key)]
    if not found:
        raise Http404
    return found[0]


def _body(request: HttpRequest) -> dict[str, Any]:
    if int(request.headers.get("Content-Length") or 0) > LARGEST:
        return {}
    try:
        return parse_notice(request.body)
    except RequestDataTooBig:
        return {}


@require_GET
@staff_page
def calls_now(request: StaffRequest) -> HttpResponse:
    """Asked by every open page of the desk every other second, where there is an exchange; says who
    calls, before one answers. One statement, while nothing has changed.
    """
    at = clock.now()
    now = _calls_of(request.viewer, at).annotate(whose=HAD_BY)
    gates = Gate.objects.filter(kind=GateKind.PHONE, closed_at=None)
    no_call = gates.values_list(Value(0), Value("", output_field=CharField()), Value(0))
    # What somebody has comes first, the latest before the others.
    found = sorted(
        now.values_list("pk", "state", "whose").union(no_call), key=lambda one: (one[2], one[0])
    )[::-1]
    if not found or found[-1][0]:
        return render(request, "tickets/desk/calls_now.html", {"seen": ""}, status=286)
    shown = [(pk, state) for pk, state, _whose in found if pk][:MOST_CALLS]
    seen = "-".join(f"{pk}{state[:1]}" for pk, state in shown)
    if request.GET.get("seen", "") == seen:
        return HttpResponse(status=204)
    calls = now.filter(pk__in=[pk for pk, _state in shown])
    told = [
        _told(call, request.viewer)
        for call in calls.select_related("client__root", "contact", "gate").order_by(
            "-whose", "-pk"
        )
    ]
    return render(request, "tickets/desk/calls_now.html", {"calls": told, "seen": seen, "now": at})


@require_POST
@staff_page
def call_take(request: StaffRequest, pk: int) -> HttpResponse:
    """Mine; then it is written down while they talk."""
    at = clock.now()
    call = get_object_or_404(Call.objects.since(at - LATELY).select_related("gate"), pk=pk)
    here = reverse("desk-ticket-write-down")
    if call.client_id and Client.objects.visible_to(request.viewer).filter(pk=call.client_id):
        here = reverse("desk-ticket-new", args=[call.client_id])

    def verb() -> None:
        take_call(call, by=request.viewer, at=at)

    return pressed(request, verb, gettext("The call is yours."), f"{here}?call={call.pk}")


def call_of(request: StaffRequest) -> Call | None:
    """The call that is being written down, as the banner's button names it; one's own, or one to
    the main line.
    """
    number = row_number(request.GET.get("call", ""))
    mine = Call.objects.written_by(request.viewer.employee)
    return mine.filter(pk=number).first() if number else None


def _calls_of(viewer: StaffViewer, at: datetime) -> CallQuerySet:
    """Those of this employee while they last; those of nobody while they ring and shortly after:
    the exchange does not always say who picked up.
    """
    rings = Q(state=CallState.RINGING, rang_at__gt=at - RINGS)
    talks = Q(state=CallState.ANSWERED, answered_at__gt=at - TALKED)
    answered = Q(state=CallState.ANSWERED, answered_at__gt=at - JUST_NOW)
    over = Q(state=CallState.ENDED, over_at__gt=at - JUST_NOW, ticket=None)
    lately = Call.objects.since(at - LATELY)
    mine = lately.of_employee(viewer.employee).filter(rings | talks | over)
    if viewer.read_only:
        return mine
    return mine | lately.of_nobody(viewer.employee, at).filter(rings | answered | over)


def _told(call: Call, viewer: StaffViewer) -> dict[str, Any]:
    """A call as the banner tells it; one that somebody has answered is told in a line."""
    rings = call.state == CallState.RINGING
    nobody = call.employee_id is None and (not rings or not tells_of_answers(call.gate))
    about = _about(call, viewer, all_of_it=rings or not nobody)
    return {"call": call, "number": phone(call.number or call.caller), "nobody": nobody, **about}


def _about(call: Call, viewer: StaffViewer, *, all_of_it: bool) -> dict[str, Any]:
    """The client as this employee may see them, with the first promises due."""
    client = call.client
    if client is None or not Client.objects.visible_to(viewer).filter(pk=client.pk).exists():
        return {"client": None}
    if not all_of_it:
        return {"client": client.whole}
    whole = Client.objects.whole_of(client.pk).values("pk")
    cases = Case.objects.visible_to(viewer).filter(client__in=whole)
    running = Promise.objects.filter(
        case__in=cases, state__in=["running", "paused"], turn="ours", audience="both"
    )
    promises = list(running.select_related("case").order_by("due_at", "pk")[: MOST_PROMISES + 1])
    language = get_language() or "ru"
    return {
        "client": client.whole,
        "all_of_it": True,
        "promises": [
            {
                "case": one.case_id,
                "title": one.case.title,
                "words": one.words(language),
                "due": one.due_at,
            }
            for one in promises[:MOST_PROMISES]
        ],
        "more": len(promises) > MOST_PROMISES,
    }

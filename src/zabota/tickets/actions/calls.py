"""What a telephone exchange tells: a call rings, is answered, ends; one that nobody answered is a
request with the promise to call back.
"""

from datetime import datetime, timedelta
from typing import Final

from django.db import transaction
from django.db.models import Q
from django.utils import translation
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from zabota.cases.actions import touch_case
from zabota.clients.actions import add_client, add_contact
from zabota.clients.actions.clients import ClientFields
from zabota.clients.actions.points import normal_of
from zabota.clients.models import Client, Contact
from zabota.common.formats import phone
from zabota.journal.actions import lock_stream, record
from zabota.journal.models import Entry
from zabota.outreach.models import Gate
from zabota.people.access import StaffViewer
from zabota.people.firm import current_firm
from zabota.people.models import Employee
from zabota.people.refusal import Refused
from zabota.tickets.actions.held import lock_ticket
from zabota.tickets.actions.lines import keep_line
from zabota.tickets.actions.open import Missed, open_ticket
from zabota.tickets.calls import ANSWERED, ENDED, MISSED, RINGING, Notice
from zabota.tickets.entries import CALL_MISSED
from zabota.tickets.models import Call, CallState, Channel, RemarkKind, Ticket, TicketType
from zabota.tickets.reading.callers import employee_at, find_caller

HOUR: Final = timedelta(hours=1)
OVER: Final = (CallState.ENDED, CallState.MISSED)
CALL_BACK: Final = 30


@transaction.atomic
def hear_of_call(gate: Gate, notice: Notice, *, by: None, at: datetime) -> Call | None:
    """A notice of the exchange. What was told before changes nothing; what comes out of turn never
    turns a call back. None for what is no incoming call.
    """
    lock_stream(gate.stream_id)
    if not notice.call or not notice.meaning:
        return None
    call = Call.objects.filter(gate=gate, outer_id=notice.call).first()
    if call is None:
        number = normal_of("phone", notice.caller) if notice.caller else ""
        if employee_at(notice.caller) is not None:
            return None
        caller = find_caller(number)
        call = Call(
            gate=gate, outer_id=notice.call, caller=notice.caller, number=number,
            callee=notice.callee, client=caller.client, contact=caller.contact,
            employee=employee_at(notice.callee), state=CallState.RINGING, rang_at=at,
        )  # fmt: skip
    elif notice.callee and call.state == CallState.RINGING:
        _reach(call, notice)
    call.recording = call.recording or _web(notice.recording)
    if call.state not in OVER:
        _turn(call, notice.meaning, at)
    call.save()
    if call.state == CallState.MISSED and call.ticket_id is None:
        call.ticket = _missed(call, at)
        call.save(update_fields=["ticket"])
    return call


@transaction.atomic
def take_call(call: Call, *, by: StaffViewer, at: datetime) -> Call:
    """«Я ответил»: of a call to the main line whose exchange does not say who picked up. Where it
    does not tell of answers at all, it is under way from now on.
    """
    me = by.employee
    if not Call.objects.filter(pk=call.pk, employee=None).update(employee=me):
        call = Call.objects.select_related("employee__user").get(pk=call.pk)
        if call.employee is not None and call.employee_id != me.pk:
            said = _("%(name)s has this call already.") % {"name": call.employee.name}
            raise Refused("call_taken", said)
    if not tells_of_answers(call.gate):
        ringing = Call.objects.filter(pk=call.pk, state=CallState.RINGING)
        ringing.update(state=CallState.ANSWERED, answered_at=at)
    call.refresh_from_db()
    return call


@transaction.atomic
def write_down_call(call: Call, ticket: Ticket, *, by: StaffViewer, at: datetime) -> Call:
    """What was talked about stands in this request, with it the recording; whoever wrote it down
    had the call.
    """
    Call.objects.filter(pk=call.pk, ticket=None).update(ticket=ticket)
    Call.objects.filter(pk=call.pk, employee=None).update(employee=by.employee)
    return call


def forget_calls(entry: Entry, *, by: None, at: datetime) -> int:
    """What follows erasing a person: their calls name no number; how many there were stays."""
    theirs = Call.objects.filter(contact=entry.facts["contact"])
    return theirs.update(caller="", number="", recording="")


def _reach(call: Call, notice: Notice) -> None:
    """It rings at somebody else's now; or one of ours picked up what rang at the main line."""
    here = employee_at(notice.callee)
    if notice.meaning == RINGING or (notice.meaning == ANSWERED and here is not None):
        call.callee, call.employee = notice.callee, here


def _turn(call: Call, meaning: str, at: datetime) -> None:
    """How it stands after this; one that ended without having been answered was missed, where the
    exchange tells of answers.
    """
    if meaning == CallState.ANSWERED and call.answered_at is None:
        call.state, call.answered_at = CallState.ANSWERED, at
    unanswered = meaning == ENDED and call.answered_at is None and tells_of_answers(call.gate)
    if meaning == MISSED or unanswered:
        call.state, call.over_at = CallState.MISSED, at
    elif meaning == ENDED:
        call.state, call.over_at = CallState.ENDED, at


def tells_of_answers(gate: Gate) -> bool:
    """Whether this exchange says that a call was answered."""
    return bool(gate.options.get(CallState.ANSWERED))


def _web(address: str) -> str:
    return address if address.startswith(("https://", "http://")) else ""


def _missed(call: Call, at: datetime) -> Ticket | None:
    """One request for whoever calls again within the hour, and is not called back yet; calls that
    hide their numbers are taken for one caller's.
    """
    if not call.number and call.client is None:
        call.client = _hidden(call, at)
        call.save(update_fields=["client"])
    mine = Q() if call.number else Q(ticket__case__client=call.client)
    earlier = (
        Call.objects.filter(
            mine, number=call.number, rang_at__gt=at - HOUR, ticket__case__closed_at=None,
            state=CallState.MISSED, ticket__isnull=False,
        )
        .exclude(pk=call.pk)
        .order_by("-pk")
        .values_list("ticket", flat=True)
        .first()
    )  # fmt: skip
    if earlier is None:
        return _call_back(call, at)
    ticket, stream = lock_ticket(earlier)
    remark = keep_line(
        ticket, by=None, at=at, kind=RemarkKind.MISSED, side="theirs", audience="both",
        channel=Channel.CALL, text=_called(call), contact=call.contact,
    )  # fmt: skip
    touch_case(ticket.case, by=None, at=at)
    record(
        stream, CALL_MISSED, by=None, at=at, ticket=ticket.pk, remark=remark.pk, contact=None
    )  # fmt: skip
    return ticket


def _call_back(call: Call, at: datetime) -> Ticket | None:
    options = call.gate.options
    kinds = TicketType.objects.filter(closed_at=None).order_by("position", "pk")
    kind = kinds.filter(pk=options.get("kind")).first() or kinds.first()
    if kind is None:
        return None
    contact, client = call.contact, call.client
    if client is None:
        contact = _stranger(call, at)
        client = contact.client
        call.client, call.contact = client, contact
        call.save(update_fields=["client", "contact"])
    with translation.override(current_firm().language):
        title = gettext("Missed call") if call.number else gettext("Missed call, number hidden")
    return open_ticket(
        client,
        kind,
        _called(call),
        by=None,
        at=at,
        contact=contact,
        channel=Channel.CALL,
        title=title,
        owner=call.employee,
        missed=Missed(int(options.get("minutes") or CALL_BACK), hidden=not call.number),
    )


def _called(call: Call) -> str:
    """Which number called, in words of the firm's language."""
    with translation.override(current_firm().language):
        return phone(call.number) if call.number else gettext("Number hidden")


def _hidden(call: Call, at: datetime) -> Client:
    """The card that stands for whoever hides their number, until somebody learns who it was and
    gives it another name.
    """
    name = _called(call)
    known = Client.objects.filter(calls__number="", name=name, root=None)
    found = known.order_by("-pk").first()
    if found is not None:
        return found
    card: ClientFields = {"kind": "person", "name": name, "language": current_firm().language}
    return add_client(card, owner=_owner(call), by=None, at=at)


def _owner(call: Call) -> Employee:
    """Who answers for a stranger: whoever they called."""
    administrators = Employee.objects.working().filter(is_administrator=True)
    return call.employee or administrators.select_related("user").order_by("pk")[0]


def _stranger(call: Call, at: datetime) -> Contact:
    """A number nobody knows: whoever calls back learns whose it is."""
    owner = _owner(call)
    name = phone(call.number)
    card: ClientFields = {
        "kind": "person", "name": name, "phone": call.number, "language": current_firm().language,
    }  # fmt: skip
    client = add_client(card, owner=owner, by=None, at=at)
    return add_contact(client, name, by=None, at=at, phone=call.number)

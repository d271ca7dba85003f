"""Who may do what with a request."""

from datetime import datetime

from zabota.cases.models import PromiseState
from zabota.clients.access import RoomViewer
from zabota.clients.models import RoomRole
from zabota.clients.rules import may_refuse_client
from zabota.journal.models import Entry
from zabota.people.access import StaffViewer
from zabota.people.models import Employee
from zabota.people.rules import may_change_firm, may_manage_people
from zabota.tickets.models import Alarm, Drill, Ticket, TicketState

Viewer = StaffViewer | RoomViewer

WRITING_ROLES = (RoomRole.OWNER, RoomRole.EDITS)


def may_open_ticket(viewer: Viewer) -> bool:
    """Any employee writes down what a client asks; of a client, whoever is in the room."""
    return not viewer.read_only


def may_write_to_ticket(viewer: Viewer, ticket: Ticket) -> bool:
    """The client's people go on in their own thread, at any time: what is finished begins anew."""
    return (
        isinstance(viewer, RoomViewer)
        and not viewer.read_only
        and viewer.stands_for(ticket.case.client_id)
    )


def may_give_verdict(viewer: Viewer, ticket: Ticket) -> bool:
    """The client's person who was asked, while the request is finished."""
    return may_write_to_ticket(viewer, ticket) and ticket.case.state == TicketState.DONE


def may_answer_ticket(viewer: Viewer, ticket: Ticket) -> bool:
    """Whoever of ours sees a request may answer it at once, write a note or log a call."""
    return isinstance(viewer, StaffViewer) and not viewer.read_only


def may_watch_ticket(viewer: Viewer, ticket: Ticket) -> bool:
    """Whoever of ours sees a request may look on, and call a colleague to."""
    return may_answer_ticket(viewer, ticket)


def may_take_ticket(viewer: Viewer, ticket: Ticket) -> bool:
    """Whoever of ours sees an unfinished request and does not have it already; a colleague's, too:
    they are told.
    """
    return (
        isinstance(viewer, StaffViewer)
        and not viewer.read_only
        and ticket.case.state != TicketState.DONE
        and ticket.taken_by_id != viewer.employee.pk
    )


def may_give_ticket(viewer: Viewer, ticket: Ticket) -> bool:
    """Whoever answers for an unfinished request, leads whoever does, or sees every case gives it to
    a colleague.
    """
    if not isinstance(viewer, StaffViewer) or viewer.read_only:
        return False
    me, owner = viewer.employee, ticket.case.owner
    if ticket.case.state == TicketState.DONE or ticket.case.root_id is not None:
        return False
    return me.sees_all or owner.pk == me.pk or owner.lead_id == me.pk


def may_take_up_alarm(viewer: Viewer, alarm: Alarm) -> bool:
    """Whoever was told of an escalation, and who sees every case, until somebody has it in hand."""
    if not isinstance(viewer, StaffViewer) or viewer.read_only or alarm.taken_at is not None:
        return False
    told = alarm.promise.holders.filter(employee=viewer.employee)
    return viewer.employee.sees_all or told.exists()


def may_end_ticket(viewer: Viewer, ticket: Ticket) -> bool:
    """Whoever may answer, while it is not finished."""
    return may_answer_ticket(viewer, ticket) and ticket.case.state != TicketState.DONE


def may_change_priority(viewer: Viewer, ticket: Ticket) -> bool:
    """Whoever may answer, while it is not finished."""
    return may_end_ticket(viewer, ticket)


def may_change_kind(viewer: Viewer, ticket: Ticket) -> bool:
    """Whoever may answer, while it is not finished."""
    return may_end_ticket(viewer, ticket)


def may_give_to_team(viewer: Viewer, ticket: Ticket) -> bool:
    """Whoever may answer, while it is not finished."""
    return may_end_ticket(viewer, ticket)


def may_use_macros(viewer: Viewer) -> bool:
    """Any employee keeps answers ready, and gives the firm's."""
    return isinstance(viewer, StaffViewer) and not viewer.read_only


def may_set_macro(viewer: Viewer, owner: Employee | None, at: datetime) -> bool:
    """One's own; the firm's, which have no owner, whoever may change the firm."""
    if not isinstance(viewer, StaffViewer) or viewer.read_only:
        return False
    return may_change_firm(viewer.user, at) if owner is None else owner.pk == viewer.employee.pk


def may_write_articles(viewer: Viewer, at: datetime) -> bool:
    """Whoever may change the firm writes, publishes and withdraws articles."""
    return (
        isinstance(viewer, StaffViewer)
        and not viewer.read_only
        and may_change_firm(viewer.user, at)
    )


def may_say_helped(viewer: Viewer) -> bool:
    """Whoever may read an article, unless they only look on."""
    return not viewer.read_only


def may_snooze_ticket(viewer: Viewer, ticket: Ticket) -> bool:
    """Whoever has it, while it is not finished."""
    return (
        isinstance(viewer, StaffViewer)
        and may_end_ticket(viewer, ticket)
        and ticket.taken_by_id == viewer.employee.pk
    )


def may_refuse_ticket(viewer: Viewer, ticket: Ticket, at: datetime) -> bool:
    """Whoever may change the card of somebody nobody knew, whose letter made it, while it is all
    that came from them and nobody has answered.
    """
    client, contact = ticket.case.client, ticket.contact
    if not isinstance(viewer, StaffViewer) or not may_end_ticket(viewer, ticket):
        return False
    alone = client.kind == "person" and contact is not None and contact.user_id is None
    if not alone or ticket.reply.state == PromiseState.KEPT or client.refused_at is not None:
        return False
    made = Entry.objects.filter(stream=client.stream_id).order_by("seq").first()
    by_letter = made is not None and made.actor_id is None
    others = client.cases.exclude(pk=ticket.pk).exists()
    return by_letter and not others and may_refuse_client(viewer.user, client, at)


def may_accept_ticket(viewer: Viewer, ticket: Ticket, at: datetime) -> bool:
    """Whoever may change the card, where it was said to be no client’s."""
    client = ticket.case.client
    return (
        isinstance(viewer, StaffViewer)
        and may_answer_ticket(viewer, ticket)
        and ticket.case.state == TicketState.DONE
        and client.refused_at is not None
        and may_refuse_client(viewer.user, client, at)
    )


def may_merge_tickets(viewer: Viewer, ticket: Ticket) -> bool:
    """Whoever of ours sees both requests may make them one, split one, and take either back."""
    return may_answer_ticket(viewer, ticket)


def may_lead_drills(viewer: Viewer, at: datetime) -> bool:
    """Whoever leads somebody, or manages people, makes exercises of past requests and has them
    played.
    """
    if not isinstance(viewer, StaffViewer) or viewer.read_only:
        return False
    leads = Employee.objects.working().filter(lead=viewer.employee)
    return may_manage_people(viewer.user, at) or leads.exists()


def may_make_exercise(viewer: Viewer, ticket: Ticket, at: datetime) -> bool:
    """Whoever leads drills and sees the request, once it is finished."""
    return (
        ticket.case.state == TicketState.DONE
        and bool(ticket.outcome)
        and may_lead_drills(viewer, at)
    )


def may_drill(viewer: Viewer, employee: Employee, at: datetime) -> bool:
    """Whoever leads this colleague, or manages people; one plays no exercise of one's own."""
    if not isinstance(viewer, StaffViewer) or employee.pk == viewer.employee.pk:
        return False
    led = employee.lead_id == viewer.employee.pk and not viewer.read_only
    return led or (not viewer.read_only and may_manage_people(viewer.user, at))


def may_play_drill(viewer: Viewer, drill: Drill) -> bool:
    """Whom it came to, until it is over."""
    return (
        isinstance(viewer, StaffViewer)
        and not viewer.read_only
        and drill.employee_id == viewer.employee.pk
        and drill.is_under_way
    )


def may_score_drill(viewer: Viewer, drill: Drill, at: datetime) -> bool:
    """Whoever planned it or may drill this colleague, once it is played."""
    if not isinstance(viewer, StaffViewer) or drill.employee_id == viewer.employee.pk:
        return False
    planned = drill.planned_by_id == viewer.user.pk and not viewer.read_only
    played = drill.ended_at is not None and drill.scored_at is None
    return played and (planned or may_drill(viewer, drill.employee, at))


def may_cancel_drill(viewer: Viewer, drill: Drill, at: datetime) -> bool:
    """Whoever planned it or may drill this colleague, until it is played."""
    over = drill.ended_at or drill.missed_at or drill.cancelled_at
    if over is not None or not isinstance(viewer, StaffViewer):
        return False
    planned = drill.planned_by_id == viewer.user.pk and not viewer.read_only
    return planned or may_drill(viewer, drill.employee, at)


def may_take_up_suggestion(viewer: Viewer, ticket: Ticket) -> bool:
    """Whoever may answer, while it is a suggestion that is neither finished nor taken up."""
    return (
        may_end_ticket(viewer, ticket) and ticket.type.is_suggestion and ticket.taken_up_at is None
    )

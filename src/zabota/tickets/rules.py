"""Who may do what with a request."""

from zabota.clients.access import RoomViewer
from zabota.clients.models import RoomRole
from zabota.people.access import StaffViewer
from zabota.tickets.models import Ticket, TicketState

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


def may_end_ticket(viewer: Viewer, ticket: Ticket) -> bool:
    """Whoever may answer, while it is not finished."""
    return may_answer_ticket(viewer, ticket) and ticket.case.state != TicketState.DONE


def may_change_priority(viewer: Viewer, ticket: Ticket) -> bool:
    """Whoever may answer, while it is not finished."""
    return may_end_ticket(viewer, ticket)


def may_snooze_ticket(viewer: Viewer, ticket: Ticket) -> bool:
    """Whoever has it, while it is not finished."""
    return (
        isinstance(viewer, StaffViewer)
        and may_end_ticket(viewer, ticket)
        and ticket.taken_by_id == viewer.employee.pk
    )


def may_merge_tickets(viewer: Viewer, ticket: Ticket) -> bool:
    """Whoever of ours sees both requests may make them one, split one, and take either back."""
    return may_answer_ticket(viewer, ticket)

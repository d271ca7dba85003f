"""Who may do what with orders, payments and delays, and see what is owed."""

from datetime import datetime

from zabota.cases.models import Case, Viewer
from zabota.clients.access import RoomViewer
from zabota.clients.models import Client, Contact, RoomRole
from zabota.clients.rules import is_room_owner, may_change_client
from zabota.orders.models import Act, ActState, Delay, DelayState, Order, OrderState, Source
from zabota.people.access import StaffViewer
from zabota.people.models import PowerKind
from zabota.people.rules import has_power

CHOOSING = (RoomRole.OWNER, RoomRole.EDITS)


def may_place_order(viewer: Viewer, client: Client, at: datetime) -> bool:
    """Our employee who answers for the client, or anybody of ours with the power over clients."""
    return (
        isinstance(viewer, StaffViewer)
        and not viewer.read_only
        and may_change_client(viewer.user, client, at)
    )


def may_change_order(viewer: Viewer, case: Case, at: datetime) -> bool:
    """Whoever answers for an order that is under way, or might have placed it."""
    if not isinstance(viewer, StaffViewer) or viewer.read_only:
        return False
    if case.state == OrderState.CANCELLED:
        return False
    return case.owner_id == viewer.employee.pk or may_place_order(viewer, case.client, at)


def may_change_lines(viewer: Viewer, order: Order, at: datetime) -> bool:
    """Of an order placed by hand, until it is a purchase; others change where they came from."""
    return (
        order.source == Source.HAND
        and order.purchase_id is None
        and order.case.state == OrderState.OPEN
        and may_change_order(viewer, order.case, at)
    )


def may_handle_payments(viewer: Viewer, at: datetime) -> bool:
    """Payments, statements of banks and on what terms clients pay: by the power over clients."""
    return (
        isinstance(viewer, StaffViewer)
        and not viewer.read_only
        and has_power(viewer.employee, PowerKind.CLIENTS, at)
    )


def may_choose_on_delay(viewer: Viewer, delay: Delay) -> bool:
    """The client's people who may change things there, while they are asked."""
    return (
        isinstance(viewer, RoomViewer)
        and not viewer.read_only
        and delay.case.state == DelayState.ASKED
        and viewer.stands_for(delay.case.client_id)
        and viewer.contact.role in CHOOSING
    )


def may_settle_delay(viewer: Viewer, delay: Delay, at: datetime) -> bool:
    """Whoever may change the order, once the client has chosen."""
    return delay.case.state == DelayState.CHOSEN and may_change_order(viewer, delay.order.case, at)


def may_see_debt(viewer: Viewer, client: Client) -> bool:
    """Of ours, anybody who knows the client; in the room its owner, and whom they let see it."""
    if isinstance(viewer, StaffViewer):
        return True
    if viewer.looking_on:
        return False
    contact: Contact = viewer.contact
    return viewer.stands_for(client.pk) and (contact.sees_debt or contact.role == RoomRole.OWNER)


def may_let_see_debt(viewer: Viewer, contact: Contact, at: datetime) -> bool:
    """On the client's side the owner of the room decides who sees the company's debt."""
    return (
        isinstance(viewer, RoomViewer)
        and not viewer.read_only
        and is_room_owner(viewer.user, contact.client)
    )


def may_ask_act(viewer: Viewer, client: Client) -> bool:
    """Whoever sees the debt in the room asks for an act of reconciliation."""
    return isinstance(viewer, RoomViewer) and not viewer.read_only and may_see_debt(viewer, client)


def may_make_act(viewer: Viewer, act: Act, at: datetime) -> bool:
    """Whoever of ours has it, or handles payments, until it is made."""
    if not isinstance(viewer, StaffViewer) or viewer.read_only:
        return False
    if act.case.state == ActState.DONE:
        return False
    return act.case.owner_id == viewer.employee.pk or may_handle_payments(viewer, at)


def may_see_promised_report(viewer: Viewer) -> bool:
    """What was promised and what is so, in sum: whoever sees every case."""
    return isinstance(viewer, StaffViewer) and viewer.employee.sees_all

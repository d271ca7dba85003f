"""Two requests of one client are one, and two again."""

from datetime import datetime, timedelta
from typing import Final

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from zabota.cases.actions import hold_together, undo_link
from zabota.cases.models import Case, Link, LinkKind
from zabota.clients.models import Client
from zabota.journal.actions import record
from zabota.journal.models import Stream
from zabota.people.access import StaffViewer
from zabota.people.refusal import Refused
from zabota.tickets.actions.held import lay_hands, lay_merged, lock_ticket, take_back_hands
from zabota.tickets.actions.news import promise_what_lacks
from zabota.tickets.entries import MERGED, MERGED_INTO, PARTED
from zabota.tickets.models import Ticket, TicketState
from zabota.tickets.rules import may_merge_tickets

# What ended longer ago than this is over: the client would not know it again.
LONG_AGO: Final = timedelta(days=14)


@transaction.atomic
def merge_tickets(stays: Ticket, goes: Ticket, *, by: StaffViewer, at: datetime) -> Link:
    """From now on `goes` is `stays`: one thread, one page, one answer; the client is told so.

    Only `Case.root` says it: no line, no promise is touched. What was promised in either runs on
    and is kept by the same answer; letters to either arrive in the one that stands.
    """
    held = hold_together(stays.pk, goes.pk)
    if len(held) < 2:
        raise Refused("same_ticket", _("Choose another request."))
    stays, goes = _fresh(stays.pk), _fresh(goes.pk)
    if not (may_merge_tickets(by, stays) and may_merge_tickets(by, goes)):
        raise PermissionDenied
    _check(stays, goes, at)
    link = Link.objects.create(
        one=goes.case, other=stays.case, kind=LinkKind.MERGED, by=by.user, at=at
    )
    Case.objects.filter(pk=goes.pk).update(root=stays.pk)
    lay_merged(stays, by=by, at=at)
    told = {"by": by.user.pk, "at": at, "ticket": stays.pk}
    number, contact = goes.case.number, stays.contact_id
    record(held[stays.pk].stream, MERGED, **told, number=number, contact=contact, also=_also(goes))
    record(held[goes.pk].stream, MERGED_INTO, **told, number=stays.case.number)
    return link


@transaction.atomic
def part_tickets(link: Link, *, by: StaffViewer, at: datetime) -> Ticket:
    """They are two again, each with everything it had; what was said since stays where it was
    said.
    """
    stays, goes, stream = _locked(link)
    if link.kind != LinkKind.MERGED:
        raise ValueError(f"{link.kind} is no merging")
    if not may_merge_tickets(by, stays):
        raise PermissionDenied
    if not goes.remarks.exists():
        raise Refused("empty", _("Nothing is said in it by itself: split lines off instead."))
    undo_link(link, by=by.user, at=at)
    Case.objects.filter(pk=goes.pk).update(root=None)
    if promise_what_lacks(goes, by=by, at=at):
        lay_hands(goes, by=by, at=at)
    take_back_hands(goes, by=by, at=at)
    take_back_hands(stays, by=by, at=at)
    number, contact = goes.case.number, stays.contact_id
    record(
        stream, PARTED, by=by.user.pk, at=at,
        ticket=stays.pk, number=number, contact=contact, also=_also(goes),
    )  # fmt: skip
    record(goes.case.stream, PARTED, by=by.user.pk, at=at, ticket=goes.pk, number=number)
    return _fresh(goes.pk)


def _check(stays: Ticket, goes: Ticket, at: datetime) -> None:
    """Refused where they cannot be one."""
    whole = Client.objects.whole_of(stays.case.client_id)
    if not whole.filter(pk=goes.case.client_id).exists():
        raise Refused("two_clients", _("They are of two clients. Are the clients one? Merge them."))
    if stays.case.root_id is not None or goes.case.root_id is not None:
        raise Refused("merged", _("One of them was merged into another one already."))
    if goes.case.merged.exists():
        raise Refused(
            "took_in", _("Others were merged into it: let it stand and merge this one into it.")
        )
    if stays.case.state == TicketState.DONE:
        raise Refused("finished", _("It is finished: let the other one stand."))
    closed = goes.case.closed_at
    if closed is not None and closed < at - LONG_AGO:
        raise Refused("long_ago", _("It ended long ago. Link them instead."))


def _also(goes: Ticket) -> list[int]:
    """Whoever else asked hears it, too."""
    return [goes.contact_id] if goes.contact_id else []


def _fresh(pk: int) -> Ticket:
    related = ("case__client", "case__owner", "reply", "solution", "news", "taken_by")
    return Ticket.objects.select_related(*related).get(pk=pk)


def _locked(link: Link) -> tuple[Ticket, Ticket, Stream]:
    """The one that stands and the merged one itself, with the stream of the first; both are
    locked.
    """
    hold_together(link.one_id, link.other_id)
    stays, stream = lock_ticket(link.other_id)
    related = ("case__stream", "case__owner", "case__client", "reply", "solution", "news")
    return stays, Ticket.objects.select_related(*related).get(pk=link.one_id), stream

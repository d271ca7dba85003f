"""Two requests of one client are one, and two again."""

from datetime import datetime, timedelta
from typing import Final

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import F, Q
from django.db.models.functions import Coalesce
from django.utils.translation import gettext_lazy as _

from zabota.cases.actions import hold_together, undo_link
from zabota.cases.models import Case, Link, LinkKind
from zabota.clients.models import Client
from zabota.journal.actions import record
from zabota.journal.models import Entry, Stream
from zabota.people.access import StaffViewer
from zabota.people.models import User
from zabota.people.refusal import Refused
from zabota.tickets.actions.held import lay_hands, lay_merged, lock_ticket, take_back_hands
from zabota.tickets.actions.lines import gather_words
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
    gather_words([stays.pk, goes.pk], by=by, at=at)
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
    _part(link, stays, goes, by=by.user, at=at)
    number, contact = goes.case.number, stays.contact_id
    record(
        stream, PARTED, by=by.user.pk, at=at,
        ticket=stays.pk, number=number, contact=contact, also=_also(goes),
    )  # fmt: skip
    record(goes.case.stream, PARTED, by=by.user.pk, at=at, ticket=goes.pk, number=number)
    return _fresh(goes.pk)


def part_of_two_clients(entry: Entry, *, by: None, at: datetime) -> int:
    """Two cards are two clients again: of their requests that were made one meanwhile each goes on
    with its own client, who hears so. Says how many were parted.
    """
    cards = Client.objects.whole_of(entry.facts["client"]).values("pk")
    merged = Link.objects.filter(kind=LinkKind.MERGED, undone_at=None).alias(
        one_client=Coalesce("one__client__root", "one__client"),
        other_client=Coalesce("other__client__root", "other__client"),
    )
    theirs = merged.filter(Q(one__client__in=cards) | Q(other__client__in=cards))
    apart = theirs.exclude(one_client=F("other_client")).order_by("pk")
    return sum(_part_by_itself(link, at) for link in apart)


@transaction.atomic
def _part_by_itself(link: Link, at: datetime) -> int:
    stays, goes, stream = _locked(link)
    if not Link.objects.filter(pk=link.pk, undone_at=None).exists():
        return 0
    _part(link, stays, goes, by=None, at=at)
    pairs = ((stream, stays, goes), (goes.case.stream, goes, stays))
    for history, own, other in pairs:
        record(
            history, PARTED, by=None, at=at,
            ticket=own.pk, number=other.case.number, contact=own.contact_id,
        )  # fmt: skip
    return 1


def _part(link: Link, stays: Ticket, goes: Ticket, *, by: User | None, at: datetime) -> None:
    undo_link(link, by=by, at=at)
    Case.objects.filter(pk=goes.pk).update(root=None)
    gather_words([stays.pk, goes.pk], by=by, at=at)
    if promise_what_lacks(goes, by=by, at=at):
        lay_hands(goes, by=by, at=at)
    take_back_hands(goes, by=by, at=at)
    take_back_hands(stays, by=by, at=at)


def _check(stays: Ticket, goes: Ticket, at: datetime) -> None:
    """Refused where they cannot be one."""
    if stays.case.client_id != goes.case.client_id and not _are_one(stays, goes):
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


def _are_one(stays: Ticket, goes: Ticket) -> bool:
    """Whether two cards are one client; held, so that they stay so until this is done."""
    cards = sorted((stays.case.client_id, goes.case.client_id))
    held = Client.objects.select_for_update(of=("self",), no_key=True).filter(pk__in=cards)
    return len({one.whole_id for one in held.order_by("stream")}) == 1


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

"""A part of a request leaves into one of its own, and comes back."""

from collections.abc import Collection
from datetime import datetime

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from zabota.cases.actions import keep_promise, store_promises, undo_link
from zabota.cases.models import Case, Link, LinkKind
from zabota.journal.actions import record
from zabota.journal.models import Stream
from zabota.people.access import StaffViewer
from zabota.people.refusal import Refused
from zabota.tickets.actions.held import dues, lay_hands, lay_merged, lock_ticket
from zabota.tickets.actions.lines import gather_words
from zabota.tickets.actions.news import promise_news
from zabota.tickets.actions.open import lay_promises, open_case_of
from zabota.tickets.actions.words import excerpt
from zabota.tickets.entries import SPLIT, SPLIT_FROM, SPLIT_UNDONE
from zabota.tickets.models import (
    Remark,
    RemarkKind,
    ServiceLevel,
    Ticket,
    TicketState,
    TicketType,
)
from zabota.tickets.rules import may_merge_tickets

ANSWERS = (RemarkKind.WORDS, RemarkKind.CALL)


@transaction.atomic
def split_ticket(
    ticket: Ticket,
    remarks: Collection[int],
    kind: TicketType,
    title: str,
    *,
    by: StaffViewer,
    at: datetime,
) -> Ticket:
    """These lines leave into a request of their own; the client is told, and sees both.

    Its clocks run from the moment those words came, and only an answer that leaves with them
    settles the first reply: splitting never hides that we are late.
    """
    ticket, stream = lock_ticket(ticket.pk)
    if not may_merge_tickets(by, ticket):
        raise PermissionDenied
    chosen = _chosen(ticket, remarks)
    first = next(one for one in chosen if one.side == "theirs")
    made = _own_request(ticket, chosen, kind, title or first.text, by=by, at=at)
    leave = [one.pk for one in chosen]
    kept = {"remarks": leave, "said": ticket.said}
    Link.objects.create(
        one=made.case, other=ticket.case, kind=LinkKind.SPLIT, kept=kept, by=by.user, at=at
    )
    Remark.objects.filter(pk__in=leave).update(ticket=made)
    _say_last(ticket)
    gather_words([ticket.pk, made.pk], by=by, at=at)
    number = made.case.number
    record(
        stream, SPLIT, by=by.user.pk, at=at,
        ticket=ticket.pk, number=number, contact=ticket.contact_id,
    )  # fmt: skip
    record(
        made.case.stream, SPLIT_FROM, by=by.user.pk, at=at,
        ticket=made.pk, number=ticket.case.number, reply_due=dues(made.reply),
    )  # fmt: skip
    return made


@transaction.atomic
def undo_split(link: Link, *, by: StaffViewer, at: datetime) -> Ticket:
    """The lines stand where they stood; what was said since in the request of their own is read
    with them, and letters to it arrive here: it is merged into the one it came from.
    """
    if link.kind != LinkKind.SPLIT:
        raise ValueError(f"{link.kind} is no split")
    Stream.objects.select_for_update().get(case=link.one_id)
    ticket, stream = lock_ticket(link.other_id)
    if not may_merge_tickets(by, ticket):
        raise PermissionDenied
    made = Case.objects.select_related("stream").get(pk=link.one_id)
    if ticket.pk != link.other_id or made.root_id is not None or made.merged.exists():
        raise Refused("merged", _("One of them was merged meanwhile: part them first."))
    if ticket.case.state == TicketState.DONE and made.closed_at is None:
        raise Refused("finished", _("This one is finished; what was split off is not."))
    undo_link(link, by=by.user, at=at)
    Remark.objects.filter(pk__in=link.kept["remarks"], ticket=made.pk).update(ticket=ticket)
    Ticket.objects.filter(pk=ticket.pk).update(said=link.kept["said"])
    Link.objects.create(one=made, other=ticket.case, kind=LinkKind.MERGED, by=by.user, at=at)
    Case.objects.filter(pk=made.pk).update(root=ticket.pk)
    lay_merged(ticket, by=by, at=at)
    gather_words([ticket.pk, made.pk], by=by, at=at)
    record(
        stream, SPLIT_UNDONE, by=by.user.pk, at=at,
        ticket=ticket.pk, number=made.number, contact=ticket.contact_id,
    )  # fmt: skip
    return ticket


def _chosen(ticket: Ticket, remarks: Collection[int]) -> list[Remark]:
    """The lines that leave: some words of the client's among them, the first line not."""
    lines = list(Remark.objects.filter(ticket=ticket).order_by("made_at", "pk"))
    chosen = [one for one in lines if one.pk in set(remarks)]
    if not any(one.side == "theirs" for one in chosen):
        raise Refused("no_words", _("Choose what the client wrote that is another matter."))
    if any(one.kind == RemarkKind.ENDING for one in chosen):
        raise Refused("ending", _("How it ended stays where it ended."))
    if not any(one.side == "theirs" for one in lines if one not in chosen):
        raise Refused("all", _("Something the client wrote has to stay here."))
    return chosen


def _own_request(
    ticket: Ticket,
    chosen: list[Remark],
    kind: TicketType,
    title: str,
    *,
    by: StaffViewer,
    at: datetime,
) -> Ticket:
    first = next(one for one in chosen if one.side == "theirs")
    level = ServiceLevel.objects.get(priority=kind.priority)
    owner = ticket.taken_by or ticket.case.owner
    case = open_case_of(ticket.case.client, owner, title, by=by, at=at)
    reply, solution = lay_promises(case, level, by=by, at=first.made_at)
    made = Ticket.objects.create(
        case=case,
        type=kind,
        priority=level.priority,
        channel=first.channel,
        contact=first.contact or ticket.contact,
        team=ticket.team,
        taken_by=ticket.taken_by,
        taken_at=at if ticket.taken_by_id else None,
        reply=reply,
        solution=solution,
        said=excerpt(_last_words(chosen), 200),
    )
    answered = [one for one in chosen if _answers(one) and one.made_at >= first.made_at]
    if answered:
        store_promises([keep_promise(reply, by=by, at=answered[0].made_at)])
        promise_news(made, by=by, at=answered[-1].made_at)
    if answered or ticket.taken_by_id:
        case.state = TicketState.OPEN
        case.save(update_fields=["state"])
    lay_hands(made, by=by, at=at)
    return made


def _answers(remark: Remark) -> bool:
    return remark.side == "ours" and remark.kind in ANSWERS


def _last_words(lines: list[Remark]) -> str:
    return [one.text for one in lines if one.side == "theirs"][-1]


def _say_last(ticket: Ticket) -> None:
    """The list shows the client's last words that are still here."""
    lines = list(Remark.objects.filter(ticket=ticket).order_by("made_at", "pk"))
    Ticket.objects.filter(pk=ticket.pk).update(said=excerpt(_last_words(lines), 200))

"""Finding a request for a viewer; saying what is wrong with words."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Q, QuerySet
from django.http import Http404, HttpRequest
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from zabota.cases.models import seen_by, seen_by_us
from zabota.clients.access import RoomViewer
from zabota.common.questions import One, Question
from zabota.people.access import StaffRequest
from zabota.people.models import Firm
from zabota.tickets.actions.words import TooLong
from zabota.tickets.models import Ticket
from zabota.tickets.rules import Viewer


@dataclass(frozen=True)
class Place:
    """A request before a viewer."""

    ticket: Ticket
    viewer: Viewer
    firm: Firm

    @property
    def in_room(self) -> bool:
        return isinstance(self.viewer, RoomViewer)

    @property
    def base(self) -> str:
        return f"/{'room' if self.in_room else 'desk'}/tickets/{self.ticket.pk}/"


def find_place(request: HttpRequest, pk: int) -> Place:
    """The request, if this viewer may know of it; else 404. What was merged is the one it is now.
    In the room one stands for its company.
    """
    viewer: Viewer = request.viewer  # type: ignore[attr-defined]
    found = list(_found(pk, viewer))
    if not found:
        raise Http404
    (ticket,) = found
    if ticket.case.root_id is not None:
        return find_place(request, ticket.case.root_id)
    if isinstance(viewer, RoomViewer):
        viewer = viewer.standing_for(ticket.case.client_id)
        request.viewer = viewer  # type: ignore[attr-defined]
    return Place(ticket, viewer, request.firm)  # type: ignore[attr-defined]


def _of(seen: Q, pk: int) -> QuerySet[Ticket]:
    return Ticket.objects.select_related(
        "case__client", "case__owner__user", "case__stream", "contact__user", "reply",
        "solution", "news", "taken_by__user", "taken_by__team", "taken_by__photo", "team", "type",
        "place", "received_by",
    ).filter(seen, pk=pk)  # fmt: skip


def _found(pk: int, viewer: Viewer) -> Iterable[Ticket]:
    if isinstance(viewer, RoomViewer):
        return _of(seen_by(viewer, "case__"), pk)
    me = viewer.employee
    return _of_all(pk=pk) if me.sees_all else _of_mine(pk=pk, me=me.pk)


# Every page of a request asks this, and every press on it.
_of_all = Question(lambda pk: _of(seen_by_us(None, "case__"), pk), pk=One())
_of_mine = Question(lambda pk, me: _of(seen_by_us(me, "case__"), pk), pk=One(), me=One())


def known_ticket(request: StaffRequest, pk: int) -> Ticket:
    """The request somebody of ours pressed a button of, if they may know of it; else 404. No more
    of it than which one: the action reads it anew under its lock.
    """
    me = request.viewer.employee
    found = _known(pk=pk) if me.sees_all else _known_to(pk=pk, me=me.pk)
    return found[0] if found else find_place(request, pk).ticket


def _which(pk: int, me: int | None = None) -> QuerySet[Ticket]:
    return Ticket.objects.filter(seen_by_us(me, "case__"), pk=pk, case__root=None).only("case")


_known = Question(_which, pk=One())
_known_to = Question(_which, pk=One(), me=One())


def typed_words(request: HttpRequest) -> str:
    """What was typed; a browser counts a line's end as one character, and sends two."""
    return request.POST.get("text", "").replace("\r\n", "\n")


def empty_words() -> str:
    """Nothing was written."""
    return _("There is nothing written yet.")


def too_long_words() -> str:
    """More was written than fits."""
    limit = TooLong.limit
    words = ngettext(
        "A message may have %(limit)d character at most.",
        "A message may have %(limit)d characters at most.",
        limit,
    )
    return words % {"limit": limit}

"""Finding a hold for a viewer, and laying its line."""

from dataclasses import dataclass
from datetime import datetime

from django.http import Http404, HttpRequest
from django.shortcuts import get_object_or_404

from zabota.clients.access import RoomViewer
from zabota.home.reading.holds import ShownLine, lay_holds, show_line
from zabota.orders.models import Hold, HoldRule
from zabota.orders.reading.hold_rule import hold_rule
from zabota.orders.timeline import Ends, Line
from zabota.people.firm import calendar_of, current_firm


@dataclass(frozen=True)
class Laid:
    """A hold's line as it is now and as it is shown, by which rule."""

    line: Line
    shown: ShownLine
    rule: HoldRule


def find_hold(request: HttpRequest, pk: int) -> Hold:
    """The hold, if this viewer may know of it; else 404. In the room one stands for its company."""
    viewer = request.viewer  # type: ignore[attr-defined]
    visible = Hold.objects.visible_to(viewer).select_related(
        "case__client__root", "case__owner__user", "case__stream", "invoice__order__case", "store",
        "kept", "rescue", "agreement", "client_said_by",
    )  # fmt: skip
    hold: Hold = get_object_or_404(visible, pk=pk)
    if isinstance(viewer, RoomViewer):
        if hold.case.client_id not in viewer.client_ids:
            raise Http404
        request.viewer = viewer.standing_for(hold.case.client_id)  # type: ignore[attr-defined]
    return hold


def ends_of(hold: Hold) -> Ends:
    """What the line of a hold is compared with."""
    return Ends(hold.until, hold.invoice.valid_until, hold.case.needed_by)


def lay(hold: Hold, *, at: datetime) -> Laid:
    """Its line now."""
    rule, calendar = hold_rule(), calendar_of(current_firm())
    line = lay_holds([hold], rule, calendar, at=at)[hold.pk]
    return Laid(line, show_line(line, ends_of(hold), calendar, at=at), rule)

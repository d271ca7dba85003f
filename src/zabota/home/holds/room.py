"""Goods kept for the client, in their room: until when, for longer by a tap, their own date."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from zabota.clients.access import RoomRequest, room_page
from zabota.common import clock
from zabota.home.holds.common import find_hold
from zabota.home.reading.holds.page import read_page
from zabota.home.reading.room_holds import read_room_holds
from zabota.orders.actions.holds import prolong_own_hold, release_hold, say_own_date
from zabota.orders.forms.holds import SaidForm
from zabota.orders.models import Hold
from zabota.orders.reading.hold_rule import firm_day, hold_rule, limits_of
from zabota.orders.rules import may_prolong_own, may_release_hold, may_say_own_date
from zabota.orders.timeline import prolonged
from zabota.people.pages import pressed


@require_GET
@room_page
def room_holds(request: RoomRequest) -> HttpResponse:
    """What is kept for the company."""
    holds = read_room_holds(request.viewer, at=clock.now())
    return render(request, "home/portal/holds.html", {"holds": holds})


@require_GET
@room_page
def room_hold(request: RoomRequest, pk: int) -> HttpResponse:
    """One hold, as it was promised."""
    hold = find_hold(request, pk)
    return render(request, "home/portal/hold.html", _context(request, hold, SaidForm()))


@require_POST
@room_page
def room_hold_prolong(request: RoomRequest, pk: int) -> HttpResponse:
    """For longer, by one tap."""
    hold = find_hold(request, pk)
    return pressed(
        request,
        lambda: prolong_own_hold(hold, by=request.viewer, at=clock.now()),
        _("It is kept for you for longer."),
        _page(hold),
    )


@require_POST
@room_page
def room_hold_said(request: RoomRequest, pk: int) -> HttpResponse:
    """By when the client's own approval is there."""
    hold, form = find_hold(request, pk), SaidForm(request.POST)
    if not form.is_valid():
        return render(request, "home/portal/hold.html", _context(request, hold, form), status=422)
    return pressed(
        request,
        lambda: say_own_date(hold, form.value(), by=request.viewer, at=clock.now()),
        _("Thank you: we look whether it is kept long enough."),
        _page(hold),
    )


@require_POST
@room_page
def room_hold_release(request: RoomRequest, pk: int) -> HttpResponse:
    """The client needs it no more."""
    hold = find_hold(request, pk)
    return pressed(
        request,
        lambda: release_hold(hold, "", by=request.viewer, at=clock.now()),
        _("The goods are free again. Thank you for telling us."),
        _page(hold),
    )


def _page(hold: Hold) -> str:
    return f"/room/orders/holds/{hold.pk}/"


def _context(request: RoomRequest, hold: Hold, form: SaidForm) -> dict[str, Any]:
    at, viewer = clock.now(), request.viewer
    limits, today = limits_of(hold_rule()), firm_day(at)
    further = prolonged(hold.until, hold.begun_on, limits.client_days, limits)
    says = may_say_own_date(viewer, hold)
    if says and not form.is_bound:
        form.initial = {"day": hold.client_until}
    return {
        "hold": hold,
        "case": hold.case,
        "page": read_page(hold, viewer, at=at),
        "form": form if says else None,
        "may_prolong": may_prolong_own(viewer, hold, limits, today),
        "further": further,
        "days": (further - hold.until).days,
        "left": max(0, limits.client_times - hold.own_times),
        "too_early": hold.ended_at is None
        and hold.client_until is not None
        and hold.client_until > hold.until,
        "may_release": may_release_hold(viewer, hold),
    }

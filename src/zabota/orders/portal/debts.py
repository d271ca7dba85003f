"""Debt and deferral in the room, for those whom its owner lets see them; acts of reconciliation."""

from datetime import date

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET, require_POST

from zabota.clients.access import RoomRequest, room_page
from zabota.clients.models import Contact, RoomRole
from zabota.clients.rules import is_room_owner
from zabota.common import clock
from zabota.common.files import read_file
from zabota.common.sending import sent_file
from zabota.orders import actions
from zabota.orders.forms.orders import PeriodForm
from zabota.orders.models import Act
from zabota.orders.reading.found import found_act
from zabota.orders.reading.ledger import read_debt
from zabota.orders.rules.orders import may_ask_act, may_see_debt
from zabota.people.firm import zone_of
from zabota.people.pages import form_page, pressed, tried
from zabota.people.rules import demand

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@require_GET
@room_page
def debt_page(request: RoomRequest) -> HttpResponse:
    """What is owed and until when; acts; who else of the company sees it."""
    today = _today(request)
    return _page(request, PeriodForm(initial={"since": date(today.year, 1, 1), "until": today}))


def _today(request: RoomRequest) -> date:
    return clock.now().astimezone(zone_of(request.firm)).date()


def _page(request: RoomRequest, form: PeriodForm) -> HttpResponse:
    viewer, today = request.viewer, _today(request)
    demand(may_see_debt(viewer, viewer.client))
    acts = Act.objects.visible_to(viewer).filter(case__client__in=viewer.whole_ids)
    owner = is_room_owner(request.user, viewer.client)
    people = Contact.objects.of_whole(viewer.client.pk).filter(removed_at=None)
    context = {
        "debt": read_debt(viewer.client, today),
        "acts": acts.select_related("case", "promise").order_by("-pk")[:20],
        "may_ask": may_ask_act(viewer, viewer.client),
        "is_owner": owner and not viewer.read_only,
        "people": people.exclude(role=RoomRole.OWNER).order_by("name") if owner else [],
    }
    return form_page(request, "orders/portal/debt.html", form, context)


@require_POST
@room_page
def act_ask(request: RoomRequest) -> HttpResponse:
    """One tap: an act for this year; or for the days that were typed."""
    made, form = list[Act](), PeriodForm(request.POST)
    said = "since" in request.POST
    if said and not form.is_valid():
        return _page(request, form)
    since, until = (form.cleaned_data[name] if said else None for name in ("since", "until"))

    def verb() -> None:
        made.append(
            actions.ask_act(
                request.viewer.client, by=request.viewer, at=clock.now(), since=since, until=until
            )
        )

    return redirect("room-act", made[0].pk) if tried(form, verb) else _page(request, form)


@require_POST
@room_page
def debt_show(request: RoomRequest, pk: int) -> HttpResponse:
    """Let a colleague see it, or no more."""
    viewer = request.viewer
    visible = Contact.objects.of_whole(viewer.client.pk).select_related("client")
    contact = get_object_or_404(visible, pk=pk, removed_at=None)
    sees = request.POST.get("sees") == "1"
    return pressed(
        request,
        lambda: actions.show_debt(contact, sees, by=viewer, at=clock.now()),
        _("Saved."),
        "/room/debt/",
    )


@require_GET
@room_page
def act_page(request: RoomRequest, pk: int) -> HttpResponse:
    """An act that was asked for: until when it is promised, then its files."""
    act = _act(request, pk)
    return render(request, "orders/portal/act.html", {"act": act})


@require_GET
@room_page
def act_file(request: RoomRequest, pk: int, kind: str) -> HttpResponse:
    """The act as PDF or XLSX."""
    act = _act(request, pk)
    file = act.pdf if kind == "pdf" else act.xlsx
    if file is None or kind not in ("pdf", "xlsx"):
        raise Http404
    name = f"{act.case.number} {act.since:%Y-%m-%d} {act.until:%Y-%m-%d}.{kind}"
    return sent_file(read_file(file), name, "application/pdf" if kind == "pdf" else XLSX)


def _act(request: RoomRequest, pk: int) -> Act:
    act = found_act(request, pk)
    demand(may_see_debt(request.viewer, act.case.client))
    return act

"""In the room: what one was given, its code and how to use it; thanks both ways."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from zabota.cases.models import Case
from zabota.clients.access import RoomRequest, room_page
from zabota.common import clock
from zabota.goodwill.actions import Taken, claim_gift, open_thanks, thank_for_case
from zabota.goodwill.forms.claim import ThankForCaseForm
from zabota.goodwill.models import Gift, GiftKind, GiftState, SaidThanks
from zabota.goodwill.reading.given import (
    MANY,
    RELATED,
    claim_address,
    code_in_groups,
    gift_row,
    qr,
)
from zabota.goodwill.rules import may_see_code, may_thank_for
from zabota.people.pages import pressed, tried, typed
from zabota.people.rules import demand


@require_safe
@room_page
def room_gifts(request: RoomRequest) -> HttpResponse:
    """What was given to me and, for its owner, to the company; thanks for purchases."""
    gifts = Gift.objects.visible_to(request.viewer).filter(client__in=request.viewer.whole_ids)
    shown = gifts.exclude(state=GiftState.WITHDRAWN).select_related(*RELATED, "employee__photo")
    thanks = SaidThanks.objects.visible_to(request.viewer)
    theirs = thanks.filter(client__in=request.viewer.whole_ids)
    context = {
        "rows": [gift_row(gift) for gift in shown.order_by("-given_at", "-pk")[:MANY]],
        "thanks": theirs.select_related("employee__user", "employee__photo").order_by("-pk")[:MANY],
    }
    return render(request, "goodwill/portal/gifts.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@room_page
def room_gift(request: RoomRequest, pk: int) -> HttpResponse:
    """One gift: taken by a tap, then its code and how to use it."""
    gifts = Gift.objects.visible_to(request.viewer).exclude(state=GiftState.WITHDRAWN)
    gift = get_object_or_404(gifts.select_related(*RELATED, "employee__photo"), pk=pk)
    if request.method == "POST":
        demand(not request.viewer.read_only)
        taken = Taken(f"room:{gift.pk}", thanks=request.POST.get("thanks", "")[:2000])
        return pressed(
            request,
            lambda: claim_gift(gift, taken, by=request.user, at=clock.now()),
            _("It is yours."),
            request.path,
        )
    shows = may_see_code(request.viewer, gift) and gift.state == GiftState.CLAIMED
    context: dict[str, Any] = {
        "gift": gift,
        "row": gift_row(gift),
        "code": code_in_groups(gift) if shows else "",
        "qr": qr(claim_address(gift)) if shows else "",
        "at_till": gift.kind in (GiftKind.GOODS, GiftKind.DISCOUNT),
        "may_take": gift.state == GiftState.GIVEN and not request.viewer.read_only,
    }
    return render(request, "goodwill/portal/gift.html", context)


@require_POST
@room_page
def room_thanks_open(request: RoomRequest, pk: int) -> HttpResponse:
    """The envelope is opened: now it counts for whoever said thank you."""
    thanks = get_object_or_404(SaidThanks.objects.visible_to(request.viewer), pk=pk)
    demand(not request.viewer.read_only)
    open_thanks(thanks, by=request.user, at=clock.now())
    return redirect("room-gifts")


@require_http_methods(["GET", "HEAD", "POST"])
@room_page
def room_case_thank(request: RoomRequest, pk: int) -> HttpResponse:
    """Thanks for what was done in a case, once, to whoever answers for it."""
    seen = Case.objects.visible_to(request.viewer).select_related("owner__user", "owner__photo")
    case = get_object_or_404(seen, pk=pk)
    demand(may_thank_for(request.viewer, case))
    form, at = ThankForCaseForm(typed(request)), clock.now()
    if request.method == "POST" and form.is_valid():
        words = form.cleaned_data["words"]
        if tried(form, lambda: thank_for_case(case, words, by=request.viewer, at=at)):
            messages.success(request, _("Thank you! We pass it on."))
            return redirect("room-case", pk)
    context = {"case": case, "form": form, "said": False}
    status = 422 if form.errors else 200
    return render(request, "goodwill/portal/thank.html", context, status=status)

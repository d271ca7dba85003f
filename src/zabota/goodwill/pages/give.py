"""Giving in ten seconds: what, the occasion in a word, done; then the code to show."""

from typing import Any

from django.conf import settings
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from zabota.cases.models import Case, Promise
from zabota.clients.actions import give_access
from zabota.clients.models import Client, RoomRole
from zabota.common import clock
from zabota.common.ids import row_number
from zabota.goodwill.actions import give_gift, make_good, set_recipient, use_gift, withdraw_gift
from zabota.goodwill.forms.give import OCCASIONS, GiveForm
from zabota.goodwill.models import Gift, GiftKind, GiftState
from zabota.goodwill.reading.budgets import allowance_now, terms_now
from zabota.goodwill.reading.given import (
    ICONS,
    RELATED,
    claim_address,
    code_in_groups,
    email_to_invite,
    gift_row,
    is_off_for,
    kinds_for,
    qr,
)
from zabota.goodwill.reading.limits import is_official
from zabota.goodwill.rules import may_give, may_see_code, may_withdraw_gift
from zabota.people.access import StaffRequest, staff_page
from zabota.people.pages import form_page, pressed, tried, typed
from zabota.people.rules import demand


@require_http_methods(["GET", "HEAD", "POST"])
@staff_page
def gift_give(request: StaffRequest) -> HttpResponse:
    """First what, by one tap; then its few fields. `?client=` is whom; without, a stranger."""
    demand(may_give(request.viewer))
    client = _client(request)
    kind, terms, at = request.GET.get("kind", ""), terms_now(), clock.now()
    back = f"/desk/clients/{client.pk}/" if client else reverse("goodwill")
    context: dict[str, Any] = {
        "client": client,
        "back": back,
        "terms": terms,
        "allowance": allowance_now(request.viewer.employee, at),
    }
    if terms is None or kind not in GiftKind.values:
        told = {
            "kinds": kinds_for(client),
            "official": client is not None and is_official(client),
            "companies_off": client is not None and is_off_for(client),
        }
        return render(request, "goodwill/desk/kinds.html", context | told)
    form = GiveForm(kind, terms, client, typed(request))
    if request.method == "POST" and form.is_valid():
        made: list[Gift] = []
        if tried(form, lambda: made.append(give_gift(form.given(), by=request.viewer, at=at))):
            return redirect("gift", made[0].pk)
    return form_page(request, "goodwill/desk/give.html", form, context | _words(kind))


@require_http_methods(["GET", "HEAD", "POST"])
@staff_page
def promise_make_good(request: StaffRequest, pk: int) -> HttpResponse:
    """A promise of ours broke: it is made good, and its moment pays."""
    seen = Case.objects.visible_to(request.viewer)
    promises = Promise.objects.select_related("case__client__root", "moment")
    promise = get_object_or_404(promises, pk=pk, case__in=seen.values("pk"))
    at, terms = clock.now(), terms_now()
    demand(may_give(request.viewer) and promise.is_late(at) and promise.turn == "ours")
    kind = request.GET.get("kind", "")
    client = promise.case.client.whole
    context: dict[str, Any] = {
        "client": client,
        "promise": promise,
        "promised": promise.words(request.viewer.language),
        "moment": promise.moment.name(request.viewer.language),
        "back": f"/desk/cases/{promise.case_id}/",
        "terms": terms,
    }
    if terms is None or kind not in GiftKind.values:
        kinds = [one for one in kinds_for(None) if one["kind"] != GiftKind.THANKS]
        return render(request, "goodwill/desk/kinds.html", context | {"kinds": kinds})
    form = GiveForm(kind, terms, client, typed(request))
    form.fields.pop("official", None)
    if request.method == "POST" and form.is_valid():
        made: list[Gift] = []

        def verb() -> None:
            made.append(make_good(promise, form.given(), by=request.viewer, at=at))

        if tried(form, verb):
            messages.success(request, _("Made good: the client is told, the moment pays."))
            return redirect("gift", made[0].pk)
    return form_page(request, "goodwill/desk/give.html", form, context | _words(kind))


@require_GET
@staff_page
def gift_page(request: StaffRequest, pk: int) -> HttpResponse:
    """One gift: for who gave it, the code and its QR, big; for colleagues, what it was."""
    gift = _gift(request, pk)
    at, row = clock.now(), gift_row(gift)
    sees = may_see_code(request.viewer, gift) and row.is_open
    context: dict[str, Any] = {
        "row": row,
        "gift": gift,
        "code": code_in_groups(gift) if sees else "",
        "address": claim_address(gift) if sees else "",
        "qr": qr(claim_address(gift)) if sees else "",
        "may_withdraw": may_withdraw_gift(request.viewer, gift, at),
        "may_hand_over": row.is_open and gift.employee_id == request.viewer.employee.pk,
        "by_hand": gift.kind in (GiftKind.FLOWERS, GiftKind.OWN, GiftKind.DELIVERY),
        "mine": gift.employee_id == request.viewer.employee.pk,
        "moment": gift.moment.name(request.viewer.language) if gift.moment else "",
        "waits": gift.state == GiftState.GIVEN,
        "typed_at": f"{settings.ROOM_URL}{reverse('gift-code')}" if sees else "",
        "may_invite": bool(email_to_invite(gift, request.user, at)),
    }
    return render(request, "goodwill/desk/gift.html", context)


@require_POST
@staff_page
def gift_withdraw(request: StaffRequest, pk: int) -> HttpResponse:
    """Nobody has taken it yet: it is taken back."""
    gift = _gift(request, pk)
    return pressed(
        request,
        lambda: withdraw_gift(gift, by=request.viewer, at=clock.now()),
        _("Taken back: the sum is free again."),
        reverse("gift", args=[pk]),
    )


@require_POST
@staff_page
def gift_hand_over(request: StaffRequest, pk: int) -> HttpResponse:
    """It was handed over from hand to hand, without a till."""
    gift = _gift(request, pk)
    demand(gift.employee_id == request.viewer.employee.pk)
    return pressed(
        request,
        lambda: use_gift(gift, receipt="", by=request.user, at=clock.now()),
        _("Noted: it was handed over."),
        reverse("gift", args=[pk]),
    )


@require_POST
@staff_page
def client_official(request: StaffRequest, pk: int) -> HttpResponse:
    """Whether a client is an official is noted, or taken back."""
    client = get_object_or_404(Client.objects.visible_to(request.viewer), pk=pk)
    official = request.POST.get("official") == "yes"
    return pressed(
        request,
        lambda: set_recipient(client, official, by=request.viewer, at=clock.now()),
        _("Noted."),
        f"/desk/goodwill/give/?client={pk}",
    )


@require_POST
@staff_page
def gift_invite(request: StaffRequest, pk: int) -> HttpResponse:
    """Whoever took it and left an e-mail is let into a room of their own, by one tap."""
    gift, at = _gift(request, pk), clock.now()
    email, person = email_to_invite(gift, request.user, at), gift.contact
    if person is None or not email:
        raise PermissionDenied
    return pressed(
        request,
        lambda: give_access(person, email, RoomRole.OWNER, by=request.user, at=at),
        _("Invited: the way in is on its way by mail."),
        reverse("gift", args=[pk]),
    )


def _gift(request: StaffRequest, pk: int) -> Gift:
    gifts = Gift.objects.visible_to(request.viewer).select_related(*RELATED)
    found: Gift = get_object_or_404(gifts, pk=pk)
    return found


def _client(request: StaffRequest) -> Client | None:
    asked = request.GET.get("client", "")
    if not asked:
        return None
    number = row_number(asked)
    client = Client.objects.filter(pk=number).first() if number is not None else None
    if client is None:
        raise Http404
    whole = client.whole
    return get_object_or_404(Client.objects.visible_to(request.viewer), pk=whole.pk)


def _words(kind: str) -> dict[str, Any]:
    return {"kind": GiftKind(kind), "icon": ICONS[GiftKind(kind)], "occasions": OCCASIONS}

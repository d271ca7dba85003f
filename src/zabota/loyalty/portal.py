"""«Баллы»: what the client has, every batch with its date and its notices, rewards, the card."""

from typing import Any

import segno
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.safestring import SafeString
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from zabota.clients.access import RoomRequest, room_page
from zabota.clients.actions.birthdays import tell_birthday
from zabota.clients.models import Client, ClientKind
from zabota.common import clock
from zabota.common.formats import money
from zabota.loyalty.actions import call_back_reward, make_card, take_reward
from zabota.loyalty.actions.rewards import shown_token
from zabota.loyalty.forms.birthday import BirthdayForm
from zabota.loyalty.models import Card, Claim, EarnRule, Occasion, Reward, Unit
from zabota.loyalty.reading.earning import tiers_of
from zabota.loyalty.reading.rewards import read_claims, read_rewards
from zabota.loyalty.reading.standing import (
    read_every_lot,
    read_every_move,
    read_lots,
    read_moves,
    read_stands,
    reasons_of,
)
from zabota.loyalty.rules import may_see_points, may_take_rewards
from zabota.people.pages import form_page, pressed, tried, typed


@require_GET
@room_page
def points_page(request: RoomRequest) -> HttpResponse:
    """Everything about what the client collects."""
    return _page(request, BirthdayForm(initial={"day": request.viewer.contact.birthday}))


@require_GET
@room_page
def batches_page(request: RoomRequest) -> HttpResponse:
    """Every batch there ever was, with its date and what was told of it."""
    lots, leaf = read_every_lot(_client(request), request.GET.dict())
    context = {"lots": lots, "leaf": leaf, "reasons": reasons_of(lots)}
    return render(request, "loyalty/portal/batches.html", context)


@require_GET
@room_page
def moves_page(request: RoomRequest) -> HttpResponse:
    """All that ever happened to their points."""
    moves, leaf = read_every_move(_client(request), request.GET.dict())
    return render(request, "loyalty/portal/moves.html", {"moves": moves, "leaf": leaf})


@require_POST
@room_page
def reward_take(request: RoomRequest, pk: int) -> HttpResponse:
    """What was shown is theirs."""
    client = _client(request)
    reward = get_object_or_404(Reward.objects.select_related("unit"), pk=pk)
    shown = request.POST.get("shown", "")
    return pressed(
        request,
        lambda: take_reward(reward, client, by=request.viewer, at=clock.now(), shown=shown),
        _("It is yours. Show its code where you get it."),
        "/room/points/#claims",
    )


@require_POST
@room_page
def claim_call_back(request: RoomRequest, pk: int) -> HttpResponse:
    """The points instead, before it is handed over."""
    _client(request)
    mine = Claim.objects.filter(client__in=request.viewer.whole_ids)
    claim = get_object_or_404(mine.select_related("client", "reward", "transfer__unit"), pk=pk)
    return pressed(
        request,
        lambda: call_back_reward(claim, by=request.viewer, at=clock.now()),
        _("Called back; the points are with you again."),
        "/room/points/#claims",
    )


@require_POST
@room_page
def card_renew(request: RoomRequest) -> HttpResponse:
    """A card, or another one where it was lost."""
    client = _client(request)
    return pressed(
        request,
        lambda: make_card(client, by=request.viewer, at=clock.now()),
        _("Your card is ready; one before it is closed."),
        "/room/points/#card",
    )


@require_POST
@room_page
def birthday_tell(request: RoomRequest) -> HttpResponse:
    """When they are to be congratulated; blank takes it back."""
    _client(request)
    form, contact = BirthdayForm(typed(request)), request.viewer.contact
    if form.is_valid() and tried(
        form,
        lambda: tell_birthday(contact, form.cleaned_data["day"], by=request.user, at=clock.now()),
        "day",
    ):
        return redirect("/room/points/")
    return _page(request, form)


def _client(request: RoomRequest) -> Client:
    """Whose points these are; who may not see them finds nothing here."""
    if not may_see_points(request.viewer, request.firm):
        raise Http404
    return request.viewer.client


def _page(request: RoomRequest, form: BirthdayForm) -> HttpResponse:
    client, at = _client(request), clock.now()
    language = get_language() or "ru"
    rewards, tiers, lots = read_rewards(client, at), tiers_of(client), read_lots(client)
    card = Card.objects.filter(
        client__in=request.viewer.whole_ids, ended_at=None
    ).order_by("-pk").first()  # fmt: skip
    context: dict[str, Any] = {
        "stands": [
            (one, one.unit.name(language), _pays(one.unit, language)) for one in read_stands(client)
        ],
        "tier": tiers[0].name(language) if tiers else "",
        "lots": lots,
        "reasons": reasons_of(lots),
        "moves": read_moves(client),
        "now": at,
        "offered": [(one, shown_token(one.reward, client, at)) for one in rewards.now],
        "later": rewards.later,
        "claims": [
            (one, one.reward.name(language), one.reward.after(language))
            for one in read_claims(client)
        ],
        "may_take": may_take_rewards(request.viewer, request.firm),
        "card": card,
        "qr": drawn(card.number) if card is not None else "",
        "congratulates": client.kind == ClientKind.PERSON
        and EarnRule.objects.filter(
            occasion=Occasion.BIRTHDAY, until_day=None, void=False
        ).exists(),
    }
    return form_page(request, "loyalty/portal/points.html", form, context)


def _pays(unit: Unit, language: str) -> str:
    """What one of it pays at the till, and of how much of a receipt."""
    if unit.pays is None:
        return ""
    said = _("%(one)s pays %(sum)s at the till") % {
        "one": unit.counted(1, language), "sum": money(unit.pays, "RUB", language),
    }  # fmt: skip
    if unit.pays_share == 100:
        return said
    return f"{said}, " + _("up to %(share)d %% of a receipt") % {"share": unit.pays_share}


def drawn(number: str) -> SafeString:
    """A number as a QR, for the till's scanner."""
    return SafeString(segno.make(number, error="m").svg_inline(border=2, omitsize=True))

"""«Касса»: a client by phone, card or QR; what they have; earn, spend, bring back, codes.

A till in a shop loses its connection: the number of the receipt makes a repeat safe, and a small
script of the page (till.js) keeps what did not leave and sends it again; it is answered in JSON.
"""

from collections.abc import Callable, Mapping
from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from zabota.clients.models import Client
from zabota.common import clock
from zabota.common.ids import row_number
from zabota.home.till_forms import BackForm, CodeForm, RingForm
from zabota.home.till_verbs import brought_words, rung_words, use_code
from zabota.loyalty.actions import hand_over_reward, make_card, take_reward
from zabota.loyalty.actions.rewards import shown_token
from zabota.loyalty.actions.till import bring_back, ring_up
from zabota.loyalty.models import Reward
from zabota.loyalty.reading.at_till import find_at_till, read_at_till
from zabota.loyalty.reading.rewards import read_rewards
from zabota.loyalty.rules import may_have_points, may_use_till
from zabota.people.access import StaffRequest, staff_page
from zabota.people.pages import pressed, tried
from zabota.people.rules import demand

# The page's own script asks so; without it the page answers as any other.
BY_SCRIPT = "X-Zabota-Till"


@require_GET
@staff_page
def till_page(request: StaffRequest) -> HttpResponse:
    """Who stands here, and what they have."""
    demand(may_use_till(request.user, clock.now()))
    words = request.GET.get("q", "").replace("\0", "").strip()[:60]
    found = find_at_till(words) if words else []
    if len(found) == 1:
        return redirect(f"/desk/till/?client={found[0].pk}")
    pk = row_number(request.GET.get("client", ""))
    client = _client(request, pk) if pk is not None else None
    return _page(request, client, words=words, found=found)


@require_POST
@staff_page
def till_ring(request: StaffRequest, pk: int) -> HttpResponse:
    """A receipt is rung up for this client."""
    client, form = _client(request, pk), RingForm(request.POST)
    return _do(
        request,
        form,
        lambda: rung_words(
            ring_up(
                client, form.kept(request.viewer.employee.place), by=request.user, at=clock.now()
            )
        ),
        client,
        ring=form,
    )


@require_POST
@staff_page
def till_back(request: StaffRequest) -> HttpResponse:
    """Goods of a receipt come back."""
    form, place = BackForm(request.POST), request.viewer.employee.place

    def verb() -> str:
        given = form.cleaned_data
        return brought_words(
            bring_back(
                place, given["back_receipt"], sum=given["back_sum"], slip=given["slip"],
                by=request.user, at=clock.now(),
            )
        )  # fmt: skip

    return _do(request, form, verb, _shown_client(request), back=form)


@require_POST
@staff_page
def till_code(request: StaffRequest) -> HttpResponse:
    """The code of a gift, or of a reward that waits."""
    demand(may_use_till(request.user, clock.now()))
    form, client = CodeForm(request.POST), _shown_client(request)

    def verb() -> str:
        used = use_code(
            form.cleaned_data["code"], receipt=form.cleaned_data["code_receipt"], client=client,
            place=request.viewer.employee.place, by=request.user, at=clock.now(),
        )  # fmt: skip
        return _("Hand over: %(what)s.") % {"what": used.what}

    return _do(request, form, verb, client, code=form)


@require_POST
@staff_page
def till_reward(request: StaffRequest, pk: int, reward: int) -> HttpResponse:
    """The client takes a reward here and now: it is handed over at once."""
    client, at = _client(request, pk), clock.now()
    wanted = get_object_or_404(Reward.objects.select_related("unit"), pk=reward)

    def verb() -> None:
        shown = request.POST.get("shown", "")
        claim = take_reward(wanted, client, by=request.user, at=at, shown=shown)
        hand_over_reward(claim, by=request.user, at=at)

    return pressed(request, verb, _("Hand it over."), f"/desk/till/?client={pk}")


@require_POST
@staff_page
def till_card(request: StaffRequest, pk: int) -> HttpResponse:
    """A card the client has already, or a new one by chance."""
    client, number = _client(request, pk), request.POST.get("number", "")
    return pressed(
        request,
        lambda: make_card(client, number=number, by=request.user, at=clock.now()),
        _("The card is theirs from now on; one before it is closed."),
        f"/desk/till/?client={pk}",
    )


def _do(
    request: StaffRequest,
    form: forms.Form,
    verb: Callable[[], str],
    client: Client | None,
    **given: forms.Form,
) -> HttpResponse:
    """Do it and say what became of it; a refusal loses nothing that was typed."""
    said: list[str] = []
    done = form.is_valid() and tried(form, lambda: said.append(verb()))
    if done:
        messages.success(request, said[0])
    if request.headers.get(BY_SCRIPT):
        told = said or [str(wrong) for wrongs in form.errors.values() for wrong in wrongs]
        return JsonResponse({"done": done, "said": " ".join(told)}, status=200 if done else 422)
    if done:
        return redirect(f"/desk/till/?client={client.pk}" if client else "/desk/till/")
    return _page(request, client, given, status=422)


def _page(
    request: StaffRequest,
    client: Client | None,
    given: Mapping[str, forms.Form] | None = None,
    *,
    words: str = "",
    found: list[Client] | None = None,
    status: int = 200,
) -> HttpResponse:
    at = clock.now()
    rewards = read_rewards(client, at) if client is not None else None
    context: dict[str, Any] = {
        "words": words,
        "found": found or [],
        "known": read_at_till(client) if client is not None else None,
        "collects": client is not None and may_have_points(client),
        "rewards": [
            (one, shown_token(one.reward, client, at)) for one in rewards.now
        ] if rewards is not None and client is not None else [],
        "place": request.viewer.employee.place,
        "ring": RingForm(),
        "back": BackForm(),
        "code": CodeForm(),
    } | dict(given or {})  # fmt: skip
    return render(request, "home/desk/till.html", context, status=status)


def _client(request: StaffRequest, pk: int) -> Client:
    if not may_use_till(request.user, clock.now()):
        raise PermissionDenied
    return get_object_or_404(Client.objects.visible_to(request.viewer), pk=pk)


def _shown_client(request: StaffRequest) -> Client | None:
    """Whoever stands at the till, where somebody does."""
    pk = row_number(request.POST.get("client", ""))
    return _client(request, pk) if pk is not None else None

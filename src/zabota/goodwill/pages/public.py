"""What anybody may open who has a code or a link: taking a gift, opening thanks, saying thanks."""

import secrets
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import get_language
from django.views.decorators.http import require_http_methods, require_safe

from zabota.clients.access import CHOSEN, RoomViewer, room_viewer
from zabota.clients.models import Contact
from zabota.common import clock
from zabota.common.sending import private
from zabota.goodwill.actions import (
    claim_gift,
    gift_by_code,
    open_thanks,
    thank_for_case,
    thank_for_gift,
)
from zabota.goodwill.codes import code_of, shown_code, typed_code
from zabota.goodwill.forms.claim import ClaimForm, ThankForCaseForm
from zabota.goodwill.models import Gift, GiftKind, GiftState, ReceivedThanks, SaidThanks
from zabota.goodwill.reading.budgets import firm_day, terms_now
from zabota.goodwill.reading.consent import consent_words
from zabota.goodwill.reading.given import claim_address, gift_row, qr
from zabota.goodwill.reading.limits import asks_for_office
from zabota.outreach.models import Message
from zabota.outreach.tokens import token_row
from zabota.people.models import User
from zabota.people.pages import tried, typed
from zabota.people.refusal import Refused
from zabota.people.rules import employee_of
from zabota.people.sign_in import client_address

AT_TILL = (GiftKind.GOODS, GiftKind.DISCOUNT)


@require_safe
def code_typed(request: HttpRequest) -> HttpResponse:
    """A code typed by hand; what can be one is looked for."""
    code = typed_code(request.GET.get("code", ""))
    if code:
        return redirect("gift-claim", code)
    wrong = bool(request.GET.get("code"))
    return _open(render(request, "goodwill/public/code.html", {"wrong": wrong}, status=200))


@require_http_methods(["GET", "HEAD", "POST"])
def gift_claim(request: HttpRequest, code: str) -> HttpResponse:
    """The gift behind a code: taken by whoever comes first; then, for them, its code to show."""
    at = clock.now()
    try:
        gift = gift_by_code(code, client_address(request), by=None, at=at)
    except Refused as refused:
        status = 429 if refused.code == "too_many" else 404
        context = {"wrong": True, "refused": str(refused)}
        return _open(render(request, "goodwill/public/code.html", context, status=status))
    key = request.session.get(f"gift:{gift.pk}", "")
    if gift.state != GiftState.GIVEN or gift.claim_until <= at:
        return _taken(request, gift, key)
    return _to_take(request, gift, at)


@require_safe
def gift_link(request: HttpRequest, token: str) -> HttpResponse:
    """A letter's own link: whoever has it may see the gift again, also after it was taken."""
    gift = Gift.objects.filter(pk=token_row("gift", token) or 0).first()
    if gift is None:
        raise Http404
    if gift.claim_key:
        request.session[f"gift:{gift.pk}"] = gift.claim_key
    return redirect("gift-claim", code_of(gift.employee_id, gift.salt))


@require_http_methods(["GET", "HEAD", "POST"])
def thanks_link(request: HttpRequest, token: str) -> HttpResponse:
    """An envelope: machines that look at links do not open it, its reader does."""
    rows = SaidThanks.objects.select_related("employee__user", "employee__photo", "purchase")
    thanks = rows.filter(pk=token_row("thanks", token) or 0).first()
    if thanks is None:
        raise Http404
    if request.method == "POST":
        open_thanks(thanks, by=None, at=clock.now())
        return redirect("thanks-link", token)
    return _open(render(request, "goodwill/public/thanks.html", {"thanks": thanks}))


@require_http_methods(["GET", "HEAD", "POST"])
def thank_link(request: HttpRequest, token: str) -> HttpResponse:
    """The link of a letter about a case: one says thank you to whoever did it, once."""
    messages = Message.objects.select_related("case__owner__user", "case__owner__photo", "to")
    message = messages.filter(pk=token_row("thank", token) or 0, case__isnull=False).first()
    if message is None or message.case is None:
        raise Http404
    case, form = message.case, ThankForCaseForm(typed(request))
    if request.method == "POST" and form.is_valid():
        person, words = _reader_of(message), form.cleaned_data["words"]
        at = clock.now()
        if tried(form, lambda: thank_for_case(case, words, by=None, at=at, contact=person)):
            return redirect("thank-link", token)
    said = ReceivedThanks.objects.filter(case=case).exists()
    context = {"case": case, "form": form, "said": said}
    status = 422 if form.errors else 200
    return _open(render(request, "goodwill/public/thank.html", context, status=status))


def _to_take(request: HttpRequest, gift: Gift, at: Any) -> HttpResponse:
    text, version = consent_words(terms_now())
    viewer = _known(request)
    ours = employee_of(request.user if isinstance(request.user, User) else None) is not None
    known = gift.client_id is not None or viewer is not None
    initial = {"key": "" if ours else _own_key(request, gift)}
    office = asks_for_office(gift, firm_day(at))
    form = ClaimForm(text, typed(request), known=known, office=office, initial=initial)
    if request.method == "POST" and not ours and form.is_valid():
        taken = form.taken(version, get_language() or "ru")
        contact = viewer.contact if viewer is not None else None
        by = viewer.user if viewer is not None else None
        if tried(form, lambda: claim_gift(gift, taken, by=by, at=at, contact=contact)):
            request.session[f"gift:{gift.pk}"] = taken.key[:40]
            return redirect("gift-claim", code_of(gift.employee_id, gift.salt))
    context = {
        "gift": gift,
        "row": gift_row(gift),
        "form": form,
        "ours": ours,
        "known": known,
        "whose": viewer.client.display_name if viewer is not None else "",
        "about_me": [form[name] for name in ("name", "email", "phone") if name in form.fields],
    }
    status = 422 if form.errors else 200
    return _open(render(request, "goodwill/public/claim.html", context, status=status))


def _own_key(request: HttpRequest, gift: Gift) -> str:
    """By this whoever opens the page is known again, also when the answer to their taking it never
    arrived: their browser has it before.
    """
    return str(request.session.setdefault(f"gift:{gift.pk}", secrets.token_urlsafe(16)))


def _taken(request: HttpRequest, gift: Gift, key: str) -> HttpResponse:
    """After it was taken: for whoever took it, how to use it; for others, that it is gone."""
    mine = bool(key) and gift.claim_key == key
    if request.method == "POST" and mine:
        # Thanks said now; or the gift was taken just now, its answer got lost and it is sent again.
        words = request.POST.get("thanks", "").strip()[:2000]
        if words and not gift.thanks:
            thank_for_gift(gift, words, key, by=None, at=clock.now())
        return redirect(request.path)
    usable = mine and gift.state == GiftState.CLAIMED
    context: dict[str, Any] = {
        "gift": gift,
        "row": gift_row(gift),
        "mine": mine,
        "code": shown_code(code_of(gift.employee_id, gift.salt)) if usable else "",
        "qr": qr(claim_address(gift)) if usable else "",
        "at_till": gift.kind in AT_TILL,
        "room": reverse("room"),
    }
    status = 409 if request.method == "POST" else 200
    return _open(render(request, "goodwill/public/taken.html", context, status=status))


def _known(request: HttpRequest) -> RoomViewer | None:
    """A person of a client who is signed in to the room."""
    if not isinstance(request.user, User):
        return None
    return room_viewer(request.user, request.session.get(CHOSEN))


def _reader_of(message: Message) -> Contact | None:
    """Whom of the client the letter went to."""
    assert message.case is not None
    people = Contact.objects.of_whole(message.case.client_id).filter(removed_at=None)
    if message.to_id is not None:
        return people.filter(user=message.to_id).first()
    return people.filter(points__normal=message.address, points__removed_at=None).first()


def _open(response: HttpResponse) -> HttpResponse:
    """Nobody keeps or lists such a page."""
    response.headers["X-Robots-Tag"] = "noindex, nofollow, noarchive"
    return private(response)

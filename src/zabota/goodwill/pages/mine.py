"""One's own budget of care: what is left, what was given, who wrote to the visiting card; thanking
buyers.
"""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from zabota.clients.models import Client, Purchase
from zabota.common import clock
from zabota.common.sending import sent_file
from zabota.goodwill.actions import (
    answer_card_letter,
    make_card,
    put_card_letter_aside,
    say_thanks,
)
from zabota.goodwill.addresses import card_address
from zabota.goodwill.forms.claim import ThanksForm
from zabota.goodwill.forms.give import GiveForm
from zabota.goodwill.models import (
    CallingCard,
    CardLetter,
    Gift,
    GiftKind,
    ReceivedThanks,
    SaidThanks,
)
from zabota.goodwill.paper.sheet import CardWords, card_sheet
from zabota.goodwill.reading.budgets import allowance_now, terms_now
from zabota.goodwill.reading.cards import waiting_letters
from zabota.goodwill.reading.given import ICONS, gifts_of, kinds_for, qr
from zabota.goodwill.rules import may_give, may_set_budgets, may_take_accounts
from zabota.goodwill.saying import gift_words
from zabota.outreach.models import Mailbox
from zabota.people.access import StaffRequest, staff_page
from zabota.people.firm import current_firm
from zabota.people.pages import form_page, pressed, safe_path, tried, typed
from zabota.people.rules import demand

# A letter to a card, after which one tap gives only what needs no more to be said.
FOR_CARDS = (GiftKind.GOODS, GiftKind.DISCOUNT, GiftKind.POINTS, GiftKind.OWN, GiftKind.THANKS)


@require_GET
@staff_page
def goodwill_page(request: StaffRequest) -> HttpResponse:
    """What is left, what was given, who waits for an answer; one's own, nobody else's."""
    employee, at = request.viewer.employee, clock.now()
    thanks = ReceivedThanks.objects.filter(employee=employee).select_related("case", "client")
    context = {
        "terms": terms_now(),
        "allowance": allowance_now(employee, at),
        "rows": gifts_of(employee),
        "letters": waiting_letters(request.viewer.employee.pk),
        "said": SaidThanks.objects.filter(employee=employee).count(),
        "opened": SaidThanks.objects.filter(employee=employee, opened_at__isnull=False).count(),
        "received": thanks.order_by("-received_at", "-pk")[:5],
        "may_set": may_set_budgets(request.user, at),
        "may_account": may_take_accounts(request.user, at),
    }
    return render(request, "goodwill/desk/mine.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@staff_page
def calling_card(request: StaffRequest) -> HttpResponse:
    """One's visiting card: its address, what it gives, the letters that came."""
    demand(may_give(request.viewer))
    terms, at, kind = terms_now(), clock.now(), request.GET.get("kind", "")
    card, mailbox = _card(request), _mailbox()
    context: dict[str, Any] = {
        "terms": terms,
        "card": card,
        "mailbox": mailbox,
        "address": card_address(card.mark, mailbox.address) if card and mailbox else "",
        "what": _gives(card) if card else "",
        "letters": waiting_letters(request.viewer.employee.pk),
        "kinds": [one for one in kinds_for(None) if one["kind"] in FOR_CARDS],
    }
    if terms is None or kind not in FOR_CARDS:
        return render(request, "goodwill/desk/card.html", context)
    form = GiveForm(kind, terms, None, typed(request), initial={"occasion": "—"})
    for name in ("occasion", "words", "official"):
        form.fields.pop(name, None)
    if request.method == "POST" and form.is_valid():
        form.cleaned_data["occasion"] = "—"
        if tried(form, lambda: make_card(form.given(), by=request.viewer, at=at)):
            messages.success(request, _("Your card is ready: print it and give it to people."))
            return redirect("calling-card")
    words = {"kind": GiftKind(kind), "icon": ICONS[GiftKind(kind)], "back": reverse("calling-card")}
    return form_page(request, "goodwill/desk/give.html", form, context | words | {"for_card": True})


@require_GET
@staff_page
def card_paper(request: StaffRequest) -> HttpResponse:
    """A sheet of ten visiting cards to print and cut."""
    card, mailbox = _card(request), _mailbox()
    if card is None or mailbox is None:
        raise Http404
    employee, address = request.viewer.employee, card_address(card.mark, mailbox.address)
    words = CardWords(
        firm=current_firm().shown_name,
        name=employee.name,
        position=employee.position(request.viewer.language),
        invitation=_("Write a line to this address, and a present comes back:"),
        address=address,
    )
    data = card_sheet(
        words, qr(f"mailto:{address}", whole=True), request.viewer.language, at=clock.now()
    )
    return sent_file(data, f"{_('Visiting cards')} {employee.name}.pdf", "application/pdf")


@require_POST
@staff_page
def card_letter_do(request: StaffRequest, pk: int, verb: str) -> HttpResponse:
    """One tap: the gift goes to whoever wrote; or the letter is put aside."""
    letters = CardLetter.objects.visible_to(request.viewer)
    row = get_object_or_404(
        letters.select_related("card__good", "letter__contact__client__root"), pk=pk
    )
    at = clock.now()
    to = safe_path(request, request.POST.get("next", ""), reverse("calling-card"))
    if verb == "aside":
        put_card_letter_aside(row, by=request.viewer, at=at)
        return redirect(to)
    return pressed(
        request,
        lambda: answer_card_letter(row, by=request.viewer, at=at),
        _("Sent: the code of the gift is on its way."),
        to,
    )


@require_http_methods(["GET", "HEAD", "POST"])
@staff_page
def purchase_thank(request: StaffRequest, pk: int) -> HttpResponse:
    """Thanks to a buyer for a purchase, in one's own words; once."""
    seen = Client.objects.visible_to(request.viewer)
    purchase = get_object_or_404(Purchase.objects.select_related("client__root"), pk=pk)
    client = get_object_or_404(seen, pk=purchase.client.whole_id)
    form, at = ThanksForm(typed(request)), clock.now()
    if request.method == "POST" and form.is_valid():
        words = form.cleaned_data["words"]
        if tried(form, lambda: say_thanks(purchase, words, by=request.viewer, at=at)):
            messages.success(request, _("Said: the buyer is written to."))
            return redirect("client", client.pk)
    context = {
        "title": _("Thank for a purchase"),
        "note": _("%(client)s gets a letter with an envelope to open; opened, it counts.")
        % {"client": client.display_name},
        "submit": _("Say thank you"),
        "back": f"/desk/clients/{client.pk}/",
    }
    return form_page(request, "people/desk/form.html", form, context)


def _card(request: StaffRequest) -> CallingCard | None:
    mine = CallingCard.objects.filter(employee=request.viewer.employee, ended_at=None)
    return mine.select_related("good").first()


def _mailbox() -> Mailbox | None:
    """The firm's mailbox that takes addresses with a plus."""
    boxes = Mailbox.objects.filter(closed_at=None, plus=True).exclude(address="")
    return boxes.order_by("pk").first()


def _gives(card: CallingCard) -> str:
    """What whoever writes gets, in words."""
    gift = Gift(
        kind=card.kind, good=card.good, what=card.what, percent=card.percent, points=card.points,
        cost=card.cost or 0, currency=(terms.currency if (terms := terms_now()) else "RUB"),
    )  # fmt: skip
    return gift_words(gift, get_language() or "ru")

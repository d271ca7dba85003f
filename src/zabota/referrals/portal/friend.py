"""The page of whoever was sent to us: who recommends, what we do, leave what you wish. It works on
a phone and without JavaScript.
"""

from datetime import datetime
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from zabota.common import clock
from zabota.common.paper.typeset import PaperRefused
from zabota.common.sending import private, sent_file
from zabota.people.actions.throttle import count_try
from zabota.people.firm import current_firm
from zabota.people.pages import tried
from zabota.people.refusal import Refused
from zabota.people.sign_in import client_address
from zabota.people.throttle import is_throttled
from zabota.referrals.actions.answer import answer_link
from zabota.referrals.actions.talk import choose_shares, withdraw_friend
from zabota.referrals.forms.friend import FriendForm, SharesForm
from zabota.referrals.links import device_of, link_at, path_of_mine, referral_at
from zabota.referrals.models import LinkKind, Referral, ReferralLink, Sheet
from zabota.referrals.reading.brochure import print_brochure, read_brochure
from zabota.referrals.reading.room import answered, is_over
from zabota.referrals.rules import UNDER_WAY

# Of one network, and by one link, in an hour.
POSTS, POSTS_OF_LINK = 20, 60
PAPERS = 30


def found_link(token: str) -> ReferralLink:
    """A link that leads somewhere now."""
    link = link_at(token) if current_firm().takes_referrals else None
    if link is None:
        raise Http404
    return link


@require_http_methods(["GET", "HEAD", "POST"])
def friend_page(request: HttpRequest, token: str) -> HttpResponse:
    """Who recommends, what we do; and the form."""
    link, at = found_link(token), clock.now()
    sheet = link.sheet if link.kind == LinkKind.SHEET else None
    if sheet is not None and sheet.filled_at is not None:
        return _shown(request, "referrals/public/filled.html", {"link": link})
    form = FriendForm(sheet, request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid() and _is_in_order(request, link, form, at):
        came: list[Referral | None] = []
        if tried(form, lambda: came.append(_take(request, link, form, at))):
            if came[0] is None:
                return _shown(request, "referrals/public/filled.html", {"link": link, "new": True})
            return redirect(path_of_mine(came[0]))
    context = {
        "told": read_brochure(link, current_firm(), get_language() or "ru"),
        "form": form,
        "sheet": sheet,
        "half": _their_half(sheet),
        "paper": f"/with/{token}/brochure/",
        "tool": request.GET.get("by", ""),
    }
    return _shown(request, "referrals/public/friend.html", context, 422 if form.errors else 200)


def _their_half(sheet: Sheet | None) -> list[tuple[str, str]]:
    """What the recommender answered, where they let it be read."""
    if sheet is None or not sheet.told_shown:
        return []
    return answered(sheet.edition.questions("told", get_language() or "ru"), sheet.told)


def _is_in_order(request: HttpRequest, link: ReferralLink, form: FriendForm, at: datetime) -> bool:
    """Whether a person wrote it, and not too often; else the form says what is wrong."""
    place, of_link = f"with:{client_address(request)}", f"with-link:{link.pk}"
    full = is_throttled(place, POSTS, at=at) or is_throttled(of_link, POSTS_OF_LINK, at=at)
    count_try(place, minutes=60, at=at)
    count_try(of_link, minutes=60, at=at)
    if full:
        form.add_error(None, _("Too much was sent from here lately. Please try again in an hour."))
    elif request.POST.get("homepage"):
        form.add_error(None, _("Please leave the hidden field empty and send it once more."))
    return not form.errors


def _take(
    request: HttpRequest, link: ReferralLink, form: FriendForm, at: datetime
) -> Referral | None:
    own = request.user.is_authenticated and request.user.pk == link.contact.user_id
    device = link.device if own and link.device else device_of(request)
    friend = form.friend(tool=request.POST.get("tool", ""), device=device)
    return answer_link(
        link,
        friend if form.sheet is None or form.leaves_contact else None,
        by=None,
        at=at,
        answers=form.answers() if form.sheet is not None else None,
        shown=bool(form.cleaned_data.get("shown")),
    )


@require_safe
def brochure_paper(request: HttpRequest, token: str) -> HttpResponse:
    """The brochure as PDF."""
    link, at = found_link(token), clock.now()
    place = f"with-paper:{client_address(request)}"
    if is_throttled(place, PAPERS, at=at):
        return HttpResponse(status=429)
    count_try(place, minutes=60, at=at)
    firm = current_firm()
    try:
        data = print_brochure(link, firm, get_language() or "ru", at=at)
    except PaperRefused:
        return HttpResponse(status=503)
    return _quiet(sent_file(data, f"{firm.shown_name}.pdf", "application/pdf"))


@require_http_methods(["GET", "HEAD", "POST"])
def mine_page(request: HttpRequest, token: str) -> HttpResponse:
    """What we promised to whoever came, and what the recommender may read."""
    referral, at = found_mine(token), clock.now()
    form = SharesForm(
        request.POST if request.method == "POST" else None, initial={"shares": referral.shares}
    )
    if request.method == "POST" and not is_over(referral) and form.is_valid():
        shares = form.cleaned_data["shares"]
        if tried(form, lambda: choose_shares(referral, shares, by=None, at=at), "shares"):
            messages.success(request, _("Saved."))
            return redirect(path_of_mine(referral))
    context: dict[str, Any] = {
        "referral": referral,
        "form": form,
        "over": is_over(referral),
        "may_withdraw": referral.case.state in UNDER_WAY,
        "withdraw": f"/with/mine/{token}/withdraw/",
        "owner": _who(referral),
        "now": at,
    }
    return _shown(request, "referrals/public/mine.html", context, 422 if form.errors else 200)


@require_POST
def mine_withdraw(request: HttpRequest, token: str) -> HttpResponse:
    """Nobody gets in touch, and what they left is erased."""
    referral = found_mine(token)
    try:
        withdraw_friend(referral, by=None, at=clock.now())
    except Refused as refused:
        messages.error(request, str(refused))
    return redirect(path_of_mine(referral))


def found_mine(token: str) -> Referral:
    """The referral whose page this is."""
    referral = referral_at(token)
    if referral is None:
        raise Http404
    return referral


def _who(referral: Referral) -> str:
    """Whoever of ours gets in touch, by name or by team, as the firm shows its people."""
    owner = referral.case.owner
    if current_firm().shows_people:
        return owner.name
    return owner.team.name(get_language() or "ru") if owner.team else ""


def _shown(
    request: HttpRequest, template: str, context: dict[str, Any], status: int = 200
) -> HttpResponse:
    return _quiet(render(request, template, context, status=status))


def _quiet(response: HttpResponse) -> HttpResponse:
    """Nobody keeps or lists it: its address is for whom it was given to."""
    response.headers["X-Robots-Tag"] = "noindex, nofollow, noarchive"
    response.headers["Referrer-Policy"] = "same-origin"
    return private(response)

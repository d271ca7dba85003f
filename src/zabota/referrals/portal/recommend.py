"""«Рекомендовать»: the tools in the client's room, and where their recommendations stand."""

from typing import Any
from urllib.parse import quote

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from zabota.clients.access import RoomRequest, room_page
from zabota.clients.models import ClientKind
from zabota.common import clock
from zabota.common.sending import private
from zabota.people.firm import zone_of
from zabota.people.pages import form_page, pressed, tried, typed
from zabota.people.rules import demand
from zabota.referrals.actions.links import make_link, revoke_link, send_letter_home
from zabota.referrals.actions.sheets import begin_sheet, present_questions
from zabota.referrals.forms.room import LinkForm, SheetForm
from zabota.referrals.links import (
    address_of_link,
    digest_of,
    mark_device,
    new_mark,
    qr_png,
    qr_svg,
)
from zabota.referrals.models import ReferralLink, Terms
from zabota.referrals.reading.room import own_link, read_sheets, read_standing, read_thanks
from zabota.referrals.rules import may_recommend
from zabota.referrals.saying import letter_words, who_recommends


def _open(request: RoomRequest) -> None:
    """Where the firm does not ask for it, the section does not exist."""
    if not request.firm.takes_referrals:
        raise Http404


@require_GET
@room_page
def recommend_page(request: RoomRequest) -> HttpResponse:
    """The five tools, and where it stands."""
    _open(request)
    link = own_link(request.viewer)
    language = get_language() or "ru"
    today = clock.now().astimezone(zone_of(request.firm)).date()
    context: dict[str, Any] = {
        "link": link,
        "may_recommend": may_recommend(request.viewer, request.firm),
        "terms": Terms.objects.on(today),
        "standing": read_standing(request.viewer),
        "thanks": read_thanks(request.viewer),
        "sheets": [
            (row, address_of_link(row.link), f"sheet-link-{row.link.pk}")
            for row in read_sheets(request.viewer, language)
        ],
        "has_questions": present_questions() is not None,
    }
    if link is not None:
        context |= _tools(request, link)
    return private(render(request, "referrals/portal/recommend.html", context))


def _tools(request: RoomRequest, link: ReferralLink) -> dict[str, Any]:
    by_letter = address_of_link(link, "letter")
    letter = f"{letter_words(link, request.firm)}\n\n{by_letter}"
    subject = _("I recommend %(firm)s") % {"firm": request.firm.shown_name}
    return {
        "url": address_of_link(link),
        "qr": qr_svg(address_of_link(link, "qr")),
        "letter": letter,
        "mailto": f"mailto:?subject={quote(subject)}&body={quote(letter)}",
        "who": who_recommends(link, request.firm),
    }


@require_http_methods(["GET", "HEAD", "POST"])
@room_page
def link_make(request: RoomRequest) -> HttpResponse:
    """A link of their own, named as they wish; made anew, the old one leads nowhere."""
    _open(request)
    demand(may_recommend(request.viewer, request.firm))
    there = own_link(request.viewer)
    initial = {"shown_as": there.shown_as, "words": there.words} if there is not None else None
    form = LinkForm(typed(request), initial=initial, is_company=_is_company(request))
    if request.method == "POST" and form.is_valid():
        mark = new_mark(request)
        told, at = form.cleaned_data, clock.now()
        if tried(
            form,
            lambda: make_link(by=request.viewer, at=at, device=digest_of(mark), **told),
            "words",
        ):
            return mark_device(request, redirect("room-recommend"), mark)
    context = {
        "title": _("Your link") if there is None else _("Another link"),
        "submit": _("Make the link"),
        "back": reverse("room-recommend"),
        "note": _("The link there was leads nowhere from then on.") if there else "",
    }
    return form_page(request, "clients/portal/form.html", form, context)


@require_POST
@room_page
def link_revoke(request: RoomRequest, pk: int) -> HttpResponse:
    """It leads nowhere any more."""
    link = found_link(request, pk)
    return pressed(
        request,
        lambda: revoke_link(link, by=request.viewer, at=clock.now()),
        _("The link leads nowhere any more."),
        reverse("room-recommend"),
    )


@require_POST
@room_page
def letter_home(request: RoomRequest) -> HttpResponse:
    """The letter to forward, to themselves."""
    _open(request)
    link = own_link(request.viewer)
    if link is None:
        raise Http404
    return pressed(
        request,
        lambda: send_letter_home(link, by=request.viewer, at=clock.now()),
        _("The letter goes to your own address. Forward it to whom you wish."),
        reverse("room-recommend"),
    )


@require_GET
@room_page
def qr_picture(request: RoomRequest) -> HttpResponse:
    """The QR code as a picture to print or to send."""
    _open(request)
    link = own_link(request.viewer)
    if link is None:
        raise Http404
    response = HttpResponse(qr_png(address_of_link(link, "qr")), content_type="image/png")
    response.headers["Content-Disposition"] = 'attachment; filename="qr.png"'
    return private(response)


@require_http_methods(["GET", "HEAD", "POST"])
@room_page
def sheet_begin(request: RoomRequest) -> HttpResponse:
    """Their half of the joint questionnaire; its link is for one friend."""
    _open(request)
    demand(may_recommend(request.viewer, request.firm))
    edition = present_questions()
    if edition is None:
        raise Http404
    form = SheetForm(edition, typed(request), is_company=_is_company(request))
    if request.method == "POST" and form.is_valid():
        mark, told, at = new_mark(request), form.cleaned_data, clock.now()
        if tried(
            form,
            lambda: begin_sheet(
                form.answers(), by=request.viewer, at=at, shown=told["shown"],
                shown_as=told["shown_as"], device=digest_of(mark),
            ),
        ):  # fmt: skip
            messages.success(request, _("Give its link to your friend: they fill in their half."))
            return mark_device(request, redirect("/room/recommend/#sheets"), mark)
    context = {
        "title": _("Joint questionnaire: your half"),
        "submit": _("Make its link"),
        "back": reverse("room-recommend"),
    }
    return form_page(request, "clients/portal/form.html", form, context)


def found_link(request: RoomRequest, pk: int) -> ReferralLink:
    """A link of their own; anybody else's does not exist."""
    _open(request)
    return get_object_or_404(ReferralLink, pk=pk, contact=request.viewer.contact)


def _is_company(request: RoomRequest) -> bool:
    return request.viewer.client.kind == ClientKind.COMPANY

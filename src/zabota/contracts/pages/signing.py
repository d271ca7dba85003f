"""Signing a contract, for either side: the fixed text, who signs, one's own signature by a code."""

from dataclasses import replace
from datetime import datetime
from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from zabota.common import clock
from zabota.common.files import read_file
from zabota.common.sending import private, sent_file
from zabota.contracts import rules
from zabota.contracts.actions.signing import (
    ask_signing_code,
    pass_signature,
    refuse_signature,
    sign_contract,
    stop_signing,
)
from zabota.contracts.forms.signing import (
    AuthorityForm,
    ExchangeForm,
    PassSignatureForm,
    ReasonForm,
    ScanForm,
    SentForm,
    SigningCodeForm,
)
from zabota.contracts.models import Ground, Signatory, SignatureAgreement, SignedPart, Signing, Way
from zabota.contracts.pages.common import Place, find_place
from zabota.contracts.pages.versions import frame
from zabota.contracts.reading.signing import (
    present_signing,
    signatories_of,
    title_of,
    who_else_signs,
)
from zabota.contracts.reading.signing.card import operator_card
from zabota.contracts.reading.signing.page import SignatureView, signature_views
from zabota.contracts.reading.signing.rail import originals_of
from zabota.contracts.signature_terms import VERSION, terms
from zabota.people.pages import tried
from zabota.people.sign_in import CODE_MINUTES, client_address

PDF = "application/pdf"


@require_safe
def signing_page(request: HttpRequest, pk: int) -> HttpResponse:
    """What is signed, by whom, how far it is; one's own signature."""
    place = find_place(request, pk)
    return show_signing(request, place, standing_signing(place), {})


@require_POST
def signing_code_page(request: HttpRequest, pk: int) -> HttpResponse:
    """One's authority is stated and a code goes to one's own address."""
    place = find_place(request, pk)
    signing, mine = _mine(place)
    form = _authority_form(place, signing, mine, request.POST)
    if form.is_valid():

        def ask() -> None:
            ask_signing_code(
                mine,
                form.authority(),
                by=place.viewer,
                at=clock.now(),
                accepts=form.cleaned_data.get("accepts", False),
                from_address=client_address(request),
            )

        if tried(form, ask):
            words = _("A code is on its way to %(address)s. It is good for %(minutes)d minutes.")
            told = {"address": place.viewer.user.email, "minutes": CODE_MINUTES}
            messages.success(request, words % told)
            return redirect(f"{place.base}/signing/#code")
    return show_signing(request, place, signing, {"authority_form": form})


@require_POST
def sign_page(request: HttpRequest, pk: int) -> HttpResponse:
    """The digits of the letter: with the right ones it is signed."""
    place = find_place(request, pk)
    signing, mine = _mine(place)
    form = SigningCodeForm(request.POST)
    if form.is_valid():

        def sign() -> None:
            sign_contract(mine, form.cleaned_data["digits"], by=place.viewer, at=clock.now())

        if tried(form, sign, "digits"):
            messages.success(request, _("Signed. Thank you."))
            return redirect(f"{place.base}/signing/")
    return show_signing(request, place, signing, {"code_form": form})


@require_POST
def refuse_signature_page(request: HttpRequest, pk: int) -> HttpResponse:
    """One of those who sign does not, and says why."""
    place = find_place(request, pk)
    signing, mine = _mine(place)
    return _ended(
        request,
        place,
        signing,
        lambda reason: refuse_signature(mine, by=place.viewer, at=clock.now(), reason=reason),
        _("Refused. The other side reads your reason."),
    )


@require_POST
def pass_signature_page(request: HttpRequest, pk: int, signatory: int) -> HttpResponse:
    """Somebody else of the same side signs instead."""
    place, at = find_place(request, pk), clock.now()
    signing = standing_signing(place)
    row = get_object_or_404(signing.signatories.select_related("signing"), pk=signatory)
    if not rules.may_pass_signature(place.viewer, signing, row):
        raise PermissionDenied
    heirs = who_else_signs(signing, at)[row.side]
    form = PassSignatureForm(request.POST, people=heirs)
    if form.is_valid() and tried(
        form, lambda: pass_signature(row, form.chosen(), by=place.viewer, at=at), "to"
    ):
        messages.success(request, _("Passed on; whoever signs now has been told."))
        return redirect(f"{place.base}/signing/")
    return show_signing(request, place, signing, {"pass_form": form})


@require_POST
def stop_signing_page(request: HttpRequest, pk: int) -> HttpResponse:
    """Whoever answers for the contract calls the signing off."""
    place = find_place(request, pk)
    signing = standing_signing(place)
    return _ended(
        request,
        place,
        signing,
        lambda reason: stop_signing(signing, by=place.viewer, at=clock.now(), reason=reason),
        _("The signing is called off; the contract is agreed, as it was."),
    )


@require_safe
def signing_pdf(request: HttpRequest, pk: int, which: str) -> HttpResponse:
    """The very file that is signed, and its copy with the page of signatures."""
    place = find_place(request, pk)
    signing = standing_signing(place)
    file = {"text": signing.pdf, "signed": signing.signed_pdf}.get(which)
    if file is None:
        raise Http404
    return sent_file(read_file(file), f"{title_of(place.contract)}.pdf", PDF)


def _ended(
    request: HttpRequest, place: Place, signing: Signing, verb: Any, done: str
) -> HttpResponse:
    form = ReasonForm(request.POST)
    if form.is_valid() and tried(form, lambda: verb(form.cleaned_data["reason"])):
        messages.success(request, done)
        return redirect(f"{place.base}/")
    return show_signing(request, place, signing, {"reason_form": form})


def show_signing(
    request: HttpRequest, place: Place, signing: Signing, forms_typed: dict[str, forms.Form]
) -> HttpResponse:
    """The page, with whatever was typed and could not be taken."""
    at, viewer = clock.now(), place.viewer
    rows = signatories_of(signing)
    views = signature_views(signing, rows, viewer, at=at)
    mine = next((row for row in rows if row.user_id == viewer.user.pk), None)
    if mine is not None and (mine.side == "theirs") != place.in_room:
        mine = None
    context = (
        frame(place)
        | {
            "signing": signing,
            "views": _with_others(signing, views, at),
            "may_sign": mine is not None and rules.may_sign(viewer, signing, mine),
            "may_refuse": mine is not None and rules.may_refuse_signature(viewer, signing, mine),
            "may_stop": rules.may_stop_signing(viewer, signing),
            "terms": terms(place.language),
            "terms_version": VERSION,
            "now": at,
            "reason_form": ReasonForm(),
            "code_form": SigningCodeForm(),
            "is_code": signing.way == Way.CODE,
        }
        | _of_original(place, signing, at)
    )
    if mine is not None:
        context["mine"] = mine
        context["authority_form"] = _authority_form(place, signing, mine)
    context |= forms_typed
    if "authority_form" in context:
        context["by_proxy"] = context["authority_form"]["ground"].value() == Ground.PROXY
    status = 422 if any(form.errors for form in forms_typed.values()) else 200
    return private(render(request, "contracts/signing/page.html", context, status=status))


def _with_others(signing: Signing, views: list[SignatureView], at: datetime) -> list[SignatureView]:
    """Where this reader may name another, who that can be."""
    if not any(one.may_pass for one in views):
        return views
    found = who_else_signs(signing, at)
    return [
        replace(one, pass_form=PassSignatureForm(people=heirs, auto_id=f"{one.row.pk}-%s"))
        if one.may_pass and (heirs := found[one.row.side])
        else one
        for one in views
    ]


def _authority_form(
    place: Place, signing: Signing, mine: Signatory, typed: Any = None
) -> AuthorityForm:
    client = place.contract.case.client if mine.side == "theirs" else None
    agreed = SignatureAgreement.objects.filter(
        user=place.viewer.user, client=client, text_version=VERSION
    ).exists()
    return AuthorityForm(typed, signatory=mine, agreed=agreed)


def _of_original(place: Place, signing: Signing, at: datetime) -> dict[str, Any]:
    """What only a signing on paper or through an operator has."""
    if signing.way == Way.CODE:
        return {}
    viewer = place.viewer
    mine = "theirs" if place.in_room else "ours"
    dispatches = list(signing.dispatches.order_by("pk"))
    sent = any(row.side == mine for row in dispatches)
    files = list(signing.files.order_by("pk"))
    ours = signing.way == Way.OPERATOR and not place.in_room
    has_it = rules.has_original(viewer, signing, at)
    return {
        "is_paper": signing.way == Way.PAPER,
        "originals": originals_of(signing, at=at),
        "dispatches": dispatches,
        "files": files,
        "signatures_kept": len({row.file_id for row in files if row.kind == SignedPart.SIGNATURE}),
        "card": operator_card(signing) if ours else [],
        "may_send": not sent and rules.may_send_original(viewer, signing, has_it=has_it),
        "may_add_scan": rules.may_add_scan(viewer, signing, has_it=has_it),
        "may_receive": rules.may_receive_original(viewer, signing, has_it=has_it),
        "may_bind": rules.may_bind_exchange(viewer, signing, has_it=has_it),
        "send_form": SentForm(),
        "scan_form": ScanForm(),
        "exchange_form": ExchangeForm(),
    }


def standing_signing(place: Place) -> Signing:
    """The signing that counts now; where there is none there is no page."""
    found = present_signing(place.contract)
    if found is None:
        raise Http404
    return found


def _mine(place: Place) -> tuple[Signing, Signatory]:
    """The signature that waits for this person; nobody else has these pages."""
    signing = standing_signing(place)
    for row in signatories_of(signing):
        theirs = row.side == "theirs"
        if row.user_id == place.viewer.user.pk and theirs == place.in_room:
            if place.viewer.read_only:
                break
            row.signing = signing
            return signing, row
    raise PermissionDenied

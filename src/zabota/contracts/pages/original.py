"""Signing on paper or through an operator: sent, scanned, received, brought back."""

from collections.abc import Callable
from typing import Any

from django import forms
from django.conf import settings
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from zabota.common import clock
from zabota.common.files import TooLarge, read_file
from zabota.common.sending import sent_file
from zabota.common.upload_words import too_large, wrong_kind
from zabota.common.uploads import NotWhatItSays
from zabota.contracts.actions.signing import (
    add_scan,
    bind_exchange,
    receive_original,
    send_original,
)
from zabota.contracts.exchange import MOST_BYTES, ExchangeRefused
from zabota.contracts.exchange_words import exchange_words
from zabota.contracts.forms.signing import ExchangeForm, ScanForm, SentForm
from zabota.contracts.models import Signing, SigningFile, Way
from zabota.contracts.pages.common import Place, find_place
from zabota.contracts.pages.signing import show_signing, standing_signing
from zabota.contracts.reading.signing import title_of
from zabota.contracts.reading.signing.card import operator_package
from zabota.contracts.rules import has_original, may_add_scan, may_bind_exchange, may_send_original
from zabota.people.pages import tried

OCTETS = "application/octet-stream"


@require_POST
def send_original_page(request: HttpRequest, pk: int) -> HttpResponse:
    """«Отправлено», with the tracking number."""
    place = find_place(request, pk)
    signing = standing_signing(place)
    _demand(may_send_original(place.viewer, signing, has_it=_has(place, signing)))
    form = SentForm(request.POST)
    if form.is_valid():
        told = form.cleaned_data

        def send() -> None:
            send_original(signing, by=place.viewer, at=clock.now(), **told)

        if tried(form, send):
            messages.success(request, _("Marked as sent; the other side sees it."))
            return _back(place)
    return show_signing(request, place, signing, {"send_form": form})


@require_POST
def add_scan_page(request: HttpRequest, pk: int) -> HttpResponse:
    """A scan of what was signed by hand."""
    place = find_place(request, pk)
    signing = standing_signing(place)
    _demand(may_add_scan(place.viewer, signing, has_it=_has(place, signing)))
    form = ScanForm(request.POST, request.FILES)

    def add(name: str, data: bytes) -> None:
        add_scan(signing, name, data, by=place.viewer, at=clock.now())

    if _took(form, add, settings.UPLOAD_LIMIT):
        messages.success(request, _("The scan is kept with the text; the other side sees it."))
        return _back(place)
    return show_signing(request, place, signing, {"scan_form": form})


@require_POST
def receive_original_page(request: HttpRequest, pk: int) -> HttpResponse:
    """«Оригинал получен»."""
    place = find_place(request, pk)
    receive_original(standing_signing(place), by=place.viewer, at=clock.now())
    messages.success(request, _("The original is here: the contract is in force."))
    return _back(place)


@require_POST
def bind_exchange_page(request: HttpRequest, pk: int) -> HttpResponse:
    """The operator's archive comes back."""
    place = find_place(request, pk)
    signing = standing_signing(place)
    _demand(may_bind_exchange(place.viewer, signing, has_it=_has(place, signing)))
    form = ExchangeForm(request.POST, request.FILES)

    def bind(name: str, data: bytes) -> None:
        bind_exchange(signing, name, data, by=place.viewer, at=clock.now())

    if _took(form, bind, MOST_BYTES):
        messages.success(
            request, _("The archive is kept with the text. Signatures are kept, not verified here.")
        )
        return _back(place)
    return show_signing(request, place, signing, {"exchange_form": form})


@require_safe
def operator_package_page(request: HttpRequest, pk: int) -> HttpResponse:
    """The PDF and the card, in one archive."""
    place = find_place(request, pk)
    signing = standing_signing(place)
    if signing.way != Way.OPERATOR:
        raise Http404
    return sent_file(operator_package(signing), f"{title_of(place.contract)}.zip", OCTETS)


@require_safe
def signing_file_page(request: HttpRequest, pk: int, file_pk: int) -> HttpResponse:
    """A file that is kept with the text, as it came."""
    place = find_place(request, pk)
    row = (
        SigningFile.objects.select_related("file")
        .filter(signing=standing_signing(place), pk=file_pk)
        .first()
    )
    if row is None:
        raise Http404
    return sent_file(read_file(row.file), row.name, OCTETS)


def _took(form: forms.Form, verb: Callable[[str, bytes], Any], limit: int) -> bool:
    """Do the verb with an uploaded file; what is wrong with it stands beside its control."""
    if not form.is_valid():
        return False
    upload = form.cleaned_data["file"]
    try:
        if (upload.size or 0) > limit:
            raise TooLarge(upload.size or 0, limit)
        return tried(form, lambda: verb(upload.name, upload.read()), "file")
    except TooLarge as large:
        form.add_error("file", too_large(large))
    except NotWhatItSays as other:
        form.add_error("file", wrong_kind(other))
    except ExchangeRefused as refused:
        form.add_error("file", exchange_words(refused))
    return False


def _has(place: Place, signing: Signing) -> bool:
    return has_original(place.viewer, signing, clock.now())


def _demand(allowed: bool) -> None:
    """Before anything typed is looked at."""
    if not allowed:
        raise PermissionDenied


def _back(place: Place) -> HttpResponse:
    return redirect(f"{place.base}/signing/")

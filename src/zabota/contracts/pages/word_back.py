"""Word back: a file is uploaded, looked at beside what was sent, settled and taken over."""

import hashlib
from itertools import count

from django.conf import settings
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.signing import BadSignature, dumps, loads
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from zabota.common import clock
from zabota.common.files import TooLarge, read_file
from zabota.common.models import File
from zabota.common.sending import private
from zabota.common.sizes import file_size
from zabota.common.upload_words import too_large
from zabota.contracts.actions.submit import Fault, NoRoute, NotReady
from zabota.contracts.actions.word_back import (
    TextMoved,
    has_unsent_work,
    keep_upload,
    may_bring_word,
    take_word_back,
    take_word_for_client,
)
from zabota.contracts.actions.word_notes import WordFile
from zabota.contracts.docx.read import Reading, read
from zabota.contracts.docx.refusal import Refused
from zabota.contracts.docx_words import refusal_words
from zabota.contracts.models import Contract
from zabota.contracts.pages.common import Place, find_place
from zabota.contracts.pages.versions import frame
from zabota.contracts.pages.word_review import (
    Brought,
    brought_of,
    is_for_client,
    show_review,
)
from zabota.contracts.reading.paper_out import docx_of
from zabota.contracts.reading.texts import client_draft
from zabota.contracts.reading.values import labels_of
from zabota.contracts.trouble_words import trouble_words

SALT = "word-back"
A_DAY = 24 * 3600


@require_http_methods(["GET", "HEAD", "POST"])
def upload_page(request: HttpRequest, pk: int) -> HttpResponse:
    """A Word file is chosen; what cannot be taken is refused in words, with the reason."""
    place = _place(request, pk)
    trouble = ""
    upload = request.FILES.get("file")
    if request.method == "POST" and (upload is None or not upload.name):
        trouble = _("Please choose a file.")
    elif request.method == "POST" and upload is not None:
        try:
            if (upload.size or 0) > settings.UPLOAD_LIMIT:
                raise TooLarge(upload.size or 0, settings.UPLOAD_LIMIT)
            token = _taken_in(place, upload.read(), str(upload.name))
        except TooLarge as large:
            trouble = too_large(large)
        except Refused as refused:
            trouble = refusal_words(refused)
        else:
            return redirect(f"{place.base}/word/{token}/")
    context = frame(place) | {
        "trouble": trouble,
        "limit": file_size(settings.UPLOAD_LIMIT),
        "for_client": is_for_client(place),
    }
    status = 422 if trouble else 200
    return private(render(request, "contracts/word_back/upload.html", context, status=status))


@require_http_methods(["GET", "HEAD", "POST"])
def review_page(request: HttpRequest, pk: int, token: str) -> HttpResponse:
    """What the file changes, beside what was sent before; taken over when a person says so."""
    place = _place(request, pk)
    source = _source(place, token)
    told = request.POST if request.method == "POST" else request.GET
    try:
        brought = brought_of(place, source, _read(read_file(source.file)), told)
    except Refused as refused:
        messages.error(request, refusal_words(refused))
        return redirect(f"{place.base}/word/")
    if request.method == "POST" and request.POST.get("verb") in ("take", "take_all"):
        return _take(request, place, brought)
    return show_review(request, place, brought)


def _place(request: HttpRequest, pk: int) -> Place:
    place = find_place(request, pk)
    if place.viewer.read_only:
        raise Http404
    if not may_bring_word(place.viewer, place.contract):
        raise PermissionDenied
    return place


def _taken_in(place: Place, data: bytes, name: str) -> str:
    """The file passes the guard and is kept; the address of its page is signed for this person."""
    _read(data)
    source = keep_upload(data, name, by=place.viewer, at=clock.now(), limit=settings.UPLOAD_LIMIT)
    told = {
        "file": source.file.pk,
        "name": source.name,
        "contract": place.contract.pk,
        "user": place.viewer.user.pk,
    }
    return dumps(told, salt=SALT, compress=True)


def _source(place: Place, token: str) -> WordFile:
    try:
        told = loads(token, salt=SALT, max_age=A_DAY)
    except BadSignature as bad:
        raise Http404 from bad
    if (told["contract"], told["user"]) != (place.contract.pk, place.viewer.user.pk):
        raise Http404
    return WordFile(File.objects.get(pk=told["file"]), told["name"])


def _read(data: bytes) -> Reading:
    """The text as its writers propose it, tracked changes accepted. The same file gives the same
    ids each time it is looked at, and nobody can guess them."""
    digest = hashlib.sha256(data).hexdigest()
    steps = count()

    def new_id() -> str:
        told = salted_hmac(f"{SALT}:{next(steps)}", digest, algorithm="sha256")
        return told.hexdigest()[:32]

    return read(data, revisions="accept", new_id=new_id)


def _take(request: HttpRequest, place: Place, brought: Brought) -> HttpResponse:
    """Everything doubtful is settled: the text is taken over, or what is missing is said."""
    if brought.returned.open_doubts:
        messages.error(request, _("Please say of each doubtful clause which one it is."))
        return show_review(request, place, brought, status=422)
    try:
        words = _taken(request, place, brought)
    except TextMoved:
        messages.warning(request, _("The text was changed meanwhile. Please look once more."))
        return show_review(request, place, brought, status=409)
    except NotReady as faults:
        for fault in faults.faults:
            messages.error(request, _fault_words(place.contract, fault))
        return show_review(request, place, brought, status=422)
    except NoRoute:
        messages.error(request, _("The form has no approval route. Please tell the administrator."))
        return show_review(request, place, brought, status=422)
    messages.success(request, words)
    return redirect(f"{place.base}/")


def _taken(request: HttpRequest, place: Place, brought: Brought) -> str:
    contract, returned, at = place.contract, brought.returned, clock.now()
    seen = request.POST.get("seen", "")
    if not is_for_client(place):
        take_word_back(
            contract, returned.text, brought.values, brought.source, brought.notes,
            by=place.viewer, at=at, seen=seen,
        )  # fmt: skip
        return _("The text of the file is your draft now. Please look through it and send it.")
    unsent = None
    if has_unsent_work(contract):
        unsent = keep_upload(
            _unsent_docx(place), _("Your unsent draft.docx"),
            by=place.viewer, at=at, limit=settings.UPLOAD_LIMIT,
        )  # fmt: skip
    version = take_word_for_client(
        contract, returned.text, brought.values, brought.source, brought.notes,
        by=place.viewer, at=at, seen=seen, unsent=unsent,  # type: ignore[arg-type]
        reason=_("From the Word file “%(name)s”") % {"name": brought.source.name},
    )  # fmt: skip
    return _("Version %(number)d is sent for approval on the client’s behalf.") % {
        "number": version.number
    }


def _unsent_docx(place: Place) -> bytes:
    """The client's draft as a file for them alone; nobody of ours reads it on the way."""
    contract = place.contract
    draft = client_draft(contract, place.firm)
    assert draft is not None
    return docx_of(contract, draft, contract.case.title)


def _fault_words(contract: Contract, fault: Fault) -> str:
    labels = labels_of(contract.edition.fields)
    where = labels.get(fault.where) or _("Clause %(number)s") % {
        "number": fault.params.get("number", "")
    }
    return f"{where}: {trouble_words(fault.code, fault.params)}"

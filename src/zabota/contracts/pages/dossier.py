"""The dossier of a contract: everything that belongs to it, for one viewer."""

from datetime import datetime
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.db.models import Count
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST, require_safe

from zabota.cases.models import seen_by
from zabota.common import clock
from zabota.common.files import TooLarge, read_file
from zabota.common.sending import private, sent_file
from zabota.common.sizes import file_size
from zabota.common.upload_words import too_large, wrong_kind
from zabota.common.uploads import NotWhatItSays
from zabota.contracts.actions.talk import TooMany, attach_file, remove_file
from zabota.contracts.models import SETTLED, Attachment, Comment, Contract, Ending
from zabota.contracts.pages.common import Place, find_place
from zabota.contracts.pages.versions import frame, version_rows
from zabota.contracts.reading.approvals import read_approvals, rounds_words
from zabota.contracts.reading.people_seen import people_seen
from zabota.contracts.reading.signing.dossier import read_signatures
from zabota.contracts.rules import may_comment
from zabota.journal.models import Entry
from zabota.journal.reading import Line, read_lines

MOST_LINES = 200


@require_safe
def dossier_page(request: HttpRequest, pk: int) -> HttpResponse:
    """Versions, files, approval sheet, talk, relations, history: what this viewer may read."""
    place = find_place(request, pk)
    at = clock.now()
    masks = people_seen(
        place.contract, place.viewer, place.firm, place.language, _("our colleague")
    ).masks
    approvals = read_approvals(place.contract, place.viewer, place.firm, place.language)
    context = frame(place) | {
        "versions": version_rows(place, masks),
        "files": _files(place, masks),
        "signatures": read_signatures(place.contract, place.viewer, at=at),
        "may_attach": may_comment(place.viewer, place.contract),
        "limit": file_size(settings.UPLOAD_LIMIT),
        "approvals": approvals,
        "rounds": rounds_words(approvals),
        "comments": _comment_counts(place),
        "parent": _seen(place, place.contract.parent_id),
        "amendments": _amendments(place),
        "disputes": place.contract.changes.exists(),
        "sent_tables": list(place.contract.sent_tables.select_related("pdf").order_by("-number")),
        "annexed": place.contract.case.state in SETTLED and place.contract.ending == Ending.ANNEX,
        "lines": _history(place, masks, at),
    }
    return private(render(request, "contracts/dossier/dossier.html", context))


@require_POST
def attach_page(request: HttpRequest, pk: int) -> HttpResponse:
    """A file put into the dossier, for ourselves or for both sides as chosen."""
    place = find_place(request, pk)
    upload = request.FILES.get("file")
    own = "theirs" if place.in_room else "ours"
    audience = "both" if request.POST.get("audience") == "both" else own
    if upload is None or not upload.name:
        messages.error(request, _("Please choose a file."))
        return redirect(f"{place.base}/dossier/#files")
    try:
        if (upload.size or 0) > settings.UPLOAD_LIMIT:
            raise TooLarge(upload.size or 0, settings.UPLOAD_LIMIT)
        row = attach_file(
            place.contract,
            upload.name,
            upload.read(),
            upload.content_type or "application/octet-stream",
            by=place.viewer,
            at=clock.now(),
            audience=audience,
        )
    except TooLarge as large:
        messages.error(request, too_large(large))
    except NotWhatItSays as other:
        messages.error(request, wrong_kind(other))
    except TooMany as many:
        words = ngettext(
            "A contract holds %(limit)d file at most.",
            "A contract holds %(limit)d files at most.",
            many.limit,
        )
        messages.error(request, words % {"limit": many.limit})
    else:
        messages.success(request, _("File attached: %(name)s") % {"name": row.name})
    return redirect(f"{place.base}/dossier/#files")


@require_safe
def download_file(request: HttpRequest, pk: int, file_pk: int) -> HttpResponse:
    """A file as it came, to those it is meant for."""
    place = find_place(request, pk)
    row = _file(place, file_pk)
    return sent_file(read_file(row.file), row.name, _media_type(row))


@require_POST
def remove_page(request: HttpRequest, pk: int, file_pk: int) -> HttpResponse:
    """Whoever put a file there takes it away."""
    place = find_place(request, pk)
    row = remove_file(_file(place, file_pk), by=place.viewer, at=clock.now())
    messages.success(request, _("File removed: %(name)s") % {"name": row.name})
    return redirect(f"{place.base}/dossier/#files")


def _file(place: Place, pk: int) -> Attachment:
    row = (
        Attachment.objects.select_related("file")
        .filter(
            contract=place.contract,
            pk=pk,
            removed_at=None,
            audience__in=place.viewer.audiences,
        )
        .first()
    )
    if row is None:
        raise Http404
    return row


def _media_type(row: Attachment) -> str:
    """A PDF may be looked at in the browser; anything else is only taken away."""
    pdf = row.file.media_type == "application/pdf" and row.name.lower().endswith(".pdf")
    return "application/pdf" if pdf else "application/octet-stream"


def _files(place: Place, masks: dict[int, str]) -> list[dict[str, Any]]:
    rows = (
        Attachment.objects.filter(
            contract=place.contract, removed_at=None, audience__in=place.viewer.audiences
        )
        .select_related("file", "made_by")
        .order_by("-pk")
    )
    return [
        {
            "row": row,
            "size": file_size(row.file.size),
            "who": masks.get(row.made_by_id, row.made_by.shown_name),
            "mine": row.made_by_id == place.viewer.user.pk and not place.viewer.read_only,
        }
        for row in rows
    ]


def _comment_counts(place: Place) -> dict[str, int]:
    """How much was said: between both sides, and among one's own."""
    rows = (
        Comment.objects.filter(contract=place.contract, audience__in=place.viewer.audiences)
        .values("audience")
        .annotate(count=Count("pk"))
    )
    found = {row["audience"]: row["count"] for row in rows}
    return {"both": found.pop("both", 0), "own": sum(found.values())}


def _visible(place: Place) -> Any:
    return Contract.objects.select_related("case", "edition__template").filter(
        seen_by(place.viewer, "case__")
    )


def _seen(place: Place, pk: int | None) -> Contract | None:
    found: Contract | None = _visible(place).filter(pk=pk).first() if pk else None
    return found


def _amendments(place: Place) -> list[Contract]:
    return list(_visible(place).filter(parent=place.contract.pk).order_by("pk"))


def _history(place: Place, masks: dict[int, str], at: datetime) -> list[Line]:
    entries = Entry.objects.filter(
        stream=place.contract.case.stream_id, audience__in=place.viewer.audiences
    ).order_by("-seq")[:MOST_LINES]
    return read_lines(entries, now=at, masks=masks, veiled=place.in_room)

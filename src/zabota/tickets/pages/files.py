"""Files of a request: taken in with words, taken away by whoever reads the words."""

from functools import lru_cache

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.utils.translation import get_language, ngettext
from django.views.decorators.http import require_safe

from zabota.cases.models import Case
from zabota.clients.access import room_page
from zabota.common.files import TooLarge, read_file
from zabota.common.models import File
from zabota.common.sending import sent_file
from zabota.common.sizes import file_size
from zabota.common.upload_words import too_large, wrong_kind
from zabota.common.uploads import NotWhatItSays
from zabota.people.access import staff_page
from zabota.tickets.actions.files import Brought, TooManyFiles
from zabota.tickets.actions.words import Empty, TooLong
from zabota.tickets.models import Remark, RemarkFile
from zabota.tickets.pages.common import Place, empty_words, find_place, too_long_words
from zabota.tickets.reading.files import files_of_letters

NOT_TAKEN = (Empty, TooLong, TooManyFiles, TooLarge, NotWhatItSays)


def brought_files(request: HttpRequest) -> list[Brought]:
    """What was sent with the words; TooLarge and TooManyFiles, before anything is read."""
    sent = [one for one in request.FILES.getlist("files") if one.name]
    if len(sent) > TooManyFiles.limit:
        raise TooManyFiles
    for one in sent:
        if (one.size or 0) > settings.UPLOAD_LIMIT:
            raise TooLarge(one.size or 0, settings.UPLOAD_LIMIT)
    return [
        Brought(one.name or "", one.read(), one.content_type or "application/octet-stream")
        for one in sent
    ]


def why_not_taken(why: Exception) -> str:
    """What is wrong with what was said or sent, and what to do."""
    if isinstance(why, TooLarge):
        return too_large(why)
    if isinstance(why, NotWhatItSays):
        return wrong_kind(why)
    if isinstance(why, TooManyFiles):
        words = ngettext(
            "At most %(limit)d file at once.", "At most %(limit)d files at once.", why.limit
        )
        return words % {"limit": why.limit}
    return empty_words() if isinstance(why, Empty) else too_long_words()


def limits() -> str:
    """How many files are taken at once, and how large."""
    return _limits(get_language() or "ru", TooManyFiles.limit, settings.UPLOAD_LIMIT)


@lru_cache(maxsize=8)
def _limits(language: str, most: int, largest: int) -> str:
    words = ngettext("Up to %(limit)d file of %(size)s", "Up to %(limit)d files of %(size)s", most)
    return words % {"limit": most, "size": file_size(largest)}


def download_added(request: HttpRequest, pk: int, file_pk: int) -> HttpResponse:
    """A file somebody added to what they said."""
    place = find_place(request, pk)
    row = RemarkFile.objects.select_related("file").filter(pk=file_pk, **_read_by(place)).first()
    if row is None:
        raise Http404
    return _sent(row.file, row.name)


def download_of_letter(request: HttpRequest, pk: int, file_pk: int) -> HttpResponse:
    """A file a letter of this request brought; what there is a doubt about is not given out."""
    place = find_place(request, pk)
    whole = Case.objects.whole_of(place.ticket.pk).values("pk")
    lines = Remark.objects.filter(
        ticket__in=whole, audience__in=place.viewer.audiences, letter__isnull=False
    )
    row = (
        files_of_letters(lines.values_list("letter", flat=True))
        .filter(pk=file_pk, doubt="")
        .first()
    )
    if row is None:
        raise Http404
    return _sent(row.file, row.name)


def _read_by(place: Place) -> dict[str, object]:
    whole = Case.objects.whole_of(place.ticket.pk).values("pk")
    return {"remark__ticket__in": whole, "remark__audience__in": place.viewer.audiences}


def _sent(file: File, name: str) -> HttpResponse:
    """A PDF may be looked at in the browser; anything else is only taken away."""
    pdf = file.media_type == "application/pdf" and name.lower().endswith(".pdf")
    return sent_file(
        read_file(file), name, "application/pdf" if pdf else "application/octet-stream"
    )


desk_added = require_safe(staff_page(download_added))
room_added = require_safe(room_page(download_added))
desk_of_letter = require_safe(staff_page(download_of_letter))
room_of_letter = require_safe(room_page(download_of_letter))

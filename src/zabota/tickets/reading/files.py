"""Files of a thread: those added to its lines, those its letters brought."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from django.db.models import QuerySet
from django.utils.translation import gettext

from zabota.common.questions import Numbers, Question
from zabota.common.sizes import file_size
from zabota.outreach.models import ReceivedFile
from zabota.tickets.models import Remark, RemarkFile

# Requests that are one: more of them are asked for in the ordinary way.
WHOLE: Final = Numbers(4)


@dataclass(frozen=True)
class FileOf:
    """A file of a line of the thread, and where it is taken from; of what is kept and not opened
    here, why.
    """

    name: str
    size: str
    path: str
    doubt: str = ""


def files_of_lines(tickets: list[int], remarks: list[Remark], page: str) -> dict[int, list[FileOf]]:
    """The files of each line: those added to it in these requests, and those its letter brought;
    taken from below the `page`. What something speaks against is named, and left with the letter.
    """
    found: dict[int, list[FileOf]] = {}
    of_letters = {remark.letter_id: remark.pk for remark in remarks if remark.letter_id}
    for one in _added(tickets=tickets):
        path = f"{page}files/{one.pk}/"
        found.setdefault(one.remark_id, []).append(FileOf(one.name, file_size(one.file.size), path))
    if of_letters:
        for came in files_of_letters(of_letters):
            path = "" if came.doubt else f"{page}letter-files/{came.pk}/"
            size, doubt = file_size(came.file.size), _doubt(came)
            line = of_letters[came.letter_id]
            found.setdefault(line, []).append(FileOf(came.name, size, path, doubt))
    return found


def files_of_letters(letters: Iterable[int]) -> QuerySet[ReceivedFile]:
    """What letters brought; pictures that belong to the look of a letter do not count."""
    brought = ReceivedFile.objects.filter(letter__in=list(letters)).brought()
    return brought.select_related("file").order_by("pk")


def _doubt(came: ReceivedFile) -> str:
    """Why a file is kept and named, and not opened here."""
    if not came.doubt:
        return ""
    if came.doubt == "too_large":
        return gettext("too large to open here")
    if came.doubt == "not_what_it_says":
        return gettext("is not what its name says")
    return gettext("a kind of file we do not open")


_added = Question(
    lambda tickets: (
        RemarkFile.objects.filter(remark__ticket__in=tickets).select_related("file").order_by("pk")
    ),
    tickets=WHOLE,
)

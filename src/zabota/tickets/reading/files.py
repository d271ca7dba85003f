"""Files of a thread: those added to its lines, those its letters brought."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from django.db.models import QuerySet

from zabota.common.questions import Numbers, Question
from zabota.common.sizes import file_size
from zabota.outreach.models import ReceivedFile
from zabota.tickets.models import Remark, RemarkFile

# Requests that are one: more of them are asked for in the ordinary way.
WHOLE: Final = Numbers(4)


@dataclass(frozen=True)
class FileOf:
    """A file of a line of the thread, and where it is taken from."""

    name: str
    size: str
    path: str


def files_of_lines(tickets: list[int], remarks: list[Remark], page: str) -> dict[int, list[FileOf]]:
    """The files of each line: those added to it in these requests, and those its letter brought
    that nothing speaks against; taken from below the `page`.
    """
    found: dict[int, list[FileOf]] = {}
    of_letters = {remark.letter_id: remark.pk for remark in remarks if remark.letter_id}
    for one in _added(tickets=tickets):
        path = f"{page}files/{one.pk}/"
        found.setdefault(one.remark_id, []).append(FileOf(one.name, file_size(one.file.size), path))
    if of_letters:
        for came in files_of_letters(of_letters):
            path = f"{page}letter-files/{came.pk}/"
            line = of_letters[came.letter_id]
            found.setdefault(line, []).append(FileOf(came.name, file_size(came.file.size), path))
    return found


def files_of_letters(letters: Iterable[int]) -> QuerySet[ReceivedFile]:
    """What letters brought and may be opened; pictures that belong to the look of a letter do not
    count.
    """
    sound = ReceivedFile.objects.filter(letter__in=list(letters), doubt="", inline=False)
    return sound.select_related("file").order_by("pk")


_added = Question(
    lambda tickets: (
        RemarkFile.objects.filter(remark__ticket__in=tickets).select_related("file").order_by("pk")
    ),
    tickets=WHOLE,
)

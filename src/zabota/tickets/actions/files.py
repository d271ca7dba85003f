"""Files people add to what they say."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.conf import settings

from zabota.common.files import drop_file, keep_file
from zabota.common.uploads import check_kind, safe_name
from zabota.journal.models import Entry
from zabota.tickets.actions.words import clean_words
from zabota.tickets.models import Remark, RemarkFile


@dataclass(frozen=True)
class Brought:
    """A file as it was sent: its name, its bytes, what the browser takes it for."""

    name: str
    data: bytes
    media_type: str


class TooManyFiles(Exception):
    """More at once than we take; says the limit."""

    limit = 10


def words_with(text: str, files: Sequence[Brought]) -> str:
    """What is said; a photograph alone says its name. Empty, where there is neither."""
    if not text.strip() and files:
        return clean_words(", ".join(safe_name(one.name) for one in files))
    return clean_words(text)


def keep_files(remark: Remark, files: Sequence[Brought], *, by: object, at: datetime) -> None:
    """Keep them with the words; TooManyFiles, TooLarge and NotWhatItSays say what is not taken, and
    then nothing was said either.
    """
    if len(files) > TooManyFiles.limit:
        raise TooManyFiles
    for one in files:
        check_kind(one.name, one.data)
        file = keep_file(one.data, one.media_type[:100], at=at, limit=settings.UPLOAD_LIMIT)
        RemarkFile.objects.create(remark=remark, file=file, name=safe_name(one.name))


def forget_files(entry: Entry, *, by: None, at: datetime) -> int:
    """What follows erasing a person: files they added to what they said are kept no longer."""
    theirs = RemarkFile.objects.filter(
        remark__contact=entry.facts["contact"], remark__side="theirs"
    )
    rows = list(theirs.select_related("file"))
    theirs.delete()
    for row in rows:
        drop_file(row.file)
    return len(rows)

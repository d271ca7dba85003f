"""What is kept of an author, once they were erased."""

from datetime import datetime

from zabota.cases.actions import touch_case
from zabota.common.files import drop_file
from zabota.journal.models import Entry
from zabota.voice.gathering.found import forgotten
from zabota.voice.models import AuthorGuess, Delivery, Mention, MentionKey, Twin

GONE = "—"


def forget_mentions(entry: Entry, *, by: None, at: datetime) -> int:
    """What follows erasing a person: of what they wrote only that it was, when, and whether it was
    thanked for. That it may have been theirs is guessed no more.
    """
    contact = entry.facts["contact"]
    rows = Mention.objects.filter(contact=contact)
    theirs = list((rows | Mention.objects.filter(case__root__mention__in=rows)).distinct())
    for row in theirs:
        row.text = row.author = row.author_link = row.link = row.answer_link = row.words = ""
        row.digest = row.link_digest = ""
        row.outer = forgotten(row.outer)
        row.save()
        row.case.title = row.case.search = GONE
        touch_case(row.case, by=by, at=at, fields=("title", "search"))
    _forget_brought({row.delivery_id for row in theirs if row.delivery_id})
    MentionKey.objects.filter(mention__in=theirs).delete()
    Twin.objects.filter(one__in=theirs).delete()
    Twin.objects.filter(other__in=theirs).delete()
    AuthorGuess.objects.filter(contact=contact).delete()
    return len(theirs)


def _forget_brought(deliveries: set[int]) -> None:
    """What brought their words is kept no longer, only how much it brought."""
    rows = Delivery.objects.filter(pk__in=deliveries, finished_at__isnull=False)
    for row in rows.select_related("file"):
        file, row.file, row.name, row.faults = row.file, None, GONE, []
        row.save(update_fields=["file", "name", "faults"])
        if file is not None:
            drop_file(file)

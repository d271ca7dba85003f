"""Tables that were taken in are kept no longer than their people are."""

from datetime import datetime

from zabota.clients.actions.forget_card import ERASED
from zabota.clients.models import Import, ImportState
from zabota.common.files import drop_file, keep_file
from zabota.journal.models import Entry


def forget_tables(entry: Entry, *, by: None, at: datetime) -> int:
    """What follows erasing a person: tables that were taken in, any of which may name them, leave
    their rows and what was wrong in them behind; how many rows there were stays.
    """
    done = Import.objects.filter(state=ImportState.DONE).exclude(name=ERASED).select_related("file")
    for given in done:
        file = given.file
        given.file = keep_file(f"erased table {given.pk}".encode(), "text/plain", at=at)
        given.name, given.faults = ERASED, []
        given.save(update_fields=["file", "name", "faults"])
        drop_file(file)
    return len(done)

"""Rows of a table that were not taken, as a file: as they came, with what is wrong beside each, to
be put right and brought in again.
"""

from collections import defaultdict
from collections.abc import Iterator
from pathlib import PurePath

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext
from django.views.decorators.http import require_GET

from zabota.clients.actions.tables import MOST_FAULTS, fields_of, judged_rows
from zabota.clients.bringing import Brought, bringing_of
from zabota.clients.desk.tables import fault_words
from zabota.clients.models import Import, ImportState
from zabota.clients.rules import may_import_tables
from zabota.clients.tables import Fault, Table, read_table
from zabota.common import clock, export
from zabota.common.files import read_file
from zabota.common.sending import sent_file
from zabota.people.access import StaffRequest, staff_page
from zabota.people.rules import demand

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@require_GET
@staff_page
def import_refused(request: StaffRequest, pk: int) -> HttpResponse:
    """The rows with errors as an XLSX: text stays text there, nothing is a formula."""
    demand(may_import_tables(request.user, clock.now()))
    given = get_object_or_404(Import.objects.select_related("file"), pk=pk)
    if not fields_of(given.kind):
        raise Http404
    name = gettext("%(table)s, rows with errors") % {"table": PurePath(given.name).stem}
    return sent_file(export.as_xlsx([refused_rows(given)]), f"{name}.xlsx", XLSX)


def refused_rows(given: Import) -> export.Table:
    """As they came, by their order; what was refused together (the lines of one order) is together
    here, too. What an earlier file of this kind said is said anew.
    """
    table = read_table(read_file(given.file))
    wrong = _wrong(given)
    together = _together(given, table)
    numbers = {number for row in wrong for number in together.get(row, (row,))}
    ours = [gettext("What is wrong"), gettext("Row")]
    width = len(table.head) - (len(ours) if table.head[-len(ours) :] == ours else 0)
    rows: list[list[export.Cell]] = [
        [*cells[:width], "; ".join(wrong.get(number, ())), number]
        for number, cells in table.rows
        if number in numbers
    ]
    return export.Table(PurePath(given.name).stem, [*table.head[:width], *ours], rows)


def _wrong(given: Import) -> dict[int, list[str]]:
    """What is wrong, by row: as it was said when they were taken; as it is now, of a table that is
    being looked at, and of what was too much to be kept.
    """
    found: dict[int, list[str]] = defaultdict(list)
    for row, key, code, value in given.faults:
        found[row].append(fault_words(Fault(key, code, value), given.kind))
    if given.state == ImportState.TRIED or len(given.faults) >= MOST_FAULTS:
        known = set(found)
        for row, fault in _faults_now(given):
            if row not in known:
                found[row].append(fault_words(fault, given.kind))
    return found


def _faults_now(given: Import) -> Iterator[tuple[int, Fault]]:
    for one in judged_rows(given):
        if isinstance(one, Brought):
            yield from one.faults
        else:
            yield from ((one.row.row, fault) for fault in one.faults)


def _together(given: Import, table: Table) -> dict[int, list[int]]:
    """Of each row, all rows that are one thing with it."""
    upper = bringing_of(given.kind)
    place = given.columns.get(upper.whole_by) if upper is not None else None
    if place is None:
        return {}
    same: dict[str, list[int]] = defaultdict(list)
    for number, cells in table.rows:
        if cells[place]:
            same[cells[place]].append(number)
    return {number: rows for rows in same.values() for number in rows}

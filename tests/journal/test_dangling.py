"""Whole histories that were taken away are missed by the rows that name them."""

from django.db import connection

from tests.clients.conftest import make_clients
from tests.people.conftest import AT
from tests.support.fresh import FreshDatabase
from zabota.journal.models import Entry
from zabota.journal.verify import Broken, verify_journal
from zabota.outreach.actions import announce_entries

GUARDS = (
    ("entry_no_update", "journal_entry"),
    ("entry_no_delete", "journal_entry"),
    ("particular_no_update", "journal_particular"),
)


def with_nothing_in_the_way(statements: list[str]) -> None:
    """As somebody does who may write to the database itself: no guards, no foreign keys."""
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("SET session_replication_role = replica")
        else:
            cursor.execute("PRAGMA foreign_keys=OFF")
            for name, _ in GUARDS:
                cursor.execute(f"DROP TRIGGER {name}")
        for statement in statements:
            cursor.execute(statement)


def words_of(stream: int) -> str:
    return (
        "DELETE FROM journal_particular WHERE entry_id IN"
        f" (SELECT id FROM journal_entry WHERE stream_id = {stream})"
    )


def whole_stream() -> tuple[int, Broken | None]:
    stream = make_clients().daisy.stream_id
    assert verify_journal().broken is None
    with_nothing_in_the_way([
        words_of(stream),
        f"DELETE FROM journal_entry WHERE stream_id = {stream}",
        f"DELETE FROM journal_stream WHERE id = {stream}",
    ])  # fmt: skip
    return stream, verify_journal().broken


def test_a_stream_deleted_with_its_head_is_missed_by_its_bearer(on_both: FreshDatabase) -> None:
    stream, broken = on_both.call(whole_stream)
    assert broken is not None
    assert (broken.stream, broken.row) == (stream, "clients_client 1")
    assert broken.what.told["row"] == stream


def emptied() -> Broken | None:
    stream = make_clients().daisy.stream_id
    with_nothing_in_the_way([
        words_of(stream),
        f"DELETE FROM journal_entry WHERE stream_id = {stream}",
        f"UPDATE journal_stream SET seq = 0, digest = '' WHERE id = {stream}",
    ])  # fmt: skip
    return verify_journal().broken


def test_a_stream_emptied_with_its_head_set_back_is_missed(on_both: FreshDatabase) -> None:
    broken = on_both.call(emptied)
    assert broken is not None
    assert broken.row == "clients_client 1"


def tail_cut() -> tuple[int, Broken | None]:
    """The last entry goes and the head is set back; only the letter it called for remembers it."""
    stream = make_clients().daisy.stream_id
    while announce_entries(by=None, at=AT):
        pass
    last, before = Entry.objects.filter(stream=stream).order_by("-seq")[:2]
    with_nothing_in_the_way([
        f"DELETE FROM journal_particular WHERE entry_id = {last.pk}",
        f"DELETE FROM journal_entry WHERE id = {last.pk}",
        f"UPDATE journal_stream SET seq = {before.seq}, digest = '{before.digest}'"
        f" WHERE id = {stream}",
    ])  # fmt: skip
    return last.pk, verify_journal().broken


def test_a_cut_tail_is_missed_by_the_letter_it_called_for(on_both: FreshDatabase) -> None:
    pk, broken = on_both.call(tail_cut)
    assert broken is not None
    assert broken.row.startswith("outreach_message ")
    assert broken.what.told["row"] == pk

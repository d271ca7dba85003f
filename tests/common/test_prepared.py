"""Statements put together once say what Django says, whatever the values, on both databases."""

import threading
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.contrib.sessions.models import Session
from django.db import connection, transaction
from django.db.models import F
from django.db.models.sql.compiler import SQLCompiler, SQLInsertCompiler

from tests.support.fresh import FreshDatabase
from zabota.common.prepared import Prepared, PreparedInsert, PreparedUpdate, PreparedUpsert
from zabota.journal.models import Stream

AT = datetime(2026, 11, 17, 7, 0, 0, 5, tzinfo=UTC)
DAY = timedelta(days=1)

SESSIONS = Prepared(
    lambda key, at: (
        Session.objects.filter(session_key__startswith="a", expire_date__gt=at)
        .exclude(session_key=key)
        .order_by("-session_key")
    )
)
STREAMS = Prepared(lambda pk: Stream.objects.select_for_update().filter(pk=pk).annotate(n=F("seq")))
NEW_STREAM, STORE = PreparedInsert(Stream), PreparedUpsert(Stream, ["seq"])
MOVE = PreparedUpdate(
    lambda pk, seq, digest: (
        Stream.objects.filter(pk=pk, seq=seq),
        {"seq": F("seq") + 1, "digest": digest},
    )
)


def asked() -> list[list[str]]:
    for number, key in enumerate(("ab", "a'%s", "a⟦1⟧", "b")):
        Session.objects.create(session_key=key, session_data="", expire_date=AT + number * DAY)
    found = [SESSIONS("ab", AT - DAY), SESSIONS("a'%s", AT + DAY), SESSIONS("x", AT + 9 * DAY)]
    return [[row.session_key for row in rows] for rows in found]


def test_numbers_words_and_moments_are_asked_for_as_they_are(on_both: FreshDatabase) -> None:
    assert on_both.call(asked) == [["a⟦1⟧", "a'%s"], ["a⟦1⟧"], []]


def written() -> tuple[Any, ...]:
    with transaction.atomic():
        rows = [NEW_STREAM(Stream(seq=number, digest="%s «d»")) for number in (3, 4, 5)]
        for row in rows:
            row.seq, row.digest = row.seq * 10, "not a column that is written"
        STORE([])
        STORE(rows[:1])
        STORE(rows[1:])
        moved = MOVE(rows[0].pk, 30, "new"), MOVE(rows[1].pk, 30, "new"), MOVE(-1, 30, "new")
        (locked,) = STREAMS(rows[2].pk)
        nobody = STREAMS(rows[2].pk + 100)
    keys = [row.pk for row in rows]
    there = list(Stream.objects.filter(pk__in=keys).order_by("pk").values_list("seq", "digest"))
    return there, moved, (locked.seq, locked.n, nobody), [row._state.adding for row in rows]  # type: ignore[attr-defined]


def test_what_is_written_is_what_was_given(on_both: FreshDatabase) -> None:
    there, moved, read, new = on_both.call(written)
    assert there == [(31, "new"), (40, "%s «d»"), (50, "%s «d»")]
    assert moved == (1, 0, 0)
    assert read == (50, 50, [])
    assert new == [False, False, False]


def test_a_text_is_put_together_once_in_each_thread(
    db: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    made: list[str] = []

    def counting(compiler: type[Any]) -> None:
        original = compiler.as_sql

        def as_sql(self: Any, *args: Any, **kwargs: Any) -> Any:
            made.append(type(self).__name__)
            return original(self, *args, **kwargs)

        monkeypatch.setattr(compiler, "as_sql", as_sql)

    counting(SQLCompiler)
    counting(SQLInsertCompiler)
    rows = Prepared(lambda pk: Stream.objects.filter(pk=pk))
    insert = PreparedInsert(Stream)
    for _ in range(3):
        assert rows(insert(Stream()).pk)[0].seq == 0
    assert len(made) == 2

    def elsewhere() -> None:
        rows(1)
        connection.close()

    thread = threading.Thread(target=elsewhere)
    thread.start()
    thread.join()
    assert len(made) == 3


def test_a_value_that_is_not_used_as_it_is_is_refused(db: None) -> None:
    for make in (
        lambda pk: Stream.objects.filter(pk=pk + 1),
        lambda pk: Stream.objects.all(),
    ):
        with pytest.raises(TypeError, match="each of its values"):
            Prepared(make)(1)

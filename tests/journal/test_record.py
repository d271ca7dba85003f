"""Entries: the chain holds, canonical text is exact, the database itself refuses to change them."""

import json
from datetime import UTC, datetime, timedelta, timezone
from typing import Any

import pytest
from django.db import DatabaseError, connection, transaction
from hypothesis import given
from hypothesis import strategies as st

from tests.support.fresh import FreshDatabase
from zabota.journal import triggers
from zabota.journal.actions import (
    StreamMoved,
    forget_particulars,
    lock_stream,
    open_stream,
    record,
)
from zabota.journal.chain import canonical_text, link_digest, moment_text, particular_digest
from zabota.journal.kinds import EntryKind, all_kinds, declare, kind_named
from zabota.journal.models import Entry, Particular, Stream
from zabota.journal.verify import Broken, Wrong, verify_journal

AT = datetime(2026, 11, 17, 7, 0, tzinfo=UTC)
KIND = "case.promise_renegotiated"


def write(stream: Stream, **facts: Any) -> Entry:
    with transaction.atomic():
        return record(lock_stream(stream.pk), kind_named(KIND), by=None, at=AT, **facts)


def test_entries_follow_one_another(db: None) -> None:
    stream = open_stream()
    first, second = write(stream, n=1), write(stream, n=2)
    stream.refresh_from_db()
    assert (first.seq, second.seq, stream.seq) == (1, 2, 2)
    assert second.digest == stream.digest == link_digest(first.digest, second.canonical)
    assert first.digest == link_digest("", first.canonical)
    assert second.facts == {"n": 2}
    assert (second.audience, second.announced_at) == ("both", None)


def test_two_who_did_not_lock_do_not_both_write(db: None) -> None:
    stream = open_stream()
    one, other = Stream.objects.get(pk=stream.pk), Stream.objects.get(pk=stream.pk)
    with transaction.atomic():
        record(one, kind_named(KIND), by=None, at=AT)
        with pytest.raises(StreamMoved):
            record(other, kind_named(KIND), by=None, at=AT)
    assert verify_journal().broken is None


def outside() -> str:
    try:
        record(open_stream(), kind_named(KIND), by=None, at=AT)
    except RuntimeError as error:
        return str(error)
    return ""


def test_nothing_is_recorded_outside_a_transaction(on_both: FreshDatabase) -> None:
    assert "transaction" in on_both.call(outside)


def test_personal_words_lie_beside_the_entry(db: None) -> None:
    stream = open_stream()
    with transaction.atomic():
        entry = record(
            lock_stream(stream.pk), kind_named(KIND), by=None, at=AT, particulars={"name": "Пётр"}
        )
    part = Particular.objects.get()
    assert "Пётр" not in entry.canonical
    kept = json.loads(entry.canonical)["particulars"]["name"]
    assert kept == particular_digest(part.salt, "Пётр")
    assert len(part.salt) == 32
    part.delete()
    assert verify_journal().broken == Broken(stream.pk, 1, Wrong("words_gone", {"name": "name"}))
    assert forget_particulars([entry.pk], by=None, at=AT) == []
    write(stream, forgotten=[entry.pk])
    assert verify_journal().broken is None


def test_a_kind_is_declared_once_and_has_a_sentence() -> None:
    with pytest.raises(ValueError, match="twice"):
        declare(EntryKind(KIND, "again", "ours"))
    assert all(str(kind.sentence) and kind.audience for kind in all_kinds())


# Laws of the canonical text.

plain = st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False)
words = st.text(st.characters(blacklist_categories=("Cs",), blacklist_characters="\x00"))
facts = st.dictionaries(
    words,
    st.recursive(
        plain | words,
        lambda inner: st.lists(inner, max_size=3) | st.dictionaries(words, inner, max_size=3),
        max_leaves=8,
    ),
    max_size=5,
)
moments = st.integers(-(10**15), 10**16).map(lambda micros: AT + timedelta(microseconds=micros))


def text_of(told: dict[str, Any], at: datetime = AT) -> str:
    return canonical_text(
        stream=1, seq=2, kind="k", at=at, actor=3, acted_for=None, audience="both",
        facts=told, particulars={},
    )  # fmt: skip


@given(facts)
def test_what_was_told_is_read_back_whatever_its_order(told: dict[str, Any]) -> None:
    text = text_of(told)
    assert json.loads(text)["facts"] == told
    assert text_of(dict(reversed(told.items()))) == text
    assert "\x00" not in text
    assert "\n" not in text


@given(facts, facts)
def test_two_different_tellings_have_different_texts(
    one: dict[str, Any], two: dict[str, Any]
) -> None:
    assert (text_of(one) == text_of(two)) == (
        json.dumps(one, sort_keys=True) == json.dumps(two, sort_keys=True)
    )


@given(moments, st.integers(-14 * 60, 14 * 60))
def test_a_moment_is_written_alike_in_every_zone(at: datetime, minutes: int) -> None:
    elsewhere = at.astimezone(timezone(timedelta(minutes=minutes)))
    assert moment_text(elsewhere) == moment_text(at)
    assert len(moment_text(at)) == 27
    assert datetime.fromisoformat(moment_text(at)) == at


@given(st.lists(words, min_size=2, max_size=6), st.data())
def test_a_digest_covers_all_that_came_before(texts: list[str], data: st.DataObject) -> None:
    def chain(some: list[str]) -> str:
        digest = ""
        for text in some:
            digest = link_digest(digest, text)
        return digest

    place = data.draw(st.integers(0, len(texts) - 1))
    other = data.draw(words.filter(lambda text: text != texts[place]))
    changed = [*texts[:place], other, *texts[place + 1 :]]
    assert chain(changed) != chain(texts)
    assert chain([*texts[:place], *texts[place + 1 :]]) != chain(texts)


@pytest.mark.parametrize("bad", ["\x00", "a\x00b"])
def test_what_a_database_cannot_keep_is_refused(bad: str) -> None:
    for told in ({"a": bad}, {"a": [{"b": bad}]}, {bad: 1}):
        with pytest.raises(ValueError, match="NUL"):
            text_of(told)
    with pytest.raises(ValueError, match="JSON"):
        text_of({"a": float("nan")})


@pytest.mark.parametrize("fine", ["\\u0000", "\\\\u0000", "\\x00", "%00"])
def test_words_that_only_look_like_it_are_kept(fine: str) -> None:
    assert json.loads(text_of({"a": fine}))["facts"] == {"a": fine}


# Verifying, on both databases: each forgery is made past the triggers, as an intruder would.


def history() -> tuple[int, int]:
    """Two streams: the first with five entries, the third of which has personal words."""
    one, other = open_stream(), open_stream()
    for number in range(5):
        with transaction.atomic():
            record(
                lock_stream(one.pk), kind_named(KIND), by=None, at=AT, n=number,
                particulars={"name": "Пётр"} if number == 2 else None,
            )  # fmt: skip
        write(other, n=number)
    return one.pk, other.pk


def forge(statements: list[str]) -> Broken | None:
    """What is found after these statements; everything is taken back afterwards."""
    with transaction.atomic():
        one, other = history()
        with connection.cursor() as cursor:
            for name in ("entry_no_update", "entry_no_delete", "particular_no_update"):
                table = "journal_particular" if name.startswith("particular") else "journal_entry"
                on = f" ON {table}" if connection.vendor == "postgresql" else ""
                cursor.execute("SET CONSTRAINTS ALL IMMEDIATE" if on else "SELECT 1")
                cursor.execute(f"DROP TRIGGER {name}{on}")
            for statement in statements:
                cursor.execute(statement.format(one=one, other=other))
        found = verify_journal().broken
        transaction.set_rollback(True)
    return found and Broken(found.stream - one, found.seq, found.what)


def forge_all(forgeries: dict[str, tuple[list[str], int]]) -> dict[str, Broken | None]:
    return {name: forge(statements) for name, (statements, _) in forgeries.items()}


MY = "WHERE stream_id = {one} AND seq ="
FORGERIES = {
    "text": ([f"UPDATE journal_entry SET canonical = replace(canonical, ':1', ':7') {MY} 2"], 2),
    "column": ([f"UPDATE journal_entry SET audience = 'ours' {MY} 3"], 3),
    "moment": ([f"UPDATE journal_entry SET at = '2020-01-01 00:00:00+00:00' {MY} 4"], 4),
    "digest": ([f"UPDATE journal_entry SET digest = '{'0' * 64}' {MY} 2"], 2),
    "deleted": (
        ["DELETE FROM journal_particular", f"DELETE FROM journal_entry {MY} 3"], 4,
    ),
    "deleted first": ([f"DELETE FROM journal_entry {MY} 1"], 2),
    "tail deleted": ([f"DELETE FROM journal_entry {MY} 5"], 4),
    "swapped": (
        [
            f"UPDATE journal_entry SET seq = 100 {MY} 1",
            f"UPDATE journal_entry SET seq = 1 {MY} 2",
            f"UPDATE journal_entry SET seq = 2 {MY} 100",
        ],
        1,
    ),
    "inserted": (
        [
            "INSERT INTO journal_entry (stream_id, seq, kind, at, audience, canonical, digest)"
            " SELECT stream_id, 6, kind, at, audience, canonical, digest FROM journal_entry"
            f" {MY} 5"
        ],
        6,
    ),
    "head": (["UPDATE journal_stream SET seq = 4 WHERE id = {one}"], 5),
    "head digest": ([f"UPDATE journal_stream SET digest = '{'0' * 64}' WHERE id = {{one}}"], 5),
    "personal words": (["UPDATE journal_particular SET text = 'Павел'"], 3),
    "personal words taken away": (["DELETE FROM journal_particular"], 3),
}  # fmt: skip


def test_the_first_bad_row_is_named(on_both: FreshDatabase) -> None:
    found = on_both.call(forge_all, FORGERIES)
    named = {name: broken and (broken.stream, broken.seq) for name, broken in found.items()}
    assert named == {name: (0, seq) for name, (_, seq) in FORGERIES.items()}
    assert all(broken and broken.what.code for broken in found.values())


def untouched() -> tuple[int, int, Broken | None]:
    one, _ = history()
    with transaction.atomic():
        pks = list(Entry.objects.values_list("pk", flat=True))
        forgotten = forget_particulars(pks, by=None, at=AT)
        write(Stream.objects.get(pk=one), forgotten=forgotten)
    assert not Particular.objects.exists()
    found = verify_journal()
    return found.streams, found.entries, found.broken


def test_a_whole_journal_is_whole_without_its_personal_words(on_both: FreshDatabase) -> None:
    assert on_both.call(untouched) == (2, 11, None)


def tried(statements: list[str]) -> list[str]:
    """What the database answers to each."""
    history()
    answers = []
    for statement in statements:
        try:
            with transaction.atomic(), connection.cursor() as cursor:
                cursor.execute(statement)
            answers.append("done")
        except DatabaseError as error:
            answers.append(str(error))
    return answers


REFUSED = [
    "UPDATE journal_entry SET canonical = 'x' WHERE seq = 1",
    "UPDATE journal_entry SET digest = 'x' WHERE seq = 1",
    "UPDATE journal_entry SET audience = 'ours' WHERE seq = 1",
    "UPDATE journal_entry SET seq = 77 WHERE seq = 1",
    "UPDATE journal_entry SET actor_id = 1 WHERE seq = 1",
    "UPDATE journal_entry SET at = '2020-01-01 00:00:00+00:00', announced_at = at",
    "DELETE FROM journal_entry WHERE seq = 5",
    "UPDATE journal_particular SET text = 'x'",
]


def test_the_database_refuses(on_both: FreshDatabase) -> None:
    answers = on_both.call(tried, REFUSED)
    assert ["append-only" in answer for answer in answers] == [True] * len(REFUSED), answers


def marked_twice() -> str:
    stream = open_stream()
    entry = write(stream)
    Entry.objects.filter(pk=entry.pk).update(announced_at=AT)
    try:
        Entry.objects.filter(pk=entry.pk).update(announced_at=None)
    except DatabaseError as error:
        return str(error)
    return ""


def test_the_announcers_mark_is_set_once(on_both: FreshDatabase) -> None:
    assert "append-only" in on_both.call(marked_twice)


@pytest.mark.postgres
def test_postgresql_refuses_to_be_emptied(make_database: Any) -> None:
    database = make_database("postgresql")
    (answer,) = database.call(tried, ["TRUNCATE journal_entry CASCADE"])
    assert "append-only" in answer


def test_both_databases_guard_the_same() -> None:
    names = set(triggers.POSTGRESQL) - {"function", "entry_no_truncate"}
    assert names == set(triggers.SQLITE)

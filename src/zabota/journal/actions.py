"""Recording: the only way an entry comes to be."""

import secrets
from collections.abc import Collection, Mapping
from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import F

from zabota.common.prepared import PreparedInsert, PreparedUpdate
from zabota.journal.chain import canonical_text, link_digest, particular_digest
from zabota.journal.kinds import EntryKind
from zabota.journal.models import Entry, Particular, Stream


class StreamMoved(RuntimeError):
    """The stream was written by someone else since it was read: the caller did not lock it."""


def open_stream() -> Stream:
    """A new history."""
    return Stream.objects.create()


def lock_stream(pk: int) -> Stream:
    """The stream's row, locked until the transaction ends; what an action does before it
    decides.
    """
    return Stream.objects.select_for_update().get(pk=pk)


def record(
    stream: Stream,
    kind: EntryKind,
    *,
    by: int | None,
    at: datetime,
    acted_for: int | None = None,
    audience: str = "",
    particulars: Mapping[str, str] | None = None,
    **facts: Any,
) -> Entry:
    """Write one entry at the end of a locked stream; `by` is the actor's account, None is the
    system.
    """
    if not transaction.get_connection().in_atomic_block:
        raise RuntimeError("an entry is recorded inside the transaction of its action")
    salted = {name: (secrets.token_hex(16), text) for name, text in (particulars or {}).items()}
    audience = audience or kind.audience
    canonical = canonical_text(
        stream=stream.pk,
        seq=stream.seq + 1,
        kind=kind.name,
        at=at,
        actor=by,
        acted_for=acted_for,
        audience=audience,
        facts=facts,
        particulars={name: particular_digest(*pair) for name, pair in salted.items()},
    )
    _move(stream, canonical)
    entry = _write(
        Entry(
            stream=stream,
            seq=stream.seq,
            kind=kind.name,
            at=at,
            actor_id=by,
            acted_for_id=acted_for,
            audience=audience,
            canonical=canonical,
            digest=stream.digest,
        )
    )
    if salted:
        Particular.objects.bulk_create(
            Particular(entry=entry, name=name, text=text, salt=salt)
            for name, (salt, text) in salted.items()
        )
    return entry


def _move(stream: Stream, canonical: str) -> None:
    """The head goes on to the new entry; whoever did not lock the stream is found out here."""
    digest = link_digest(stream.digest, canonical)
    if not _move_head(stream.pk, stream.seq, digest):
        raise StreamMoved(f"stream {stream.pk} has moved past {stream.seq}")
    stream.seq, stream.digest = stream.seq + 1, digest


_write = PreparedInsert(Entry)
_move_head = PreparedUpdate(
    lambda pk, seq, digest: (
        Stream.objects.filter(pk=pk, seq=seq),
        {"seq": F("seq") + 1, "digest": digest},
    )
)


def mark_announced(entries: list[int], *, by: None, at: datetime) -> int:
    """The announcer has stored every message these entries call for."""
    return Entry.objects.filter(pk__in=entries, announced_at=None).update(announced_at=at)


def forget_particulars(entries: Collection[int], *, by: object, at: datetime) -> list[int]:
    """Personal words of these entries go for good; the chain stays whole.

    Says which had any: whoever forgets writes them into its own entry as `forgotten`, so that
    words that are gone without anybody having forgotten them are found.
    """
    words = Particular.objects.filter(entry__in=entries)
    forgotten = sorted(set(words.values_list("entry", flat=True)))
    words.delete()
    return forgotten

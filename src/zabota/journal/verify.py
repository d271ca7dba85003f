"""Checking the whole journal: names the first row that does not hold, and why."""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from django.apps import apps
from django.db.models import Exists, OuterRef

from zabota.journal.chain import link_digest, moment_text, particular_digest
from zabota.journal.models import Entry, Particular, Stream


@dataclass(frozen=True)
class Wrong:
    """What does not hold: a machine word and its parameters; whoever tells it finds the words."""

    code: str
    told: Mapping[str, object] = field(default_factory=dict)


@dataclass(frozen=True)
class Broken:
    """Where the chain does not hold: the stream, the entry's place in it, and what is wrong."""

    stream: int
    seq: int
    what: Wrong
    # Where something outside the chain points into nothing: its table and number.
    row: str = ""


@dataclass(frozen=True)
class Verified:
    """How much was checked, and the first thing that does not hold, if any."""

    streams: int
    entries: int
    broken: Broken | None


def verify_journal() -> Verified:
    """Read every entry once, in order, in constant memory (about 400,000 a second for the
    digests).
    """
    streams = entries = 0
    words = _Words()
    for stream, rows in _streams():
        streams += 1
        previous, seq = "", 0
        for row in rows:
            entries += 1
            what = _wrong(row, seq + 1, previous)
            if what is not None:
                return Verified(streams, entries, Broken(stream.pk, row.seq, what))
            words.told(row)
            previous, seq = row.digest, row.seq
        if (stream.seq, stream.digest) != (seq, previous):
            what = Wrong("head", {"said": stream.seq, "there": seq})
            return Verified(streams, entries, Broken(stream.pk, seq, what))
    orphan = Entry.objects.exclude(stream__in=Stream.objects.all()).order_by("pk").first()
    if orphan is not None:
        broken = Broken(orphan.stream_id, orphan.seq, Wrong("no_stream"))
        return Verified(streams, entries, broken)
    return Verified(streams, entries, _wrong_words(words) or _dangling())


class _Words:
    """Which entries have personal words, and which of these somebody has said to have forgotten;
    in memory, some hundred bytes for each entry with words.
    """

    def __init__(self) -> None:
        self.kept: dict[int, tuple[int, int, set[str]]] = {}
        self.forgotten: set[int] = set()

    def told(self, row: Entry) -> None:
        """One more entry of the chain."""
        text = json.loads(row.canonical)
        if text["particulars"]:
            self.kept[row.pk] = (row.stream_id, row.seq, set(text["particulars"]))
        self.forgotten.update(text["facts"].get("forgotten") or ())

    def gone(self) -> Broken | None:
        """The first entry whose words are not there although nobody forgot them."""
        for pk in sorted(self.kept.keys() - self.forgotten):
            stream, seq, names = self.kept[pk]
            if names:
                return Broken(stream, seq, Wrong("words_gone", {"name": min(names)}))
        return None


def _streams() -> Iterator[tuple[Stream, Iterator[Entry]]]:
    rows = Entry.objects.order_by("stream_id", "seq").iterator(2000)
    waiting = next(rows, None)
    for stream in Stream.objects.order_by("pk").iterator(2000):
        mine: list[Entry] = []
        while waiting is not None and waiting.stream_id <= stream.pk:
            if waiting.stream_id == stream.pk:
                mine.append(waiting)
            waiting = next(rows, None)
        yield stream, iter(mine)


def _wrong(row: Entry, seq: int, previous: str) -> Wrong | None:
    if row.seq != seq:
        return Wrong("missing", {"seq": seq})
    if row.digest != link_digest(previous, row.canonical):
        return Wrong("changed")
    told = json.loads(row.canonical)
    columns = {
        "stream": row.stream_id,
        "seq": row.seq,
        "kind": row.kind,
        "at": moment_text(row.at),
        "actor": row.actor_id,
        "acted_for": row.acted_for_id,
        "audience": row.audience,
    }
    for name, value in columns.items():
        if told[name] != value:
            return Wrong("column", {"name": name, "value": value, "text": told[name]})
    return None


def _wrong_words(words: _Words) -> Broken | None:
    """Personal words that were changed, or taken away without being forgotten."""
    for part in Particular.objects.select_related("entry").order_by("pk").iterator(2000):
        kept = json.loads(part.entry.canonical)["particulars"].get(part.name)
        if kept != particular_digest(part.salt, part.text):
            what = Wrong("words_changed", {"name": part.name})
            return Broken(part.entry.stream_id, part.entry.seq, what)
        words.kept[part.entry_id][2].discard(part.name)
    return words.gone()


def _dangling() -> Broken | None:
    """The first row of any table that names a stream or an entry which is gone, or a stream that
    has no entries: whatever has a history begins with one.
    """
    for model in apps.get_models():
        for column in model._meta.concrete_fields:
            named = column.related_model
            if named not in (Stream, Entry) or model is Entry:
                continue
            # An employee who founded the firm begins in the firm's history, not in their own.
            begun = named is Stream and model._meta.label != "people.Employee"
            there = (
                Entry.objects.filter(stream=OuterRef(column.attname))
                if begun
                else named._default_manager.filter(pk=OuterRef(column.attname))
            )
            lost = (
                model._default_manager.exclude(**{column.attname: None})
                .filter(~Exists(there))
                .order_by("pk")
                .values_list("pk", column.attname)
                .first()
            )
            if lost is not None:
                what = Wrong("dangling", {"name": column.name, "row": lost[1]})
                stream = lost[1] if named is Stream else 0
                return Broken(stream, 0, what, f"{model._meta.db_table} {lost[0]}")
    return None

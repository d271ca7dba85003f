"""A wording taken apart into pieces of plain text for editing, and put together again."""

from collections import Counter
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import groupby
from typing import Literal

from zabota.contracts.compare.align import common_ends, unique_pairs
from zabota.contracts.text.edit.carry import carried
from zabota.contracts.text.edit.plain import (
    normalised,
    plain,
    runs_of_line,
    token,
    tokens_of,
)
from zabota.contracts.text.edit.problem import EditProblem
from zabota.contracts.text.notes import called_notes
from zabota.contracts.text.tree import (
    Block,
    Break,
    Field,
    Note,
    Paragraph,
    Reference,
    Run,
    Table,
    Text,
)

LONGEST = 20_000  # characters of one part

PartKind = Literal["text", "cell", "note"]


@dataclass(frozen=True, slots=True)
class Part:
    """A piece edited in one text area: a stretch of paragraphs, in a cell or a note perhaps.

    `key` says where it stands («p0», «t1.r0.c2.p0», «n3.p0») and stays while only words change.
    """

    kind: PartKind
    key: str
    plain: str


@dataclass(frozen=True, slots=True)
class _Stretch:
    """Paragraphs blocks[start:stop] of a list, or no paragraph where a list is empty."""

    key: str
    start: int
    stop: int


def to_plain(blocks: Sequence[Block]) -> str:
    """The whole wording as plain text, a line per paragraph, cells and notes in reading order."""
    return "\n".join(part.plain for part in parts(blocks))


def parts(blocks: Sequence[Block]) -> tuple[Part, ...]:
    """The pieces of a wording that can be edited, in reading order; an empty wording has one."""
    return tuple(_parts(blocks, "", "text"))


def from_parts(
    blocks: Sequence[Block],
    changes: Mapping[str, str],
    *,
    fields: Collection[str] = (),
    clauses: Collection[str] = (),
) -> tuple[Block, ...]:
    """The wording after an edit: `changes` gives the new plain text of some or all parts.

    What was not touched stays exactly as it was. A token must have stood in the wording before, or
    name one of `fields` or (`{{#id}}`) of `clauses`; a note whose last mark went, goes too.
    Raises EditProblem.
    """
    known = {part.key: part.plain for part in parts(blocks)}
    texts = {key: normalised(text) for key, text in changes.items()}
    _check_parts(texts, known)
    _check_repeats({**known, **texts}, known)
    touched = {key: text for key, text in texts.items() if text != known[key]}
    edit = _Edit(touched, _tokens(blocks), fields, clauses)
    result = edit.rebuilt(blocks, "")
    called = set(called_notes(result))
    lost = set(called_notes(blocks)) - called
    return tuple(block for block in result if not (isinstance(block, Note) and block.id in lost))


def _parts(blocks: Sequence[Block], prefix: str, kind: PartKind) -> Iterator[Part]:
    for item in _walk(blocks, prefix):
        match item:
            case _Stretch(key=key, start=start, stop=stop):
                found = [block for block in blocks[start:stop] if isinstance(block, Paragraph)]
                yield Part(kind, key, "\n".join(plain(block) for block in found))
            case (Table(rows=rows), key):
                for r, row in enumerate(rows):
                    for c, cell in enumerate(row.cells):
                        yield from _parts(cell.blocks, f"{key}r{r}.c{c}.", "cell")
            case (Note(blocks=inner), key):
                yield from _parts(inner, key, "note")


def _walk(blocks: Sequence[Block], prefix: str) -> Iterator[_Stretch | tuple[Table | Note, str]]:
    """Stretches of paragraphs, tables and notes, each with the key of what stands in it."""
    if not blocks:
        yield _Stretch(f"{prefix}p0", 0, 0)
    for is_text, group in groupby(enumerate(blocks), lambda item: isinstance(item[1], Paragraph)):
        items = list(group)
        if is_text:
            yield _Stretch(f"{prefix}p{items[0][0]}", items[0][0], items[-1][0] + 1)
            continue
        for index, block in items:
            if not isinstance(block, Paragraph):
                yield block, f"{prefix}{'t' if isinstance(block, Table) else 'n'}{index}."


@dataclass(frozen=True, slots=True)
class _Edit:
    """An edit being taken over: the changed texts and the tokens that may stand in them."""

    texts: Mapping[str, str]
    runs: Mapping[str, Run]
    fields: Collection[str]
    clauses: Collection[str]

    def rebuilt(self, blocks: Sequence[Block], prefix: str) -> tuple[Block, ...]:
        result: list[Block] = []
        for item in _walk(blocks, prefix):
            match item:
                case _Stretch(key=key, start=start, stop=stop):
                    old = [block for block in blocks[start:stop] if isinstance(block, Paragraph)]
                    text = self.texts.get(key)
                    result += old if text is None else self._lines(key, old, text.split("\n"))
                case (Table() as table, key):
                    result.append(self._table(table, key))
                case (Note() as note, key):
                    inner = self.rebuilt(note.blocks, key)
                    result.append(note if inner == note.blocks else replace(note, blocks=inner))
        return tuple(result)

    def _table(self, table: Table, prefix: str) -> Table:
        rows = tuple(
            replace(
                row,
                cells=tuple(
                    replace(cell, blocks=self.rebuilt(cell.blocks, f"{prefix}r{r}.c{c}."))
                    for c, cell in enumerate(row.cells)
                ),
            )
            for r, row in enumerate(table.rows)
        )
        return table if rows == table.rows else replace(table, rows=rows)

    def _lines(self, key: str, old: list[Paragraph], lines: list[str]) -> list[Paragraph]:
        """Paragraphs of the new lines: equal lines are the old paragraphs, untouched."""
        was = [plain(paragraph) for paragraph in old]
        start, stop = common_ends(was, lines)
        anchors = unique_pairs(was, lines, start, len(was) - stop, len(lines) - stop)
        ends = [(len(was) - n, len(lines) - n) for n in range(stop, 0, -1)]
        result = old[:start]
        i, j = start, start
        for a, b in (*anchors, *ends, (len(was), len(lines))):
            result += self._gap(key, old, (i, a), list(enumerate(lines, 1))[j:b])
            result += old[a : a + 1]
            i, j = a + 1, b + 1
        return result

    def _gap(
        self, key: str, old: list[Paragraph], place: tuple[int, int], lines: list[tuple[int, str]]
    ) -> list[Paragraph]:
        if not lines:
            return []
        runs = [self._runs(key, number, line) for number, line in lines]
        start, stop = place
        if start < stop:
            return carried(old[start:stop], runs)
        like = old[max(start - 1, 0)] if old else Paragraph()
        return [replace(like, runs=tuple(found), section="") for found in runs]

    def _runs(self, key: str, number: int, line: str) -> list[Run]:
        where: dict[str, str | int] = {"part": key, "line": number}

        def broken(text: str) -> None:
            raise EditProblem("token_broken", {**where, "text": text})

        def find(name: str) -> Run:
            if name in self.runs:
                return self.runs[name]
            if name in self.fields:
                return Field(name)
            if name[0] == "#" and name[1:] in self.clauses:
                return Reference(name[1:])
            raise EditProblem("token_unknown", {**where, "token": "{{" + name + "}}"})

        return runs_of_line(line, find, broken)


def _tokens(blocks: Sequence[Block]) -> dict[str, Run]:
    """The tokens of a wording by their name, as they first stand in it."""
    found: dict[str, Run] = {}
    for block in blocks:
        match block:
            case Paragraph(runs=runs):
                for run in runs:
                    if not isinstance(run, Text | Break):
                        found.setdefault(token(run)[2:-2], run)
            case Table(rows=rows):
                for row in rows:
                    for cell in row.cells:
                        found = _tokens(cell.blocks) | found
            case Note(blocks=inner):
                found = _tokens(inner) | found
    return found


def _check_parts(texts: Mapping[str, str], known: Mapping[str, str]) -> None:
    for key, text in texts.items():
        if key not in known:
            raise EditProblem("part_unknown", {"part": key})
        if len(text) > LONGEST and text != known[key]:
            raise EditProblem("too_long", {"part": key, "length": len(text), "limit": LONGEST})


def _check_repeats(new: Mapping[str, str], old: Mapping[str, str]) -> None:
    """A note mark or a kept object stands once: there is only one of it in the document."""
    before = Counter(name for text in old.values() for name in tokens_of(text))
    after = Counter(name for text in new.values() for name in tokens_of(text))
    for name, count in after.items():
        if name[0] in "^!" and count > max(before[name], 1):
            raise EditProblem("token_repeated", {"token": "{{" + name + "}}"})

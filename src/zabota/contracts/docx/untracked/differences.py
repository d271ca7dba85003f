"""The text of a file with all its tracked changes rejected, beside the text that was sent."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from typing import Final

from zabota.contracts.compare.documents import ClauseChange, documents
from zabota.contracts.compare.redline import RedlineParagraph
from zabota.contracts.docx.untracked.finding import Finding
from zabota.contracts.docx.untracked.letters import kind_of, seen
from zabota.contracts.docx.untracked.plain import (
    Eyes,
    even,
    lines,
    plain_clauses,
    plain_document,
)
from zabota.contracts.text.numbering import clauses_of, numbers, plain_number
from zabota.contracts.text.tree import Block, Clause, Document, Numbering, Run, Text

TYPED: Final = re.compile(r"\(?(?:\d{1,3}(?:\.\d{1,3})*[.)]?|[a-zа-яA-ZА-Я]\))$")
LONGEST: Final = 600


def differences(
    sent: Document, told: Document, names: Mapping[str, str], values: Mapping[str, str] | None
) -> list[Finding]:
    """Everything that reads otherwise than it was sent; `names` gives clauses of `told` our ids."""
    counted = numbers(sent)
    # A mention that Word counts follows its clause: that number is not what anybody typed.
    theirs = Eyes({name: counted.get(names.get(name, ""), shown) for name, shown in
                   numbers(told).items()} | counted, values)  # fmt: skip
    ours = Eyes(counted, values)
    found = list(_words(sent, told, names, ours, theirs))
    found += _numbers(sent, told, names)
    found += _things(sent, told, names)
    found += _edges("header", sent.headers, told.headers, ours, theirs)
    return found + list(_edges("footer", sent.footers, told.footers, ours, theirs))


def _words(
    sent: Document, told: Document, names: Mapping[str, str], ours: Eyes, theirs: Eyes
) -> Iterator[Finding]:
    counted, shown = numbers(sent), numbers(told)
    numbers_now = {names.get(name, name): number for name, number in shown.items()}
    compared = documents(plain_document(sent, ours, {}), plain_document(told, theirs, names))
    for change in compared.clauses:
        if change.carried or (change.place == "old" and change.kind != "deleted"):
            continue
        number = plain_number(counted.get(change.id) or numbers_now.get(change.id, ""))
        yield from _of_clause(change, number)


def _of_clause(change: ClauseChange, number: str) -> Iterator[Finding]:
    match change.kind:
        case "added" if said := _said(change.new):
            yield Finding("added", change.id, number, new=said)
        case "deleted" if said := _said(change.old):
            yield Finding("deleted", change.id, number, old=said)
        case "moved":
            yield Finding("moved", change.id, number, new=_said(change.new))
        case "changed" | "moved_changed":
            if change.kind == "moved_changed":
                yield Finding("moved", change.id, number, new=_said(change.new))
            yield from _stretches(change, number)


def _said(clause: Clause | None) -> str:
    words = " ".join(lines(clause.blocks, Eyes({}, {}))) if clause else ""
    return words if len(words) <= LONGEST else f"{words[:LONGEST]}…"


def _stretches(change: ClauseChange, number: str) -> Iterator[Finding]:
    """What was replaced by what, stretch by stretch."""
    first = True
    for block in change.redline.blocks:
        if not isinstance(block, RedlineParagraph):
            continue
        old = new = ""
        for op in block.ops:
            if op.kind == "equal":
                yield from _stretch(change.id, number, old, new, first=first)
                first, old, new = first and not even(_joined(op.old)), "", ""
            else:
                old, new = old + _joined(op.old), new + _joined(op.new)
        if block.mark == "insert" and not block.whole:
            new += " ¶"
        elif block.mark == "delete" and not block.whole:
            old += " ¶"
        yield from _stretch(change.id, number, old, new, first=first)
        first = False


def _stretch(clause: str, number: str, old: str, new: str, *, first: bool) -> Iterator[Finding]:
    old, new = even(old), even(new)
    if old == new:
        return
    kind = kind_of(old, new)
    if first and not old and TYPED.match(seen(new)):
        kind = "typed_number"
    yield Finding(kind, clause, number, old, new)  # type: ignore[arg-type]


def _joined(runs: Iterable[Run]) -> str:
    return "".join(run.text for run in runs if isinstance(run, Text))


def _numbers(sent: Document, told: Document, names: Mapping[str, str]) -> Iterator[Finding]:
    """Clauses counted otherwise than our lists would count them where they stand now.

    The clauses that follow one whose count was changed differ too: only the first is told.
    """
    before = {one.id: one for one in plain_clauses(sent, {})}
    expected = numbers(_counted_as_ours(sent, told, names))
    wrong: set[str] = set()
    for one in plain_clauses(told, names):
        was, due = before.get(one.id), expected.get(one.id, "")
        if was is None:
            continue
        if one.typed and not was.typed:
            yield Finding("typed_number", one.id, plain_number(was.number), was.number, one.number)
        elif _own(one.number) != _own(due) and one.parent not in wrong:
            wrong.add(one.parent)
            yield Finding("number", one.id, plain_number(was.number), was.number, one.number)


def _counted_as_ours(sent: Document, told: Document, names: Mapping[str, str]) -> Document:
    """The clauses as they stand in the file, each counted in the list it was sent in; a new one
    in the list of ours that its neighbours are in."""
    ours = {one.id: one.numbering for one in clauses_of(sent)}
    alike: dict[tuple[str, int], Numbering] = {}
    for one in clauses_of(told):
        mine = ours.get(names.get(one.id, ""))
        if mine is not None and one.numbering is not None:
            alike.setdefault((one.numbering.scheme, one.numbering.level), mine)

    def clause(one: Clause) -> Clause:
        name = names.get(one.id, one.id)
        numbering = ours.get(name)
        if name not in ours and one.numbering is not None:
            found = alike.get((one.numbering.scheme, one.numbering.level))
            numbering = replace(found, restart=None) if found else None
        children = tuple(clause(child) for child in one.children)
        return Clause(name, children=children, numbering=numbering)

    return Document(tuple(clause(one) for one in told.clauses), sent.schemes)


def _own(number: str) -> str:
    """The last part of a number: «4.2.» is «2» within its parent."""
    return plain_number(number).rpartition(".")[2]


def _things(sent: Document, told: Document, names: Mapping[str, str]) -> Iterator[Finding]:
    """Pictures and the like put in or taken out, over the whole text: a picture may be anchored to
    another paragraph by the program that saved the file."""
    before, after = list(plain_clauses(sent, {})), list(plain_clauses(told, names))
    had, has = (sum((one.things for one in clauses), Counter[str]()) for clauses in (before, after))
    mine = {one.id: one.things for one in before}
    yours = {one.id: one.things for one in after}
    for kind in has - had:
        place = next((o for o in after if o.things[kind] > mine.get(o.id, Counter())[kind]), None)
        if place:
            yield Finding("object", place.id, plain_number(place.number), new=kind)
    for kind in had - has:
        place = next((o for o in before if o.things[kind] > yours.get(o.id, Counter())[kind]), None)
        if place:
            yield Finding("object", place.id, plain_number(place.number), old=kind)


def _edges(
    where: str, ours: tuple[Block, ...], theirs: tuple[Block, ...], our_eyes: Eyes, eyes: Eyes
) -> Iterator[Finding]:
    """Lines of headers and footers; how many times one stands there is each program's own."""
    before = [line for line in lines(ours, our_eyes) if line]
    after = [line for line in lines(theirs, eyes) if line]
    gone = list(dict.fromkeys(line for line in before if line not in after))
    come = list(dict.fromkeys(line for line in after if line not in before))
    for place in range(max(len(gone), len(come))):
        old = gone[place] if place < len(gone) else ""
        new = come[place] if place < len(come) else ""
        kind = kind_of(old, new) if old and new else "words"
        yield Finding(kind, old=old, new=new, where=where)  # type: ignore[arg-type]

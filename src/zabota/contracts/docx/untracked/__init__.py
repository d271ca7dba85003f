"""What was changed in a returned file with tracking off, and what hides in it.

With every tracked change rejected a file must read as it was sent; whatever differs was changed
without a record. Hidden words are looked for in the file as it would be with all changes accepted.
"""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import count
from typing import Literal

from zabota.contracts.compare.matching import match_clauses
from zabota.contracts.docx.guard import inspect
from zabota.contracts.docx.marking import (
    fields_as_words,
    marked_places,
    put_mark,
    text_parts,
    with_parts,
)
from zabota.contracts.docx.package import Package
from zabota.contracts.docx.read import read
from zabota.contracts.docx.read.styles import read_styles
from zabota.contracts.docx.untracked.concealed import Concealed, concealed_in
from zabota.contracts.docx.untracked.differences import differences
from zabota.contracts.docx.untracked.finding import CONCEALED, Finding, Kind
from zabota.contracts.docx.untracked.letters import WORD, disguised, unseen_of
from zabota.contracts.docx.untracked.plain import Eyes, even, lines
from zabota.contracts.text.numbering import clauses_of, numbers, plain_number
from zabota.contracts.text.tree import Clause, Document

__all__ = ["CONCEALED", "Finding", "Kind", "find_untracked"]


def find_untracked(
    sent: Document,
    returned: bytes,
    *,
    values: Mapping[str, str] | None = None,
    sent_file: bytes | None = None,
) -> list[Finding]:
    """What nobody recorded or what hides in `returned`, in reading order; empty when untouched.

    `values` are the values as the file that was sent shows them (of `Reading.values` or the words
    a contract writes); without them places for values are compared by name only. `sent_file` is
    that file, where there is one: what was hidden in it already is no finding. Raises Refused.
    """
    inspect(returned)
    then = _opened(returned, "reject", values)
    now = _opened(returned, "accept", values)
    names = _names(sent, then.document, values)
    found = differences(sent, then.document, names, values)
    place = _Place(sent, now.document, _names(sent, now.document, values))
    known = Counter(_concealed_key(one) for one in _concealed(sent_file))
    hidden = []
    for mark, one in enumerate(now.concealed):
        key = _concealed_key(one)
        if known[key]:
            known[key] -= 1
        else:
            hidden.append(place.finding(one.kind, now.marks.get(mark, ""), even(one.words)))
    disguises = _disguises(sent, now.document, place, values)
    return _once([*found, *dict.fromkeys([*hidden, *disguises])], place)


@dataclass(frozen=True, slots=True)
class _Opened:
    """A file read with its tracked changes settled; marks say where concealed words stand."""

    document: Document
    concealed: Sequence[Concealed]
    marks: Mapping[int, str]


def _opened(
    data: bytes, how: Literal["accept", "reject"], values: Mapping[str, str] | None
) -> _Opened:
    package = Package(data)
    roots = text_parts(package)
    if values is not None:
        fields_as_words(roots.values())
    found = _in_parts(package, roots) if how == "accept" else []
    for mark, one in enumerate(found):
        put_mark(one.paragraph, mark)
    steps = count()
    reading = read(with_parts(data, roots), revisions=how, new_id=lambda: f"new-{next(steps)}")
    return _Opened(reading.document, found, marked_places(reading.document))


def _concealed(data: bytes | None) -> list[Concealed]:
    if data is None:
        return []
    package = Package(data)
    return _in_parts(package, text_parts(package))


def _in_parts(package: Package, roots: Mapping[str, object]) -> list[Concealed]:
    names = package.related(package.main, "styles")
    styles = read_styles(package.xml(names[0]) if names else None)
    return [one for root in roots.values() for one in concealed_in(root, styles)]  # type: ignore[arg-type]


def _concealed_key(one: Concealed) -> tuple[str, str]:
    return one.kind, even(one.words)


def _names(sent: Document, told: Document, values: Mapping[str, str] | None) -> dict[str, str]:
    """Clause of the returned text -> clause of the sent one it most likely is."""
    matches = match_clauses(sent, told, values=values)
    names = {m.new_id: m.old_id for m in matches if m.new_id and m.old_id}
    free: dict[str, list[str]] = {}
    for one in clauses_of(sent):
        if one.id not in names.values():
            free.setdefault(_read(one, values), []).append(one.id)
    for one in clauses_of(told):
        # Likeness knows words alone: what is only a formula is paired by what is read in it.
        if one.id not in names and (found := free.get(_read(one, values))):
            names[one.id] = found.pop(0)
    return names


def _read(clause: Clause, values: Mapping[str, str] | None) -> str:
    return " ".join(lines(clause.blocks, Eyes({}, values)))


@dataclass(frozen=True, slots=True)
class _Place:
    """Where things stand: under the ids and numbers of the text that was sent."""

    sent: Document
    told: Document
    names: Mapping[str, str]

    def finding(self, kind: str, place: str, new: str) -> Finding:
        if place in ("header", "footer"):
            return Finding(kind, new=new, where=place)  # type: ignore[arg-type]
        if not place:
            return Finding(kind, new=new, where="elsewhere")  # type: ignore[arg-type]
        clause = self.names.get(place, place)
        number = numbers(self.sent).get(clause) or numbers(self.told).get(place, "")
        return Finding(kind, clause, plain_number(number), new=new)  # type: ignore[arg-type]

    def order(self) -> dict[str, int]:
        ids = [self.names.get(one.id, one.id) for one in clauses_of(self.told)]
        ids += [one.id for one in clauses_of(self.sent)]
        return {name: place for place, name in reversed(list(enumerate(ids)))}


def _disguises(
    sent: Document, told: Document, place: _Place, values: Mapping[str, str] | None
) -> Iterator[Finding]:
    """Words in disguise and characters not seen that the sent text did not have."""
    before = [line for _, line in _told_lines(sent, values)]
    words = {word for line in before for word in WORD.findall(line)}
    unseen = Counter(char for line in before for char in unseen_of(line))
    for where, line in _told_lines(told, values):
        for word in WORD.findall(line):
            if disguised(word) and word not in words:
                yield place.finding("lookalike", where, word)
        for char in unseen_of(line):
            if unseen[char] > 0:
                unseen[char] -= 1
            else:
                yield place.finding("invisible", where, char)


def _told_lines(document: Document, values: Mapping[str, str] | None) -> Iterator[tuple[str, str]]:
    eyes = Eyes(numbers(document), values)
    stories = [(one.id, one.blocks) for one in clauses_of(document)]
    for where, blocks in [*stories, ("header", document.headers), ("footer", document.footers)]:
        for line in lines(blocks, eyes):
            yield where, line


def _once(found: Sequence[Finding], place: _Place) -> list[Finding]:
    """Each thing once, by its most telling name, in reading order."""
    kept = [one for one in found if not any(_says_more(other, one) for other in found)]
    order = place.order()
    last = len(order)
    return sorted(dict.fromkeys(kept), key=lambda one: order.get(one.clause, last))


def _says_more(one: Finding, other: Finding) -> bool:
    """Whether `one` tells of the same words what `other` tells less well."""
    if one is other or one.clause != other.clause or one.where != other.where:
        return False
    if other.kind == "words" and not other.old and one.kind in ("hidden", "white", "tiny"):
        return other.new in one.new or one.new in other.new
    if other.kind in ("lookalike", "invisible") and not other.old:
        return bool(one.old) and one.kind == other.kind
    return False

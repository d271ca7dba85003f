"""A Word file read into the tree of clauses.

The order of work: guard, settle tracked changes, then one walk over the body that reads blocks and
grows clauses; notes are read where they are called from, headers and footers at the end.
"""

import hashlib
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from typing import Final, Literal
from uuid import uuid4

from lxml import etree

from zabota.contracts.docx.guard import inspect
from zabota.contracts.docx.package import Package, W
from zabota.contracts.docx.read.blocks import Story
from zabota.contracts.docx.read.clauses import ClauseBuilder, is_marked
from zabota.contracts.docx.read.inline import Inline, note_id
from zabota.contracts.docx.read.kept import KeptStore
from zabota.contracts.docx.read.references import settle_references
from zabota.contracts.docx.read.revisions import count_revisions, settle
from zabota.contracts.docx.read.schemes import Schemes
from zabota.contracts.docx.read.styles import read_styles
from zabota.contracts.docx.read.tokens import Tokens
from zabota.contracts.docx.refusal import Refused
from zabota.contracts.text.fields import FieldSpec
from zabota.contracts.text.numbering import clauses_of
from zabota.contracts.text.tree import Block, Document, Kept, Note
from zabota.contracts.text.words import runs_of

__all__ = ["FORM_FAULTS", "KeptThing", "Reading", "Refused", "Remark", "read"]

Revisions = Literal["refuse", "accept", "reject"]
# Remarks that make a file unfit to be a form: its lawyer has to correct them first.
FORM_FAULTS: Final = frozenset(
    {
        *("field_syntax", "field_type", "field_choices", "field_party"),
        *("field_conflict", "field_in_kept"),
    }
)

# The XML of the text itself, about 2,000 pages: a second and some 20 MB of memory for each MB.
MOST_TEXT_BYTES: Final = 15 * 1024 * 1024


@dataclass(frozen=True, slots=True)
class KeptThing:
    """Something kept but not edited: what it is, its words, the clause it stands in ("" none)."""

    kind: str
    key: str
    words: str
    clause: str


@dataclass(frozen=True, slots=True)
class Remark:
    """Something the person who uploads should know; words are made above from `code` and `params`.

    Codes: those of FORM_FAULTS, hidden_text, words_under_merge, contents, comments,
    number_format.
    """

    code: str
    params: dict[str, object]


@dataclass(frozen=True, slots=True)
class Reading:
    """A Word file as it was read.

    `objects` holds the XML of kept things by key, each fit to stand in a w:p; `values` are what
    the fields of a file of our own hold now; `digest` is SHA-256 in hex of the file.
    """

    document: Document
    fields: tuple[FieldSpec, ...]
    kept: tuple[KeptThing, ...]
    warnings: tuple[Remark, ...]
    digest: str
    objects: dict[str, str]
    values: dict[str, str]


def read(
    data: bytes,
    *,
    revisions: Revisions = "refuse",
    new_id: Callable[[], str] = lambda: uuid4().hex,
) -> Reading:
    """Read a Word file, or raise Refused with the reason; nothing in it is silently dropped.

    A file with tracked changes is refused unless `revisions` says to accept or to reject them.
    Clauses that carry our bookmark `zb_<id>` keep their id; others take one from `new_id`.
    """
    inspect(data)
    return _Reader(Package(data), revisions, new_id).read(hashlib.sha256(data).hexdigest())


class _Reader:
    def __init__(self, package: Package, revisions: Revisions, new_id: Callable[[], str]) -> None:
        self.package = package
        self.revisions = revisions
        self.stories = self._settled()
        self.styles = read_styles(self._first("styles"))
        self.schemes = Schemes(self._first("numbering"), self.styles)
        self.store = KeptStore(package)
        self.tokens = Tokens()
        self.seen: Counter[str] = Counter()
        self.values: dict[str, str] = {}
        self.new_id = new_id
        self.notes = self._index_notes()

    def read(self, digest: str) -> Reading:
        body = self.stories[self.package.main].find(f"{W}body")
        if body is None:
            raise Refused("not_a_docx")
        builder = ClauseBuilder(self.schemes, self.new_id, marked=is_marked(body))
        for item in self._story(self.package.main).items(body):
            notes = tuple(note for name in item.notes for note in self._note(name))
            builder.add(item, notes)
        clauses, headers, footers = builder.close(), self._edge("header"), self._edge("footer")
        document = Document(clauses, self.schemes.close(), headers, footers)
        document = settle_references(document, builder.of_bookmark)
        kept = _kept(document)
        # A value cannot be put where nothing is edited.
        self.tokens.troubles += [
            ("field_in_kept", {"kind": thing.kind, "words": thing.words[:120]})
            for thing in kept
            if "{{" in thing.words
        ]
        return Reading(
            document,
            tuple(self.tokens.specs.values()),
            kept,
            self._remarks(),
            digest,
            dict(self.store.objects),
            dict(self.values),
        )

    def _settled(self) -> dict[str, etree._Element]:
        """Parse the parts that bear text; refuse or settle their tracked changes."""
        main = self.package.main
        kinds = ("footnotes", "endnotes", "header", "footer")
        names = [main, *(name for kind in kinds for name in self.package.related(main, kind))]
        size = sum(len(self.package.parts.get(name, b"")) for name in set(names))
        if size > MOST_TEXT_BYTES:
            raise Refused("too_big_inside", size=size, limit=MOST_TEXT_BYTES)
        roots = {name: root for name in names if (root := self.package.xml(name)) is not None}
        authors: Counter[str] = Counter()
        for root in roots.values():
            authors.update(count_revisions(root))
            if self.revisions != "refuse":
                settle(root, accept=self.revisions == "accept")
        if authors and self.revisions == "refuse":
            count = authors.total()
            raise Refused("tracked_changes", count=count, authors=sorted(filter(None, authors)))
        return roots

    def _first(self, kind: str) -> etree._Element | None:
        names = self.package.related(self.package.main, kind)
        return self.package.xml(names[0]) if names else None

    def _story(self, part: str) -> Story:
        inline = Inline(part, self.styles, self.store, self.seen, self.values)
        return Story(inline, self.schemes, self.tokens)

    def _index_notes(self) -> dict[str, tuple[str, etree._Element]]:
        """Find notes by their name in the tree: the part they lie in and their XML."""
        found: dict[str, tuple[str, etree._Element]] = {}
        for kind in ("footnote", "endnote"):
            for part in self.package.related(self.package.main, f"{kind}s"):
                for note in self.stories[part].iter(f"{W}{kind}") if part in self.stories else ():
                    if note.get(f"{W}type", "normal") == "normal":
                        found[note_id(kind[0], note.get(f"{W}id", ""))] = (part, note)
        return found

    def _note(self, name: str) -> tuple[Note, ...]:
        if name not in self.notes:
            return ()
        part, element = self.notes.pop(name)
        blocks = self._story(part).blocks(element)
        return (Note(name, blocks, "footnote" if name[0] == "f" else "endnote"),)

    def _edge(self, kind: str) -> tuple[Block, ...]:
        blocks: list[Block] = []
        for part in sorted(set(self.package.related(self.package.main, kind))):
            if part in self.stories:
                blocks.extend(self._story(part).blocks(self.stories[part]))
        return tuple(blocks)

    def _remarks(self) -> tuple[Remark, ...]:
        remarks = [Remark(code, dict(params)) for code, params in self.tokens.troubles]
        remarks += [Remark(code, {"count": count}) for code, count in sorted(self.seen.items())]
        formats = sorted(self.schemes.unknown_formats)
        return (*remarks, *(Remark("number_format", {"format": name}) for name in formats))


def _kept(document: Document) -> tuple[KeptThing, ...]:
    places = [(clause.id, clause.blocks) for clause in clauses_of(document)]
    places += [("", document.headers), ("", document.footers)]
    return tuple(
        KeptThing(run.kind, run.key, run.words, clause)
        for clause, blocks in places
        for run in runs_of(blocks)
        if isinstance(run, Kept)
    )

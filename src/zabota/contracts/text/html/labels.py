"""Numbers that stand inside a clause, before paragraphs of cells and notes."""

from collections.abc import Iterable, Iterator, Mapping, Sequence

from zabota.contracts.compare.redline import Change, Redline, RedlineBlock, RedlineParagraph
from zabota.contracts.text.html.shown import Shown
from zabota.contracts.text.numbering import paragraphs_of
from zabota.contracts.text.tree import Block, Note, Paragraph, Table

Labels = Mapping[int, tuple[str, str]]


def told(label: str) -> str:
    """A number with the space after it, nothing where there is none."""
    return f"{label} " if label else ""


def count(blocks: Sequence[Block]) -> int:
    """How many places paragraphs take up."""
    return sum(1 for _ in paragraphs_of(tuple(blocks)))


def note_places(blocks: Sequence[Block]) -> dict[str, int]:
    """At which place the paragraphs of each note begin."""
    return {name: places.start for name, places in _places(blocks)[1].items()}


def labels_of(redline: Redline, clause_id: str, old: Shown, new: Shown) -> Labels:
    """The numbers each piece of a comparison begins with on both sides, by identity of the piece.

    A number stands at the first piece of its paragraph: a paragraph that was split keeps it there.
    """
    if not old.paragraphs and not new.paragraphs:
        return {}
    before = _of_side(redline, redline.old, "insert", clause_id, old)
    after = _of_side(redline, redline.new, "delete", clause_id, new)
    return {piece: (before.get(piece, ""), after.get(piece, "")) for piece in before | after}


def _of_side(
    redline: Redline, blocks: Sequence[Block], absent: Change, clause_id: str, shown: Shown
) -> dict[int, str]:
    """The numbers of one side: `absent` is what does not stand on it."""
    body, notes = _places(blocks)
    found: dict[int, str] = {}

    def names(places: Iterable[int]) -> Iterator[str]:
        return (shown.paragraphs.get((clause_id, place), "") for place in places)

    _give(redline.blocks, names(body), absent, found)
    for note in redline.notes:
        if note.change != absent:
            _give(note.blocks, names(notes.get(note.id, ())), absent, found)
    return found


def _give(
    blocks: Iterable[RedlineBlock],
    names: Iterator[str],
    absent: Change,
    found: dict[int, str],
) -> None:
    first: RedlineParagraph | None = None
    for block in blocks:
        if isinstance(block, RedlineParagraph):
            if first is None and block.whole != absent:
                first = block
            if block.mark != absent and first is not None:
                found[id(first)] = next(names)
                first = None
        elif block.change != absent:
            for row in block.rows:
                for cell in row.cells if row.change != absent else ():
                    if cell.change != absent:
                        _give(cell.blocks, names, absent, found)


def _places(blocks: Sequence[Block]) -> tuple[list[int], dict[str, range]]:
    """Places of the paragraphs of the text, and those of each note."""
    body: list[int] = []
    notes: dict[str, range] = {}
    place = 0
    waiting = list(reversed(blocks))
    while waiting:
        match waiting.pop():
            case Paragraph():
                body.append(place)
                place += 1
            case Table(rows=rows):
                cells = [cell for row in rows for cell in row.cells]
                waiting += [block for cell in reversed(cells) for block in reversed(cell.blocks)]
            case Note(id=name, blocks=inner):
                size = count(inner)
                notes[name] = range(place, place + size)
                place += size
    return body, notes

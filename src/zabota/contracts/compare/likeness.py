"""How much two pieces of a contract have in common."""

from rapidfuzz.distance import Indel

from zabota.contracts.compare.atoms import atoms
from zabota.contracts.text.tree import Block, Note, Paragraph, Table

ALIKE = 0.35  # the share of common words from which two blocks are one that changed


def text_keys(block: Block) -> list[str]:
    """The words of a block as a comparison counts them, without spaces."""
    match block:
        case Paragraph(runs=runs):
            return [atom.key for atom in atoms(runs) if not atom.is_space]
        case Table(rows=rows):
            cells = [cell for row in rows for cell in row.cells]
            return [key for cell in cells for part in cell.blocks for key in text_keys(part)]
        case Note(blocks=parts):
            return [key for part in parts for key in text_keys(part)]


def sorted_keys(block: Block) -> list[str]:
    """The same with the sort of block ahead: not even empty are a table and a paragraph alike."""
    found = text_keys(block)
    if isinstance(block, Paragraph) and not found:
        return []
    return [type(block).__name__, *found]


def likeness(old: list[str], new: list[str]) -> float:
    """The share of words two blocks of the same sort have in common, in order: 0..1."""
    if old[:1] != new[:1]:
        return 0.0
    return share(old[1:], new[1:])


def share(old: list[str], new: list[str]) -> float:
    """The same for two lists of words; two empty ones are alike."""
    return Indel.normalized_similarity(old, new)

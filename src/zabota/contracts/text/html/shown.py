"""What a reader sees in place of the tokens of a text."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Shown:
    """Display strings for one version: values and labels of fields, numbers of clauses and notes.

    Everything is already in the reader's language and format. A field without a value shows its
    label, a kept object without words the label of `!kind`. Notes without a number here are
    counted inside their clause. `paragraphs` are the numbers inside clauses, as
    `numbering.paragraph_numbers` gives them: by clause and place. Without `anchors` no ids are
    written, so that the same clause may stand on a page twice. `beside` are numbers that stand
    before their clauses other than they are named in a sentence: «б)».
    """

    values: Mapping[str, str] = field(default_factory=dict)
    numbers: Mapping[str, str] = field(default_factory=dict)
    labels: Mapping[str, str] = field(default_factory=dict)
    notes: Mapping[str, str] = field(default_factory=dict)
    paragraphs: Mapping[tuple[str, int], str] = field(default_factory=dict)
    anchors: bool = True
    beside: Mapping[str, str] = field(default_factory=dict)


def local_note_numbers(calls: Iterable[str], shown: Shown) -> dict[str, str]:
    """Numbers of the notes called in a clause: those given, else counted within the clause."""
    names = dict.fromkeys(calls)
    return {name: shown.notes.get(name, str(index)) for index, name in enumerate(names, 1)}

"""Editing a wording as plain text: taken apart for text areas, put together with marks kept."""

from zabota.contracts.text.edit.labels import FieldLabels, labelled_all, named_all
from zabota.contracts.text.edit.parts import LONGEST, Part, from_parts, parts, to_plain
from zabota.contracts.text.edit.plain import normalised
from zabota.contracts.text.edit.problem import EditProblem

__all__ = [
    "LONGEST",
    "EditProblem",
    "FieldLabels",
    "Part",
    "from_parts",
    "labelled_all",
    "named_all",
    "normalised",
    "parts",
    "to_plain",
]

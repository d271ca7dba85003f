"""Editing a wording as plain text: taken apart for text areas, put together with marks kept."""

from zabota.contracts.text.edit.parts import LONGEST, Part, from_parts, parts, to_plain
from zabota.contracts.text.edit.plain import normalised
from zabota.contracts.text.edit.problem import EditProblem

__all__ = ["LONGEST", "EditProblem", "Part", "from_parts", "normalised", "parts", "to_plain"]

"""The text of a contract as HTML for templates: clean, with its changes in line, side by side."""

from zabota.contracts.text.html.clause import clause_html, document_html
from zabota.contracts.text.html.pages import (
    change_html,
    change_side_by_side,
    comparison_html,
    number_html,
    side_by_side,
    wording_html,
)
from zabota.contracts.text.html.redline import redline_html
from zabota.contracts.text.html.shown import Shown

__all__ = [
    "Shown",
    "change_html",
    "change_side_by_side",
    "clause_html",
    "comparison_html",
    "document_html",
    "number_html",
    "redline_html",
    "side_by_side",
    "wording_html",
]

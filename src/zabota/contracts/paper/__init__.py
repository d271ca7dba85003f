"""A contract on paper: its text, its approval sheet and a comparison of two versions, as PDF.

A fold of the text tree (`fold.py`) to the JSON that the fixed templates beside it read. Free of
Django: words, labels and values come in already in the reader's language.
"""

from zabota.contracts.paper.approval_sheet import (
    ApprovalLabels,
    ApprovalRow,
    ApprovedContract,
    approval_sheet_pdf,
)
from zabota.contracts.paper.comparison import (
    ComparedClause,
    ComparedTable,
    ComparisonLabels,
    comparison_pdf,
)
from zabota.contracts.paper.contract import (
    PaperMeta,
    Signature,
    SignaturePage,
    contract_pdf,
)

__all__ = [
    "ApprovalLabels",
    "ApprovalRow",
    "ApprovedContract",
    "ComparedClause",
    "ComparedTable",
    "ComparisonLabels",
    "PaperMeta",
    "Signature",
    "SignaturePage",
    "approval_sheet_pdf",
    "comparison_pdf",
    "contract_pdf",
]

"""«Протокол разногласий»: the clauses in dispute, what each side wants of them, what is agreed."""

from zabota.contracts.reading.disagreements.annex import annexed_text, paper_text
from zabota.contracts.reading.disagreements.paper import (
    Paper,
    annexed_document,
    paper_docx,
    paper_pdf,
    read_paper,
    said,
)
from zabota.contracts.reading.disagreements.positions import Position, Row, Standing
from zabota.contracts.reading.disagreements.read import Disagreements, read_disagreements

__all__ = [
    "Disagreements",
    "Paper",
    "Position",
    "Row",
    "Standing",
    "annexed_document",
    "annexed_text",
    "paper_docx",
    "paper_pdf",
    "paper_text",
    "read_disagreements",
    "read_paper",
    "said",
]

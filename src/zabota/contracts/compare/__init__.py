"""Comparing contract texts: words, blocks, documents; finding the nearest form and lost identities.

Plain Python without Django. HTML is made of it in `contracts.text.html`.
"""

from zabota.contracts.compare.blocks import blocks
from zabota.contracts.compare.documents import (
    ClauseChange,
    Comparison,
    ValueChange,
    documents,
    values,
)
from zabota.contracts.compare.matching import Match, match_clauses
from zabota.contracts.compare.nearest import nearest
from zabota.contracts.compare.rebase import rebase
from zabota.contracts.compare.redline import Redline
from zabota.contracts.compare.words import Op, words

__all__ = [
    "ClauseChange",
    "Comparison",
    "Match",
    "Op",
    "Redline",
    "ValueChange",
    "blocks",
    "documents",
    "match_clauses",
    "nearest",
    "rebase",
    "values",
    "words",
]

"""The text of a contract as PDF: the page a lawyer would sign."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from datetime import datetime
from pathlib import Path

from zabota.common.paper import JSON, render
from zabota.contracts.paper.fold import PAGE, Words, fold_document, fold_edge
from zabota.contracts.text.tree import Block, Document, Kept
from zabota.contracts.text.words import runs_of

TEMPLATE = Path(__file__).with_name("contract.typ")
# A longer header is a letterhead: it is printed once, above the text.
HEADER_LINES = 2


@dataclass(frozen=True, slots=True)
class PaperMeta:
    """What stands around the text, in the reader's language.

    `footer` is the line on each page («Договор № 12, редакция 2»), `pages` holds {page} and {pages}
    («стр. {page} из {pages}»), `watermark` lies across a draft («ПРОЕКТ», "" for none).
    `kinds` names kept objects without words («picture»: «рисунок»). `mark` is the line on each page
    by which the text can be checked, `qr` an SVG that leads to where.
    """

    title: str
    footer: str
    pages: str
    language: str
    at: datetime
    firm: str = ""
    watermark: str = ""
    kinds: Mapping[str, str] = field(default_factory=dict)
    mark: str = ""
    qr: str = ""

    def as_json(self) -> dict[str, JSON]:
        """The same as plain data for a template."""
        before, _, rest = self.pages.partition("{page}")
        between, _, after = rest.partition("{pages}")
        return {
            "title": self.title,
            "footer": self.footer,
            "pages": [before, between, after],
            "language": self.language,
            "firm": self.firm,
            "watermark": self.watermark,
            "mark": self.mark,
            "qr": self.qr,
        }


@dataclass(frozen=True, slots=True)
class Signature:
    """One signature as the page tells it: for whom, whose, by what authority, how and when."""

    company: str
    name: str
    position: str
    authority: str
    how: str
    time: str


@dataclass(frozen=True, slots=True)
class SignaturePage:
    """The last page of a signed contract: `facts` are pairs of a label and what it says."""

    heading: str
    about: str
    signed: str
    signatures: tuple[Signature, ...]
    facts: tuple[tuple[str, str], ...]


def contract_pdf(
    document: Document,
    numbers: Mapping[str, str],
    values: Mapping[str, str],
    meta: PaperMeta,
    signatures: "SignaturePage | None" = None,
) -> bytes:
    """The contract with its clause numbers and values; an empty field is a line to write on. The
    last page may tell who signed it.
    """
    words = Words(numbers, values, {}, meta.kinds)
    # Our own footer counts the pages; only what else the form's footer says stays beside it.
    footers = tuple(block for block in document.footers if not _counts_pages(block))
    header = fold_edge(document.headers, words)
    data: dict[str, JSON] = {
        "meta": meta.as_json(),
        "clauses": fold_document(document, numbers, values, meta.kinds),
        "letterhead": header if len(header) > HEADER_LINES else [],
        "header": header if len(header) <= HEADER_LINES else [],
        "footer": fold_edge(footers, words)[:HEADER_LINES],
        "signatures": asdict(signatures) if signatures else None,
    }
    return render(TEMPLATE, data, at=meta.at)


def _counts_pages(block: Block) -> bool:
    return any(isinstance(run, Kept) and run.kind in PAGE for run in runs_of((block,)))

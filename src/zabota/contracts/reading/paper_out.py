"""A contract as a file to take away: a clean DOCX or a PDF of one of its texts."""

from zabota.common.files import read_file
from zabota.contracts.docx.write import write
from zabota.contracts.models import Contract
from zabota.contracts.paper import PaperMeta, contract_pdf
from zabota.contracts.reading.texts import Chosen, display_values, kept_objects
from zabota.contracts.text.numbering import numbers

DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


def docx_of(contract: Contract, chosen: Chosen, title: str) -> bytes:
    """The text in the package of its form: bookmarks and content controls inside, nobody's name."""
    source = contract.source or contract.edition.source
    document = chosen.text.document
    return write(
        document,
        numbers(document),
        display_values(contract, chosen.values),
        package=read_file(source) if source else None,
        language=contract.edition.template.language,
        title=title,
        kept=kept_objects(contract),
    )


def pdf_of(contract: Contract, chosen: Chosen, meta: PaperMeta) -> bytes:
    """The text as the page a lawyer would sign."""
    document = chosen.text.document
    return contract_pdf(document, numbers(document), display_values(contract, chosen.values), meta)

"""«Протокол разногласий» on paper: numbered, in the language of the contract, told apart by what it
says.
"""

import hashlib
import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.utils.translation import get_language, ngettext, override
from django.utils.translation import gettext as _

from zabota.common import formats
from zabota.contracts.docx.write import write
from zabota.contracts.models import Contract, SentTable
from zabota.contracts.paper import PaperMeta, contract_pdf
from zabota.contracts.paper.disagreements import (
    DisagreementWords,
    DisputedRow,
    Signer,
    disagreements_blocks,
    disagreements_document,
    with_annex,
)
from zabota.contracts.reading.disagreements.positions import Note, Position, Row
from zabota.contracts.reading.disagreements.read import Disagreements
from zabota.contracts.reading.values import contract_values
from zabota.contracts.stored import load_texts
from zabota.contracts.text.sides import of_side, side_names
from zabota.contracts.text.spelled import Told, spelled
from zabota.contracts.text.tree import Block, Document, Paragraph, Text
from zabota.contracts.text.words import blocks_text

NO_DATE = "____________"


@dataclass(frozen=True)
class Sides:
    """How the text calls our side and the client's, and the heading of each side's column."""

    ours: str
    theirs: str
    our_column: str
    their_column: str


@dataclass(frozen=True)
class Paper:
    """One table ready to be printed: its number, its words, the digest of what it says."""

    number: int
    rows: list[DisputedRow]
    sides: Sides
    signers: tuple[Signer, Signer]
    heading: str
    about: str
    columns: tuple[str, str, str, str]
    after: tuple[str, ...]
    digest: str
    language: str
    sent: SentTable | None = None

    @property
    def title(self) -> str:
        """«Протокол разногласий № 1 к Договору № 12 от 3 декабря 2026 г.»"""
        return f"{self.heading} {self.about}"

    @property
    def document(self) -> Document:
        """The table as a text of its own."""
        return disagreements_document(self.blocks())

    def blocks(self, above: str = "") -> tuple[Block, ...]:
        """Heading, table and signatures."""
        named = (
            f"{self.sides.ours} — {self.signers[0].name}",
            f"{self.sides.theirs} — {self.signers[1].name}",
        )
        words = DisagreementWords(
            heading=self.heading,
            about=self.about,
            parties="\n".join(named),
            columns=self.columns,
            above=above,
            after=self.after,
        )
        return disagreements_blocks(self.rows, words, self.signers)


def read_paper(contract: Contract, found: Disagreements) -> Paper:
    """The table as it would be printed now; `sent`, where this very one has been sent."""
    language = contract.edition.template.language
    with override(language):
        rows = [_printed(contract, row, found) for row in found.rows]
        sides = read_sides(contract, found)
        about, columns = _about(contract), _columns(sides)
        final = _after() if found.is_final else ()
        signers = _signers(contract, sides)
        digest = _digest(rows, about, columns, final, signers)
        last = contract.sent_tables.select_related("pdf", "docx").order_by("-number").first()
        sent = last if last is not None and last.digest == digest else None
        number = sent.number if sent else (last.number if last else 0) + 1
        heading = _("Table of disagreements No. %(number)d") % {"number": number}
    return Paper(
        number, rows, sides, signers, heading, about, columns, final, digest, language, sent
    )


def paper_pdf(paper: Paper, *, at: datetime) -> bytes:
    """The page to read and sign; what has not been sent has «проект» written across."""
    with override(paper.language):
        meta = PaperMeta(
            title=paper.title,
            footer=paper.title,
            pages=_("p. {page} of {pages}"),
            language=paper.language,
            at=at,
            watermark="" if paper.sent or paper.after else _("DRAFT"),
        )
    return contract_pdf(paper.document, {}, {}, meta)


def paper_docx(paper: Paper) -> bytes:
    """The same as a Word file, with nobody's name in it."""
    return write(paper.document, {}, {}, package=None, language=paper.language, title=paper.title)


def annexed_document(contract: Contract, found: Disagreements, paper: Paper) -> Document:
    """The text the disagreements began from, with the table as its last annex."""
    assert found.beginning is not None
    (text,) = load_texts(found.beginning.tree)
    with override(paper.language):
        return with_annex(text.document, paper.blocks(_("Annex")), _mention(paper))


def _mention(paper: Paper) -> str:
    numbers = [row.number for row in paper.rows if row.number]
    said = _("Made with the table of disagreements No. %(number)d, which is annexed.") % {
        "number": paper.number
    }
    if len(numbers) < len(paper.rows):
        return f"{said} {_('What is agreed in it stands instead of the wordings below.')}"
    which = ngettext(
        "Clause %(clauses)s stands in the wording agreed in it.",
        "Clauses %(clauses)s stand in the wordings agreed in it.",
        len(numbers),
    )
    return f"{said} {which % {'clauses': ', '.join(numbers)}}"


def read_sides(contract: Contract, found: Disagreements) -> Sides:
    """The names the form gives the two sides, else the parties' own; in the contract's language."""
    values = contract.version.values if contract.version else {}
    named = {key: values.get(key, "") for key in ("firm.name", "client.name")}
    preamble = found.opening or Document()
    called = side_names(preamble, named)
    ours = called.get("firm") or values.get("firm.short_name") or named["firm.name"]
    theirs = called.get("client") or values.get("client.short_name") or named["client.name"]
    return Sides(ours, theirs, _column(ours, bool(called)), _column(theirs, bool(called)))


def _column(side: str, called: bool) -> str:
    # In Russian the name stands in the genitive; what we cannot put in it stands after a colon.
    said = side if get_language() == "en" else of_side(side)
    if not called or not said:
        return _("Wording: %(side)s") % {"side": side}
    return _("Wording of the %(side)s") % {"side": said}


def _columns(sides: Sides) -> tuple[str, str, str, str]:
    return _("Clause"), sides.our_column, sides.their_column, _("Agreed wording")


def _about(contract: Contract) -> str:
    title = contract.edition.template.title(contract.edition.template.language).casefold()
    number = contract.registered_number or contract.case.number
    signed = str(contract.version.values.get("contract_date", "")) if contract.version else ""
    try:
        day = formats.date(date.fromisoformat(signed), contract.edition.template.language)
    except ValueError:
        day = NO_DATE
    told = {"number": number, "date": day}
    if "соглашени" in title or "agreement" in title:
        return _("to Agreement No. %(number)s of %(date)s") % told
    if "спецификац" in title or "specification" in title:
        return _("to Specification No. %(number)s of %(date)s") % told
    return _("to Contract No. %(number)s of %(date)s") % told


def _after() -> tuple[str, ...]:
    """What stands below a table with nothing left to settle."""
    return (_("Terms not named in this table stand as in the contract, of which it is a part."),)


def _signers(contract: Contract, sides: Sides) -> tuple[Signer, Signer]:
    values = contract.version.values if contract.version else {}
    return tuple(  # type: ignore[return-value]
        Signer(
            side=side,
            name=values.get(f"{party}.name", ""),
            position=values.get(f"{party}.signatory_position", ""),
            signatory=values.get(f"{party}.signatory", ""),
        )
        for party, side in (("firm", sides.ours), ("client", sides.theirs))
    )


def _printed(contract: Contract, row: Row, found: Disagreements) -> DisputedRow:
    return DisputedRow(
        row.number,
        said(contract, row, row.ours, found),
        said(contract, row, row.theirs, found),
        said(contract, row, row.agreed, found),
    )


def said(
    contract: Contract, row: Row, position: Position | None, found: Disagreements
) -> tuple[Block, ...]:
    """The words of one position as a reader finds them; empty where nothing is agreed yet."""
    if position is None:
        return (Paragraph(),)
    language = contract.edition.template.language
    told = Told(
        contract_values(contract, position.values, language),
        found.numbers,
        {"picture": _("picture"), "text_box": _("text box"), "formula": _("formula")},
        found.schemes,
    )
    blocks = spelled(found.blocks.get(position.wording, ()), told)
    note = _note(position.note, row, agreed=position is row.agreed)
    return (*blocks, Paragraph((Text(note, ("italic",)),), align="left")) if note else blocks


def _note(note: Note, row: Row, *, agreed: bool) -> str:
    match note:
        case Note.ABSENT:
            return _("[there is no such clause]")
        case Note.DELETED:
            return _("[the clause is deleted]") if agreed else _("[delete the clause]")
        case Note.EXCLUDED:
            return _("[the clause is not added]")
        case Note.MOVED:
            number = next((change.name for change in row.changes if change.name), "")
            return _("[moved: becomes clause %(number)s]") % {"number": number or "—"}
        case _:
            return ""


def _digest(
    rows: Sequence[DisputedRow],
    about: str,
    columns: Sequence[str],
    after: Sequence[str],
    signers: Sequence[Signer],
) -> str:
    words = [
        [row.number, *(blocks_text(part) for part in (row.ours, row.theirs, row.agreed))]
        for row in rows
    ]
    people = [[one.side, one.name, one.position, one.signatory] for one in signers]
    told = json.dumps([about, list(columns), words, list(after), people], ensure_ascii=False)
    return hashlib.sha256(told.encode("utf-8", "replace")).hexdigest()

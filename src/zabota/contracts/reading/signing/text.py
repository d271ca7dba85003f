"""The text that is signed: its words fixed by a digest, its page with the digest and the way to the
page where anybody can check it, its copy with the page of signatures.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

import segno
from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import override

from zabota.common import formats
from zabota.contracts.models import Contract, Signatory, Signing
from zabota.contracts.paper import PaperMeta, Signature, SignaturePage, contract_pdf
from zabota.contracts.reading.disagreements import paper_text
from zabota.contracts.reading.signing.words import authority_words, masked_address
from zabota.contracts.reading.texts import Chosen, display_values
from zabota.contracts.rules import Viewer
from zabota.contracts.text.numbering import numbers
from zabota.contracts.text.printed_words import digest_of, printed_words
from zabota.people.firm import current_firm, zone_of
from zabota.people.models import Firm

MOSCOW = "МСК"


@dataclass(frozen=True)
class FixedText:
    """One text ready to be signed, and the digest of what it says."""

    contract: Contract
    chosen: Chosen
    digest: str

    @property
    def language(self) -> str:
        return self.contract.edition.template.language


def fixed_text(contract: Contract, viewer: Viewer, firm: Firm) -> FixedText:
    """What goes to paper now, and what it says, value by value."""
    chosen = paper_text(contract, viewer, firm)
    with override(contract.edition.template.language):
        words = printed_words(
            chosen.text.document, display_values(contract, chosen.values), kinds()
        )
    return FixedText(contract, chosen, digest_of(words))


def kinds() -> dict[str, str]:
    """How kept objects without words are called on paper."""
    return {"picture": _("picture"), "text_box": _("text box"), "formula": _("formula")}


def check_address(digest: str) -> str:
    """Where anybody can see whether this is the text that was signed."""
    return f"{settings.ROOM_URL}/check/{digest}/"


def text_copy(fixed: FixedText, *, at: datetime) -> bytes:
    """The PDF that is signed: PDF/A, its digest and the way to check it on each page."""
    return _pdf(fixed, at)


def signed_copy(
    fixed: FixedText, signing: Signing, signatories: Sequence[Signatory], *, at: datetime
) -> bytes:
    """The same with a last page that tells who signed it, when and how."""
    with override(fixed.language):
        page = _signature_page(fixed, signing, signatories)
    return _pdf(fixed, at, page)


def title_of(contract: Contract) -> str:
    """«Договор поставки № Д-2026-0012»."""
    number = contract.registered_number or contract.case.number
    return _("%(title)s No. %(number)s") % {"title": contract.case.title, "number": number}


def _pdf(fixed: FixedText, at: datetime, page: SignaturePage | None = None) -> bytes:
    document = fixed.chosen.text.document
    address = check_address(fixed.digest)
    with override(fixed.language):
        title = title_of(fixed.contract)
        meta = PaperMeta(
            title=title,
            footer=title,
            pages=_("p. {page} of {pages}"),
            language=fixed.language,
            at=at,
            kinds=kinds(),
            mark=_("Digest of the text (SHA-256): %(digest)s") % {"digest": fixed.digest},
            qr=segno.make(address, error="l").svg_inline(border=1, scale=4),
        )
        values = display_values(fixed.contract, fixed.chosen.values)
    return contract_pdf(document, numbers(document), values, meta, page)


def _signature_page(
    fixed: FixedText, signing: Signing, signatories: Sequence[Signatory]
) -> SignaturePage:
    return SignaturePage(
        heading=_("Signatures"),
        about=_("Signed by a simple electronic signature under the agreement on its use: %(title)s")
        % {"title": title_of(fixed.contract)},
        signed=_("Signed:"),
        signatures=tuple(_signature(one, fixed.language) for one in signatories),
        facts=(
            (_("Digest of the text (SHA-256)"), fixed.digest),
            (_("Digest of the file that was signed (SHA-256)"), signing.pdf.digest),
            (_("Check it here"), check_address(fixed.digest)),
        ),
    )


def _signature(row: Signatory, language: str) -> Signature:
    assert row.signed_at is not None
    local = row.signed_at.astimezone(zone_of(current_firm()))
    day = formats.short_date(local.date(), language)
    zone = f"{local:%Z}"
    return Signature(
        company=row.company,
        name=row.name,
        position=row.position,
        authority=authority_words(row),
        how=_("by a one-time code sent to %(address)s") % {"address": masked_address(row.address)},
        time=f"{day} {local:%H:%M} ({MOSCOW if language == 'ru' and zone == 'MSK' else zone})",
    )

"""«Проверка подписи»: whether this is the text that was signed, by whom and when. Nothing else."""

import re
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Q

from zabota.contracts.models import Signatory, Signing, SigningState, Way
from zabota.contracts.reading.signing.parties import signatories_of

DIGEST = re.compile(r"[0-9a-f]{64}")


@dataclass(frozen=True)
class CheckedSignature:
    """Who signed for whom; when by a code."""

    company: str
    name: str
    position: str
    at: datetime | None


@dataclass(frozen=True)
class CheckedText:
    """A text that was signed: how, when the last signature came, by whom."""

    way: str
    at: datetime
    digest: str
    signatures: list[CheckedSignature]

    @property
    def by_code(self) -> bool:
        return self.way == Way.CODE

    @property
    def on_paper(self) -> bool:
        return self.way == Way.PAPER


def clean_digest(text: str) -> str:
    """A SHA-256 as people copy it, with spaces and capitals; empty where it is none."""
    plain = re.sub(r"\s+", "", text).casefold()
    return plain if DIGEST.fullmatch(plain) else ""


def find_signed(digest: str) -> CheckedText | None:
    """The signed text this is the digest of: of its words, of the file that was signed, or of its
    copy with the signatures. A text that nobody signed, or not both, is not told of.
    """
    found = (
        Signing.objects.filter(
            Q(digest=digest) | Q(pdf__digest=digest) | Q(signed_pdf__digest=digest),
            state=SigningState.SIGNED,
        )
        .order_by("pk")
        .first()
    )
    if found is None or found.ended_at is None:
        return None
    signatures = [_signature(row) for row in signatories_of(found)]
    return CheckedText(found.way, found.ended_at, found.digest, signatures)


def _signature(row: Signatory) -> CheckedSignature:
    return CheckedSignature(row.company, row.name, row.position, row.signed_at)

"""What the reader of errors says: a code, where it stands, the words it is about."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final, Literal

Kind = Literal[
    "sums", "dates", "references", "terms", "requisites", "empty", "currencies", "letters",
    "numbering", "vat",
]  # fmt: skip
KINDS: Final[tuple[Kind, ...]] = (
    "sums", "dates", "references", "terms", "requisites", "empty", "currencies", "letters",
    "numbering", "vat",
)  # fmt: skip
CODES: Final[dict[str, Kind]] = {
    "sum_differs": "sums", "hundredths_differ": "sums",
    "date_impossible": "dates", "date_order": "dates", "date_before_contract": "dates",
    "weekday_differs": "dates",
    "reference_nowhere": "references", "annex_nowhere": "references",
    "reference_lost": "references",
    "term_unused": "terms", "term_undefined": "terms",
    "requisite_wrong": "requisites", "requisite_differs": "requisites",
    "field_empty": "empty", "blank_left": "empty",
    "currency_other": "currencies",
    "letters_mixed": "letters", "letter_alien": "letters",
    "number_twice": "numbering", "number_again": "numbering", "number_gap": "numbering",
    "vat_sum": "vat", "vat_rate": "vat", "vat_contradicts": "vat",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Finding:
    """One likely error: what (`code`), where (clause and its number), the words as they stand.

    `ours` marks what speaks of our own card, so that the client is never shown it. `fields` are
    those whose values stand in the words, so that it can be said beside them.
    """

    code: str
    clause: str
    number: str = ""
    words: str = ""
    params: Mapping[str, str] = field(default_factory=dict)
    ours: bool = False
    fields: tuple[str, ...] = ()

    @property
    def kind(self) -> Kind:
        """The kind the firm switches: sums, dates, references …"""
        return CODES[self.code]

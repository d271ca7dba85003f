"""The reader of errors: what a careful lawyer would mark in the margin of a contract.

Free of Django: it says codes and parameters, the words are made above. It marks, it never mends.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any, Final

from zabota.contracts.lint.dates import check_dates
from zabota.contracts.lint.finding import CODES, KINDS, Finding, Kind
from zabota.contracts.lint.lines import Reading, all_clauses, inner_numbers, read_lines
from zabota.contracts.lint.numbering import check_numbering
from zabota.contracts.lint.quoted_terms import check_quoted
from zabota.contracts.lint.references import check_references
from zabota.contracts.lint.requisites import check_requisites
from zabota.contracts.lint.small import check_currencies, check_empty, check_letters
from zabota.contracts.lint.sums import check_sums
from zabota.contracts.lint.terms import check_terms
from zabota.contracts.lint.vat import check_vat
from zabota.contracts.text.tree import Document

__all__ = ["CODES", "KINDS", "Finding", "Kind", "lint"]

CHECKS: Final[tuple[Callable[[Reading], Iterator[Finding]], ...]] = (
    check_sums, check_dates, check_references, check_terms, check_quoted, check_requisites,
    check_empty, check_currencies, check_letters, check_numbering, check_vat,
)  # fmt: skip


def lint(
    document: Document,
    *,
    language: str,
    shown: Mapping[str, str] | None = None,
    values: Mapping[str, str] | None = None,
    fields: Iterable[Mapping[str, Any]] = (),
    cards: Mapping[str, Mapping[str, str]] | None = None,
) -> list[Finding]:
    """Everything that is likely wrong in a text, in the order it is read, each thing once.

    `shown` are values as the text has them, `values` in their normal form; `fields` say type and
    required by name; `cards` are the details of "firm" and "client" (inn, kpp, ogrn, bik, account,
    corr_account). 40 pages take a few tens of milliseconds once the dictionary is read.
    """
    lines, numbers = read_lines(document, shown or {})
    told = list(fields)
    reading = Reading(
        document=document,
        lines=lines,
        numbers=numbers,
        inner=inner_numbers(document),
        clauses=all_clauses(document),
        values=values or {},
        types={spec["name"]: spec["type"] for spec in told},
        optional=frozenset(spec["name"] for spec in told if not spec.get("required", True)),
        cards=cards or {},
        language=language,
    )
    places = {clause.id: place for place, clause in enumerate(reading.clauses)}
    found = {
        (one.code, one.clause, one.words, tuple(sorted(one.params.items()))): one
        for check in CHECKS
        for one in check(reading)
    }
    return sorted(found.values(), key=lambda one: places.get(one.clause, 0))

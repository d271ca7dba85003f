"""The words of a contract as they stand on its paper, values and numbers in place: what a digest of
the text is taken of.
"""

import hashlib
from collections.abc import Mapping

from zabota.contracts.text.numbering import clauses_of, numbers, plain_number
from zabota.contracts.text.spelled import Told, spelled
from zabota.contracts.text.tree import Document
from zabota.contracts.text.words import blocks_text


def printed_words(
    document: Document, values: Mapping[str, str], kinds: Mapping[str, str] | None = None
) -> str:
    """The whole text in reading order, a paragraph per line, each clause behind its number; an
    empty field is a line to write on. `kinds` names kept objects that have no words of their own.
    """
    shown = numbers(document)
    told = Told(values, shown, kinds or {}, document.schemes)
    lines = []
    for clause in clauses_of(document):
        number = plain_number(shown.get(clause.id, ""))
        words = blocks_text(spelled(clause.blocks, told), shown)
        lines.append(" ".join(part for part in (number, words) if part))
    return "\n".join(lines)


def digest_of(words: str) -> str:
    """SHA-256 of the words in UTF-8, in hexadecimal."""
    return hashlib.sha256(words.encode("utf-8", "replace")).hexdigest()

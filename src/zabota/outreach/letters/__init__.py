"""Reading a letter as it came: headers, words, files, whether an automaton sent it.

Plain Python. `read_letter(raw)` gives a `Letter` or raises `Unreadable`; `own_words(text)` parts
what the writer wrote from the history quoted under it; `split_letters(data)` takes an mbox apart.
Sources: RFC 5322, 2045–2047, 2231, 3676 (format=flowed), 3834 (automatic answers), 3464 (bounces).
"""

from zabota.outreach.letters.letter import Address, Attachment, Bounce, Letter, Unreadable
from zabota.outreach.letters.quotes import OwnWords, own_words
from zabota.outreach.letters.read import read_letter
from zabota.outreach.letters.sources import split_letters

__all__ = [
    "Address",
    "Attachment",
    "Bounce",
    "Letter",
    "OwnWords",
    "Unreadable",
    "own_words",
    "read_letter",
    "split_letters",
]

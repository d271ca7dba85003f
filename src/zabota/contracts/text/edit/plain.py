"""The plain form of a paragraph: what a person edits in a text area.

A field is `{{name}}`, a reference `{{#clause}}`, a note mark `{{^note}}`, a kept object `{{!key}}`,
a line break «⏎», a page break «␌», a tab is a tab.
"""

import re
from collections.abc import Callable, Iterable

from zabota.contracts.text.tree import Break, Field, Kept, Paragraph, Reference, Run, Text

TOKEN = re.compile(r"\{\{\s*([^{}\s](?:[^{}\n]*?[^{}\s])?)\s*\}\}")
# What is left of a token: the braces with the name that was meant, none of the words around.
_DAMAGED = re.compile(r"\{{2,3}\s?[#^!]?[\w.:-]{0,30}\}?|\{?[#^!]?[\w.:-]{0,30}\}{2,3}")
LINE_BREAK, PAGE_BREAK = "⏎", "␌"
_BREAKS = {LINE_BREAK: Break("line"), "\t": Break("tab"), PAGE_BREAK: Break("page")}
_SIGNS = {"line": LINE_BREAK, "tab": "\t", "page": PAGE_BREAK}
_NEW_LINE = re.compile("\r\n|[\r\x85\u2029]")
_SOFT = str.maketrans({"\v": LINE_BREAK, "\u2028": LINE_BREAK, "\f": PAGE_BREAK})
_UNSEEN = re.compile("[\x00-\x08\x0e-\x1f\x7f-\x9f\ufffe\uffff\ud800-\udfff]")


def normalised(text: str) -> str:
    """Typed text with one kind of line ends, without characters no document can hold."""
    return _UNSEEN.sub("", _NEW_LINE.sub("\n", text).translate(_SOFT))


def plain(paragraph: Paragraph) -> str:
    """One paragraph as one line of plain text."""
    return "".join(plain_run(run) for run in paragraph.runs)


def plain_run(run: Run) -> str:
    """One run as it stands in the plain text."""
    match run:
        case Text(text=text):
            return normalised(text).replace("\n", " ")
        case Break(kind=kind):
            return _SIGNS[kind]
    return token(run)


def token(run: Field | Reference | Kept) -> str:
    """How a field, a reference, a note mark or a kept object is written."""
    match run:
        case Field(name=name):
            return "{{" + name + "}}"
        case Reference(kind="note", target=target):
            return "{{^" + target + "}}"
        case Reference(target=target):
            return "{{#" + target + "}}"
        case Kept(key=key):
            return "{{!" + key + "}}"


def runs_of_line(line: str, find: Callable[[str], Run], broken: Callable[[str], None]) -> list[Run]:
    """Read a line back: `find` gives the run of a token, `broken` is told of stray braces."""
    found: list[Run] = []
    at = 0
    for match in TOKEN.finditer(line):
        found += _words(line[at : match.start()], broken)
        found.append(find(match[1]))
        at = match.end()
    return found + _words(line[at:], broken)


def tokens_of(text: str) -> Iterable[str]:
    """The names in double braces, in order, with their sign."""
    return (match[1] for match in TOKEN.finditer(text))


def _words(text: str, broken: Callable[[str], None]) -> list[Run]:
    if damaged := _DAMAGED.search(text):
        broken(damaged[0].rstrip(".-:"))
    pieces = re.split(f"([{LINE_BREAK}{PAGE_BREAK}\t])", text)
    return [_BREAKS.get(piece) or Text(piece) for piece in pieces if piece]

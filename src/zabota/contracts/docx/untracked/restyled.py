"""Words that stand as they were sent but look otherwise: bold taken off, other size, other colour.

Quieter than what reads otherwise, and apart from it. Only paragraphs that read the same in both
files are looked at; tracked changes of looks are rejected first, so what is left nobody recorded.
"""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from itertools import count, groupby
from typing import Final

from lxml import etree

from zabota.contracts.compare.matching import match_clauses
from zabota.contracts.docx.guard import inspect
from zabota.contracts.docx.marking import (
    fields_as_words,
    marked_places,
    put_mark,
    text_parts,
    unmarked,
    with_parts,
)
from zabota.contracts.docx.package import Package, W
from zabota.contracts.docx.read import read
from zabota.contracts.docx.read.revisions import settle
from zabota.contracts.docx.read.styles import Styles, is_on, read_styles, value
from zabota.contracts.docx.untracked.finding import Finding
from zabota.contracts.docx.untracked.plain import even
from zabota.contracts.text.numbering import numbers, plain_number
from zabota.contracts.text.tree import Document

# Of all words compared: what looks otherwise in more of them was done by the program that saved.
MOST: Final = 0.5
ORDINARY: Final = "20"  # half-points, where neither the file nor its styles say a size
type Look = tuple[bool, bool, bool, str, str]


@dataclass(frozen=True, slots=True)
class Told:
    """A paragraph: its words, and how each of their letters looks."""

    element: etree._Element
    words: str
    # None where a field is shown: how a value looks is decided by the program that fills it in.
    looks: Sequence[Look | None]


def find_restyled(
    sent: Document, sent_file: bytes, returned: bytes, values: Mapping[str, str] | None = None
) -> list[Finding]:
    """Words of `returned` that look otherwise than in `sent_file`, in reading order, as findings of
    kind `look`: `new` are the words, `old` says what changed (`bold-`, `italic+`, `underline-`,
    `size:22>18`, `color`), by commas. What changed in most of the text is told once, in no clause.
    Raises Refused.
    """
    inspect(returned)
    parts = _settled(returned)
    before, now = _paragraphs(sent_file, _settled(sent_file)), _paragraphs(returned, parts)
    found = list(_otherwise(before, now))
    for mark, (paragraph, _, _) in enumerate(found):
        put_mark(paragraph, mark)
    if values is not None:
        fields_as_words(parts.values())
    steps = count()
    read_again = read(
        with_parts(returned, parts), revisions="reject", new_id=lambda: f"new-{next(steps)}"
    ).document
    places = marked_places(read_again)
    matches = match_clauses(sent, unmarked(read_again), values=values)
    names = {match.new_id: match.old_id for match in matches if match.new_id and match.old_id}
    letters = sum(len(one.words) for one in now)
    common = _everywhere([(what, words) for _, what, words in found], letters)
    told = [Finding("look", old=what, where="everywhere") for what in common]
    counted = numbers(sent)
    for mark, (_, what, words) in enumerate(found):
        clause = names.get(places.get(mark, ""), "")
        if what not in common and clause:
            number = plain_number(counted.get(clause, ""))
            told.append(Finding("look", clause, number, what, words))
    return list(dict.fromkeys(told))


def _settled(data: bytes) -> dict[str, etree._Element]:
    roots = text_parts(Package(data))
    for root in roots.values():
        settle(root, accept=False)
    return roots


def _paragraphs(data: bytes, roots: Mapping[str, etree._Element]) -> list[Told]:
    package = Package(data)
    names = package.related(package.main, "styles")
    sheet = package.xml(names[0]) if names else None
    styles = read_styles(sheet)
    default = None if sheet is None else sheet.find(f"{W}docDefaults/{W}rPrDefault/{W}rPr")
    return [
        told
        for root in roots.values()
        for paragraph in root.iter(f"{W}p")
        if (told := _told(paragraph, styles, default)).words.strip()
    ]


def _told(paragraph: etree._Element, styles: Styles, default: etree._Element | None) -> Told:
    said: list[str] = []
    looks: list[Look | None] = []
    for run in paragraph.iter(f"{W}r"):
        if next(run.iterancestors(f"{W}p"), None) is not paragraph:
            continue
        words = "".join(text.text or "" for text in run.findall(f"{W}t"))
        if words:
            said.append(words)
            shown = next(run.iterancestors(f"{W}sdt"), None) is not None
            look = None if shown else _look(run, styles.of(paragraph), styles, default)
            looks += [look] * len(words)
    return Told(paragraph, "".join(said), looks)


def _look(run: etree._Element, style: str, styles: Styles, default: etree._Element | None) -> Look:
    chosen = value(run.find(f"{W}rPr/{W}rStyle"))

    def find(name: str) -> etree._Element | None:
        own = run.find(f"{W}rPr/{W}{name}")
        for named in (chosen, style):
            if own is None:
                own = styles.find_in_style(named, f"{W}rPr/{W}{name}")
        return own if own is not None or default is None else default.find(f"{W}{name}")

    color = value(find("color")).upper()
    return (
        is_on(find("b")),
        is_on(find("i")),
        value(find("u")) not in ("", "none"),
        value(find("sz")) or ORDINARY,
        "" if color in ("AUTO", "000000") else color,
    )


def _otherwise(before: list[Told], now: list[Told]) -> Iterator[tuple[etree._Element, str, str]]:
    """Paragraph, what changed and in which words, for all that reads the same in both."""
    were, are = ([one.words for one in told] for told in (before, now))
    for block in SequenceMatcher(None, were, are, autojunk=False).get_matching_blocks():
        for step in range(block.size):
            old, new = before[block.a + step], now[block.b + step]
            for what, letters in groupby(_letters(old, new), key=lambda one: one[0]):
                words = even("".join(letter for _, letter in letters))
                if what and words:
                    yield new.element, what, words


def _letters(old: Told, new: Told) -> Iterator[tuple[str, str]]:
    """What changed of each letter; how a space looks nobody sees, it goes with what is before."""
    what = ""
    for letter, was, is_now in zip(new.words, old.looks, new.looks, strict=True):
        what = what if letter.isspace() else _what(was, is_now)
        yield what, letter


def _what(old: Look | None, new: Look | None) -> str:
    if old is None or new is None:
        return ""
    told = [
        name + ("+" if is_now else "-")
        for name, was, is_now in zip(("bold", "italic", "underline"), old, new, strict=False)
        if was != is_now
    ]
    if old[3] != new[3]:
        told.append(f"size:{old[3]}>{new[3]}")
    if old[4] != new[4]:
        told.append("color")
    return ",".join(told)


def _everywhere(found: Sequence[tuple[str, str]], letters: int) -> list[str]:
    """What changed in so much of the text that telling each place would hide the rest."""
    spread = Counter[str]()
    for what, words in found:
        spread[what] += len(words)
    return [what for what, size in spread.items() if size > letters * MOST]

"""The words of the test contracts: sections of texts/*.txt, and their small marks."""

import re
from dataclasses import dataclass
from pathlib import Path

FOLDER = Path(__file__).parent / "texts"
INLINE = re.compile(
    r"\*\*(.+?)\*\*|//(.+?)//|(?<!_)__([^_]+)__(?!_)|\^\{(.+?)\}|~\{(.+?)\}|\[\[fn:\s*(.+?)\]\]"
)
MARKS = ("b", "i", "u", "sup", "sub", "note")


@dataclass(frozen=True)
class Item:
    """One point of a contract and the list that stands under it."""

    text: str
    subs: tuple[str, ...] = ()


@dataclass(frozen=True)
class Section:
    """A headed part of a contract."""

    title: str
    items: tuple[Item, ...]


def sections(name: str, *titles: str) -> list[Section]:
    """The sections of one file, in its order, or those named, in the order asked for."""
    found: list[Section] = []
    for line in (FOLDER / f"{name}.txt").read_text(encoding="utf8").splitlines():
        if line.startswith("# "):
            found.append(Section(line[2:], ()))
        elif line.startswith("- "):
            last = found[-1]
            item = last.items[-1]
            grown = Item(item.text, (*item.subs, line[2:]))
            found[-1] = Section(last.title, (*last.items[:-1], grown))
        elif line:
            found[-1] = Section(found[-1].title, (*found[-1].items, Item(line)))
    if not titles:
        return found
    by_title = {section.title: section for section in found}
    return [by_title[title] for title in titles]


def common(*skipped: str) -> list[Section]:
    """The sections every contract has, but for those skipped (by the start of the title)."""
    return [one for one in sections("common") if not one.title.startswith(skipped or ("\0",))]


def pieces(text: str) -> list[tuple[str, str]]:
    """(mark or "", words) in order; `~` is a no-break space, `\\-` a no-break hyphen."""
    text = re.sub(r"~(?!\{)", "\u00a0", text).replace("\\-", "\u2011")
    found: list[tuple[str, str]] = []
    at = 0
    for match in INLINE.finditer(text):
        if match.start() > at:
            found.append(("", text[at : match.start()]))
        mark = MARKS[match.lastindex - 1] if match.lastindex else ""
        found.append((mark, match.group(match.lastindex or 0)))
        at = match.end()
    if at < len(text):
        found.append(("", text[at:]))
    return found


def bare(text: str) -> str:
    """The words without marks and notes."""
    return "".join(words for mark, words in pieces(text) if mark != "note")

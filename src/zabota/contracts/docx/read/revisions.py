"""Tracked changes: found, accepted or rejected in the XML before anything else is read.

Insertions and deletions of words, paragraph marks, rows and cells, moves, and changed properties.
Source: ECMA-376 part 1, 17.13.5.
"""

from collections import Counter
from copy import deepcopy
from typing import Final

from lxml import etree

from zabota.contracts.docx.package import W

INSERTED: Final = frozenset({f"{W}ins", f"{W}moveTo"})
DELETED: Final = frozenset({f"{W}del", f"{W}moveFrom"})
CELLS: Final = {f"{W}cellIns": INSERTED, f"{W}cellDel": DELETED}
RANGES: Final = frozenset(
    f"{W}{name}{end}"
    for name in (
        "moveFromRange", "moveToRange", "customXmlInsRange", "customXmlDelRange",
        "customXmlMoveFromRange", "customXmlMoveToRange",
    )
    for end in ("Start", "End")
)  # fmt: skip
CHANGED: Final = frozenset(
    f"{W}{name}Change"
    for name in ("pPr", "rPr", "sectPr", "tblPr", "tcPr", "trPr", "tblGrid", "tblPrEx", "numbering")
)
# Where a bare w:ins or w:del is a flag on its owner and not a wrapper of words.
FLAGGED: Final = frozenset({f"{W}rPr", f"{W}trPr", f"{W}numPr"})
ALIVE: Final = {f"{W}delText": f"{W}t", f"{W}delInstrText": f"{W}instrText"}
ALL: Final = INSERTED | DELETED | CHANGED | frozenset(CELLS) | {f"{W}cellMerge"}


def count_revisions(root: etree._Element) -> Counter[str]:
    """Count the tracked changes of a part by author ("" when it is not said)."""
    return Counter(change.get(f"{W}author", "") for change in root.iter(*ALL))


def settle(root: etree._Element, *, accept: bool) -> None:
    """Accept or reject every tracked change of a part, in place."""
    gone, stays = (DELETED, INSERTED) if accept else (INSERTED, DELETED)
    _settle_properties(root, accept=accept)
    _settle_rows_and_cells(root, gone, accept=accept)
    dead_marks = _settle_marks(root, gone)
    for element in list(root.iter(*gone)):
        _remove(element)
    for element in list(root.iter(*stays)):
        _unwrap(element)
    for element in list(root.iter(*RANGES)):
        _remove(element)
    for dead, alive in ALIVE.items():
        for element in root.iter(dead):
            element.tag = alive
    for paragraph in dead_marks:
        _join_with_next(paragraph)


def _settle_properties(root: etree._Element, *, accept: bool) -> None:
    for change in list(root.iter(*CHANGED)):
        owner = change.getparent()
        if owner is None:
            continue
        if not accept and len(change):
            _restore(owner, change)
        else:
            owner.remove(change)


def _restore(owner: etree._Element, change: etree._Element) -> None:
    """Put the old properties back; what the change does not speak of stays."""
    keep = {f"{W}sectPr", f"{W}rPr"} if owner.tag == f"{W}pPr" else set()
    if owner.tag == f"{W}sectPr":
        keep = {f"{W}headerReference", f"{W}footerReference"}
    flags = INSERTED | DELETED | frozenset(CELLS) | {f"{W}cellMerge"}
    old = [deepcopy(child) for child in change[0]]
    kept = [child for child in owner if child is not change and child.tag in keep | flags]
    for child in list(owner):
        owner.remove(child)
    ahead = owner.tag == f"{W}sectPr"
    owner.extend([*kept, *old] if ahead else [*old, *kept])


def _settle_rows_and_cells(root: etree._Element, gone: frozenset[str], *, accept: bool) -> None:
    for row in list(root.iter(f"{W}tr")):
        flags = row.findall(f"{W}trPr/*")
        if any(flag.tag in gone for flag in flags):
            _remove(row)
    for flag in list(root.iter(*CELLS)):
        properties = flag.getparent()
        cell = None if properties is None else properties.getparent()
        if cell is not None and CELLS[str(flag.tag)] == gone:
            _remove(cell)
        else:
            _remove(flag)
    for merge in list(root.iter(f"{W}cellMerge")):
        _settle_merge(merge, merge.get(f"{W}vMerge" if accept else f"{W}vMergeOrig", ""))
    for table in list(root.iter(f"{W}tbl")):
        if table.find(f".//{W}tr") is None:
            _remove(table)


def _settle_merge(merge: etree._Element, value: str) -> None:
    properties = merge.getparent()
    if properties is None:
        return
    if value:
        for old in properties.findall(f"{W}vMerge"):
            properties.remove(old)
        merge.tag = f"{W}vMerge"
        merge.attrib.clear()
        merge.set(f"{W}val", "continue" if value == "cont" else "restart")
    else:
        properties.remove(merge)


def _settle_marks(root: etree._Element, gone: frozenset[str]) -> list[etree._Element]:
    """Take the flags off and give the paragraphs whose marks (ends) are gone."""
    dead = []
    for owner in list(root.iter(*FLAGGED)):
        flags = [child for child in owner if child.tag in INSERTED | DELETED]
        is_gone = any(flag.tag in gone for flag in flags)
        for flag in flags:
            owner.remove(flag)
        parent = owner.getparent()
        if not is_gone or parent is None:
            continue
        if owner.tag == f"{W}numPr":
            parent.remove(owner)
        elif parent.tag == f"{W}pPr" and (paragraph := parent.getparent()) is not None:
            dead.append(paragraph)
    return dead


def _join_with_next(paragraph: etree._Element) -> None:
    """Give the words of a paragraph that has lost its end to the next one, whose look they take."""
    if paragraph.getparent() is None:
        return
    content = [child for child in paragraph if child.tag != f"{W}pPr"]
    following = _next_paragraph(paragraph)
    if following is None:
        # Nothing to join: Word keeps the end, unless the paragraph is empty and not the only one.
        parent = paragraph.getparent()
        siblings = [] if parent is None else parent.findall(f"{W}p")
        section = paragraph.find(f"{W}pPr/{W}sectPr")
        if (
            not content
            and section is None
            and len(siblings) > 1
            and paragraph.getnext() is not None
        ):
            _remove(paragraph)
        return
    place = 1 if following.find(f"{W}pPr") is not None else 0
    for offset, child in enumerate(content):
        following.insert(place + offset, child)
    _remove(paragraph)


def _next_paragraph(paragraph: etree._Element) -> etree._Element | None:
    following = paragraph.getnext()
    while following is not None and following.tag in (f"{W}bookmarkStart", f"{W}bookmarkEnd"):
        following = following.getnext()
    if following is not None and following.tag == f"{W}sdt":
        inside = following.find(f"{W}sdtContent")
        following = inside[0] if inside is not None and len(inside) else None
    return following if following is not None and following.tag == f"{W}p" else None


def _unwrap(element: etree._Element) -> None:
    parent = element.getparent()
    if parent is None:
        return
    place = parent.index(element)
    for offset, child in enumerate(list(element)):
        parent.insert(place + 1 + offset, child)
    parent.remove(element)


def _remove(element: etree._Element) -> None:
    parent = element.getparent()
    if parent is not None:
        parent.remove(element)

"""Lines of a table of contents: their numbers repeat those of the clauses and count nothing."""

import re
from typing import Final

from lxml import etree

from zabota.contracts.docx.package import W
from zabota.contracts.docx.read.inline import WordField
from zabota.contracts.docx.read.styles import Styles, value

GALLERY: Final = "Table of Contents"
STYLE: Final = re.compile(r"(?:toc|contents|оглавление|содержание)[ _]?\d", re.IGNORECASE)
# In the block that Word inserts, the line «Содержание» itself is a title as any other.
LINE: Final = re.compile(r"\d|.*\d$", re.DOTALL)


def is_contents_line(paragraph: etree._Element, words: str, styles: Styles) -> bool:
    """Tell by its style, or by Word's contents block around it, that a paragraph is such a line."""
    style = styles.of(paragraph)
    known = styles.by_id.get(style)
    name = "" if known is None else value(known.find(f"{W}name"))
    if STYLE.fullmatch(style) or STYLE.fullmatch(name):
        return True
    path = f"{W}sdtPr/{W}docPartObj/{W}docPartGallery"
    galleries = (value(sdt.find(path)) for sdt in paragraph.iterancestors(f"{W}sdt"))
    return LINE.match(words) is not None and GALLERY in galleries


def in_contents_field(open_fields: list[WordField]) -> bool:
    """Tell whether a contents field, whose lines are its result, goes on after a paragraph."""
    return any(field.instruction.upper().split()[:1] == ["TOC"] for field in open_fields)


def ends_with_field(paragraph: etree._Element) -> bool:
    """Tell whether no words stand after the last field of a paragraph."""
    told = list(paragraph.iter(f"{W}t", f"{W}fldChar"))
    while told and told[-1].tag == f"{W}t" and not (told[-1].text or "").strip():
        told.pop()
    return bool(told) and told[-1].tag != f"{W}t"


def fields_are_closed(story: etree._Element) -> bool:
    """Tell whether each field of a story has its end; else one would swallow all that follows."""
    kinds = [mark.get(f"{W}fldCharType") for mark in story.iter(f"{W}fldChar")]
    return kinds.count("begin") == kinds.count("end")

"""What is told by how it is written: addresses, phones, numbers of registers and of contracts."""

import re
from collections.abc import Iterator
from typing import Final

from zabota.tickets.retelling.known import Known, digits_of

GAP: Final = r"[\s\u00a0\u202f().–—-]*"
MAIL: Final = re.compile(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+")
SITE: Final = re.compile(
    r"(?:https?://|www\.)[^\s«»\"<>]+|(?<![\w.@-])(?:[\w-]+\.)+(?:ru|рф|com|su|org|net|by|kz|eu|io)\b",
    re.I,
)
HANDLE: Final = re.compile(r"(?<![\w@])@\w{4,}")
PHONE: Final = re.compile(
    rf"(?<!\d)(?:\+7|8|7){GAP}\d{{3}}{GAP}\d{{3}}{GAP}\d{{2}}{GAP}\d{{2}}(?!\d)"
    r"|\+\d[\d\s().-]{7,16}\d(?!\d)"
)
LONG_NUMBER: Final = re.compile(r"(?<!\d)\d{9,20}(?!\d)")
PAPER: Final = re.compile(
    r"(?P<before>(?:№|\bNo\.|#)\s*)(?P<number>[\w/.-]*\d[\w/-]*)"
    r"|(?<![\w-])(?P<own>[A-ZА-ЯЁ]{1,4}-\d{2,4}[-/]\d{2,})(?!\w)"
    r"|(?P<word>\b(?:договор|счёт|счет|заказ|накладн|заявк|contract|invoice|order)\w*\s+)"
    r"(?P<bare>(?=[\w/-]*(?:\d{4}|\d[/-]|[/-]\d))[\w/-]*\d[\w/-]*)",
    re.I,
)
QUOTED: Final = re.compile(
    r"\b(?P<form>ООО|АО|ПАО|ЗАО|ОАО|НКО)\s+[«\"„“](?P<name>[^«»\"„“”]{2,60})[»\"”“]"
)
FEWEST_FIGURES: Final = 5
WHOLE_PHONE, ITS_TAIL = 10, 7


def exact_patterns(known: Known) -> Iterator[tuple[str, re.Pattern[str]]]:
    """For what is written one way: itself, and how it is found however it is spaced."""
    for text in known.written:
        figures = digits_of(text)
        only_figures = len(figures) >= FEWEST_FIGURES and not re.search(r"[^\W\d_]|@", text)
        if not only_figures:
            yield text, re.compile(_spaced(text), re.I)
            continue
        if text.startswith("+") or len(figures) in (WHOLE_PHONE, WHOLE_PHONE + 1):
            tail = GAP.join(figures[-WHOLE_PHONE:])
            yield text, re.compile(rf"(?<!\d)(?:\+?\d{GAP})?{tail}(?!\d)")
            yield text, re.compile(rf"(?<!\d){GAP.join(figures[-ITS_TAIL:])}(?!\d)")
        else:
            yield text, re.compile(rf"(?<!\d){GAP.join(figures)}(?!\d)")


def _spaced(text: str) -> str:
    """Its words with any white space between them; ё may be е."""
    words = (re.sub("[её]", "[её]", re.escape(word), flags=re.I) for word in text.split())
    return rf"(?<!\w){r'\s+'.join(words)}(?!\w)"

"""What was found somewhere: one mention as its source tells it."""

import hashlib
from dataclasses import dataclass
from datetime import datetime
from typing import Final

LONGEST_TEXT: Final = 20_000
LONGEST_LINK: Final = 2_000
LONGEST_NAME: Final = 200
BEST: Final = 5


@dataclass(frozen=True)
class Found:
    """A mention as it was read. `outer` is the source's own name for it; a rating is told on the
    scale of one to five, nothing where none was given.
    """

    text: str = ""
    title: str = ""
    link: str = ""
    author: str = ""
    author_link: str = ""
    outer: str = ""
    rating: int | None = None
    written_at: datetime | None = None

    @property
    def is_empty(self) -> bool:
        """Whether nothing was read that anybody could be thanked for."""
        return not (self.text.strip() or self.link)


def forgotten(outer: str) -> str:
    """The source's own name of what was forgotten with its author: told again, it is known."""
    return f"erased {hashlib.sha256(outer.encode()).hexdigest()}" if outer else ""


def one_line(text: str, most: int = LONGEST_NAME) -> str:
    """Words of a name or a title: one line, no control characters, no longer than that."""
    shown = "".join(sign if sign.isprintable() else " " for sign in text)
    return " ".join(shown.split())[:most]


def many_lines(text: str, most: int = LONGEST_TEXT) -> str:
    """Words of a text: lines kept, nothing that neither a page nor a database takes."""
    plain = text.replace("\r\n", "\n").replace("\r", "\n").replace("\x00", "")
    shown = "".join(sign if sign.isprintable() or sign in "\n\t" else " " for sign in plain)
    whole = shown.encode("utf-8", "replace").decode("utf-8")
    lines = [" ".join(line.split()) for line in whole.split("\n")]
    kept = [line for n, line in enumerate(lines) if line or (n and lines[n - 1])]
    return "\n".join(kept).strip()[:most]


def rating_of(value: object, best: object = None) -> int | None:
    """A mark on the scale of one to five, whatever scale it was given on; nothing where it is no
    mark, or lies outside its scale.
    """
    mark, top = _number(value), _number(best) or float(BEST)
    if mark is None or top <= 0 or not 0 <= mark <= top:
        return None
    return max(1, min(BEST, round(mark * BEST / top)))


def _number(value: object) -> float | None:
    try:
        found = float(str(value).strip().replace(",", "."))
    except ValueError:
        return None
    return found if abs(found) < 1e6 else None

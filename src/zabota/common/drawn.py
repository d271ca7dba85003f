"""Parts of pages that are drawn anew only for other values: a row of a list, a line of a thread.

Most of what a page shows stood on the page before it, too. A part is kept by its template, the
reader's language and its values, so that nothing has ever to be taken back: what changed is
another part.
"""

from dataclasses import fields, is_dataclass
from functools import lru_cache
from typing import Any, Final

from django.template.loader import get_template
from django.utils.safestring import SafeString
from django.utils.translation import get_language

PLAIN: Final = (str, int, bool, type(None))
# So many parts are kept in a process, of no more letters than these: some ten megabytes.
MOST: Final = 4096
LONGEST: Final = 4000


def drawn(template: str, value: Any) -> SafeString:
    """The part of this value, a frozen dataclass of plain values, which its template calls `it`."""
    letters = sum(len(one) for one in vars(value).values() if type(one) is str)
    draw = _drawn if letters <= LONGEST else _drawn.__wrapped__
    return draw(template, get_language() or "en", value)


@lru_cache(maxsize=MOST)
def _drawn(template: str, language: str, value: Any) -> SafeString:
    check_plain(value)
    return SafeString(get_template(template).render({"it": value}))


def check_plain(value: Any) -> None:
    """A row of the database is the same one when it has changed, a safe text the same as one that
    is not: neither may be what a part is kept by.
    """
    if type(value) is tuple:
        for one in value:
            check_plain(one)
    elif is_dataclass(value) and not isinstance(value, type):
        for one in fields(value):
            check_plain(getattr(value, one.name))
    elif type(value) not in PLAIN:
        raise TypeError(f"a part of a page is kept by plain values, not by {type(value).__name__}")

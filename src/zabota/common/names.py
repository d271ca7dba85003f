"""Names in two alphabets: what a reader of English is shown of a Russian name.

Russian letters become Latin ones as in a Russian passport: ICAO Doc 9303, part 3, section 6 B. No
more than that is guessed of anybody's name: what was typed as their English name always goes first.
"""

import re
from collections.abc import Mapping
from typing import Any

from django.utils.translation import get_language, gettext

PASSPORT = {
    "а": "a", "б": "b", "в": "v", "г": "g", "д": "d", "е": "e", "ё": "e", "ж": "zh", "з": "z",
    "и": "i", "й": "i", "к": "k", "л": "l", "м": "m", "н": "n", "о": "o", "п": "p", "р": "r",
    "с": "s", "т": "t", "у": "u", "ф": "f", "х": "kh", "ц": "ts", "ч": "ch", "ш": "sh",
    "щ": "shch", "ъ": "ie", "ы": "y", "ь": "", "э": "e", "ю": "iu", "я": "ia",
}  # fmt: skip
CYRILLIC = re.compile("[А-Яа-яЁё]")
CLIENT_NAMES = ("name", "short_name", "name_en", "short_name_en")
# What a row needs for `row_whole`.
WHOLE_NAMES = (*CLIENT_NAMES, "root_id", *(f"root__{name}" for name in CLIENT_NAMES))
WORD = re.compile("[А-Яа-яЁё]+")


def latin(name: str) -> str:
    """A name in Latin letters as a Russian passport has it: «Ольга Щукина» → Olga Shchukina."""
    return WORD.sub(_word, name)


def has_cyrillic(text: str) -> bool:
    """Whether a reader of English would meet Russian letters in it."""
    return CYRILLIC.search(text) is not None


def latin_only(name: str) -> str:
    """A name that was typed in Latin letters; nothing where it was not."""
    return "" if has_cyrillic(name) else name


def person_name(name: str, name_en: str = "", language: str | None = None) -> str:
    """A person's name for the reader of a language, the present reader's by default: in English
    what was typed for it, else the passport's letters.
    """
    if (language or get_language() or "ru") != "en":
        return name
    return name_en or latin(name)


def row_person(row: Mapping[str, Any], to_user: str) -> str:
    """The same of a row of plain values; `to_user` leads to the account: "employee__user__"."""
    return person_name(row[f"{to_user}name"] or "", row[f"{to_user}name_en"] or "")


def row_client(row: Mapping[str, Any], to_client: str) -> str:
    """How the reader calls a client, of a row of plain values; `to_client` is like "client__"."""
    told = {name: row[to_client + name] for name in CLIENT_NAMES}
    return detail(told["short_name"] or told["name"], told["short_name_en"] or told["name_en"])


def row_whole(row: Mapping[str, Any], to_client: str) -> str:
    """The same, by the name of what the client was merged into, where it was."""
    merged = row[f"{to_client}root_id"] is not None
    return row_client(row, f"{to_client}root__" if merged else to_client)


def initials(name: str) -> str:
    """Two letters for the drawn face: «Ольга Петрова» → ОП."""
    return "".join(word[0] for word in name.split()[:2]).upper()


def detail(own: str, english: str, language: str | None = None) -> str:
    """A detail in the language of a text; where it was never given in that, in the other."""
    in_english = (language or get_language() or "ru") == "en"
    return (english or own) if in_english else (own or english)


def _word(found: re.Match[str]) -> str:
    word = found.group()
    shouted = len(word) > 1 and word.isupper()
    return "".join(_letter(letter, shouted) for letter in word)


def _letter(letter: str, shouted: bool) -> str:
    put = PASSPORT[letter.lower()]
    if shouted:
        return put.upper()
    return put.capitalize() if letter.isupper() else put


def numbered(number: object) -> str:
    """A contract's number as the reader writes numbers: «№ 12», "No. 12"."""
    return gettext("No. %(number)s") % {"number": number}

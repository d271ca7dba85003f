"""Spaces that must not break and dashes, put in by rule so that the sources stay easy to type."""

import re

from tools.forms.markup import REFERENCE, TOKEN

NBSP = "\u00a0"
# Fields and references stand in private-use characters while the rules run: a rule never
# reaches into a token, and «№ {{ number }}» is treated as «№ 5» is.
HIDDEN = re.compile(f"{TOKEN.pattern}|{REFERENCE.pattern}")
FIGURE = "[0-9\ue000-\uf8ff]"
UNITS = (
    r"%|г\.|рабоч|календ|час|месяц|год|лет|дн|мм|кв|млн|"
    "январ|феврал|март|апрел|мая|июн|июл|август|сентябр|октябр|ноябр|декабр"
)
RULES = {
    "ru": (
        (re.compile(r"№ "), f"№{NBSP}"),
        (re.compile(r" — "), f"{NBSP}— "),
        (re.compile(rf"\b(п|пп|ст|ч|гл|г|ул|абз) ?\. (?={FIGURE})"), rf"\1.{NBSP}"),
        (
            re.compile(
                rf"\b((?:под)?пункт\w*|стать\w+|раздел\w*|част\w+|глав\w+|приложени\w+) "
                rf"(?={FIGURE})",
                re.IGNORECASE,
            ),
            rf"\1{NBSP}",
        ),
        (re.compile(rf"(?<=[0-9]) (?={UNITS})"), NBSP),
        (re.compile(r"(?<=[0-9]) (?=[0-9]{3})"), NBSP),
        (re.compile(r"\bМ\. П\."), f"М.{NBSP}П."),
    ),
    "en": (
        (re.compile(r"\bNo\. "), f"No.{NBSP}"),
        (re.compile(r" — "), f"{NBSP}— "),
        (
            re.compile(rf"\b(clauses?|sections?|annex|articles?) (?={FIGURE})", re.IGNORECASE),
            rf"\1{NBSP}",
        ),
        (re.compile(r"(?<=[0-9]) (?=[a-z%])"), NBSP),
    ),
}


def set_spaces(text: str, language: str) -> str:
    """The same words with non-breaking spaces where the language wants them."""
    kept: list[str] = []

    def hide(found: re.Match[str]) -> str:
        kept.append(found[0])
        return chr(0xE000 + len(kept) - 1)

    hidden = HIDDEN.sub(hide, text)
    for pattern, replacement in RULES[language]:
        hidden = pattern.sub(replacement, hidden)
    return re.sub("[\ue000-\uf8ff]", lambda found: kept[ord(found[0]) - 0xE000], hidden)

"""What is left empty, currencies that differ, letters of another alphabet."""

import re
from collections import Counter
from collections.abc import Iterator
from typing import Final

from zabota.common.language.morphology import is_known
from zabota.contracts.lint.finding import Finding
from zabota.contracts.lint.lines import Line, Reading

BLANK: Final = re.compile(
    r"_{3,}|\[\s*(?:●|•|…|\.{3}|\*+|_+)\s*\]"
    r"|\[[^\]\n]{0,40}(?:вставить|указать|заполнить|insert|to be (?:inserted|agreed)|tbd|tbc)"
    r"[^\]\n]{0,40}\]"
    r"|\b(?:ХХ|XX)[ХX]*\b(?!-|\s*(?:век|стол))|\bTBD\b|\bTBC\b|\?{3}|\.{5,}|…{3,}",
    re.I,
)
SIGNATURE: Final = re.compile(
    r"/\s*[^/]{0,60}/|М\.\s?П\.|подпис[ьи]\b|signature|signed|seal|\bby:", re.I
)
SIGNED_ON: Final = re.compile(r"«_+»\s*_+\s*20[\d_]*", re.I)
# Words that promise a value: a blank after them is none to sign on.
PROMISE: Final = re.compile(
    r"(?:,|\b(?:в|во|на|до|с|со|от|из|к|по|у|за|для|in|on|at|of|to|from|by|for)"
    r"|\b(?:адрес\w*|ИНН|КПП|ОГРН(?:ИП)?|БИК|р/с|к/с|(?:рас|кор)\w*\.? ?сч[её]т|тел\.|телефон|банк"
    r"|паспорт|e-?mail|address|INN|KPP|OGRN|BIC|account|phone|bank)\s*(?:№|:)?)\s*$",
    re.I,
)
# A date to be signed on stands by itself; this many letters more make it part of a sentence.
SENTENCE: Final = 40
NAME: Final = re.compile(r"[ \t_]*\(?(?:[А-ЯЁA-Z]\.\s?){0,2}[А-ЯЁA-Z][а-яёa-z]+")
UNITS: Final = {
    "BYN": r"(?:белорусск\w+|бел\.) ?руб\w*\.?|BYN|Belarusian rou?bles?",
    "RUB": r"(?:российск\w+ )?рубл\w*|руб\.|₽|RUB|RUR|(?:Russian )?rou?bles?",
    "USD": r"долл(?:ар\w*|\.)|USD|US\s?\$|\$|(?:US )?dollars?",
    "EUR": r"евро\b|EUR|€|euros?",
    "CNY": r"юан\w*|CNY|¥|yuan|RMB",
    "KZT": r"тенге|KZT|₸",
    "GBP": r"фунт\w* стерлингов|GBP|£|pounds? sterling",
    "AED": r"дирхам\w*|AED|dirhams?",
    "TRY": r"(?:турецк\w+ )?лир[аы]?\b|(?<=\d )TRY|Turkish lira",
    "AMD": r"драм(?:ов|ами|а)?\b|AMD",
    "CHF": r"(?:швейцарск\w+ )?франк\w*|CHF|Swiss francs?",
    "JPY": r"иен[аы]?\b|JPY|yen\b",
    "INR": r"рупи[йяи]\b|INR|rupees?",
    "NOK": r"норвежск\w+ крон\w*|NOK",
    "SEK": r"шведск\w+ крон\w*|SEK",
    "DKK": r"датск\w+ крон\w*|DKK",
}
AMOUNT: Final = re.compile(
    r"(?:(?P<sign>US\s?\$|\$|€|¥|£|₽|RUB|USD|EUR|CNY|KZT|GBP|BYN|AED|AMD"
    r"|CHF|JPY|INR|NOK|SEK|DKK)\s*(?=\d))?"
    r"\d[\d \u00a0.,]*\d?\s*(?:тыс\.|млн\.?|thousand|million|тысяч\w*|миллион\w*)?\s*"
    r"(?:\([^()]{2,200}\)\s*)?(?P<unit>"
    + "|".join(f"(?P<{code}>{pattern})" for code, pattern in UNITS.items())
    + r")?(?!\w)",
    re.I,
)
SIGNS: Final = {"$": "USD", "€": "EUR", "¥": "CNY", "£": "GBP", "₽": "RUB"}
NAMED: Final = (
    ("рубл", "RUB"), ("rouble", "RUB"), ("ruble", "RUB"), ("доллар", "USD"), ("dollar", "USD"),
    ("евро", "EUR"), ("euro", "EUR"), ("юан", "CNY"), ("yuan", "CNY"), ("тенге", "KZT"),
    ("tenge", "KZT"),
)  # fmt: skip
RATE: Final = re.compile(r"курс|эквивалент|пересч[её]т|exchange rate|equivalent|конверт", re.I)
TOKEN: Final = re.compile(r"[A-Za-zА-Яа-яЁё]+(?:['’][A-Za-zА-Яа-яЁё]+)?")
CYRILLIC: Final = re.compile(r"[А-Яа-яЁё]")
LATIN: Final = re.compile(r"[A-Za-z]")
LIKE_LATIN: Final = frozenset("АВЕКМНОРСТУХаеорсухкіЅѕ")
LIKE_CYRILLIC: Final = frozenset("ABEKMHOPCTYXaeopcyxk")
TO_CYRILLIC: Final = str.maketrans("aceopxyk", "асеорхук")
ALIEN: Final = re.compile(r"(?<=[а-яё,;] )[aceokxy](?=[  ](?:[а-яё]|\d))")
ALIEN_FIRST: Final = re.compile(r"^[ABCOKYaceoky](?= [а-яё]{3,})")
ALIEN_RU: Final = re.compile(r"(?<=[a-z,;] )[асоехук](?= [a-z])")


def check_empty(reading: Reading) -> Iterator[Finding]:
    """Fields without a value and places left to be filled; a line to sign on is none."""
    told: set[str] = set()
    for line in reading.lines:
        for _start, _end, name in line.fields:
            if reading.values.get(name) or name in reading.optional or name in told:
                continue
            told.add(name)
            yield Finding(
                "field_empty", line.clause, line.number, params={"field": name},
                ours=name.startswith("firm."),
            )  # fmt: skip
        for match in BLANK.finditer(line.text):
            if _is_signature(line, match):
                continue
            words = line.around(match.start(), match.end(), 30)
            yield Finding("blank_left", line.clause, line.number, words)


def _is_signature(line: Line, match: re.Match[str]) -> bool:
    """A line to sign on: at the end of its line, before a name, or told by the words about it."""
    if not match[0].startswith("_"):
        return False
    before, after = line.text[: match.start()], line.text[match.end() :]
    if SIGNED_ON.search(line.text):
        letters = re.sub(r"[\W\d_]", "", SIGNED_ON.sub("", line.text))
        return len(letters) < SENTENCE or bool(SIGNATURE.search(line.text))
    if SIGNATURE.search(line.text):
        return True
    at_end = not after.strip(" _\t")
    return (at_end and not PROMISE.search(before)) or bool(NAME.match(after))


def check_currencies(reading: Reading) -> Iterator[Finding]:
    """A sum in another currency than that of the contract, where no exchange rate is spoken of."""
    found: list[tuple[str, Line, re.Match[str]]] = []
    for line in reading.lines:
        for match in AMOUNT.finditer(line.text):
            code = _code(match)
            if code:
                found.append((code, line, match))
    counted = Counter(code for code, _line, _match in found)
    named = _named(reading)
    if len(counted) < 2 and not (named and counted and named not in counted):
        return
    usual = named or counted.most_common(1)[0][0]
    for code, line, match in found:
        if code != usual and not RATE.search(line.text):
            words = line.around(match.start(), match.end())
            params = {"currency": code, "usual": usual}
            yield Finding("currency_other", line.clause, line.number, words, params)


def _code(match: re.Match[str]) -> str:
    sign = (match["sign"] or "").upper().replace(" ", "").removeprefix("US")
    if match["sign"]:
        return SIGNS.get(sign, (match["sign"] or "").upper().replace("US$", "USD"))
    return next((code for code in UNITS if match[code]), "")


def _named(reading: Reading) -> str:
    value = reading.values.get("currency", "").lower()
    return next((code for stem, code in NAMED if stem in value), "")


def check_letters(reading: Reading) -> Iterator[Finding]:
    """«Tовар» with a Latin T: the eye sees nothing, a search finds nothing."""
    for line in reading.lines:
        told: set[str] = (
            set()
        )  # signs such as «Kтг» are of formulas: words of four letters and more
        for match in TOKEN.finditer(line.text):
            word = match[0]
            if not (CYRILLIC.search(word) and LATIN.search(word)) or word in told:
                continue
            if (len(word) < 4 and not _is_short_word(word)) or _is_joined(word):
                continue
            told.add(word)
            yield Finding(
                "letters_mixed", line.clause, line.number, word, {"letters": _minority(word)}
            )
        for pattern in (ALIEN, ALIEN_FIRST, ALIEN_RU):
            for match in pattern.finditer(line.text):
                words = line.around(match.start(), match.end(), 12)
                yield Finding(
                    "letter_alien", line.clause, line.number, words, {"letters": match[0]}
                )


def _is_joined(word: str) -> bool:
    """«SMSсообщение» is two words written together: none of its letters is in disguise."""
    latin = re.findall("[A-Za-z]+", word)
    cyrillic = re.findall("[А-Яа-яЁё]+", word)
    if len(latin) > 1 or len(cyrillic) > 1 or len(latin[0]) < 2 or len(cyrillic[0]) < 2:
        return False
    return not (set(latin[0]) <= LIKE_CYRILLIC or set(cyrillic[0]) <= LIKE_LATIN)


def _is_short_word(word: str) -> bool:
    """«пo» with a Latin o: read in one alphabet it is a word; «кBт» of a formula is none."""
    return word.islower() and is_known(word.translate(TO_CYRILLIC))


def _minority(word: str) -> str:
    cyrillic, latin = CYRILLIC.findall(word), LATIN.findall(word)
    return "".join(dict.fromkeys(latin if len(latin) <= len(cyrillic) else cyrillic))

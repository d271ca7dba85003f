"""Bytes into words, whatever their charset is called: unknown, missing or lying."""

import codecs
from itertools import pairwise

from charset_normalizer import from_bytes

ALIASES = {
    "cp-1251": "cp1251",
    "win-1251": "cp1251",
    "win1251": "cp1251",
    "windows1251": "cp1251",
    "x-cp1251": "cp1251",
    "koi8": "koi8-r",
    "koi8r": "koi8-r",
    "x-koi8-r": "koi8-r",
    "x-mac-cyrillic": "mac-cyrillic",
    "unicode-1-1-utf-7": "utf-7",
    "iso-8859-8-i": "iso-8859-8",
    "ks_c_5601-1987": "cp949",
    "x-gbk": "gbk",
    "gb2312": "gb18030",
    "iso-8859-1": "cp1252",
    "latin-1": "cp1252",
    "latin1": "cp1252",
}
# Names that say nothing of what the bytes are.
UNSAID = {"", "us-ascii", "ascii", "unknown-8bit", "x-unknown", "unknown", "8bit", "default"}
# Codecs that make words of bytes by running through escapes; no mail is written in them.
NOT_FOR_MAIL = {"unicode-escape", "raw-unicode-escape", "idna", "punycode", "undefined", "mbcs"}
CYRILLIC = ("cp1251", "koi8-r", "cp866", "iso8859-5", "mac-cyrillic")
COMMON = frozenset("оеаинтсрвл")
# How much better than its name the bytes have to read before the name is not believed.
MARGIN = 0.5
ENOUGH = 0.35
SAMPLE, SEARCHED = 6_000, 1_000_000


def decode_bytes(data: bytes, charset: str = "") -> str:
    """The words of `data`; never fails, and gives nothing a database or a page would refuse.
    `charset` is what the letter calls it, or "".

    What is UTF-8 is read as UTF-8 whatever it is called; a name that gives nonsense where another
    Cyrillic charset gives Russian is not believed.
    """
    return _decoded(data, charset).encode("utf-8", "replace").decode("utf-8")


def _decoded(data: bytes, charset: str) -> str:
    named = known(charset)
    if data.isascii() and not _escapes(named):
        return data.decode("ascii")
    plain = _strict(data, "utf-8")
    if plain is not None and not _escapes(named) and named not in MULTIBYTE:
        return plain
    said = _strict(data, named) if named and named != "utf-8" else None
    sample = _sample(data)
    better, score = _cyrillic(sample)
    if said is not None:
        latin = named == "cp1252"
        read = sample.decode(named, "replace")
        doubtful = score > ENOUGH and (latin or _russian(read) < score - MARGIN)
        return data.decode(better, "replace") if doubtful and named not in MULTIBYTE else said
    if score > ENOUGH:
        return data.decode(better, "replace")
    found = from_bytes(sample).best()
    return data.decode(found.encoding if found is not None else named or "cp1252", "replace")


def _sample(data: bytes) -> bytes:
    """So much from where it begins to matter; a whole file is not weighed letter by letter."""
    first = next((n for n, byte in enumerate(data[:SEARCHED]) if byte > 127), 0)
    return data[max(0, first - 50) : first + SAMPLE]


def known(charset: str) -> str:
    """The codec of that name, "" where there is none."""
    name = charset.strip().strip("'\"").lower().replace("_", "-")
    name = ALIASES.get(name, ALIASES.get(name.replace("-", "_"), name))
    if name in UNSAID or name in NOT_FOR_MAIL:
        return ""
    try:
        codec = codecs.lookup(name)
    except (LookupError, ValueError):
        return ""
    return codec.name if getattr(codec, "_is_text_encoding", True) else ""


MULTIBYTE = frozenset(
    {
        "gb18030",
        "gbk",
        "big5",
        "cp949",
        "euc_kr",
        "euc_jp",
        "shift_jis",
        "cp932",
        "utf-16",
        "utf-32",
    }
)


def _escapes(codec: str) -> bool:
    """Charsets whose bytes are all ASCII though their words are not."""
    return codec.startswith(("iso2022", "hz", "utf-7", "utf-16", "utf-32"))


def _strict(data: bytes, codec: str) -> str | None:
    try:
        return data.decode(codec)
    except (UnicodeError, LookupError):
        return None


def _cyrillic(data: bytes) -> tuple[str, float]:
    """Which Cyrillic charset reads best, and how Russian that looks."""
    found = [(_russian(data.decode(name, "replace")), name) for name in CYRILLIC]
    score, name = max(found, key=lambda pair: pair[0])
    return name, score


def _russian(text: str) -> float:
    """How Russian a text looks, about 1 for Russian, below 0 for nonsense: wrong charsets swap
    capitals and small letters, give signs where letters should stand, or mix both alphabets in a
    word.
    """
    score, count, before = 0.0, 0, " "
    for sign, after in pairwise(f"{text} "):
        if not sign.isascii():
            count += 1
            score += _likely(before, sign, after)
        before = sign
    return score / count if count else 0.0


def _likely(before: str, sign: str, after: str) -> float:
    if not ("а" <= sign.lower() <= "я" or sign in "ёЁ«»—–№…“”„"):
        return -1
    if sign.isalpha() and any(near.isascii() and near.isalpha() for near in (before, after)):
        return -1
    if sign.isupper() and before.islower():
        return -1
    return 1.1 if sign in COMMON else 0.7 if sign.islower() else 0.4

"""Letters that look like others, characters that are not seen. Source: Unicode TR 39, TR 36."""

import re
from typing import Final

# Latin and Greek letters that a reader takes for Cyrillic ones, each written as the Cyrillic one.
LATIN: Final = dict(zip("aceiopxysjABCEHIKMOPTXYSJ", "асеіорхуѕјАВСЕНІКМОРТХУЅЈ", strict=True))
GREEK: Final = dict(zip("αορνικΑΒΕΗΙΚΜΝΟΡΤΧΥ", "аорvікАВЕНІКМNОРТХУ", strict=True))
CYRILLIC: Final = frozenset(LATIN.values()) | frozenset("аоркієАВЕНІКМОРТХУ")
FOLD: Final = str.maketrans(LATIN | {key: LATIN.get(to, to) for key, to in GREEK.items()})
WORD: Final = re.compile(r"[^\W\d_]+")
# Zero-width spaces and joiners, marks, embeddings, overrides and isolates of direction.
UNSEEN: Final = re.compile(
    "[\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u2069\ufeff\u061c\u180e]"
)
NUMBER: Final = re.compile(r"\d+(?:[\s\u00a0\u202f.,:/]\d+)*")


def folded(text: str) -> str:
    """Text with every letter that looks like a Cyrillic one written as it."""
    return text.translate(FOLD)


def seen(text: str) -> str:
    """Text without the characters that are not seen."""
    return UNSEEN.sub("", text)


def unseen_of(text: str) -> list[str]:
    """The characters that are not seen, each as «U+200B»."""
    return [f"U+{ord(char):04X}" for char in UNSEEN.findall(text)]


def disguised(word: str) -> bool:
    """Whether a word mixes alphabets so that a reader cannot tell.

    One of the alphabets must look wholly like the other: «Webсайт» is a word of two, «дoговор» with
    a Latin «o» is a disguise.
    """
    latin = {char for char in word if "a" <= char.lower() <= "z"}
    cyrillic = {char for char in word if "\u0400" <= char <= "\u04ff"}
    greek = {char for char in word if "\u0370" <= char <= "\u03ff"}
    if greek and (latin or cyrillic):
        return greek <= GREEK.keys()
    return bool(latin and cyrillic) and (latin <= LATIN.keys() or cyrillic <= CYRILLIC)


def kind_of(old: str, new: str) -> str:
    """What kind of change this is: of characters not seen, of letters, of numbers, or of words."""
    if seen(old) == seen(new):
        return "invisible"
    old, new = seen(old), seen(new)
    if folded(old) == folded(new):
        return "lookalike"
    numbers = NUMBER.findall(old), NUMBER.findall(new)
    if all(numbers) and NUMBER.sub("0", old) == NUMBER.sub("0", new):
        return "digits"
    return "words"


def strangers(old: str, new: str) -> list[str]:
    """The letters by which `new` differs from `old`, or that are in the minority in it."""
    if old and len(old) == len(new):
        return list(dict.fromkeys(b for a, b in zip(old, new, strict=True) if a != b))
    latin = [char for char in new if "a" <= char.lower() <= "z"]
    cyrillic = [char for char in new if "\u0400" <= char <= "\u04ff"]
    greek = [char for char in new if "\u0370" <= char <= "\u03ff"]
    fewest = min((some for some in (latin, cyrillic, greek) if some), key=len, default=[])
    return list(dict.fromkeys(greek or fewest))

"""How a text calls its two sides: «Поставщик» and «Покупатель», "the Supplier" and "the Buyer"."""

import re
from collections.abc import Mapping
from itertools import islice

from zabota.contracts.text.numbering import clauses_of
from zabota.contracts.text.tree import Document
from zabota.contracts.text.words import blocks_text

# The preamble stands within the first clauses of any contract.
PREAMBLE = 25
NAME = r"[^«»“”\"{}:;,.—–]{2,40}"
PARTY = r"\{\{(firm|client)\.(?:name|short_name)\}\}"
CALLED = (
    # «Поставщик — {{firm.name}}», «The Supplier: {{firm.name}}»
    re.compile(rf"^(?:The )?(?P<name>{NAME}?)\s*(?:[—–]|:)\s*{PARTY}", re.MULTILINE),
    # «{{firm.name}}, именуемое в дальнейшем «Поставщик»», «{{firm.name}} (далее — «Поставщик»)»
    re.compile(
        rf"{PARTY}[^{{}}]{{0,300}}?(?:именуем\w*|далее|дальнейшем|hereinafter|\()"
        rf"[^{{}}«“\"]{{0,80}}[«“\"](?:the |The )?(?P<name>{NAME})[»”\"]"
    ),
)


def side_names(document: Document, known: Mapping[str, str]) -> dict[str, str]:
    """What the preamble calls "firm" and "client"; empty unless both are found.

    `known` are the parties' names by field (`firm.name`): a text on the client's own paper has
    them typed out.
    """
    lines = [blocks_text(clause.blocks) for clause in islice(clauses_of(document), PREAMBLE)]
    text = "\n".join(lines)
    for field, name in sorted(known.items(), key=lambda pair: -len(pair[1])):
        if len(name) > 3:
            text = text.replace(name, f"{{{{{field}}}}}")
    found: dict[str, str] = {}
    for pattern in CALLED:
        for match in pattern.finditer(text):
            found.setdefault(
                match[1] if match[1] in ("firm", "client") else match[2], match["name"]
            )
    names = {side: " ".join(name.split()) for side, name in found.items()}
    return names if len(set(names.values())) == 2 else {}


VOWELLESS = re.compile(r"[бвгджзйклмнпрстфхцчшщ]$")


def of_side(name: str) -> str:
    """The genitive of a Russian name of a side («Поставщика», «Первой стороны»); empty where the
    word is of a shape we do not know.
    """
    words = [_genitive(word) for word in name.split()]
    return " ".join(words) if words and all(words) else ""


def _genitive(word: str) -> str:
    low = word.lower()
    if word.isdecimal():
        return word
    if not re.fullmatch(r"[А-ЯЁа-яё-]{3,}", word):
        return ""
    if low.endswith("ая"):
        return f"{word[:-2]}ой"
    if low.endswith(("ый", "ой")):
        return f"{word[:-2]}ого"
    if low.endswith("ий"):
        return f"{word[:-2]}его" if low[-3] in "жчшщ" else f"{word[:-2]}ого"
    if low.endswith("я"):
        return f"{word[:-1]}и"
    if low.endswith("а"):
        return f"{word[:-1]}и" if low[-2] in "гкхжчшщ" else f"{word[:-1]}ы"
    if low.endswith("ец"):
        return f"{word[:-2]}ца"
    if low.endswith("ь"):
        return f"{word[:-1]}я"
    return f"{word}а" if VOWELLESS.search(low) and not low.endswith("й") else ""

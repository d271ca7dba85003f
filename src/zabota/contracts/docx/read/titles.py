"""Which unnumbered paragraphs begin a part of their own: headings, titles, annexes."""

import re
from typing import Final

from zabota.contracts.docx.read.blocks import Item
from zabota.contracts.text.tree import Paragraph

LONGEST_TITLE: Final = 250
ANNEX: Final = re.compile(
    r"^\s*(?:приложение|спецификация|дополнительное соглашение|протокол разногласий"
    r"|annex|appendix|schedule|exhibit|specification)"
    r"(?:[\s\u00a0]*(?:№|n|no\.?|#)?[\s\u00a0]*[\w./_-]{0,12})?"
    r"(?:[\s\u00a0]*к[\s\u00a0]+(?:договору|контракту|соглашению)[^;]*"
    r"|[\s\u00a0]+to[\s\u00a0]+(?:the[\s\u00a0]+)?(?:contract|agreement)[^;]*)?[\s\u00a0.:]*$",
    re.IGNORECASE,
)


def is_annex(item: Item) -> bool:
    """Tell whether a paragraph is the title of an annex: «Приложение № 1 к договору …»."""
    words = item.words
    if not words or len(words) > LONGEST_TITLE or not words[:1].isupper():
        return False
    return ANNEX.match(words) is not None


def is_title(item: Item) -> bool:
    """Tell whether an unnumbered paragraph begins a part: heading, centred bold line, annex."""
    if not re.search(r"\w", item.words):
        return False
    return item.outline is not None or is_annex(item) or is_centred_title(item)


def is_centred_title(item: Item) -> bool:
    """Tell whether a paragraph is a centred line in bold or in capitals."""
    centred = isinstance(item.block, Paragraph) and item.block.align == "center"
    loud = item.bold or (item.words.isupper() and len(item.words) > 3)
    return centred and loud and len(item.words) <= LONGEST_TITLE


def is_headed(item: Item) -> bool:
    """Tell whether a numbered paragraph is a heading rather than a sentence of the contract."""
    words = item.words
    if item.outline is not None and len(words) <= LONGEST_TITLE:
        return True
    short = 0 < len(words) <= 150 and not words.endswith((";", ","))
    return short and (item.bold or (words.isupper() and len(words) > 3))

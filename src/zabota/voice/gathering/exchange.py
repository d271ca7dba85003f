"""Thanks are given for nothing in return: words that ask for a better mark, or name a reward before
it is given, are not thanks. What stands here is by what such words are known, in both languages.
"""

import re
from typing import Final

# Asking to change what was written: to take it away, to mend it, to put another mark.
ASKS: Final = re.compile(
    r"(удали|убер|убра|исправ|измени|поменя|поправ|обнов|дополни|отредактир|сними|снять)\w*"
    r"[^.!?\n]{0,40}\b(отзыв|оценк|комментари|пост\b|запись|звезд)\w*"
    r"|(постав|повыс|подня|дать|дайте)\w*[^.!?\n]{0,30}\b(звезд|оценк|балл\w* выше|пят[её]рк)\w*"
    r"|\b(delete|remove|change|edit|update|revise|raise|improve|take down)\b[^.!?\n]{0,40}"
    r"\b(review|rating|comment|post|stars?)\b"
    r"|\b(give|put|leave)\b[^.!?\n]{0,30}\b(five|5|more|better)\b[^.!?\n]{0,12}\b(stars?|rating|review)",
    re.IGNORECASE,
)
# Naming a reward.
REWARDS: Final = re.compile(
    r"\b(балл(ы|ов|а|ами|ам)|бонус\w*|скидк\w+|промокод\w*|купон\w*|подар(ок|к\w+)|вознагражд\w+"
    r"|сертификат\w*|к[эе]шб[эе]к\w*|компенсаци\w+)\b"
    r"|\b(points?|bonus(es)?|discounts?|vouchers?|coupons?|promo ?codes?|gifts?|rewards?|cash ?back"
    r"|gift cards?)\b(?! out)",
    re.IGNORECASE,
)


def fault_of(words: str) -> tuple[str, str] | None:
    """What makes of thanks an exchange: `asks` or `reward`, and the words by which."""
    text = words.replace("ё", "е").replace("Ё", "Е")
    for code, known in (("asks", ASKS), ("reward", REWARDS)):
        found = known.search(text)
        if found:
            return code, found[0].strip()
    return None

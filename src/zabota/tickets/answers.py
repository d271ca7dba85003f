"""What a client answers in a word: thanks, and whether it helped. Plain questions about text."""

import re
from dataclasses import dataclass

LONGEST_THANKS = 80
# How a word of thanks begins, and what else is said with it and asks for nothing.
_THANKS = ("спасиб", "спс", "благодар", "thank", "thx")
_BESIDE = frozenset({
    "большое", "огромное", "вам", "вас", "тебе", "всем", "ещё", "еще", "раз", "да", "ок",
    "хорошо", "отлично", "супер", "понятно", "всё", "все", "за", "и", "получили", "получила",
    "получил", "помощь", "ответ", "оперативность", "работает", "помогло", "очень", "so", "very",
    "much", "many", "ok", "okay", "great", "got", "it", "you", "for", "your", "the", "help",
    "all", "again", "a", "lot", "works", "нет", "no",
})  # fmt: skip
_HELPED = (
    ("no", r"не\s+помогло|нет|no"),
    ("partly", r"отчасти|частично|partly|in\s+part"),
    ("yes", r"помогло|да|yes"),
)
_EFFORT = re.compile(r"\W*([1-7])(?![\w%:]|[.,]\d)(?:\s*(?:из|of)\s*7)?(?=\W|$)[\s,.;:!—–-]*")


@dataclass(frozen=True)
class Answer:
    """Did it help (yes, partly, no), how hard it was (1–7, None if not said), the other words."""

    helped: str
    effort: int | None
    words: str


def is_thanks(text: str) -> bool:
    """Whether somebody only thanks: nothing is asked, nothing needs an answer."""
    words = re.findall(r"\w+", text.casefold())
    if len(text) > LONGEST_THANKS or not any(word.startswith(_THANKS) for word in words):
        return False
    return all(word.startswith(_THANKS) or word in _BESIDE for word in words)


def read_answer(text: str) -> Answer | None:
    """An answer to the question whether it helped, as people write it in a letter: the word first,
    a number of seven after it, then whatever they like; None, if it is about something else.
    “No, thank you” declines the question more often than it complains: it is left to be read.
    """
    said = text.strip()
    for helped, words in _HELPED:
        found = re.match(rf"\W*(?:{words})(?!\w)[\s,.;:!—–-]*", said, re.IGNORECASE)
        if found is None:
            continue
        if helped == "no" and is_thanks(said):
            return None
        rest, effort = said[found.end() :], None
        number = _EFFORT.match(rest)
        if number is not None:
            rest, effort = rest[number.end() :], int(number[1])
        return Answer(helped, effort, rest.strip())
    return None

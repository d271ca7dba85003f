"""Which words of somebody's own sentences carry their meaning: what an answer is looked for by."""

from typing import Final

from zabota.common.language.lemmas import fold, lemmas, words_in
from zabota.common.language.morphology import parses

MOST_WORDS: Final = 40
# Prepositions, conjunctions, particles, pronouns, interjections: they stand in every text.
_SERVING: Final = frozenset({"PREP", "CONJ", "PRCL", "NPRO", "INTJ", "PRED"})
_SERVING_WORDS: Final = frozenset({
    "the", "and", "for", "with", "that", "this", "have", "has", "had", "was", "were", "are", "not",
    "you", "your", "our", "from", "but", "can", "will", "would", "could", "should", "what", "when",
    "where", "how", "why", "who", "which", "there", "here", "they", "them", "their", "his", "her",
    "its", "been", "being", "about", "please", "hello", "thank", "thanks", "just", "also", "all",
    "any", "some", "get", "got", "into", "than", "then", "does", "did", "done", "very", "once",
    "быть", "этот", "весь", "который", "наш", "ваш", "свой", "такой", "какой", "очень",
    "здравствовать", "добрый", "день", "пожалуйста", "спасибо", "сам", "самый",
    "мочь", "хотеть", "один", "другой",
    "сегодня", "завтра", "вчера", "сейчас", "уже", "ещё", "еще",
})  # fmt: skip


def bearing(text: str) -> list[frozenset[str]]:
    """Of each word that carries meaning its lemmas, in the order they are written, each once; the
    first `MOST_WORDS` of them.
    """
    found: dict[str, frozenset[str]] = {}
    for match in words_in(fold(text)):
        word = match[0]
        if word in found or word.isdigit() or _serves(word):
            continue
        meant = lemmas(word)
        if not meant & _SERVING_WORDS:
            found[word] = meant
        if len(found) == MOST_WORDS:
            break
    return list(found.values())


def _serves(word: str) -> bool:
    if word in _SERVING_WORDS:
        return True
    readings = parses(word) if word[0] > "z" else ()
    return bool(readings) and str(readings[0].tag.POS) in _SERVING

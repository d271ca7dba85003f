"""Which of our forms a foreign contract is nearest to."""

import re
from collections import Counter
from collections.abc import Mapping
from math import sqrt

from zabota.contracts.compare.wordings import wordings
from zabota.contracts.text.tree import Document

_WORD = re.compile(r"[^\W\d_]+")
_STEM = 5  # letters that tell a Russian word apart from its endings


def nearest(document: Document, candidates: Mapping[str, Document]) -> list[tuple[str, float]]:
    """How much a foreign contract is like each of our forms, 0..1, most alike first.

    Half the score is the words used (cosine of their stems), half the phrases shared (cosine of
    three words in a row), so that a text of the same subject by another hand is still recognised.
    """
    words, phrases = _profile(document)
    scores = []
    for name, candidate in candidates.items():
        other_words, other_phrases = _profile(candidate)
        score = (_cosine(words, other_words) + _cosine(phrases, other_phrases)) / 2
        scores.append((name, score))
    return sorted(scores, key=lambda item: -item[1])


def _profile(document: Document) -> tuple[Counter[str], Counter[str]]:
    stems: list[str] = []
    for text in wordings(document, {}).values():
        stems += [word[:_STEM] for word in _WORD.findall(text.casefold())]
    phrases = zip(stems, stems[1:], stems[2:], strict=False)
    return Counter(stems), Counter(" ".join(phrase) for phrase in phrases)


def _cosine(left: Counter[str], right: Counter[str]) -> float:
    if left == right:
        return 1.0
    length = sqrt(sum(n * n for n in left.values())) * sqrt(sum(n * n for n in right.values()))
    return sum(count * right[key] for key, count in left.items()) / length if length else 0.0

"""Which clause of a text that came back is which of the text that was sent."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass

from rapidfuzz import fuzz

from zabota.contracts.compare.align import align, rising
from zabota.contracts.compare.wordings import wordings
from zabota.contracts.text.tree import Document

_SURE = 0.85  # from this likeness on nobody is asked
_MARGIN = 0.1  # by how much the best must be ahead of the next
_ELSEWHERE = 0.8  # a clause that changed both place and words must be this much alike


@dataclass(frozen=True, slots=True)
class Match:
    """Which clause of the new text is which of the old.

    Without `new_id` the old one is gone, without `old_id` the new one is new; `score` is 0..1, and
    what is not `certain` a person confirms.
    """

    old_id: str | None
    new_id: str | None
    score: float
    certain: bool


def match_clauses(
    old: Document,
    new: Document,
    threshold: float = 0.6,
    values: Mapping[str, str] | None = None,
) -> list[Match]:
    """Pair clauses of a text that came back: by id, then equal words, then likeness in order.

    `values` are the values the old text was sent with, where the new one has them as plain words.
    An id that both texts have is taken for granted: a reader of DOCX keeps those of our bookmarks
    and must make up unguessable ones. Matches come in the order of the new text, then what is gone.
    """
    before = wordings(old, values or {})
    after = wordings(new, values or {})
    matches = {name: Match(name, name, 1.0, True) for name in after if name in before}
    for rule in (_same_words, _alike_in_order, _alike_elsewhere):
        left = {name: text for name, text in before.items() if name not in _taken(matches)}
        right = {name: text for name, text in after.items() if name not in matches}
        for match in rule(_Ground(before, after, matches, threshold), left, right):
            if match.new_id is not None:
                matches[match.new_id] = match
    found = [matches.get(name, Match(None, name, 0.0, True)) for name in after]
    gone = [name for name in before if name not in _taken(matches)]
    return found + [Match(name, None, 0.0, True) for name in gone]


@dataclass(frozen=True, slots=True)
class _Ground:
    """What is known so far when a rule looks for more pairs."""

    before: Mapping[str, str]
    after: Mapping[str, str]
    matches: Mapping[str, Match]
    threshold: float


def _same_words(_: _Ground, left: Mapping[str, str], right: Mapping[str, str]) -> list[Match]:
    """Equal words; where they recur, the first stands for the first."""
    places: dict[str, list[str]] = {}
    for name, text in left.items():
        places.setdefault(text, []).append(name)
    often = Counter(left.values()) + Counter(right.values())
    found = []
    for name, text in right.items():
        if text and places.get(text):
            found.append(Match(places[text].pop(0), name, 1.0, often[text] == 2))
    return found


def _alike_in_order(
    ground: _Ground, left: Mapping[str, str], right: Mapping[str, str]
) -> list[Match]:
    """Likeness between the clauses that are already matched and kept their order."""
    old_places = {name: index for index, name in enumerate(ground.before)}
    pairs = [(m.old_id, name) for name, m in _ordered(ground) if m.old_id is not None]
    steady = rising([old_places[old] for old, _ in pairs])
    anchors = {pairs[index][0]: index for index in steady}
    anchored = {pairs[index][1]: index for index in steady}
    old_gaps, new_gaps = _gaps(ground.before, anchors, left), _gaps(ground.after, anchored, right)
    found: list[Match] = []
    words = {**left, **right}
    for gap in sorted(old_gaps.keys() & new_gaps.keys()):
        old_names, new_names = old_gaps[gap], new_gaps[gap]
        for i, j in align(
            old_names,
            new_names,
            key=str,
            feature=words.__getitem__,
            likeness=_alike,
            threshold=ground.threshold,
        ):
            if i is not None and j is not None:
                found.append(_judged(old_names[i], new_names[j], left, right))
    return found


def _alike_elsewhere(
    ground: _Ground, left: Mapping[str, str], right: Mapping[str, str]
) -> list[Match]:
    """What was moved and changed: only where it is very much alike; a person confirms it."""
    least = max(ground.threshold, _ELSEWHERE)
    found: list[Match] = []
    free = dict(left)
    for name, text in right.items():
        scores = [(_alike(other, text), old) for old, other in free.items() if other and text]
        score, old = max(scores, default=(0.0, ""))
        if score >= least:
            found.append(Match(old, name, score, False))
            del free[old]
    return found


def _judged(old: str, new: str, left: Mapping[str, str], right: Mapping[str, str]) -> Match:
    """Certain when very much alike and clearly more than any other free clause."""
    score = _alike(left[old], right[new])
    others = [_alike(text, right[new]) for name, text in left.items() if name != old]
    certain = score >= _SURE and score - max(others, default=0.0) >= _MARGIN
    return Match(old, new, score, certain)


def _ordered(ground: _Ground) -> list[tuple[str, Match]]:
    return [(name, ground.matches[name]) for name in ground.after if name in ground.matches]


def _gaps(
    order: Mapping[str, str], anchors: Mapping[str, int], free: Mapping[str, str]
) -> dict[int, list[str]]:
    """Free clauses by the anchor they follow (-1 before the first)."""
    gaps: dict[int, list[str]] = {}
    last = -1
    for name in order:
        if name in anchors:
            last = anchors[name]
        elif name in free:
            gaps.setdefault(last, []).append(name)
    return gaps


def _taken(matches: Mapping[str, Match]) -> set[str | None]:
    return {match.old_id for match in matches.values()}


def _alike(old: str, new: str) -> float:
    return fuzz.ratio(old, new) / 100 if old and new else 0.0

"""The file's text under our ids, counted in our lists, with our wordings where they stayed."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import replace

from zabota.contracts.reading.returned.wordings import (
    Seen,
    in_our_styles,
    mapped,
    same_words,
    with_kept,
)
from zabota.contracts.text.numbering import clauses_of, numbers, plain_number
from zabota.contracts.text.tree import (
    Clause,
    Document,
    Field,
    Numbering,
    Reference,
    Run,
    Scheme,
    Text,
)


def as_ours(told: Document, ours: Document, names: Mapping[str, str]) -> Document:
    """The file's text under our ids, counted in our schemes where they count alike."""
    document = renamed(told, names)
    return _recounted(document, ours)


def renamed(document: Document, names: Mapping[str, str]) -> Document:
    def run(one: Run) -> Run:
        if isinstance(one, Reference) and one.kind == "clause":
            return replace(one, target=names.get(one.target, one.target))
        return one

    def clause(one: Clause) -> Clause:
        return replace(
            one,
            id=names.get(one.id, one.id),
            blocks=mapped(one.blocks, run),
            children=tuple(clause(child) for child in one.children),
        )

    return replace(document, clauses=tuple(clause(one) for one in document.clauses))


def _recounted(document: Document, ours: Document) -> Document:
    """Word may name its lists anew when it saves; a list that counts as ours does is ours."""
    before = {one.id: one.numbering for one in clauses_of(ours)}
    pairs: dict[str, Counter[str]] = {}
    for found in clauses_of(document):
        mine, theirs = before.get(found.id), found.numbering
        if mine and theirs and mine.level == theirs.level:
            pairs.setdefault(theirs.scheme, Counter())[mine.scheme] += 1
    names = {
        scheme: found.most_common(1)[0][0]
        for scheme, found in pairs.items()
        if _alike(document.schemes[scheme], ours.schemes[found.most_common(1)[0][0]])
    }
    schemes = dict(ours.schemes)
    for scheme, levels in document.schemes.items():
        if scheme in names:
            continue
        name = scheme if scheme not in ours.schemes else f"{scheme}w"
        names[scheme], schemes[name] = name, levels

    def counted(numbering: Numbering | None) -> Numbering | None:
        return numbering and replace(
            numbering, scheme=names.get(numbering.scheme, numbering.scheme)
        )

    def clause(one: Clause) -> Clause:
        return replace(
            one,
            numbering=counted(one.numbering),
            children=tuple(clause(child) for child in one.children),
        )

    clauses = tuple(clause(one) for one in document.clauses)
    return replace(document, clauses=clauses, schemes=schemes)


def _alike(one: Scheme, other: Scheme) -> bool:
    shared = list(zip(one.levels, other.levels, strict=False))
    return bool(shared) and all(
        (a.pattern, a.format, a.start) == (b.pattern, b.format, b.start) for a, b in shared
    )


def faithful(
    document: Document,
    ours: Mapping[str, Clause],
    typed: Mapping[str, str],
    known: set[str],
    seen: Seen,
    losses: list[tuple[str, str]],
) -> Document:
    """Each clause as ours where only Word's own bookkeeping differs, else theirs in our styles."""
    counted = numbers(document)
    now = Seen(counted, {name: seen.values.get(name, "") for name in known} | dict(typed))

    def field_or_words(one: Run) -> Run:
        if isinstance(one, Field) and one.name not in known:
            return Text(typed.get(one.name) or one.name, one.marks)
        return one

    def clause(one: Clause) -> Clause:
        mine = ours.get(one.id)
        blocks = mapped(one.blocks, field_or_words)
        if mine is not None and same_words(mine.blocks, blocks, seen, now):
            blocks = mine.blocks
        else:
            blocks = with_kept(blocks, mine, losses, plain_number(counted.get(one.id, "")))
            blocks = in_our_styles(blocks, mine.blocks if mine else ())
        return replace(
            one,
            blocks=blocks,
            heading=mine.heading if mine else one.heading,
            children=tuple(clause(child) for child in one.children),
        )

    return replace(document, clauses=tuple(clause(one) for one in document.clauses))

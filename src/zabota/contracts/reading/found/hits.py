"""Where in a contract the words looked for stand: which clause, comment, file or earlier version,
with the words marked.

What is said now comes before what was said once, a text before what was said about it.
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from django.db.models import Q
from django.utils.translation import gettext as _

from zabota.common.language.lemmas import lemmas_in
from zabota.common.search import Piece, quoted
from zabota.contracts.models import Attachment, Comment, Contract, SearchWording, Version
from zabota.contracts.reading.texts import display_values
from zabota.contracts.reading.values import labels_of
from zabota.contracts.rules import Viewer
from zabota.contracts.search import Wish
from zabota.contracts.stored import Tree, load_wordings, nodes, read_text
from zabota.contracts.text.json import dump
from zabota.contracts.text.numbering import numbers, plain_number
from zabota.contracts.text.tree import Clause, Document
from zabota.contracts.text.words import blocks_text

# So much of what was said about the contracts of a page is looked through.
MOST_SAID = 500
MOST_VERSIONS = 100
_FIELD = re.compile(r"\{\{(.*?)\}\}")


@dataclass(frozen=True)
class Hit:
    """Where it stands, in words; the quotation; the place on the contract's page; how many of the
    words looked for stand there.
    """

    where: str
    pieces: list[Piece]
    place: str = ""
    words: int = 1


@dataclass(frozen=True)
class Found:
    """A clause in which words stand."""

    version: Version
    clause: str
    words: int


def read_hits(contracts: list[int], wish: Wish, viewer: Viewer) -> dict[int, Hit]:
    """One place per contract; the number of queries does not depend on how many there are."""
    if not contracts or not wish.lemmas:
        return {}
    rows = list(
        Contract.objects.filter(pk__in=contracts)
        .select_related("edition__template", "version", "case__client")
        .defer("edition__tree", "edition__kept", "case__search", "route_copy")
    )
    present = {row.pk: row.version for row in rows if row.version}
    hits = _in_texts(rows, present, wish)
    _better(hits, _in_values(rows, wish))
    short = [pk for pk in contracts if pk not in hits or hits[pk].words < len(wish.needles)]
    _better(hits, _in_talk(short, wish, viewer))
    return hits | _in_earlier([row for row in rows if row.pk not in hits], wish)


def _better(hits: dict[int, Hit], others: Mapping[int, Hit]) -> None:
    """Another place is shown where more of the words stand together."""
    for pk, hit in others.items():
        if pk not in hits or hits[pk].words < hit.words:
            hits[pk] = hit


def _standing_in(text: str, wish: Wish) -> int:
    """How many of the words stand in a text."""
    there = lemmas_in(text)
    return sum(not needle.lemmas.isdisjoint(there) for needle in wish.needles)


def _in_texts(
    rows: list[Contract], versions: Mapping[int, Version], wish: Wish, *, earlier: bool = False
) -> dict[int, Hit]:
    found = _best_clauses(versions, wish)
    if not found:
        return {}
    wordings = load_wordings(
        node["w"] for one in found.values() for node in nodes(one.version.tree)
    )
    return {
        row.pk: _clause_hit(row, found[row.pk], wordings, wish, earlier=earlier)
        for row in rows
        if row.pk in found
    }


def _best_clauses(versions: Mapping[int, Version], wish: Wish) -> dict[int, Found]:
    """Of each text the first clause in which most of the words stand."""
    standing = _standing({n["w"] for v in versions.values() for n in nodes(v.tree)}, wish)
    best: dict[int, Found] = {}
    for pk, version in versions.items():
        most = 0
        for node in nodes(version.tree):
            if standing.get(node["w"], 0) > most:
                most = standing[node["w"]]
                best[pk] = Found(version, node["id"], most)
    return best


def _standing(digests: set[str], wish: Wish) -> dict[str, int]:
    """Of wordings with any of the words: how many of them stand there."""
    some = Q()
    for lemma in wish.lemmas:
        some |= Q(words__contains=f" {lemma} ")
    rows = SearchWording.objects.filter(some, wording__in=digests)
    return {
        digest: sum(not needle.lemmas.isdisjoint(words.split()) for needle in wish.needles)
        for digest, words in rows.values_list("wording_id", "words")
    }


def _clause_hit(
    row: Contract, found: Found, wordings: Mapping[str, list[Any]], wish: Wish, *, earlier: bool
) -> Hit:
    tree = found.version.tree
    numbered = _outline(_Text(dump(tree), tree, wordings))
    number, heading, text = numbered[found.clause]
    shown = display_values(row, found.version.values)
    text = _FIELD.sub(lambda match: shown.get(match[1]) or "…", text)
    where = _("Clause %(number)s") % {"number": number} if number else _("In the text")
    if heading:
        where = _("%(where)s, “%(heading)s”") % {"where": where, "heading": heading}
    if earlier:
        where = _("%(where)s, in version %(number)d; it reads otherwise now") % {
            "where": where,
            "number": found.version.number,
        }
    place = "" if earlier else f"#c-{found.clause}"
    return Hit(where, quoted(text, wish), place, found.words)


@dataclass(frozen=True)
class _Text:
    """A stored text known by what it is; versions of many contracts have one."""

    digest: str
    tree: Tree
    wordings: Mapping[str, list[Any]]

    def __hash__(self) -> int:
        return hash(self.digest)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Text) and other.digest == self.digest


@lru_cache(maxsize=200)
def _outline(text: _Text) -> dict[str, tuple[str, str, str]]:
    """Of each clause its number, the heading it stands under, its words."""
    document = read_text(text.tree, text.wordings).document
    of = {key: plain_number(number) for key, number in numbers(document).items()}
    return dict(_outlined(document, of))


def _outlined(
    document: Document, of: Mapping[str, str]
) -> Iterable[tuple[str, tuple[str, str, str]]]:
    heading = ""
    waiting: list[Clause] = list(reversed(document.clauses))
    while waiting:
        clause = waiting.pop()
        text = blocks_text(clause.blocks, of)
        if clause.heading:
            heading = text.strip().rstrip(".")
        yield clause.id, (of.get(clause.id, ""), "" if clause.heading else heading, text)
        waiting.extend(reversed(clause.children))


def _in_values(rows: list[Contract], wish: Wish) -> dict[int, Hit]:
    """Among what was typed into fields."""
    hits: dict[int, Hit] = {}
    for row in rows:
        typed = row.version.values if row.version else {}
        ranked = {name: _standing_in(typed[name], wish) for name in typed if "." not in name}
        best = max(ranked, key=lambda name: ranked[name], default="")
        if best and ranked[best]:
            shown = display_values(row, typed).get(best) or typed[best]
            label = labels_of(row.edition.fields).get(best, best)
            hits[row.pk] = Hit(label, quoted(shown, wish), words=ranked[best])
    return hits


def _in_talk(contracts: list[int], wish: Wish, viewer: Viewer) -> dict[int, Hit]:
    """Among comments and files this viewer may read."""
    hits: dict[int, Hit] = {}
    if not contracts:
        return hits
    mine = {"contract__in": contracts, "audience__in": viewer.audiences}
    said = Comment.objects.filter(**mine).order_by("-pk")
    files = Attachment.objects.filter(**mine, removed_at=None).order_by("-pk")
    for where, place, rows in (
        (_("In a comment"), "", said.values_list("contract_id", "text")[:MOST_SAID]),
        (_("A file"), "dossier/#files", files.values_list("contract_id", "name")[:MOST_SAID]),
    ):
        for pk, text in rows:
            if words := _standing_in(text, wish):
                _better(hits, {pk: Hit(where, quoted(text, wish), place, words)})
    return hits


def _in_earlier(rows: list[Contract], wish: Wish) -> dict[int, Hit]:
    """In what the text said once."""
    before = (
        Version.objects.filter(contract__in=rows)
        .exclude(pk__in=[row.version_id for row in rows if row.version_id])
        .order_by("-number")[:MOST_VERSIONS]
    )
    hits: dict[int, Hit] = {}
    versions = list(before) if rows else []
    for number in sorted({version.number for version in versions}, reverse=True):
        some = {v.contract_id: v for v in versions if v.number == number}
        left = {pk: version for pk, version in some.items() if pk not in hits}
        hits |= _in_texts(rows, left, wish, earlier=True) if left else {}
    return hits

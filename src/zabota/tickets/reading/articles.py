"""Finding articles: by a query, or by what somebody writes; those that fit best first."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from math import log

from django.conf import settings
from django.db.models import Count, Q
from django.utils import translation
from django.utils.translation import gettext as _

from zabota.common.language.lemmas import lemmas_in
from zabota.common.lookups import has_any
from zabota.common.search import LETTERS, Wish, said_tokens, wish_of
from zabota.common.search.meaning import bearing
from zabota.tickets.models import ArticleEdition, ArticleHelped, Readers
from zabota.tickets.models.articles import EditionQuerySet
from zabota.tickets.rules import Viewer

MOST, SUGGESTED, MOST_WORDS = 50, 3, 40
# How much of the sense of what is written an article has to have.
LEAST_WORDS = 2
TITLE, KIND = 2.0, 1.3
LEAD = 200


@dataclass(frozen=True)
class ArticleRow:
    """An article as a list or a suggestion prints it."""

    pk: int
    title: str
    lead: str
    text: str
    ours: bool
    since: datetime
    helped: int


def read_articles(viewer: Viewer, query: str = "") -> list[ArticleRow]:
    """What this reader may read; every word of the query stands in it, or a word that begins so."""
    editions = ArticleEdition.objects.readable_by(viewer)
    wish = wish_of(query, lambda beginning: _known(editions, viewer, beginning))
    for needle in wish.needles:
        editions = editions.filter(_any_of(needle.tokens(viewer.audiences)))
    found = list(editions.order_by("-published_at", "-pk")[:MOST])
    return _rows(_ranked(found, wish))


def suggest_articles(viewer: Viewer, text: str, kind: str = "") -> list[ArticleRow]:
    """What may answer somebody's own words: the articles that share most of their sense, rare words
    counting more, a title twice, the same kind of request a little.
    """
    words = bearing(text)
    tokens = [
        {token for audience in viewer.audiences for token in said_tokens(meant, audience)}
        for meant in words
    ]
    if not tokens:
        return []
    editions = ArticleEdition.objects.readable_by(viewer)
    found = list(editions.filter(_any_of(sorted(set().union(*tokens))))[:MOST])
    said = [frozenset(one.words.split()) for one in found]
    # What each word is worth: the fewer articles have it, the more.
    having = [sum(not one.isdisjoint(any_of) for one in said) for any_of in tokens]
    meant = [
        (word, any_of, log(1 + (len(found) + 1) / count))
        for word, any_of, count in zip(words, tokens, having, strict=True)
        if count
    ]
    ranked = sorted(
        (
            (_weight(one, has, meant, kind), -one.pk, one)
            for one, has in zip(found, said, strict=True)
        ),
        reverse=True,
    )
    return _rows([one for weight, _pk, one in ranked if weight > 0][:SUGGESTED])


def link_words(row: ArticleEdition, language: str) -> str:
    """The article as it is told to a client: its title and its address in the room."""
    address = f"{settings.ROOM_URL}/room/answers/{row.article_id}/"
    with translation.override(language):
        return _("More about it: “%(title)s”, %(address)s") % {
            "title": row.title(language),
            "address": address,
        }


def _weight(
    edition: ArticleEdition,
    said: frozenset[str],
    meant: Sequence[tuple[frozenset[str], set[str], float]],
    kind: str,
) -> float:
    title = lemmas_in(f"{edition.title_ru} {edition.title_en}")
    weight, hits, in_title = 0.0, 0, 0
    for word, any_of, worth in meant:
        if said.isdisjoint(any_of):
            continue
        named = not title.isdisjoint(word)
        hits, in_title = hits + 1, in_title + named
        weight += worth * (TITLE if named else 1)
    if not in_title and hits < LEAST_WORDS:
        return 0.0
    return weight * (KIND if kind and kind in edition.kinds else 1)


def _ranked(found: list[ArticleEdition], wish: Wish) -> list[ArticleEdition]:
    """Those first whose title says it."""

    def untitled(one: ArticleEdition) -> bool:
        return wish.lemmas.isdisjoint(lemmas_in(f"{one.title_ru} {one.title_en}"))

    return sorted(found, key=untitled)


def _any_of(tokens: Iterable[str]) -> Q:
    return has_any("words", (f" {token} " for token in tokens))


def _known(editions: EditionQuerySet, viewer: Viewer, beginning: str) -> frozenset[str]:
    """Lemmas that stand in some article and begin so."""
    starts = tuple(LETTERS[audience] + beginning for audience in viewer.audiences)
    some = has_any("words", (f" {start}" for start in starts))
    rows = editions.filter(some).values_list("words", flat=True)[:MOST]
    known = {word[1:] for words in rows for word in words.split() if word.startswith(starts)}
    return frozenset(sorted(known)[:MOST_WORDS])


def _rows(found: Sequence[ArticleEdition]) -> list[ArticleRow]:
    if not found:
        return []
    language = translation.get_language() or "ru"
    counted = ArticleHelped.objects.filter(article__in=[one.article_id for one in found])
    helped = dict(counted.values_list("article").annotate(count=Count("pk")).order_by())
    return [
        ArticleRow(
            one.article_id,
            one.title(language),
            lead_of(one.text(language)),
            one.text(language),
            one.audience == Readers.OURS,
            one.since,
            helped.get(one.article_id, 0),
        )
        for one in found
    ]


def lead_of(text: str) -> str:
    """How it begins, in one line."""
    line = " ".join(text.split())
    if len(line) <= LEAD:
        return line
    return line[:LEAD].rsplit(" ", 1)[0].rstrip(".,;:—-") + "…"

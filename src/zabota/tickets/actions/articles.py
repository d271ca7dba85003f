"""Articles: written, published, withdrawn; somebody says that one helped."""

from datetime import datetime
from typing import Any, TypedDict

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from zabota.common.search import name_tokens, text_tokens
from zabota.journal.actions import lock_stream, open_stream, record
from zabota.people.access import StaffViewer
from zabota.people.refusal import Refused
from zabota.tickets.entries import (
    ARTICLE_HELPED,
    ARTICLE_PUBLISHED,
    ARTICLE_WITHDRAWN,
    ARTICLE_WRITTEN,
)
from zabota.tickets.models import Article, ArticleEdition, ArticleHelped, ArticleState
from zabota.tickets.rules import Viewer, may_say_helped, may_write_articles

PAIRS = (("title_ru", "text_ru"), ("title_en", "text_en"))
NAMES = tuple(name for pair in PAIRS for name in pair)


class WrittenArticle(TypedDict):
    """For whom, for which kinds of requests, what it is called and says in both languages."""

    audience: str
    kinds: list[str]
    title_ru: str
    text_ru: str
    title_en: str
    text_en: str


@transaction.atomic
def write_article(
    article: Article | None, written: WrittenArticle, *, by: StaffViewer, at: datetime
) -> Article:
    """A draft, or other words for one; what stands published is read until the draft is."""
    if not may_write_articles(by, at):
        raise PermissionDenied
    _check(written)
    if article is None:
        article = Article(stream=open_stream(), made_at=at)
    else:
        lock_stream(article.stream_id)
        article = Article.objects.get(pk=article.pk)
    article.save()
    draft = article.editions.filter(state=ArticleState.DRAFT).first()
    if draft is None:
        last = article.editions.order_by("-number").values_list("number", flat=True).first()
        draft = ArticleEdition(article=article, number=(last or 0) + 1)
    for name in written:
        setattr(draft, name, written[name])  # type: ignore[literal-required]
    draft.words, draft.written_by, draft.written_at = _words(draft), by.user, at
    draft.save()
    _record(article, draft, ARTICLE_WRITTEN, by=by, at=at)
    return article


@transaction.atomic
def publish_article(article: Article, *, by: StaffViewer, at: datetime) -> ArticleEdition:
    """The draft is what its readers read from now on."""
    if not may_write_articles(by, at):
        raise PermissionDenied
    lock_stream(article.stream_id)
    draft = article.editions.filter(state=ArticleState.DRAFT).first()
    if draft is None:
        raise Refused("no_draft", _("There is no draft to publish."))
    article.editions.filter(state=ArticleState.PUBLISHED).update(state=ArticleState.REPLACED)
    draft.state, draft.published_at = ArticleState.PUBLISHED, at
    draft.save(update_fields=["state", "published_at"])
    _record(article, draft, ARTICLE_PUBLISHED, by=by, at=at)
    return draft


@transaction.atomic
def withdraw_article(article: Article, *, by: StaffViewer, at: datetime) -> ArticleEdition:
    """Nobody is offered it any more; its words are kept."""
    if not may_write_articles(by, at):
        raise PermissionDenied
    lock_stream(article.stream_id)
    edition = article.editions.filter(state=ArticleState.PUBLISHED).first()
    if edition is None:
        raise Refused("not_published", _("This article is not published."))
    edition.state = ArticleState.WITHDRAWN
    edition.save(update_fields=["state"])
    _record(article, edition, ARTICLE_WITHDRAWN, by=by, at=at)
    return edition


@transaction.atomic
def say_helped(article: Article, *, by: Viewer, at: datetime) -> bool:
    """A reader says that it helped; said twice, it counts once. Whether it is news."""
    if not may_say_helped(by):
        raise PermissionDenied
    lock_stream(article.stream_id)
    edition = article.editions.filter(state=ArticleState.PUBLISHED).first()
    if edition is None:
        raise Refused("not_published", _("This article is not published."))
    if ArticleHelped.objects.filter(article=article, user=by.user).exists():
        return False
    ArticleHelped.objects.create(article=article, user=by.user, at=at)
    _record(article, edition, ARTICLE_HELPED, by=by, at=at)
    return True


def _check(written: WrittenArticle) -> None:
    given: Any = written
    for title, text in PAIRS:
        if bool(given[title]) != bool(given[text]):
            words = _("A title and a text go together in each language.")
            raise Refused("half", words, field=text if given[title] else title)
    if not written["title_ru"] and not written["title_en"]:
        raise Refused("says_nothing", _("Write it in one language at least."), field="title_ru")


def _words(edition: ArticleEdition) -> str:
    """What it is found by, in either language: every lemma, and how words of its titles begin."""
    said = [getattr(edition, name) for name in NAMES]
    tokens = text_tokens(said, edition.audience)
    tokens |= name_tokens([edition.title_ru, edition.title_en])
    return f" {' '.join(sorted(tokens))} "


def _record(
    article: Article, edition: ArticleEdition, kind: Any, *, by: Viewer, at: datetime
) -> None:
    record(
        lock_stream(article.stream_id),
        kind,
        by=by.user.pk,
        at=at,
        article=article.pk,
        edition=edition.number,
        called={"ru": edition.title("ru"), "en": edition.title("en")},
    )

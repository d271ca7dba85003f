"""What is answered again and again, written once: articles for clients and for our people."""

from datetime import datetime

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from zabota.cases.models import Viewer
from zabota.journal.models import Audience, Stream
from zabota.people.access import StaffViewer
from zabota.people.models import User


class ArticleState(models.TextChoices):
    """What becomes of an edition: only a published one is read."""

    DRAFT = "draft", pgettext_lazy("article", "draft")
    PUBLISHED = "published", pgettext_lazy("article", "published")
    REPLACED = "replaced", pgettext_lazy("article", "replaced")
    WITHDRAWN = "withdrawn", pgettext_lazy("article", "withdrawn")


class Readers(models.TextChoices):
    """For whom an article is, by the audience of its words."""

    BOTH = Audience.BOTH, _("Clients and our people")
    OURS = Audience.OURS, _("Our people only")


class ArticleQuerySet(models.QuerySet["Article"]):
    """Articles in business words."""

    def visible_to(self, viewer: Viewer) -> "ArticleQuerySet":
        """Our people read every article; clients those that are published for them."""
        if isinstance(viewer, StaffViewer):
            return self
        return self.filter(
            editions__state=ArticleState.PUBLISHED, editions__audience__in=viewer.audiences
        )


class Article(models.Model):
    """An answer for many. What it says, and to whom, are its editions: one at most is published,
    one at most is a draft.
    """

    stream = models.OneToOneField(Stream, on_delete=models.PROTECT, related_name="article")
    made_at = models.DateTimeField()

    objects = ArticleQuerySet.as_manager()


class EditionQuerySet(models.QuerySet["ArticleEdition"]):
    """Editions in business words."""

    def readable_by(self, viewer: Viewer) -> "EditionQuerySet":
        """What stands published for this reader."""
        return self.filter(state=ArticleState.PUBLISHED, audience__in=viewer.audiences)


class ArticleEdition(models.Model):
    """The words of an article from some moment on, in one language or two: for whom (`audience`),
    to which kinds of requests by their slugs (none is any). A draft is written over; what was
    published stays as it was.

    `words` are tokens (`common.search`), each between spaces: what the article is found by.
    """

    article = models.ForeignKey(Article, on_delete=models.PROTECT, related_name="editions")
    number = models.PositiveSmallIntegerField()
    state = models.CharField(max_length=10, choices=ArticleState, default=ArticleState.DRAFT)
    audience = models.CharField(max_length=6, choices=Readers, default=Readers.BOTH)
    kinds = models.JSONField(default=list)
    title_ru = models.CharField(max_length=200, blank=True)
    text_ru = models.TextField(blank=True)
    title_en = models.CharField(max_length=200, blank=True)
    text_en = models.TextField(blank=True)
    words = models.TextField(default="")
    written_by = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="+")
    written_at = models.DateTimeField()
    published_at = models.DateTimeField(null=True)

    objects = EditionQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["article", "number"], name="article_edition_once"),
            models.UniqueConstraint(
                fields=["article"], condition=Q(state="published"), name="article_one_published"
            ),
            models.UniqueConstraint(
                fields=["article"], condition=Q(state="draft"), name="article_one_draft"
            ),
            models.CheckConstraint(
                condition=(~Q(title_ru="") & ~Q(text_ru="")) | (~Q(title_en="") & ~Q(text_en="")),
                name="article_says_something",
            ),
            models.CheckConstraint(
                condition=Q(state="draft", published_at=None)
                | (~Q(state="draft") & Q(published_at__isnull=False)),
                name="article_published_then",
            ),
        ]

    def spoken(self, language: str) -> str:
        """In which language it is there for who reads this one."""
        other = "ru" if language == "en" else "en"
        return language if getattr(self, f"text_{language}") else other

    def title(self, language: str) -> str:
        """As the reader's language has it; else as the other."""
        return str(getattr(self, f"title_{self.spoken(language)}"))

    def text(self, language: str) -> str:
        """As the reader's language has it; else as the other."""
        return str(getattr(self, f"text_{self.spoken(language)}"))

    @property
    def since(self) -> datetime:
        """When these words were published, or written last."""
        return self.published_at or self.written_at


class ArticleHelped(models.Model):
    """Somebody said that an article helped; once."""

    article = models.ForeignKey(Article, on_delete=models.PROTECT, related_name="helped")
    user = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["article", "user"], name="article_helped_once")
        ]

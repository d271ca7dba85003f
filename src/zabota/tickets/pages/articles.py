"""The knowledge base: on the desk it is read, written and put into answers; in the room it is read
and offered while somebody types.
"""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from zabota.clients.access import RoomRequest, RoomViewer, room_page
from zabota.common import clock
from zabota.common.ids import row_number
from zabota.journal.reading import read_lines
from zabota.people.access import StaffRequest, staff_page
from zabota.people.pages import form_page, pressed, tried, typed
from zabota.people.rules import demand
from zabota.tickets.actions import publish_article, say_helped, withdraw_article, write_article
from zabota.tickets.forms.articles import ArticleForm
from zabota.tickets.forms.fields import AskForm
from zabota.tickets.models import Article, ArticleEdition, ArticleState, Readers
from zabota.tickets.reading.articles import read_articles, suggest_articles
from zabota.tickets.rules import may_open_ticket, may_say_helped, may_write_articles

VERBS = {"publish": publish_article, "withdraw": withdraw_article}
NAMES = ("audience", "kinds", "title_ru", "text_ru", "title_en", "text_en")
HISTORY, LONGEST = 20, 4000


@require_GET
@staff_page
def article_list(request: StaffRequest) -> HttpResponse:
    """What our people read, what clients read, and drafts; found by any form of a word."""
    query = _query(request)
    writes = may_write_articles(request.viewer, clock.now())
    unpublished = ArticleEdition.objects.filter(state=ArticleState.DRAFT).order_by("-written_at")
    context = {
        "rows": read_articles(request.viewer, query),
        "query": query,
        "may_write": writes,
        "drafts": _titled(unpublished) if writes and not query else [],
        "withdrawn": _titled(_withdrawn()) if writes and not query else [],
        "ticket": row_number(request.GET.get("ticket", "")),
    }
    return render(request, "tickets/desk/articles.html", context)


@require_GET
@staff_page
def article_page(request: StaffRequest, pk: int) -> HttpResponse:
    """An article as it stands, or as it would; who wrote it, how often it helped."""
    article, at = _found(request, pk), clock.now()
    writes = may_write_articles(request.viewer, at)
    editions = {one.state: one for one in article.editions.order_by("number")}
    published, draft = editions.get(ArticleState.PUBLISHED), editions.get(ArticleState.DRAFT)
    as_draft = writes and draft is not None and (published is None or "draft" in request.GET)
    shown = draft if as_draft else published
    if shown is None and writes:
        shown = editions.get(ArticleState.WITHDRAWN)
    if shown is None:
        raise Http404
    entries = article.stream.entries.order_by("-seq")[:HISTORY]
    context = {
        **_shown(shown),
        "published": published,
        "draft": draft,
        "may_write": writes,
        "helped": article.helped.count(),
        "ticket": row_number(request.GET.get("ticket", "")),
        "lines": read_lines(entries, now=at) if writes else [],
    }
    return render(request, "tickets/desk/article.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@staff_page
def article_edit(request: StaffRequest, pk: int | None = None) -> HttpResponse:
    """A draft: what stands published is read until it is published in its turn."""
    at = clock.now()
    demand(may_write_articles(request.viewer, at))
    article = _found(request, pk) if pk is not None else None
    last = article.editions.order_by("-number").first() if article else None
    initial = {name: getattr(last, name) for name in NAMES} if last else {"audience": "both"}
    form = ArticleForm(typed(request), initial=initial)
    if request.method == "POST" and form.is_valid():
        made: list[Article] = []

        def verb() -> None:
            made.append(write_article(article, form.written(), by=request.viewer, at=at))
            if "publish" in request.POST:
                publish_article(made[0], by=request.viewer, at=at)

        if tried(form, verb):
            messages.success(request, _("Saved."))
            return redirect("article", made[0].pk)
    context = {
        "title": last.title(get_language() or "ru") if last else _("New article"),
        "back": reverse("article", args=[pk]) if pk else reverse("articles"),
    }
    return form_page(request, "tickets/desk/article_edit.html", form, context)


@require_POST
@staff_page
def article_do(request: StaffRequest, pk: int, verb: str) -> HttpResponse:
    """Published, or withdrawn."""
    article, at, done = _found(request, pk), clock.now(), VERBS[verb]
    return pressed(
        request,
        lambda: done(article, by=request.viewer, at=at),
        _("Published.") if verb == "publish" else _("Withdrawn: nobody is offered it any more."),
        reverse("article", args=[pk]),
    )


@require_GET
@room_page
def room_articles(request: RoomRequest) -> HttpResponse:
    """Answers for clients; found by any form of a word."""
    query = _query(request)
    context = {
        "rows": read_articles(request.viewer, query),
        "query": query,
        "may_open": may_open_ticket(request.viewer),
    }
    return render(request, "tickets/portal/articles.html", context)


@require_GET
@room_page
def room_article(request: RoomRequest, pk: int) -> HttpResponse:
    """One answer, and saying that it helped."""
    edition = get_object_or_404(ArticleEdition.objects.readable_by(request.viewer), article=pk)
    said = edition.article.helped.filter(user=request.user).exists()
    context = {
        **_shown(edition),
        "said_helped": said,
        "may_say": may_say_helped(request.viewer) and not said,
        "may_open": may_open_ticket(request.viewer),
    }
    return render(request, "tickets/portal/article.html", context)


@require_POST
@room_page
def room_article_helped(request: RoomRequest, pk: int) -> HttpResponse:
    """It helped; counted once."""
    article = get_object_or_404(Article.objects.visible_to(request.viewer), pk=pk)
    return pressed(
        request,
        lambda: say_helped(article, by=request.viewer, at=clock.now()),
        _("Thank you: we are glad it helped."),
        reverse("room-article", args=[pk]),
    )


@require_POST
@room_page
def ticket_answers(request: RoomRequest) -> HttpResponse:
    """What may answer what is being typed; nothing of it is kept."""
    demand(may_open_ticket(request.viewer))
    asked = AskForm(request.POST)
    kinds = dict(asked.fields["kind"].queryset.values_list("pk", "slug"))  # type: ignore[attr-defined]
    kind = kinds.get(row_number(request.POST.get("kind", "")), "")
    text = request.POST.get("text", "").replace("\0", "")
    found = suggest_articles(request.viewer, text[:LONGEST], kind)
    context: dict[str, Any] = {"suggested": found, "asked": bool(text.strip())}
    if request.headers.get("HX-Request"):
        return render(request, "tickets/portal/new.html#suggested", context)
    form = AskForm(initial={**request.POST.dict(), "text": text})
    context |= {"back": reverse("room-tickets"), **offers(form, request.viewer)}
    return form_page(request, "tickets/portal/new.html", form, context)


def offers(form: AskForm, viewer: RoomViewer) -> dict[str, Any]:
    """Whether answers are offered while one types, where there are any; then the box asks for them
    by itself.
    """
    some = ArticleEdition.objects.readable_by(viewer).exists()
    if some:
        form.fields["text"].widget.attrs.update(
            {
                "hx-post": reverse("room-ticket-answers"),
                "hx-trigger": "input changed delay:700ms",
                "hx-target": "#suggested",
                "hx-swap": "outerHTML",
                "hx-sync": "this:replace",
            }
        )
    return {"offers": some}


def _query(request: StaffRequest | RoomRequest) -> str:
    return request.GET.get("q", "").replace("\0", "").strip()[:200]


def _found(request: StaffRequest, pk: int) -> Article:
    articles = Article.objects.visible_to(request.viewer).select_related("stream")
    found: Article = get_object_or_404(articles, pk=pk)
    return found


def _withdrawn() -> Any:
    """Those of which nothing is published and nothing is being written."""
    standing = (ArticleState.DRAFT, ArticleState.PUBLISHED)
    live = ArticleEdition.objects.filter(state__in=standing).values("article")
    gone = ArticleEdition.objects.filter(state=ArticleState.WITHDRAWN).exclude(article__in=live)
    return gone.order_by("-number")


def _titled(editions: Any) -> list[tuple[int, str]]:
    language = get_language() or "ru"
    return list({one.article_id: one.title(language) for one in editions[:50]}.items())


def _shown(edition: ArticleEdition) -> dict[str, Any]:
    language = get_language() or "ru"
    return {
        "edition": edition,
        "pk": edition.article_id,
        "title": edition.title(language),
        "text": edition.text(language),
        "tongue": edition.spoken(language),
        "ours": edition.audience == Readers.OURS,
        "state": str(ArticleState(edition.state).label),
    }

"""Articles: written, published, withdrawn, found by any form of a word, offered while one types."""

from typing import Any

import pytest
from django.conf import settings
from django.core.exceptions import PermissionDenied

from tests.contracts.browsers import browser_of
from tests.contracts.worlds import AT
from tests.support.refused import refused
from tests.tickets.asked import asked
from zabota.home.world import World
from zabota.journal.models import Entry
from zabota.tickets.actions import publish_article, say_helped, withdraw_article, write_article
from zabota.tickets.models import Article, ArticleEdition, ArticleHelped
from zabota.tickets.reading.articles import read_articles, suggest_articles

DESK, ROOM = "/desk/answers/", "/room/answers/"
LIGHT = {
    "audience": "both", "kinds": ["problem"],
    "title_ru": "Светильник не горит", "text_ru": "Проверьте автомат и реле.",
    "title_en": "A luminaire is dark", "text_en": "Check the breaker.",
}  # fmt: skip
MOVE = {
    "audience": "both", "kinds": [],
    "title_ru": "Как перенести отгрузку", "text_ru": "Напишите новую дату и адрес склада.",
    "title_en": "", "text_en": "",
}  # fmt: skip
OURS = {
    "audience": "ours", "kinds": [],
    "title_ru": "Что обещать", "text_ru": "Замену светильника — всегда.",
    "title_en": "", "text_en": "",
}  # fmt: skip


def article_of(world: World, written: Any = LIGHT, *, published: bool = True) -> Article:
    by = world.as_staff("director")
    article = write_article(None, written, by=by, at=AT)
    if published:
        publish_article(article, by=by, at=AT)
    return article


def last() -> Entry:
    return Entry.objects.latest("pk")


def test_a_draft_is_read_once_it_is_published_and_no_more_once_withdrawn(world: World) -> None:
    director, anna = browser_of(world, "director"), browser_of(world, "anna")
    director.post(f"{DESK}new/", LIGHT)
    article = Article.objects.get()
    assert last().kind == "ticket.article_written" and last().audience == "ours"
    room, desk = f"{ROOM}{article.pk}/", f"{DESK}{article.pk}/"
    assert anna.get(room).status_code == browser_of(world, "manager").get(desk).status_code == 404
    director.post(f"{desk}publish/")
    assert last().kind == "ticket.article_published"
    assert "Проверьте автомат" in anna.get(room).content.decode()
    assert "Светильник не горит" in anna.get(ROOM).content.decode()
    director.post(f"{desk}edit/", {**LIGHT, "text_ru": "Теперь иначе."})
    assert "Проверьте автомат" in anna.get(room).content.decode()
    assert "Теперь иначе." in director.get(f"{desk}?draft=1").content.decode()
    assert (
        "Теперь иначе." not in browser_of(world, "manager").get(f"{desk}?draft=1").content.decode()
    )
    director.post(f"{desk}edit/", {**LIGHT, "text_ru": "Совсем иначе.", "publish": "1"})
    assert "Совсем иначе." in anna.get(room).content.decode()
    states = ArticleEdition.objects.order_by("number").values_list("state", flat=True)
    assert list(states) == ["replaced", "published"]
    director.post(f"{desk}withdraw/")
    assert last().kind == "ticket.article_withdrawn"
    assert anna.get(room).status_code == 404
    by = world.as_staff("director")
    with refused("not_published"):
        withdraw_article(article, by=by, at=AT)
    with refused("no_draft"):
        publish_article(article, by=by, at=AT)


def test_what_is_ours_is_for_our_people_only(world: World) -> None:
    article = article_of(world, OURS)
    anna, manager = browser_of(world, "anna"), browser_of(world, "manager")
    assert anna.get(f"{ROOM}{article.pk}/").status_code == 404
    assert anna.post(f"{ROOM}{article.pk}/helped/").status_code == 404
    assert "Что обещать" not in anna.get(f"{ROOM}?q=замена").content.decode()
    found = anna.post("/room/tickets/new/answers/", {"text": "замену светильника"})
    assert "Что обещать" not in found.content.decode()
    assert "Что обещать" in manager.get(f"{DESK}?q=замена").content.decode()
    ticket = asked(world)
    beside = manager.get(f"/desk/tickets/{ticket.pk}/?article={article.pk}").content.decode()
    assert "></textarea>" in beside and f"?article={article.pk}#text" not in beside
    # A draft for clients does not open what stands published for ours.
    write_article(article, {**OURS, "audience": "both"}, by=world.as_staff("director"), at=AT)  # type: ignore[arg-type]
    assert anna.get(f"{ROOM}{article.pk}/").status_code == 404


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("светильника", True),
        ("автоматом", True),
        ("breakers", True),
        ("свети", True),
        ("реле отгрузку", False),
        ("склад", False),
    ],
)
def test_found_by_any_form_of_a_word(world: World, query: str, found: bool) -> None:
    article_of(world)
    rows = read_articles(world.as_guest("anna"), query)
    assert [row.title for row in rows] == (["Светильник не горит"] if found else [])


def test_offered_while_one_types(world: World) -> None:
    light, move = article_of(world), article_of(world, MOVE)
    anna = world.as_guest("anna")
    text = "Здравствуйте! У нас со вчера не горят светильники у входа."
    assert [row.pk for row in suggest_articles(anna, text)] == [light.pk]
    assert [row.pk for row in suggest_articles(anna, "можно ли перенести отгрузку?")] == [move.pk]
    for nothing in ("", "Добрый день, подскажите, пожалуйста", "о чём это", "и завтра адрес"):
        assert not suggest_articles(anna, nothing)
    browser = browser_of(world, "anna")
    page = browser.get("/room/tickets/new/").content.decode()
    assert 'hx-post="/room/tickets/new/answers/"' in page and "Светильник не горит" not in page
    given = {"text": text, "kind": "1"}
    part = browser.post("/room/tickets/new/answers/", given, headers={"HX-Request": "true"})
    assert part.content.decode().lstrip().startswith('<div id="suggested"')
    whole = browser.post("/room/tickets/new/answers/", given).content.decode()
    assert "Светильник не горит" in whole and text in whole and "Проверьте автомат" in whole
    count = Entry.objects.count()
    assert "Готового ответа на это нет" in (
        browser.post("/room/tickets/new/answers/", {"text": "бухгалтерия"}).content.decode()
    )
    assert Entry.objects.count() == count


def test_nothing_is_offered_where_there_is_nothing(world: World) -> None:
    page = browser_of(world, "anna").get("/room/tickets/new/").content.decode()
    assert "hx-post" not in page
    assert ROOM not in browser_of(world, "anna").get("/room/tickets/").content.decode()


def test_it_helped_and_is_counted_once(world: World) -> None:
    article, anna = article_of(world), browser_of(world, "anna")
    page = anna.post(f"{ROOM}{article.pk}/helped/", follow=True).content.decode()
    assert "Вы отметили, что это помогло" in page
    assert last().kind == "ticket.article_helped"
    count = Entry.objects.count()
    assert not say_helped(article, by=world.as_guest("anna"), at=AT)
    assert Entry.objects.count() == count and ArticleHelped.objects.count() == 1
    say_helped(article, by=world.as_guest("boris"), at=AT)
    assert "помогла 2 раза" in browser_of(world, "manager").get(DESK).content.decode()


def test_beside_a_request_it_is_put_into_the_answer(world: World) -> None:
    article, ticket = article_of(world), asked(world)
    manager, base = browser_of(world, "manager"), f"/desk/tickets/{ticket.pk}/"
    assert f"?article={article.pk}#text" in manager.get(base).content.decode()
    linked = manager.get(f"{base}?article={article.pk}").content.decode()
    address = f"{settings.ROOM_URL}{ROOM}{article.pk}/"
    assert f"Подробнее: «Светильник не горит», {address}</textarea>" in linked
    whole = manager.get(f"{base}?article={article.pk}&whole=1").content.decode()
    assert "Проверьте автомат и реле.</textarea>" in whole
    page = manager.get(f"{DESK}{article.pk}/?ticket={ticket.pk}").content.decode()
    assert f"{base}?article={article.pk}#text" in page


def test_each_reads_in_their_language_where_it_is_there(world: World) -> None:
    light, move = article_of(world), article_of(world, MOVE)
    john = world.guests["john"].user
    assert john is not None
    john.language = "en"
    john.save()
    browser = browser_of(world, "john")
    assert "A luminaire is dark" in browser.get(f"{ROOM}{light.pk}/").content.decode()
    other = browser.get(f"{ROOM}{move.pk}/").content.decode()
    assert 'lang="ru"' in other and "Как перенести отгрузку" in other


def test_who_may_write_and_what_is_refused(world: World) -> None:
    article, manager = article_of(world), browser_of(world, "manager")
    for path in ("new/", f"{article.pk}/edit/"):
        assert manager.get(DESK + path).status_code == 403
        assert browser_of(world, "anna").get(DESK + path).status_code == 404
    assert manager.post(f"{DESK}{article.pk}/withdraw/").status_code == 403
    with pytest.raises(PermissionDenied):
        write_article(None, LIGHT, by=world.as_staff("manager"), at=AT)  # type: ignore[arg-type]
    half = browser_of(world, "director").post(f"{DESK}new/", {**LIGHT, "text_en": ""})
    assert half.status_code == 422
    assert "На каждом языке нужны и заголовок, и текст." in half.content.decode()
    with refused("says_nothing"):
        blank = dict.fromkeys(("title_ru", "text_ru", "title_en", "text_en"), "")
        write_article(None, {**LIGHT, **blank}, by=world.as_staff("director"), at=AT)  # type: ignore[arg-type]

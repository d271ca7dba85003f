"""Sources tell of mentions: a feed, letters of alerts, signed notices, tables; each thing once."""

import json
from collections.abc import Iterator
from email.message import EmailMessage
from io import BytesIO

import pytest
from django.core.exceptions import PermissionDenied
from django.test import Client as Browser

from tests.contracts.browsers import browser_of
from tests.contracts.worlds import AT, DAY, HOUR
from tests.voice.said import KIND, UNKIND
from tests.voice.test_gathering import ALERT, RSS
from tests.voice.web import Site, site
from zabota.common import clock
from zabota.home import work
from zabota.home.world import World
from zabota.journal.models import Entry
from zabota.outreach.actions import receive_letter
from zabota.outreach.models import Mailbox, Received
from zabota.tickets.models import Ticket
from zabota.voice.actions.feeds import read_feeds
from zabota.voice.actions.manners import close_ready_thanks, set_ready_thanks
from zabota.voice.actions.sources import add_source, change_source, close_source
from zabota.voice.gathering.notices import read_notice, sign, unknown_names
from zabota.voice.models import Delivery, Manners, Mention, ReadyThanks, Source
from zabota.voice.secrets import secret_of


@pytest.fixture
def web(settings: object) -> Iterator[Site]:
    settings.REACHED_INSIDE = ["127.0.0.0/8"]  # type: ignore[attr-defined]
    with site() as shown:
        yield shown


def told(kind: str) -> int:
    return Entry.objects.filter(kind=kind).count()


def test_a_feed_is_read_when_it_is_due_and_each_entry_once(world: World, web: Site) -> None:
    url = web.shows("/feed", RSS, "application/rss+xml", ETag='"1"')
    fields = {"name": "Форум", "place_kind": "forum", "url": url}
    source = add_source("feed", fields, by=None, at=AT)  # type: ignore[arg-type]
    assert told("voice.source_added") == 1
    assert read_feeds(by=None, at=AT) == 1
    row = Mention.objects.get()
    assert (row.text, row.place_kind, row.source, row.outer) == (UNKIND, "forum", source, "77")
    assert read_feeds(by=None, at=AT + HOUR / 60) == 0 and len(web.asked) == 1
    assert read_feeds(by=None, at=AT + HOUR) == 0
    assert web.asked[1][1]["If-None-Match"] == '"1"'
    web.shows("/feed", RSS.replace("Пётр", "Пётр И."), "application/rss+xml", ETag='"2"')
    assert read_feeds(by=None, at=AT + 2 * HOUR) == 0 and Mention.objects.count() == 1
    assert Delivery.objects.count() == 1, "what is told again and again brings nothing"


def test_what_stands_in_the_way_is_said_until_it_does_not(world: World, web: Site) -> None:
    fields = {"name": "Лента", "place_kind": "press", "url": web.url("/none")}
    source = add_source("feed", fields, by=None, at=AT)  # type: ignore[arg-type]
    read_feeds(by=None, at=AT)
    source.refresh_from_db()
    assert "не показывает" in source.fault and source.fault_since == AT
    assert source.look_at is not None and source.look_at > AT
    url = web.shows("/html", "<html></html>")
    change_source(source, {"url": url}, by=None, at=AT + HOUR)
    read_feeds(by=None, at=AT + HOUR)
    source.refresh_from_db()
    assert "RSS" in source.fault
    close_source(source, by=None, at=AT + 2 * HOUR)
    assert read_feeds(by=None, at=AT + DAY) == 0
    assert told("voice.source_changed") == told("voice.source_closed") == 1


def test_nothing_inside_is_read(world: World, web: Site, settings: object) -> None:
    settings.REACHED_INSIDE = []  # type: ignore[attr-defined]
    fields = {"name": "Лента", "place_kind": "other", "url": web.shows("/feed", RSS)}
    source = add_source("feed", fields, by=None, at=AT)  # type: ignore[arg-type]
    read_feeds(by=None, at=AT)
    source.refresh_from_db()
    assert "внутренней сети" in source.fault and web.asked == []


def alert_letter(markup: str) -> bytes:
    letter = EmailMessage()
    letter["From"] = "googlealerts-noreply@google.com"
    letter["To"], letter["Subject"] = "alerts@severny-svet.example", "Северный свет"
    letter["Message-ID"], letter["List-Unsubscribe"] = "<a1@google.com>", "<https://g.example/>"
    letter["Precedence"] = "bulk"
    letter.set_content("Оповещение")
    letter.add_alternative(markup, subtype="html")
    return letter.as_bytes()


def test_letters_of_alerts_are_no_letters_of_clients(world: World) -> None:
    source = add_source("alerts", {
        "name": "Оповещения", "place_kind": "press", "mailbox": {
            "host": "127.0.0.1", "login": "alerts", "password": "x", "folder": "Alerts",
        },
    }, by=None, at=AT)  # fmt: skip
    assert source.mailbox is not None and source.mailbox.brings == "mentions"
    listed = browser_of(world, "director").get("/desk/firm/mailboxes/").content.decode()
    assert "Оповещения" not in listed
    receive_letter(alert_letter(ALERT.replace("\n&amp;", "&amp;")), source.mailbox, by=None, at=AT)
    work.react(AT)
    row = Mention.objects.get()
    assert row.link == "https://forum.example/t/5" and row.place_kind == "forum"
    assert not Ticket.objects.exists() and not Received.objects.waiting().exists()
    work.react(AT)
    receive_letter(alert_letter(ALERT.replace("\n&amp;", "&amp;")), source.mailbox, by=None, at=AT)
    work.react(AT)
    assert Mention.objects.count() == 1
    close_source(source, by=None, at=AT)
    assert Mailbox.objects.get().closed_at == AT


def posted(source: Source, body: bytes, *, ago: float = 0, secret: str = "") -> int:
    timestamp = str(int(clock.now().timestamp() - ago))
    signature = sign(secret or secret_of(source), timestamp, body)
    answer = Browser().post(
        f"/mentions/{source.key}/", body, content_type="application/json",
        headers={"X-Zabota-Timestamp": timestamp, "X-Zabota-Signature": signature},
    )  # fmt: skip
    return answer.status_code


def test_signed_notices_are_taken_once_and_only_fresh(world: World) -> None:
    source = add_source("hook", {"name": "Сервис", "place_kind": "market"}, by=None, at=AT)
    body = json.dumps({"mentions": [
        {"id": 7, "text": KIND, "author": "Марина", "rating": 9, "best": 10},
        {"link": "не ссылка"},
    ]}).encode()  # fmt: skip
    assert (posted(source, body), posted(source, body)) == (202, 200)
    assert posted(source, body, ago=400) == 401
    assert posted(source, body, secret="чужой") == 401
    assert posted(source, b'{"mentions": []}') == 400 and posted(source, b"x") == 400
    assert Delivery.objects.count() == 1 and work.gather_mentions(AT) == 2
    row, delivery = Mention.objects.get(), Delivery.objects.get()
    assert (row.outer, row.rating, row.place_kind, row.way) == ("7", 4, "market", "source")
    assert (delivery.new, delivery.wrong, delivery.state) == (1, 1, "done")
    assert Browser().get(f"/mentions/{source.key}/").status_code == 405
    assert Browser().post("/mentions/nobody/", b"{}", content_type="x").status_code == 401


def test_an_address_may_be_named_either_way_and_unknown_names_are_told() -> None:
    body = json.dumps({"sent_by": "x", "mentions": [
        {"url": "https://f.example/1", "text": KIND, "sentiment": "good"},
        {"link": "https://f.example/2", "url": "https://f.example/3"},
    ]}).encode()  # fmt: skip
    rows = read_notice(body)
    assert [row.found.link for row in rows] == ["https://f.example/1", "https://f.example/2"]
    assert unknown_names(body) == ["sent_by", "sentiment"]
    assert unknown_names(b'[{"text": "x"}]') == []


def test_whoever_guesses_signatures_is_throttled(world: World) -> None:
    source = add_source("hook", {"name": "Сервис", "place_kind": "other"}, by=None, at=AT)
    answers = [posted(source, b"{}", secret="x") for _ in range(31)]
    assert answers[:30] == [401] * 30 and answers[30] == 429


TABLE = (
    f"Дата;Автор;Текст;Ссылка;Оценка\n03.11.2026;Пётр;«{UNKIND}»;https://f.example/1;1\n"
    f"04.11.2026;Пётр;«{UNKIND}»;https://f.example/1;1\nвчера;Анна;Хорошо;;5\n"
).encode()


def test_a_table_is_tried_then_taken_in(world: World) -> None:
    source = add_source("table", {"name": "YouScan", "place_kind": "other"}, by=None, at=AT)
    browser = browser_of(world, "manager")
    upload = BytesIO(TABLE)
    upload.name = "выгрузка.csv"
    answer = browser.post(f"/desk/mentions/sources/{source.pk}/table/", {"table": upload})
    delivery = Delivery.objects.get()
    assert answer["Location"] == f"/desk/mentions/tables/{delivery.pk}/"
    page = browser.get(answer["Location"]).content.decode()
    assert "Можно взять: 2" in page and "это не дата" in page and not Mention.objects.exists()
    columns = {"day": "0", "author": "1", "text": "2", "link": "3", "rating": "4", "take": "1"}
    browser.post(answer["Location"], columns)
    assert work.gather_mentions(AT) == 3
    page = browser.get(answer["Location"]).content.decode()
    assert "Новых: 1. Уже известных: 1. С ошибками: 1." in page
    assert Mention.objects.get().rating == 1 and told("voice.table_taken_in") == 1
    source.refresh_from_db()
    assert source.columns["day"] == "Дата"
    upload = BytesIO(TABLE)
    upload.name = "ещё.csv"
    browser.post(f"/desk/mentions/sources/{source.pk}/table/", {"table": upload})
    assert Delivery.objects.count() == 1 and work.gather_mentions(AT) == 0


def test_a_pasted_link_is_read_and_kept(world: World, web: Site) -> None:
    page = f"<html><body><article><h1>Двор</h1><p>{KIND}</p></article></body></html>"
    link = web.shows("/r/1", page, "text/html; charset=utf-8")
    browser = browser_of(world, "finance")
    looked = browser.post("/desk/mentions/new/", {"link": link, "look": "1"}).content.decode()
    assert KIND in looked and not Mention.objects.exists()
    browser.post("/desk/mentions/new/", {"link": link})
    row = Mention.objects.get()
    assert KIND in row.text and row.read_at is not None and row.digest
    gone = browser.post("/desk/mentions/new/", {"link": web.url("/gone")})
    assert gone.status_code == 422 and "вставьте, пожалуйста" in gone.content.decode().lower()
    browser.post("/desk/mentions/new/", {"link": web.url("/gone"), "text": UNKIND})
    assert Mention.objects.count() == 2


def test_set_up_by_whoever_looks_after_the_firm(world: World) -> None:
    assert browser_of(world, "finance").get("/desk/firm/mentions/").status_code == 403
    with pytest.raises(PermissionDenied):
        add_source("hook", {"name": "x"}, by=world.staff["finance"].user, at=AT)
    browser = browser_of(world, "director")
    for kind in ("feed", "alerts", "hook", "table"):
        assert browser.get(f"/desk/firm/mentions/new/{kind}/").status_code == 200
    browser.post("/desk/firm/mentions/new/hook/", {"name": "Сервис", "place_kind": "other"})
    source = Source.objects.get()
    page = browser.get(f"/desk/firm/mentions/{source.pk}/").content.decode()
    before = secret_of(source)
    assert before in page and source.key in page
    browser.post(f"/desk/firm/mentions/{source.pk}/renew/")
    assert secret_of(Source.objects.get()) != before
    team = world.teams["sales"].pk
    browser.post("/desk/firm/mentions/", {"hours": "4", "team": team})
    assert Manners.objects.get().minutes == 240 and told("voice.manners_changed") == 1
    assert "Сервис" in browser.get("/desk/firm/mentions/").content.decode()
    browser.post(f"/desk/firm/mentions/{source.pk}/close/")
    assert Source.objects.get().closed_at is not None


def test_words_of_thanks_promise_and_ask_nothing(world: World) -> None:
    director, browser = world.staff["director"].user, browser_of(world, "director")
    good = {"text_ru": "Спасибо, {author}!", "text_en": "Thank you, {author}!"}
    bad = {"text_ru": "Спасибо! Вам скидка.", "text_en": "Thanks"}
    answer = browser.post("/desk/firm/mentions/words/new/", bad)
    assert answer.status_code == 422 and "вознаграждении" in answer.content.decode()
    fields = {"place_kind": "maps", "for_trouble": False, **good}
    ready = set_ready_thanks(None, fields, by=director, at=AT)  # type: ignore[arg-type]
    assert told("voice.ready_thanks_set") == 1
    assert browser.get(f"/desk/firm/mentions/words/{ready.pk}/").status_code == 200
    close_ready_thanks(ready, by=director, at=AT)
    assert told("voice.ready_thanks_closed") == 1
    assert ReadyThanks.objects.filter(closed_at=None).count() == 5

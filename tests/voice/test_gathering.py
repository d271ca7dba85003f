"""What is read out of pages, feeds, letters of alerts, tables; which texts are one."""

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.voice.said import KIND, UNKIND
from zabota.clients.tables import read_table
from zabota.voice.gathering.alerts import read_alert
from zabota.voice.gathering.author import Known, Said, guess, numbers_in
from zabota.voice.gathering.exchange import fault_of
from zabota.voice.gathering.feeds import NoFeed, read_feed
from zabota.voice.gathering.found import rating_of
from zabota.voice.gathering.links import host_of, same_link
from zabota.voice.gathering.pages import read_page
from zabota.voice.gathering.places import kind_of, language_of
from zabota.voice.gathering.tables import guess_fields, read_rows
from zabota.voice.gathering.twins import Told, compare, digest_of, keys_of

REVIEW = f"""<!doctype html><html><head><meta charset="utf-8"><title>Отзыв</title>
<script type="application/ld+json">{{"@type": "Product", "name": "Свет", "review": {{
 "@type": "Review", "author": {{"@type": "Person", "name": "Марина Л."}},
 "datePublished": "2026-11-01", "reviewBody": "{KIND}",
 "reviewRating": {{"@type": "Rating", "ratingValue": "4", "bestRating": "5"}}}}}}</script></head>
<body><nav>Меню</nav><p>Реклама</p></body></html>"""
ATOM = """<?xml version="1.0"?><feed xmlns="http://www.w3.org/2005/Atom"><title>Новости</title>
<entry><id>tag:1</id><title>Двор &lt;b&gt;светится&lt;/b&gt;</title>
<link rel="alternate" href="/r/1"/><updated>2026-11-02T10:00:00+03:00</updated>
<author><name>Олег Н.</name></author><content type="html">&lt;p&gt;Спасибо!&lt;/p&gt;</content>
</entry></feed>"""
RSS = f"""<rss version="2.0" xmlns:dc="http://purl.org/dc/elements/1.1/"><channel>
<item><guid isPermaLink="false">77</guid><title>Не везут</title><link>https://f.example/77</link>
<description><![CDATA[<p>{UNKIND}</p>]]></description><dc:creator>Пётр</dc:creator>
<pubDate>Tue, 03 Nov 2026 10:00:00 +0300</pubDate></item><item><title></title></item>
</channel></rss>"""
BOMB = """<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;&a;&a;">]>
<rss><channel><item><title>&b;</title><link>https://x.example/</link></item></channel></rss>"""
ALERT = """<table><tr><td><a href="https://www.google.com/url?rct=j&amp;url=https://forum.example/t/5
&amp;ct=ga">Северный свет: две недели ждали светильники</a><div>форум</div>
<div>Ждали две недели, зато смонтировали за день и всё объяснили по-человечески.</div></td></tr>
<tr><td><a href="https://www.google.com/alerts/remove?x=1">Отписаться от оповещения</a></td></tr>
</table>"""


def test_a_review_says_of_itself_what_it_is() -> None:
    found = read_page(REVIEW.encode(), "text/html; charset=utf-8", "https://otzovik.com/1")
    assert (found.text, found.author, found.rating) == (KIND, "Марина Л.", 4)
    assert found.written_at == dt.datetime(2026, 11, 1, tzinfo=dt.UTC)


def test_of_any_other_page_its_main_words() -> None:
    page = f"<html><body><nav>Меню</nav><article><h1>Двор</h1><p>{KIND}</p></article></body></html>"
    found = read_page(page.encode("cp1251"), "text/html; charset=windows-1251", "https://x.example")
    assert KIND in found.text and "Меню" not in found.text and found.title == "Двор"
    several = REVIEW.replace('"review": {', '"review": [{').replace("}}}}", "}}}, {}]}")
    assert read_page(b"", "text/html", "https://x.example").text == ""
    assert read_page(several.encode(), "text/html", "https://x.example").link


def test_feeds_of_either_kind() -> None:
    (one,) = read_feed(ATOM.encode(), "https://blog.example/feed")
    assert (one.title, one.text, one.author) == ("Двор светится", "Спасибо!", "Олег Н.")
    assert one.link == "https://blog.example/r/1" and one.outer == "tag:1"
    (other,) = read_feed(RSS.encode())
    assert (other.text, other.author, other.outer) == (UNKIND, "Пётр", "77")
    assert other.written_at == dt.datetime(2026, 11, 3, 7, tzinfo=dt.UTC)


@pytest.mark.parametrize(("data", "code"), [(BOMB, "entities"), ("<html/>", "not_feed"),
                                             ("{}", "not_feed"), ("", "not_feed")])  # fmt: skip
def test_what_is_no_feed(data: str, code: str) -> None:
    with pytest.raises(NoFeed) as told:
        read_feed(data.encode())
    assert told.value.code == code


def test_each_page_a_letter_of_alerts_names() -> None:
    markup = ALERT.replace("\n&amp;", "&amp;")
    (one,) = read_alert(markup, "", "googlealerts-noreply@google.com")
    assert one.link == "https://forum.example/t/5" and "по-человечески" in one.text
    text = "Новое упоминание:\nЖдали две недели светильники\nhttps://vk.com/wall-1_2\n\nВойти: https://s.example/login"
    (said,) = read_alert("", text, "bot@s.example")
    assert said.link == "https://vk.com/wall-1_2"


def test_tables_of_a_service_by_their_headings() -> None:
    data = (
        "Отчёт\nДата;Автор;Текст;URL;Оценка\n"
        f"03.11.2026 12:30;Пётр;«{UNKIND}»;https://f.example/1;1/5\n"
        "вчера;Анна;Хорошо;нет;семь\n;;;;\n04.11.2026;Олег;;;5\n"
    ).encode("cp1251")
    table = read_table(data, 20_000)
    columns = guess_fields(table.head)
    assert columns == {"day": 0, "author": 1, "text": 2, "link": 3, "rating": 4}
    good, wrong, empty = read_rows(table, columns, dt.UTC)
    assert good.found.rating == 1 and not good.faults
    assert good.found.written_at == dt.datetime(2026, 11, 3, 12, 30, tzinfo=dt.UTC)
    assert [one.field for one in wrong.faults] == ["link", "day", "rating"]
    assert [one.field for one in empty.faults] == ["text"]


def test_links_as_they_are_compared() -> None:
    same = {
        same_link(link)
        for link in (
            "https://www.otzovik.com/r/1/?utm_source=x", "http://m.otzovik.com/r/1#top",
            "https://www.google.com/url?url=https://otzovik.com/r/1&sa=x",
        )
    }  # fmt: skip
    assert same == {"otzovik.com/r/1"}
    assert same_link("https://x.example/a?id=1") != same_link("https://x.example/a?id=2")
    assert host_of("https://vk.com/away.php?to=https://pikabu.ru/s/1") == "pikabu.ru"
    assert kind_of("https://yandex.ru/maps/org/1") == "maps" and kind_of("https://x.ru") == "other"
    assert (language_of(KIND), language_of("Thank you, Severny Свет")) == ("ru", "en")


def test_marks_on_any_scale() -> None:
    assert [rating_of(*one) for one in ((4, 5), ("9", 10), ("4,5", None), (0, 5))] == [4, 4, 4, 1]
    assert [rating_of(*one) for one in (("x", 5), (7, 5), (None, None), (-1, 5))] == [None] * 4


def test_one_text_told_in_two_places() -> None:
    cut, other = f"{KIND[:160]}… читать далее", UNKIND
    assert compare(Told(KIND), Told(cut)).sure >= 85
    assert compare(Told(KIND), Told(other)).sure < 20
    assert set(keys_of(Told(KIND))) & set(keys_of(Told(cut)))
    assert not set(keys_of(Told(KIND))) & set(keys_of(Told(other)))
    assert compare(Told("Спасибо!", author="Анна"), Told("Спасибо!", author="Олег")).sure == 0
    assert digest_of("Спасибо,  всё.") == digest_of("спасибо всё")


@given(st.text(max_size=300), st.text(max_size=300))
def test_likeness_is_of_both_and_of_itself(one: str, other: str) -> None:
    assert compare(Told(one), Told(other)) == compare(Told(other), Told(one))
    assert 0 <= compare(Told(one), Told(other)).sure <= 100
    assert keys_of(Told(one)) == keys_of(Told(one))


def test_whose_it_may_be_in_words() -> None:
    said = Said("Заказ З-2026-00017, жду", "Ольга К.", day=dt.date(2026, 11, 3), place="Лесная")
    near = frozenset({dt.date(2026, 10, 30)})
    named = Known(frozenset({"Ольга Климова"}), days=near, places=frozenset({"Салон на Лесной"}))
    assert guess(said, named, "RU").why == ("first", "time")
    assert guess(said, Known(days=near), "RU").sure == 0, "who only was there is not named"
    numbered = guess(said, Known(numbers=frozenset({"З-2026-00017"})), "RU")
    assert numbered.word == "almost" and numbers_in(said.text) == ["З-2026-00017"]
    assert numbers_in("в 2026 году отдал 1500, заказ № 1500, счёт 77-12") == ["1500", "77-12"]
    account = Known(accounts=frozenset({"olga_k"}))
    assert guess(Said("", author_link="https://t.me/olga_k"), account, "RU").why == ("account",)


@pytest.mark.parametrize("words", [
    "Спасибо за подробный отзыв, мы его прочли всей бригадой.",
    "Thank you for your honest review: we read every word.",
    "Спасибо, что написали. Звёзды над двором теперь видны лучше.",
    "Спасибо за пять дней терпения и за честный рассказ.",
])  # fmt: skip
def test_plain_thanks_are_no_exchange(words: str) -> None:
    assert fault_of(words) is None

"""Pages of mentions: entered, thanked, found again, refused to whom they do not concern."""

import re

from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.contracts.browsers import browser_of
from tests.contracts.worlds import AT, HOUR
from tests.voice.said import KIND, UNKIND, fresh, kinds, mention
from zabota.home.reading.today import read_today
from zabota.home.world import World
from zabota.people.firm import current_firm
from zabota.people.models import Place
from zabota.voice.actions.thank import set_aside_mention, thank_author
from zabota.voice.models import AuthorGuess, Mention, Twin

WORDS = "Спасибо, что рассказали, как было."


def test_heard_in_ten_seconds(world: World) -> None:
    browser = browser_of(world, "finance")
    page = browser.get("/desk/mentions/heard/")
    assert page.status_code == 200 and "Что вы услышали?" in page.content.decode()
    answer = browser.post("/desk/mentions/heard/", {"text": ""})
    assert answer.status_code == 422
    answer = browser.post("/desk/mentions/heard/", {"text": KIND, "thanked": "on"}, follow=True)
    row = Mention.objects.get()
    assert row.way == "heard" and row.how == "aloud" and row.thanked_at is not None
    assert "Поблагодарили" in answer.content.decode()


def test_pasted_with_its_words(world: World) -> None:
    Place.objects.create(name="Салон на Лесной")
    browser = browser_of(world, "lawyer")
    typed = {"link": "otzovik.com/review_77.html", "text": UNKIND, "author": "Пётр", "rating": "1"}
    answer = browser.post("/desk/mentions/new/", typed, follow=True)
    row = Mention.objects.get()
    assert (row.link, row.rating) == ("https://otzovik.com/review_77.html", 1)
    text = answer.content.decode()
    assert "Пётр, спасибо" in text and "оценка 1 из 5" in text
    again = browser.post("/desk/mentions/new/", typed, follow=True)
    assert "уже есть" in again.content.decode() and Mention.objects.count() == 1
    for wrong in ({}, {"link": "нет"}, {"link": "http://10.0.0.1/x"}, {"link": "http://[::1]/"}):
        answer = browser.post("/desk/mentions/new/", wrong)
        assert answer.status_code == 422, wrong


def test_thanked_on_its_page_in_ready_words(world: World) -> None:
    row, browser = mention(world, UNKIND, author="Пётр Ильин"), browser_of(world, "stranger")
    page = browser.get(f"/desk/mentions/{row.pk}/").content.decode()
    assert "Поблагодарили" in page and "Пётр Ильин, спасибо" in page
    url = f"/desk/mentions/{row.pk}/thank/"
    bad = browser.post(url, {"words": "Удалите отзыв — дадим скидку", "how": "public"})
    assert bad.status_code == 422 and "взамен" in bad.content.decode()
    assert "Удалите отзыв" in bad.content.decode(), "what was typed is not lost"
    browser.post(url, {"words": WORDS, "how": "public"})
    assert fresh(row).words == WORDS
    assert browser.post(url, {"words": WORDS, "how": "public"}).status_code == 403


def test_the_oldest_promise_stands_first(world: World) -> None:
    second = mention(world, UNKIND, at=AT + HOUR)
    first = mention(world, KIND, at=AT)
    done = mention(world, "Пишу про ваш стенд на выставке: понравился.")
    thank_author(done, WORDS, "public", by=world.as_staff("lawyer"), at=AT)
    browser = browser_of(world, "finance")
    page = browser.get("/desk/mentions/").content.decode()
    shown = re.findall(r'class="what"><a href="/desk/mentions/(\d+)/"', page)
    assert shown == [str(first.pk), str(second.pk)]
    for address, there in (
        ("?state=thanked", [done.pk]), ("?state=all&q=комиссия", [second.pk]),
        ("?state=all&source=heard", []), ("?state=aside", []), ("?marks=low", []),
    ):  # fmt: skip
        page = browser.get(f"/desk/mentions/{address}").content.decode()
        shown = re.findall(r'class="what"><a href="/desk/mentions/(\d+)/"', page)
        assert shown == [str(pk) for pk in there], address


def test_it_stands_in_today(world: World) -> None:
    row = mention(world, UNKIND)
    today = read_today(world.staff["finance"], {}, current_firm(), at=AT + HOUR)
    rows = [one for group in today.groups for one in group.rows]
    assert [one.step.url for one in rows] == [f"/desk/mentions/{row.pk}/"]
    browser = browser_of(world, "finance")
    assert browser.get(rows[0].url)["Location"] == f"/desk/mentions/{row.pk}/"


def test_an_author_is_found_and_confirmed(world: World) -> None:
    row, browser = mention(world, author="Анна Крылова"), browser_of(world, "manager")
    page = browser.get(f"/desk/mentions/{row.pk}/").content.decode()
    assert "Возможно, автор" in page and "имя совпадает" in page
    card = browser.get(f"/desk/clients/{world.clients['romashka'].pk}/").content.decode()
    assert "/desk/mentions/" not in card.partition("<main")[2], "only guessed, it is not theirs"
    found = browser.get(f"/desk/mentions/{row.pk}/author/?q=Ромашка").content.decode()
    assert "Анна Крылова" in found
    guess = AuthorGuess.objects.get()
    confirm = f"/desk/mentions/{row.pk}/author/confirm/"
    browser.post(confirm, {"client": guess.client_id, "contact": guess.contact_id})
    assert fresh(row).contact == world.guests["anna"]
    card = f"/desk/clients/{guess.client_id}/"
    assert f"/desk/mentions/{row.pk}/" in browser.get(card).content.decode()
    browser.post(f"/desk/mentions/{row.pk}/author/take-back/")
    assert fresh(row).confirmed_at is None
    browser.post(f"/desk/mentions/{row.pk}/author/deny/", {"guess": guess.pk})
    assert AuthorGuess.objects.get().denied_at is not None


def test_joined_and_parted_by_a_press(world: World) -> None:
    first = mention(world, KIND, author="Марина Лебедева")
    other = mention(world, KIND, author="Пётр Ильин", at=AT + HOUR)
    browser = browser_of(world, "manager")
    page = browser.get(f"/desk/mentions/{first.pk}/").content.decode()
    assert "Возможно, то же самое" in page
    browser.post(f"/desk/mentions/{other.pk}/join/", {"other": first.pk})
    assert fresh(other).case.root_id == first.pk
    there = browser.get(f"/desk/mentions/{other.pk}/")
    assert there["Location"] == f"/desk/mentions/{first.pk}/"
    link = fresh(other).case.links.get()
    browser.post(f"/desk/mentions/{first.pk}/part/", {"link": link.pk})
    assert fresh(other).case.root_id is None
    third = mention(world, KIND, author="Анна Лужина", at=AT + HOUR)
    twin = Twin.objects.filter(other=third).first()
    assert twin is not None
    browser.post(f"/desk/mentions/{third.pk}/apart/", {"twin": twin.pk})
    assert Twin.objects.get(pk=twin.pk).apart_at is not None


def test_corrected_set_aside_brought_back_and_a_request_opened(world: World) -> None:
    row, browser = mention(world, UNKIND), browser_of(world, "manager")
    base = f"/desk/mentions/{row.pk}/"
    assert browser.get(f"{base}correct/").status_code == 200
    browser.post(f"{base}correct/", {"text": KIND, "author": "Анна Крылова"})
    assert kinds(row)[-1] == "voice.mention_corrected"
    assert fresh(row).text == KIND and AuthorGuess.objects.count() == 1
    assert browser.get(f"{base}aside/").status_code == 200
    browser.post(f"{base}aside/", {"why": "spam"})
    assert fresh(row).aside == "spam"
    assert browser.post(f"{base}trouble/", {"kind": 1}).status_code == 403
    browser.post(f"{base}bring-back/")
    page = browser.get(base).content.decode()
    kind = re.search(r'<option value="(\d+)" selected>', page[page.index('id="kind"') :])
    assert kind is not None
    answer = browser.post(f"{base}trouble/", {"kind": kind[1]}, follow=True)
    assert re.search(r"Обращение О-\d+-\d+ открыто", answer.content.decode())


def test_as_many_questions_for_many_rows(world: World) -> None:
    browser = browser_of(world, "finance")
    for n in range(2):
        mention(world, f"{n} раз прошёл мимо, и каждый раз светло, спасибо вашим фонарям.")
    counts = []
    for _ in range(2):
        with CaptureQueriesContext(connection) as told:
            browser.get("/desk/mentions/")
        counts.append(len(told))
        for n in range(3, 6):
            row = mention(world, f"Запись номер {n}: совсем другой рассказ о дворе {n}.")
        set_aside_mention(row, "other", by=world.as_staff("finance"), at=AT)
    assert counts[0] == counts[1]

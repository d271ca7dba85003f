"""The chat on a site: who writes without a name is answered there within seconds, or where they
said; who else it might be, they read nothing of it.
"""

from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client as Browser

from tests.contracts.worlds import AT, HOUR
from tests.outreach.test_receive_letter import email_of
from tests.tickets.asked import fresh
from tests.tickets.gates import a_gate, mark_in, page
from zabota.clients.models import ContactPoint
from zabota.common import clock
from zabota.home.world import World
from zabota.outreach.actions import announce_entries
from zabota.outreach.models import Gate, Message, Received, Thread
from zabota.people.actions.throttle import count_try
from zabota.tickets.actions import end_ticket, open_ticket, say_in_ticket
from zabota.tickets.models import Remark, Ticket, TicketType
from zabota.tickets.pages.embedded import POSTS

LIVE = {"X-Zabota-Live": "1"}


@pytest.fixture
def gate(world: World, monkeypatch: pytest.MonkeyPatch) -> Gate:
    now = [AT]
    monkeypatch.setattr(clock, "now", lambda: now[0])
    made = a_gate("chat", sites=["https://svet.example"], file=True)
    made.now = now  # type: ignore[attr-defined]
    return made


def later(gate: Gate, by: timedelta) -> None:
    gate.now[0] += by  # type: ignore[attr-defined]


def begin(gate: Gate, browser: Browser, text: str = "Вы открыты?", **more: str) -> str:
    """The first words; the address of the conversation."""
    mark = mark_in(page(browser, f"/chat/{gate.key}/"))
    later(gate, timedelta(seconds=20))
    answer = browser.post(f"/chat/{gate.key}/", {"text": text, "mark": mark, **more})
    assert answer.status_code == 302, answer.content.decode()
    return answer.headers["Location"]


def goes_on(browser: Browser, path: str, text: str, **more: object) -> int:
    mark = mark_in(page(browser, path))
    sent = {"text": text, "mark": mark, **more}
    return browser.post(path, sent).status_code  # type: ignore[arg-type]


def test_a_visitor_is_answered_there_within_seconds(gate: Gate, world: World) -> None:
    TicketType.objects.update(team=world.teams["sales"])
    browser = Browser()
    path = begin(gate, browser)
    said = page(browser, path)
    assert "Обращением занимается: Отдел продаж." in said
    assert "Вы открыты?" in said and "Вам ответит человек до" in said
    ticket = Ticket.objects.select_related("case__client").get()
    assert (ticket.channel, ticket.case.client.name) == ("chat", "Гость")
    seen = said.partition("?seen=")[2].partition('"')[0]
    assert browser.get(f"{path}?seen={seen}", headers=LIVE).status_code == 204
    say_in_ticket(ticket, "Да, до шести.", by=world.as_staff("manager"), at=AT)
    told = browser.get(f"{path}?seen={seen}", headers=LIVE).content.decode()
    assert "Да, до шести." in told and "Игорь Ким" in told and "<html" not in told
    assert "Вам ответит человек" not in told
    assert goes_on(browser, path, "Спасибо, еду.") == 302
    assert Ticket.objects.count() == 1
    assert [row.channel for row in Remark.objects.order_by("pk")] == ["chat"] * 3
    # Whoever left, and said no address, is not thought to read it.
    desk = Browser()
    desk.force_login(world.staff["manager"].user)
    beside, left = f"/desk/tickets/{ticket.pk}/", "В чате сейчас никого"
    assert left not in page(desk, beside)
    later(gate, timedelta(minutes=1))
    assert left in page(desk, beside)
    # Notes are ours.
    say_in_ticket(ticket, "ВНУТРИ", by=world.as_staff("manager"), at=AT, how="note")
    assert "ВНУТРИ" not in page(browser, path)


def test_who_comes_back_goes_on(gate: Gate) -> None:
    browser = Browser()
    path = begin(gate, browser)
    assert browser.get(f"/chat/{gate.key}/").headers["Location"] == path
    assert browser.cookies[f"zabota-chat-{gate.pk}"]["httponly"]
    token = path.split("/")[3]
    assert token not in Thread.objects.get().outer
    stranger = Browser()
    assert "Вы открыты?" not in page(stranger, f"/chat/{gate.key}/")
    page(stranger, f"/chat/{gate.key}/made-up/", 404)
    stranger.cookies[f"zabota-chat-{gate.pk}"] = token
    assert stranger.get(f"/chat/{gate.key}/").status_code == 200


def test_who_leaves_an_address_is_answered_there(gate: Gate, world: World) -> None:
    browser = Browser()
    path = begin(gate, browser)
    wrong = browser.post(f"{path}reach/", {"reached": "нет"}, follow=True).content.decode()
    assert "ни адрес электронной почты" in wrong
    browser.post(f"{path}reach/", {"reached": "v@nigde.example"})
    assert ContactPoint.objects.get(value="v@nigde.example").contact == Thread.objects.get().contact
    assert "ответ придёт" in page(browser, path)
    ticket = Ticket.objects.get()
    # The page is open: what is said is read there.
    say_in_ticket(ticket, "Да.", by=world.as_staff("manager"), at=clock.now())
    announce_entries(by=None, at=clock.now())
    assert not Message.objects.filter(purpose="ticket_reply").exists()
    later(gate, HOUR)
    say_in_ticket(ticket, "И завтра.", by=world.as_staff("manager"), at=clock.now())
    announce_entries(by=None, at=clock.now())
    assert Message.objects.get(purpose="ticket_reply").address == "v@nigde.example"


def test_whose_address_is_named_proves_nothing(gate: Gate, world: World) -> None:
    question = TicketType.objects.get(slug="question")
    anna = world.as_guest("anna")
    open_ticket(anna.client, question, "Тайна Ромашки", by=anna, at=AT)
    browser = Browser()
    path = begin(gate, browser, reached=email_of(world, "anna"))
    ticket = Ticket.objects.latest("pk")
    assert ticket.contact != world.guests["anna"]
    assert "Тайна" not in page(browser, path)


def test_at_night_it_says_when(gate: Gate) -> None:
    assert "Мы на связи" in page(Browser(), f"/chat/{gate.key}/")
    later(gate, 14 * HOUR)
    said = page(Browser(), f"/chat/{gate.key}/")
    assert "нерабочее время" in said and "Вам ответит человек до" in said


def test_what_is_finished_goes_on_or_is_thanked_for(gate: Gate, world: World) -> None:
    browser = Browser()
    path = begin(gate, browser)
    ticket = Ticket.objects.get()
    end_ticket(ticket, "solved", "Открыты.", by=world.as_staff("manager"), at=AT)
    goes_on(browser, path, "спасибо")
    assert fresh(ticket).case.state == "done"
    assert "закончено" in page(browser, path)
    goes_on(browser, path, "А завтра?")
    assert (fresh(ticket).case.state, Ticket.objects.count()) == ("open", 1)


def test_files_go_both_ways(gate: Gate, world: World) -> None:
    browser = Browser()
    path = begin(gate, browser)
    photo = SimpleUploadedFile("фото.png", b"\x89PNG\r\n\x1a\n1")
    assert goes_on(browser, path, "Вот", file=photo) == 302
    assert Received.objects.latest("pk").files.get().name == "фото.png"
    director, ticket = Browser(), Ticket.objects.get()
    director.force_login(world.staff["director"].user)
    note = SimpleUploadedFile("план.pdf", b"%PDF-1.7")
    director.post(
        f"/desk/tickets/{ticket.pk}/say/", {"text": "План", "how": "answer", "files": note}
    )
    said = page(browser, path)
    where = said.partition(f'href="{path}files/')[2].partition('"')[0]
    assert b"".join(browser.get(f"{path}files/{where}")) == b"%PDF-1.7"
    page(browser, f"{path}files/999/", 404)
    other = begin(gate, Browser())
    page(browser, f"{other}files/{where}", 404)


def test_the_same_words_sent_twice_stand_once(gate: Gate) -> None:
    browser = Browser()
    path = begin(gate, browser)
    mark = mark_in(page(browser, path))
    for _ in range(2):
        browser.post(path, {"text": "Ау", "mark": mark})
    assert Remark.objects.count() == 2


def test_machines_and_other_sites_stay_outside(gate: Gate) -> None:
    browser = Browser()
    mark = mark_in(page(browser, f"/chat/{gate.key}/"))
    quick = browser.post(f"/chat/{gate.key}/", {"text": "x", "mark": mark})
    assert quick.status_code == 422 and not Received.objects.exists()
    path = begin(gate, browser)
    for answer in (quick, browser.get(path)):
        assert "https://svet.example" in answer.headers["Content-Security-Policy"]
        assert "X-Frame-Options" not in answer.headers
    trap = browser.post(path, {"text": "x", "mark": mark_in(page(browser, path)), "homepage": "y"})
    assert trap.status_code == 422


def test_of_one_network_so_many_conversations_begin(gate: Gate) -> None:
    for _ in range(POSTS):
        count_try(f"begun:{gate.pk}:127.0.0.1", minutes=60, at=AT)
    mark = mark_in(page(Browser(), f"/chat/{gate.key}/"))
    later(gate, timedelta(seconds=20))
    sent = Browser().post(f"/chat/{gate.key}/", {"text": "Ау", "mark": mark})
    assert sent.status_code == 422 and "Попробуйте" in sent.content.decode()
    assert not Thread.objects.exists()
    later(gate, HOUR)
    begin(gate, Browser())

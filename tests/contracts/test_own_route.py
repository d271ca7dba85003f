"""The client's own short route: asked by link, answered without an account, unseen by us."""

from datetime import datetime, timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.db import connection
from django.test import Client as Browser
from django.test.utils import CaptureQueriesContext

from tests.contracts.browsers import browser_of, returned_supply, sent_supply
from tests.contracts.worlds import AT, DAY, HOUR, kinds, last_entry, sent
from zabota.clients.actions import erase_person
from zabota.common import clock
from zabota.contracts.actions import ask_colleague, withdraw_contract
from zabota.contracts.actions.own_route import (
    LINK,
    MOST_STEPS,
    TooManyAsked,
    TooSoon,
    answer_colleague,
    remind_colleague,
    withdraw_colleague,
)
from zabota.contracts.actions.own_route_erased import forget_own_steps
from zabota.contracts.models import Contract, OwnStep
from zabota.home.world import World, reword
from zabota.journal.models import Entry
from zabota.journal.verify import verify_journal
from zabota.outreach.actions import send_waiting
from zabota.outreach.models import Message
from zabota.outreach.tokens import link_token

SAID = {"name": "Ирина Юрьева", "email": "Jurist@romashka.example", "role": "наш юрист"}


def ask(world: World, contract: Contract, **more: object) -> OwnStep:
    told = {"asked": "Всё ли в порядке с неустойкой?", **more}
    return ask_colleague(
        contract, SAID["name"], SAID["email"], by=world.as_guest("anna"), at=AT + DAY, **told
    )  # type: ignore[arg-type]


def link(step: OwnStep) -> str:
    return f"/room/look/{link_token(LINK, step.pk)}/"


def test_a_colleague_is_asked_by_mail(world: World) -> None:
    contract, anna = returned_supply(world), browser_of(world, "anna")
    base = f"/room/contracts/{contract.pk}/own/"
    page = anna.post(base, {**SAID, "asked": "Что скажете?"}, follow=True).content.decode()
    assert "Ирина Юрьева" in page and "ещё не открыто" in page
    step = OwnStep.objects.get(contract=contract)
    assert step.email == "jurist@romashka.example"
    message = Message.objects.get(purpose="own_route")
    assert (message.address, message.to) == (step.email, None)
    assert link_token(LINK, step.pk) not in str(message.facts), "signed when the mail is made"
    assert last_entry("contract.own_asked").audience == "theirs"
    wrong = anna.post(base, {**SAID, "email": "нет", "due_on": "2001-01-01"})
    assert wrong.status_code == 422
    assert "Этот день уже прошёл" in wrong.content.decode()
    assert 'value="Ирина Юрьева"' in wrong.content.decode(), "nothing typed is lost"


def test_the_link_shows_the_text_and_takes_an_answer(world: World) -> None:
    contract = returned_supply(world)
    reword(contract, "7.2", lambda t: t + " Черновое.", by=world.as_guest("anna"), at=AT + DAY)
    step = ask(world, contract)
    stranger = Browser()
    answer = stranger.get(link(step))
    page = answer.content.decode()
    assert "Черновое." in page and "неустойкой" in page and contract.case.number in page
    assert "noindex" in answer.headers["X-Robots-Tag"]
    assert answer.headers["Referrer-Policy"] == "same-origin"
    assert answer.headers["Cache-Control"] == "private, no-store"
    step.refresh_from_db()
    assert step.opened_at is not None
    empty = stranger.post(link(step), {"verdict": "object", "words": " "})
    assert empty.status_code == 422 and "против чего" in empty.content.decode()
    stranger.post(link(step), {"verdict": "object", "words": "Неустойка велика"})
    step.refresh_from_db()
    assert (step.agrees, step.words) == (False, "Неустойка велика")
    stranger.post(link(step), {"verdict": "agree", "words": ""})
    step.refresh_from_db()
    assert (step.agrees, step.words) == (True, "")
    assert last_entry("contract.own_answered").audience == "theirs"
    assert "own_answered" in kinds(contract)


def test_a_wrong_or_closed_link_opens_nothing(world: World) -> None:
    contract = returned_supply(world)
    step, other = ask(world, contract), ask(world, contract)
    token, stranger = link_token(LINK, step.pk), Browser()
    wrong = (token[:-1] + "x", link_token("other", step.pk), "1", f"{other.pk}{token[1:]}x", "²")
    for one in wrong:
        assert stranger.get(f"/room/look/{one}/").status_code == 404, one
    withdraw_colleague(step, by=world.as_guest("anna"), at=AT + DAY)
    last = contract.case.stream.entries.order_by("-seq")[0]
    assert (last.kind, last.audience) == ("contract.own_withdrawn", "theirs")
    assert stranger.get(link(step)).status_code == 404
    assert stranger.post(link(step), {"verdict": "agree"}).status_code == 404
    assert stranger.get(link(other)).status_code == 200
    withdraw_contract(contract, by=world.as_guest("anna"), at=AT + DAY, reason="не нужен")
    assert stranger.get(link(other)).status_code == 404


def test_guessing_is_throttled(world: World) -> None:
    contract = returned_supply(world)
    step, stranger = ask(world, contract), Browser()
    for number in range(30):
        assert stranger.get(f"/room/look/{number}-guess/").status_code == 404
    assert stranger.get(link(step)).status_code == 404, "even the right one, for a while"


def test_reminded_and_closed_by_whoever_edits(world: World) -> None:
    contract = returned_supply(world)
    step, boris = ask(world, contract), world.as_guest("boris")
    with pytest.raises(TooSoon):
        remind_colleague(step, by=boris, at=AT + DAY + timedelta(minutes=5))
    remind_colleague(step, by=boris, at=AT + DAY + 2 * HOUR)
    assert last_entry("contract.own_reminded").audience == "theirs"
    assert Message.objects.filter(purpose="own_route").count() == 2
    base = f"/room/contracts/{contract.pk}/own/{step.pk}"
    assert browser_of(world, "vera").post(f"{base}/withdraw/").status_code == 403
    assert browser_of(world, "alien").post(f"{base}/withdraw/").status_code == 404
    assert browser_of(world, "boris").post(f"{base}/withdraw/").status_code == 302
    with pytest.raises(PermissionDenied):
        remind_colleague(step, by=boris, at=AT + 2 * DAY)


def test_only_so_many_are_asked(world: World) -> None:
    contract = returned_supply(world)
    for _ in range(MOST_STEPS):
        ask(world, contract)
    with pytest.raises(TooManyAsked):
        ask(world, contract)
    page = browser_of(world, "anna").post(f"/room/contracts/{contract.pk}/own/", SAID)
    assert "не больше 20" in page.content.decode()


def test_we_see_only_the_day_they_promise(world: World) -> None:
    contract, anna = returned_supply(world), browser_of(world, "anna")
    ask(world, contract)
    day = (clock.now() + timedelta(days=3)).date()
    anna.post(f"/room/contracts/{contract.pk}/own/due/", {"day": day.isoformat()})
    contract.refresh_from_db()
    assert contract.client_turn is not None and contract.client_turn.due_at is not None
    assert contract.client_turn.due_at.date() == day
    assert last_entry("contract.own_due").audience == "both"
    manager = browser_of(world, "manager")
    for tail in ("", "dossier/", "as-client/", "as-client/dossier/"):
        page = manager.get(f"/desk/contracts/{contract.pk}/{tail}").content.decode()
        assert "Ирина" not in page and "jurist" not in page, tail
    assert manager.get(f"/room/contracts/{contract.pk}/own/").status_code == 404


def test_it_stands_only_where_it_belongs(world: World) -> None:
    contract = sent_supply(world)
    page = browser_of(world, "vera").get(f"/room/contracts/{contract.pk}/own/")
    assert page.status_code == 200 and "Отправить ссылку" not in page.content.decode()
    with pytest.raises(PermissionDenied):
        ask_colleague(contract, "Я", "i@firm.example", by=world.as_staff("manager"), at=AT)
    with pytest.raises(PermissionDenied):
        ask_colleague(contract, "Я", "i@firm.example", by=world.as_guest("vera"), at=AT)
    due = browser_of(world, "anna").post(
        f"/room/contracts/{contract.pk}/own/due/", {"day": "2099-01-01"}
    )
    assert due.status_code == 403, "it is not their turn"


def test_the_mail_carries_a_link_that_works(
    world: World, mailoutbox: list[object], settings: object
) -> None:
    contract = returned_supply(world)
    step = ask(world, contract)
    settings.ROOM_URL = "https://room.example"  # type: ignore[attr-defined]
    send_waiting(by=None, at=AT + 2 * DAY)
    bodies = [str(getattr(mail, "body", "")) for mail in mailoutbox if step.email in mail.to]  # type: ignore[attr-defined]
    assert bodies and f"https://room.example{link(step)}" in bodies[0]


def test_many_steps_take_no_more_queries(world: World) -> None:
    contract, anna = returned_supply(world), browser_of(world, "anna")
    address = f"/room/contracts/{contract.pk}/own/"
    ask(world, contract)
    anna.get(address)
    with CaptureQueriesContext(connection) as few:
        anna.get(address)
    for _ in range(15):
        ask(world, contract)
    with CaptureQueriesContext(connection) as many:
        anna.get(address)
    assert len(many) == len(few)


def test_the_whole_text_stands_open_to_be_read(world: World) -> None:
    contract = sent(world)
    page = Browser().get(link(ask(world, contract))).text
    assert "Тексты совпадают" not in page
    assert '<details class="fold bare" open>' in page
    assert '<details class="fold bare">' not in page


def test_an_erased_person_is_named_nowhere_in_the_own_route(world: World) -> None:
    """Asked by link and erased; then whoever asked is erased: nobody is named any more."""
    contract = returned_supply(world)
    boris, anna = world.guests["boris"], world.as_guest("anna")
    told = {"by": anna, "at": AT + DAY, "role": "юрист", "asked": "Посмотри, Боря"}
    theirs = ask_colleague(contract, "Боря Ветров", boris.user.email.upper(), **told)
    other = ask_colleague(contract, "Ирина Юрьева", "jurist@romashka.example", **told)
    answer_colleague(theirs, by=None, at=AT + DAY, agrees=False, words="Боря против")
    names = ("Бор", boris.user.email)
    erase_person(boris, by=world.staff["director"].user, at=AT + 2 * DAY)
    react(AT + 2 * DAY)
    for step, gone in ((theirs, True), (other, False)):
        row = OwnStep.objects.values().get(pk=step.pk)
        assert (row["name"] == "—" and not row["words"]) is gone
        assert any(name in str(row) for name in names) is False or not gone
        letters = Message.objects.filter(facts__link=[LINK, step.pk]).values()
        assert all((letter["address"] == "erased@invalid.example") is gone for letter in letters)
    assert Browser().get(link(theirs)).status_code == 404
    assert Browser().get(link(other)).status_code == 200
    # New history names nobody: what stands in the chain cannot be taken out again.
    assert not [e for e in contract.case.stream.entries.all() if "Юрьева" in e.canonical]
    assert not [e for e in contract.case.stream.entries.all() if "Боря" in e.canonical]
    erase_person(world.guests["anna"], by=world.staff["director"].user, at=AT + 3 * DAY)
    react(AT + 3 * DAY)
    assert OwnStep.objects.get(pk=other.pk).name == "—"
    assert verify_journal().broken is None


def react(at: datetime) -> None:
    for entry in Entry.objects.filter(kind="clients.person_erased").order_by("pk"):
        forget_own_steps(entry, by=None, at=at)

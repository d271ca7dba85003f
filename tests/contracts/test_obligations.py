"""Obligations of a contract in force: read, confirmed, promised to both sides, met, laid ahead."""

from collections.abc import Iterator
from datetime import date

import pytest
from django.core.exceptions import PermissionDenied
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone, translation

from tests.contracts.browsers import browser_of
from tests.contracts.worlds import AT, DAY, HOUR, kinds, last_entry, sent, told
from tests.support.remembered import remembered
from zabota.cases.models import Holder, Promise
from zabota.contracts.actions.obligations import (
    AlreadySettled,
    Terms,
    add_obligation,
    confirm_obligation,
    dismiss_obligation,
    end_obligation,
    meet_obligation,
    propose_obligations,
)
from zabota.contracts.actions.relay import relay_all_holders
from zabota.contracts.entries import IN_FORCE
from zabota.contracts.models import Contract, ContractState, Obligation, ObligationTerm
from zabota.home.work import run_once
from zabota.home.world import World
from zabota.journal.actions import record
from zabota.people.actions import appoint_substitute, plan_absence

LAST = date(2026, 12, 10)


@pytest.fixture(autouse=True)
def in_moscow() -> Iterator[None]:
    with timezone.override("Europe/Moscow"), translation.override("ru"):
        yield


@remembered
def in_force(world: World, form: str = "supply-ru", guest: str = "anna") -> Contract:
    """A contract signed by both sides, as if every stage and signatory had said yes."""
    contract = sent(world, form, guest)
    contract.case.state = ContractState.SIGNED
    contract.case.save(update_fields=["state"])
    Promise.objects.filter(case=contract.pk).update(
        state="dropped", settled_at=AT, outcome="dropped"
    )
    Holder.objects.filter(case=contract.pk).update(rank_at=None)
    record(contract.case.stream, IN_FORCE, by=None, at=AT, contract=contract.pk)
    return Contract.objects.select_related("case").get(pk=contract.pk)


def terms(**more: object) -> Terms:
    return Terms(**{"words": "Отчёт", "side": "ours", "due_on": LAST, **more})  # type: ignore[arg-type]


def test_what_the_text_obliges_to_is_proposed_to_the_owner_once(world: World) -> None:
    contract = in_force(world)
    run_once(AT + HOUR)
    rows = {row.number: row for row in contract.obligations.all()}
    assert {"3.1", "5.1", "5.2", "5.4", "13.1"} <= set(rows)
    assert rows["3.1"].side == "ours"
    assert rows["3.1"].due_on is not None
    assert rows["5.2"].side == "theirs"
    assert rows["5.1"].after == "со дня получения счёта Поставщика"
    assert "Остаток цены" in rows["5.2"].quote
    assert "{{" not in rows["5.2"].quote
    assert ("manager", "contract_task") in told("contract.obligations_proposed")
    entry = last_entry("contract.in_force")
    assert propose_obligations(entry, by=None, at=AT) == 0
    assert not Promise.objects.filter(case=contract.pk, moment="contract_duty").exists()


def test_a_confirmed_one_is_promised_to_both_sides(world: World) -> None:
    contract = in_force(world)
    run_once(AT + HOUR)
    manager = world.as_staff("manager")
    ours, theirs = contract.obligations.get(number="3.1"), contract.obligations.get(number="5.2")
    confirm_obligation(ours, terms(words="Отгрузка насосов"), by=manager, at=AT)
    confirm_obligation(theirs, terms(words=theirs.words_ru, side="theirs"), by=manager, at=AT)
    promises = {p.words_ru: p for p in Promise.objects.filter(moment="contract_duty")}
    mine, watched = promises["Отгрузка насосов"], promises[theirs.words_ru]
    assert (mine.turn, watched.turn, watched.state) == ("ours", "theirs", "running")
    assert watched.words_en == theirs.words_en
    assert timezone.localtime(mine.due_at).date() == LAST  # type: ignore[arg-type]
    assert {h.employee_id for h in mine.holders.all()} == {world.staff["manager"].pk}
    assert kinds(contract).count("obligation_confirmed") == 2
    assert any(purpose == "contract_news" for _, purpose in told("contract.obligation_confirmed"))
    room = browser_of(world, "anna")
    for page in ("/room/", f"/room/contracts/{contract.pk}/"):
        assert "Отгрузка насосов" in room.get(page).content.decode(), page
    today = browser_of(world, "manager").get("/desk/").content.decode()
    assert "Отгрузка насосов" in today
    assert "обязательство клиента" in today


def test_the_client_reads_no_proposals_and_nothing_dismissed(world: World) -> None:
    contract = in_force(world)
    run_once(AT + HOUR)
    row = contract.obligations.get(number="5.4")
    path = f"/room/contracts/{contract.pk}/obligations/"
    assert row.words_ru not in browser_of(world, "anna").get(path).content.decode()
    dismiss_obligation(row, by=world.as_staff("manager"), at=AT)
    assert row.words_ru not in browser_of(world, "anna").get(path).content.decode()
    assert last_entry("contract.obligation_dismissed").audience == "ours"
    assert browser_of(world, "john").get(path).status_code == 404


def test_a_series_is_laid_ahead_one_at_a_time(world: World) -> None:
    contract, manager = in_force(world), world.as_staff("manager")
    row = add_obligation(
        contract, terms(due_on=date(2027, 1, 31), every="month", until=date(2027, 3, 31)),
        by=manager, at=AT,
    )  # fmt: skip
    for day in (date(2027, 1, 31), date(2027, 2, 28), date(2027, 3, 28)):
        last = row.terms.latest("due_on")
        assert last.due_on == day
        assert row.terms.filter(promise__state="running").count() == 1
        meet_obligation(row, by=manager, at=AT + DAY)
    row.refresh_from_db()
    assert row.state == "ended"
    assert kinds(contract).count("obligation_met") == 3
    assert ("manager", "contract_news") not in told("contract.obligation_met")
    assert row.terms.filter(promise__state="kept").count() == 3


def test_late_is_late_by_the_usual_clock(world: World) -> None:
    contract, manager = in_force(world), world.as_staff("manager")
    add_obligation(contract, terms(due_on=AT.date()), by=manager, at=AT)
    run_once(AT + 2 * DAY)
    assert "promise_escalated" in kinds(contract)
    row = add_obligation(contract, terms(side="theirs", due_on=AT.date()), by=manager, at=AT)
    run_once(AT + 3 * DAY)
    assert kinds(contract).count("promise_escalated") == 1
    meet_obligation(row, by=world.as_guest("anna"), at=AT + 3 * DAY)
    assert ObligationTerm.objects.get(obligation=row).promise.is_late(AT + 3 * DAY)


def test_who_may_what(world: World) -> None:
    contract, manager = in_force(world), world.as_staff("manager")
    run_once(AT + HOUR)
    row = contract.obligations.get(number="5.2")
    for other in (world.as_staff("stranger"), world.as_staff("finance"), world.as_guest("anna")):
        with pytest.raises(PermissionDenied):
            confirm_obligation(row, terms(), by=other, at=AT)
        with pytest.raises(PermissionDenied):
            dismiss_obligation(row, by=other, at=AT)
        with pytest.raises(PermissionDenied):
            add_obligation(contract, terms(), by=other, at=AT)
    confirm_obligation(row, terms(), by=manager, at=AT)
    with pytest.raises(AlreadySettled):
        confirm_obligation(row, terms(), by=manager, at=AT)
    with pytest.raises(AlreadySettled):
        dismiss_obligation(row, by=manager, at=AT)
    # Ours is noted by whoever has it, never by the client.
    with pytest.raises(PermissionDenied):
        meet_obligation(row, by=world.as_guest("anna"), at=AT)
    with pytest.raises(PermissionDenied):
        end_obligation(row, by=world.as_guest("anna"), at=AT, reason="")
    end_obligation(row, by=manager, at=AT, reason="Стороны договорились")
    with pytest.raises(AlreadySettled):
        end_obligation(row, by=manager, at=AT, reason="")
    with pytest.raises(PermissionDenied):
        meet_obligation(row, by=manager, at=AT)
    assert last_entry("contract.obligation_ended").facts["words"]["ru"] == "Отчёт"


def test_the_pages_do_it_all_without_javascript(world: World) -> None:
    contract = in_force(world)
    run_once(AT + HOUR)
    row = contract.obligations.get(number="5.2")
    base = f"/desk/contracts/{contract.pk}/obligations"
    desk, room = browser_of(world, "manager"), browser_of(world, "anna")
    page = desk.get(f"{base}/").content.decode()
    assert "Остаток цены" in page
    answer = desk.post(f"{base}/{row.pk}/confirm/", {"words": "", "side": "theirs", "due_on": "x"})
    assert answer.status_code == 422
    assert Obligation.objects.get(pk=row.pk).state == "proposed"
    typed = {"words": "Доплатить", "side": "theirs", "due_on": "2026-12-10", "every": ""}
    assert desk.post(f"{base}/{row.pk}/confirm/", typed).status_code == 302
    other = contract.obligations.get(number="5.4")
    assert desk.post(f"{base}/{other.pk}/dismiss/").status_code == 302
    assert desk.post(f"{base}/add/", typed | {"words": "Акт сверки"}).status_code == 302
    assert desk.post(f"{base}/add/", typed | {"due_on": "0001-01-01"}).status_code == 422
    own = f"/room/contracts/{contract.pk}/obligations"
    assert "Доплатить" in room.get(f"{own}/").content.decode()
    assert room.post(f"{own}/{row.pk}/meet/").status_code == 302
    assert "Исполнено" in room.get(f"{own}/").content.decode()
    assert room.post(f"{own}/{other.pk}/meet/").status_code == 404
    assert room.post(f"{base}/add/", typed).status_code == 404
    added = contract.obligations.get(words_ru="Акт сверки")
    assert desk.post(f"{base}/{added.pk}/end/", {"reason": "нет"}).status_code == 302
    assert browser_of(world, "stranger").get(f"{base}/").status_code == 404


def test_whoever_stands_in_has_it(world: World) -> None:
    contract, manager = in_force(world), world.as_staff("manager")
    row = add_obligation(contract, terms(), by=manager, at=AT)
    me, other = world.staff["manager"], world.staff["lawyer"]
    director = world.as_staff("director").user
    plan_absence(me, AT, AT + 5 * DAY, by=director, at=AT)
    appoint_substitute(me, other, AT, AT + 5 * DAY, by=director, at=AT)
    run_once(AT + HOUR)
    relay_all_holders(last_entry("contract.in_force"), by=None, at=AT + HOUR)
    promise = row.terms.get().promise
    assert other.pk in {holder.employee_id for holder in promise.holders.all()}


def test_a_page_costs_the_same_with_one_and_with_many(world: World) -> None:
    contract, manager = in_force(world), world.as_staff("manager")
    add_obligation(contract, terms(), by=manager, at=AT)
    desk, path = browser_of(world, "manager"), f"/desk/contracts/{contract.pk}/obligations/"
    desk.get(path)
    with CaptureQueriesContext(connection) as few:
        desk.get(path)
    for _ in range(30):
        add_obligation(contract, terms(), by=manager, at=AT)
    with CaptureQueriesContext(connection) as many:
        desk.get(path)
    assert len(many) == len(few)

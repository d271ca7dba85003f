"""Going beyond a rule: at once within one's power, else asked; what the client reads of it."""

from decimal import Decimal

import pytest
from django.core.exceptions import PermissionDenied

from tests.contracts.browsers import browser_of, sent_supply
from tests.contracts.worlds import AT, DAY, HOUR
from tests.tickets.asked import asked, kinds
from zabota.cases.actions import Beyond, answer_beyond, go_beyond, settle_rule, take_back_beyond
from zabota.cases.forms import BeyondForm
from zabota.cases.models import Case, Deviation, Holder, RuleOffer
from zabota.home.reading.beyond import what_repeats, whom_to_tell
from zabota.home.work import react
from zabota.home.world import World
from zabota.journal.models import Entry
from zabota.outreach.actions import announce_entries
from zabota.outreach.models import Message
from zabota.people.actions import plan_absence, revoke_power
from zabota.people.models import Power
from zabota.people.refusal import Refused
from zabota.tickets.actions import end_ticket
from zabota.tickets.models import Ticket

TOLD = "везём замену сегодня же, за наш счёт"
INSIDE = "ВНУТРИ-СВЕРХ"


def what(cost: int = 3_000, rule: str = "Замена до экспертизы", told: str = TOLD) -> Beyond:
    return Beyond(f"{rule} {INSIDE}", f"Комиссия завтра. {INSIDE}", Decimal(cost), "RUB", told)


def beyond(
    world: World, case: Case, cost: int = 3_000, who: str = "manager", **said: str
) -> Deviation:
    to = whom_to_tell(case)
    by = world.as_staff(who)
    return go_beyond(case, what(cost, **said), by=by, at=AT + HOUR, contact=to)


def case_of(ticket: Ticket) -> Case:
    return Case.objects.get(pk=ticket.pk)


def told(at: object = AT + 2 * HOUR) -> set[tuple[str, str, str]]:
    announce_entries(by=None, at=AT + 2 * HOUR)
    found = Message.objects.filter(purpose__startswith="beyond")
    return {(m.address.split("@")[0], m.purpose, m.path) for m in found}


def test_within_ones_power_it_is_done_at_once(world: World) -> None:
    case = case_of(asked(world))
    done = beyond(world, case)
    assert (done.state, done.answered_by, done.promise) == (
        "granted", world.staff["manager"], None,
    )  # fmt: skip
    assert kinds(case.ticket) == ["ticket.opened", "case.went_beyond", "case.beyond_told"]
    assert told() == {("anna", "beyond_told", f"/room/cases/{case.pk}/")}


def test_above_it_whoever_has_the_power_is_asked(world: World) -> None:
    case = case_of(asked(world))
    one = beyond(world, case, 20_000)
    assert one.state == "asked" and one.promise is not None and one.promise.audience == "ours"
    people = {world.staff["finance"].pk, world.staff["director"].pk}
    assert set(one.promise.holders.values_list("employee", flat=True)) == people
    assert one.promise.due_at == AT + 2 * HOUR
    page = browser_of(world, "finance").get("/desk/").content.decode()
    assert "Можно ли сверх правил" in page and f"/desk/beyond/{one.pk}/" in page
    where = f"/desk/beyond/{one.pk}/"
    assert told() == {("finance", "beyond_task", where), ("director", "beyond_task", where)}
    assert kinds(case.ticket)[-1] == "case.beyond_asked"
    desk = browser_of(world, "manager").get(f"/desk/tickets/{case.pk}/").content.decode()
    assert f"Можно ли сверх правил: Замена до экспертизы {INSIDE}" in desk
    room = browser_of(world, "anna").get(f"/room/tickets/{case.pk}/").content.decode()
    assert TOLD not in room and INSIDE not in room


def test_allowed_in_one_tap(world: World) -> None:
    case = case_of(asked(world))
    one = beyond(world, case, 20_000)
    finance = browser_of(world, "finance")
    page = finance.get(f"/desk/beyond/{one.pk}/").content.decode()
    assert "Разрешить" in page and INSIDE in page
    finance.post(f"/desk/beyond/{one.pk}/answer/", {"answer": "grant"})
    one.refresh_from_db()
    assert (one.state, one.answered_by) == ("granted", world.staff["finance"])
    assert one.promise is not None
    assert (one.promise.state, one.promise.outcome) == ("kept", "granted")
    assert not Holder.objects.filter(promise=one.promise, rank_at__isnull=False).exists()
    assert kinds(case.ticket)[-2:] == ["case.beyond_granted", "case.beyond_told"]
    assert ("manager", "beyond_news", f"/desk/beyond/{one.pk}/") in told()
    room = browser_of(world, "anna").get(f"/room/tickets/{case.pk}/").content.decode()
    assert TOLD in room and INSIDE not in room and "20" not in room.partition(TOLD)[2][:40]


def test_the_letters_button_allows_nothing_by_itself(world: World, client: object) -> None:
    one = beyond(world, case_of(asked(world)), 20_000)
    for method in ("get", "post"):
        answer = getattr(client, method)(f"/desk/beyond/{one.pk}/answer/", {"answer": "grant"})
        assert answer.status_code == (302 if method == "post" else 405)
    assert getattr(client, "get")(f"/desk/beyond/{one.pk}/").status_code == 302  # noqa: B009
    browser_of(world, "finance").get(f"/desk/beyond/{one.pk}/?answer=grant")
    one.refresh_from_db()
    assert one.state == "asked"


def test_refused_with_a_word(world: World) -> None:
    case = case_of(asked(world))
    one = beyond(world, case, 20_000)
    director = browser_of(world, "director")
    silent = director.post(f"/desk/beyond/{one.pk}/answer/", {"answer": "refuse", "word": " "})
    assert silent.status_code == 422
    director.post(f"/desk/beyond/{one.pk}/answer/", {"answer": "refuse", "word": "Дорого"})
    one.refresh_from_db()
    assert (one.state, one.answer) == ("refused", "Дорого")
    assert kinds(case.ticket)[-1] == "case.beyond_refused"
    by = world.as_staff("finance")
    with pytest.raises(Refused):
        answer_beyond(one, "", by=by, at=AT + 2 * HOUR, granted=True)


def test_taken_back_it_is_asked_anew_and_answered_by_nobody(world: World) -> None:
    case = case_of(asked(world))
    one = beyond(world, case, 20_000)
    manager, director = browser_of(world, "manager"), browser_of(world, "director")
    form = manager.get(f"/desk/cases/{case.pk}/beyond/").content.decode()
    assert f'href="/desk/beyond/{one.pk}/"' in form
    path = f"/desk/beyond/{one.pk}/take-back/"
    assert path in manager.get(f"/desk/beyond/{one.pk}/").content.decode()
    assert path not in director.get(f"/desk/beyond/{one.pk}/").content.decode()
    assert director.post(path).status_code == 403
    assert browser_of(world, "stranger").post(path).status_code == 404
    assert manager.post(path).status_code == 302
    one.refresh_from_db()
    assert one.state == "back" and one.promise is not None
    assert not one.promise.holders.filter(rank_at__isnull=False).exists()
    assert kinds(case.ticket)[-1] == "case.beyond_taken_back"
    with pytest.raises(Refused):
        take_back_beyond(one, by=world.as_staff("manager"), at=AT + 2 * HOUR)
    late = director.post(f"/desk/beyond/{one.pk}/answer/", {"answer": "grant"}, follow=True)
    assert "Просьбу уже взяли назад." in late.content.decode()
    assert "case.beyond_told" not in kinds(case.ticket)
    assert beyond(world, case, 20_000).state == "asked"


def test_refused_to_whom(world: World) -> None:
    case = case_of(asked(world))
    one = beyond(world, case, 200_000)
    for key in ("manager", "finance", "lawyer"):
        with pytest.raises(PermissionDenied):
            answer_beyond(one, "да", by=world.as_staff(key), at=AT + HOUR, granted=True)
    held = one.promise.holders.values_list("employee", flat=True) if one.promise else ()
    assert list(held) == [world.staff["director"].pk]
    stranger = browser_of(world, "stranger")
    assert stranger.get(f"/desk/cases/{case.pk}/beyond/").status_code == 404
    assert stranger.get(f"/desk/beyond/{one.pk}/").status_code == 404
    assert stranger.post(f"/desk/beyond/{one.pk}/answer/").status_code == 404
    assert INSIDE not in stranger.get("/desk/beyond/").content.decode()
    alien = browser_of(world, "alien")
    assert alien.get(f"/room/cases/{case.pk}/").status_code == 404
    anna = browser_of(world, "anna").get(f"/room/cases/{case.pk}/")
    assert anna["Location"] == f"/room/tickets/{case.pk}/"


def test_twice_is_refused(world: World) -> None:
    case = case_of(asked(world))
    beyond(world, case)
    with pytest.raises(Refused):
        beyond(world, case)
    beyond(world, case, 20_000, rule="Скидка")
    with pytest.raises(Refused):
        beyond(world, case, 30_000, rule="  скидка")
    assert Deviation.objects.count() == 2


def test_by_hand_from_a_request(world: World) -> None:
    case = case_of(asked(world))
    manager = browser_of(world, "manager")
    assert (
        f"/desk/cases/{case.pk}/beyond/"
        in manager.get(f"/desk/tickets/{case.pk}/").content.decode()
    )
    address = f"/desk/cases/{case.pk}/beyond/"
    assert "до 5 000 ₽" in manager.get(address).content.decode().replace("\xa0", " ")
    given = {"rule": "Замена", "reason": "Надо", "cost": "-1", "currency": "RUB", "told": TOLD}
    wrong = manager.post(address, given)
    assert wrong.status_code == 422 and TOLD in wrong.content.decode()
    right = manager.post(address, {**given, "cost": "1 500,50"}, follow=True)
    assert "Клиент читает ваши слова" in right.content.decode()
    assert Deviation.objects.get().cost == Decimal("1500.50")
    english = BeyondForm({**given, "cost": "1,500"})
    assert english.is_valid() and english.what().cost == 1500


def test_from_a_contract_everybody_of_the_client_reads_it(world: World) -> None:
    contract = sent_supply(world)
    page = browser_of(world, "manager").get(f"/desk/contracts/{contract.pk}/").content.decode()
    assert f"/desk/cases/{contract.pk}/beyond/" in page
    Message.objects.all().delete()
    go_beyond(contract.case, what(), by=world.as_staff("manager"), at=AT + HOUR)
    to = {who for who, purpose, _ in told() if purpose == "beyond_told"}
    assert to == {"anna", "boris", "vera"}
    room = browser_of(world, "anna").get(f"/room/contracts/{contract.pk}/").content.decode()
    assert f"Сделали для вас сверх правил: {TOLD}" in room and INSIDE not in room


def test_without_words_nothing_is_said(world: World) -> None:
    case = case_of(asked(world))
    beyond(world, case, told="")
    assert kinds(case.ticket)[-1] == "case.went_beyond"
    assert not told()
    room = browser_of(world, "anna").get(f"/room/tickets/{case.pk}/").content.decode()
    assert "верх правил" not in room and INSIDE not in room


def test_nothing_internal_is_in_any_letter_to_the_client(world: World) -> None:
    case = case_of(asked(world))
    beyond(world, case)
    announce_entries(by=None, at=AT + 2 * HOUR)
    letters = Message.objects.filter(to=world.guests["anna"].user, purpose="beyond_told")
    assert [INSIDE in str(one.facts) or INSIDE in one.entry.canonical for one in letters] == [False]


def test_who_is_asked_follows_powers_and_absences(world: World) -> None:
    one = beyond(world, case_of(asked(world)), 20_000)
    director = world.staff["director"].user
    power = Power.objects.get(employee=world.staff["finance"], kind="beyond")
    revoke_power(power, by=director, at=AT + HOUR)
    react(AT + HOUR)
    assert one.promise is not None
    held = one.promise.holders.values_list("employee", flat=True)
    assert list(held) == [world.staff["director"].pk]
    # Whoever is away is not asked; where nobody is here, the administrators are.
    plan_absence(world.staff["director"], AT, AT + DAY, by=director, at=AT + HOUR, reason="Отпуск")
    react(AT + HOUR)
    assert list(one.promise.holders.values_list("employee", "through")) == [
        (world.staff["director"].pk, "administrator")
    ]


def test_what_repeats_is_offered_as_a_rule(world: World) -> None:
    for number, outcome in enumerate(("solved", "otherwise", "")):
        ticket = asked(world, guest=("anna", "john", "anna")[number])
        beyond(world, case_of(ticket), 1_000 + number, rule=("Замена", "замена ", "ЗАМЕНА")[number])
        if outcome:
            end_ticket(ticket, outcome, "Вот.", by=world.as_staff("manager"), at=AT + HOUR)
    beyond(world, case_of(asked(world)), rule="Скидка")
    page = browser_of(world, "director").get("/desk/beyond/").content.decode()
    offered = page.partition("Повторяется: сделать правилом?")[2].partition("Всё, что было")[0]
    assert "3 раза" in offered and "для 2 клиентов" in offered
    assert "3 003 ₽" in offered.replace("\xa0", " ") and "Скидка" not in offered
    assert "решено: 1" in offered and "помогли иначе: 1" in offered and "в работе: 1" in offered
    manager = browser_of(world, "manager").get("/desk/beyond/").content.decode()
    assert "сделать правилом" not in manager and "ЗАМЕНА" in manager


def repeated(world: World) -> None:
    for number in range(3):
        beyond(world, case_of(asked(world)), 1_000 + number, rule="Замена")


def settle(world: World, words: str, *, made: bool, who: str = "director") -> RuleOffer:
    by = world.as_staff(who)
    return settle_rule(f"замена {INSIDE}", words, by=by, at=AT + 2 * HOUR, made=made)


def test_what_repeats_is_made_a_rule(world: World) -> None:
    repeated(world)
    director = browser_of(world, "director")
    page = director.get("/desk/beyond/").content.decode()
    assert "Сделать правилом" in page
    rule = f"Замена {INSIDE}"
    address = "/desk/beyond/rule/"
    silent = director.post(address, {"rule": rule, "answer": "make", "words": " "}, follow=True)
    assert "Напишите, как звучит правило" in silent.content.decode()
    given = {"rule": rule, "answer": "make", "words": "Меняем сразу, до экспертизы."}
    done = director.post(address, given, follow=True).content.decode()
    assert "Теперь это правило." in done and "Меняем сразу" in done
    assert "Сделать правилом" not in done
    form = browser_of(world, "manager").get(f"/desk/cases/{Case.objects.latest('pk').pk}/beyond/")
    assert "Меняем сразу" in form.content.decode()
    entry = Entry.objects.get(kind="case.rule_made")
    assert entry.facts["words"] == "Меняем сразу, до экспертизы."
    announce_entries(by=None, at=AT + 2 * HOUR)
    letters = Message.objects.filter(purpose="rule_made")
    assert [one.to for one in letters] == [world.staff["manager"].user]


def test_left_an_exception_it_is_offered_when_it_repeats_again(world: World) -> None:
    repeated(world)
    assert len(what_repeats(AT + 2 * HOUR)) == 1
    settle(world, "", made=False)
    assert Entry.objects.filter(kind="case.rule_left").count() == 1
    assert not what_repeats(AT + 2 * HOUR)
    for number in range(3):
        case = case_of(asked(world))
        by = world.as_staff("manager")
        go_beyond(case, what(2_000 + number, "Замена"), by=by, at=AT + 3 * HOUR)
    (again,) = what_repeats(AT + 4 * HOUR)
    assert again.count == 3


def test_whose_rule_it_is_and_twice(world: World) -> None:
    repeated(world)
    for key in ("manager", "lawyer", "stranger"):
        with pytest.raises(PermissionDenied):
            settle(world, "Меняем сразу", made=True, who=key)
    assert browser_of(world, "manager").post("/desk/beyond/rule/").status_code == 403
    settle(world, "Меняем сразу", made=True)
    with pytest.raises(Refused):
        settle(world, "Меняем сразу", made=True)
    assert RuleOffer.objects.count() == 1

"""A letter is news, not a log: by contract, the latest answer, and how it stands now."""

import re
from datetime import timedelta

import pytest
from django.utils.translation import override

from tests.contracts.worlds import (
    AT,
    DAY,
    HOUR,
    approve,
    last_entry,
    resent,
    send_back,
    sent,
    stage,
    told,
)
from tests.outreach.test_announce import announced
from zabota.contracts.actions import accept_change, comment, reject_change
from zabota.contracts.models import Change, Contract
from zabota.contracts.reading.now import registered_numbers, with_whom_now
from zabota.home import work
from zabota.home.world import World
from zabota.journal.models import Entry
from zabota.journal.reading import read_lines
from zabota.outreach.digest import Known
from zabota.outreach.models import Message
from zabota.outreach.render import Mail, render_mail
from zabota.people.actions import appoint_substitute, plan_absence

KNOWN = Known(with_whom_now, registered_numbers)


def letter(world: World, who: str, **only: object) -> Mail:
    """All that waits for this reader, as one letter."""
    rows = world.guests if who in world.guests else world.staff
    waiting = Message.objects.filter(to=rows[who].user_id, **only).order_by("pk")  # type: ignore[index]
    messages = list(waiting.select_related("to", "case__client", "entry__actor", "case__stream"))
    return render_mail(messages[0], messages, AT + 9 * HOUR, KNOWN)


def agreed_by_two(world: World) -> Contract:
    contract = sent(world, "supply-ru", reworded={"8.1": lambda text: f"{text} И точка."})
    approve(world, contract, "manager", "manager", AT + HOUR)
    change = Change.objects.get()
    lawyer = world.as_staff("lawyer")
    reject_change(change, by=lawyer, at=AT + HOUR, reason="Нельзя")
    change.refresh_from_db()
    accept_change(change, by=lawyer, at=AT + 2 * HOUR)
    approve(world, contract, "legal", "lawyer", AT + 2 * HOUR)
    announced(AT + 2 * HOUR)
    return contract


def test_one_heading_one_link_and_how_it_stands(world: World) -> None:
    contract = agreed_by_two(world)
    text = letter(world, "anna").text
    assert text.count(contract.case.number) == 1
    assert text.count(f"/room/contracts/{contract.pk}/") == 1
    assert "не принята" not in text and "Правка к пункту 8.1 принята" in text
    (now,) = [line for line in text.splitlines() if line.startswith("Сейчас у нас")]
    assert "Павел Серов (Финансы), срок — до" in now
    assert text.index("«Менеджер»") < text.index("8.1 принята") < text.index(now)


def test_the_subject_says_what_is_asked_of_whom(world: World) -> None:
    contract = sent(world, "supply-ru")
    approve(world, contract, "manager", "manager", AT + HOUR)
    comment(contract, "Вам", by=world.as_staff("lawyer"), at=AT + HOUR, audience="both")
    announced(AT + HOUR)
    title = str(contract.case)
    assert letter(world, "anna").subject == f"{title}: 2 новости"
    send_back(world, contract, "legal", "lawyer", AT + HOUR, "Уточните срок")
    announced(AT + HOUR)
    assert letter(world, "anna").subject == f"{title}: нужен ваш ответ"
    # What was asked of our manager is settled by now: the letter does not ask again.
    manager = letter(world, "manager")
    assert manager.subject == f"{title}: 2 новости"
    assert manager.text.count(title) == 1


def test_of_two_rounds_only_the_latest_is_told(world: World) -> None:
    contract = sent(world, "supply-ru")
    send_back(world, contract, "manager", "manager", AT + HOUR, "Уточните срок")
    resent(world, contract, "anna", AT + HOUR)
    announced(AT + HOUR)
    stages = [stage(contract, "manager").pk]
    text = letter(world, "manager", purpose="contract_task").text
    assert [int(one) for one in re.findall(r"/desk/stages/(\d+)/", text)] == stages
    assert "Редакция 2" in text and "Редакция 1" not in text


def test_a_registered_contract_goes_by_its_number(world: World) -> None:
    contract = sent(world, "nda-ru")
    announced(AT + HOUR)
    assert contract.case.number in letter(world, "manager").subject
    Contract.objects.filter(pk=contract.pk).update(registered_number="НДА-7/26")
    mail = letter(world, "manager")
    assert "№ НДА-7/26" in mail.subject and "№ НДА-7/26" in mail.text
    assert contract.case.number not in mail.subject + mail.text


def test_a_letter_of_two_contracts_names_neither(world: World) -> None:
    for form in ("supply-ru", "nda-ru"):
        approve(world, sent(world, form), "manager", "manager", AT + HOUR)
    announced(AT + HOUR)
    assert letter(world, "anna").subject == "Северный свет: 2 новости"


def test_answers_wait_for_each_other(world: World) -> None:
    agreed_by_two(world)
    rows = Message.objects.filter(purpose="contract_answers")
    assert {row.send_after - row.made_at for row in rows} == {timedelta(minutes=10)}


@pytest.mark.parametrize(
    ("language", "said"),
    [
        ("ru", "Логистика: вместо Тимура Асланова — "),
        ("en", "instead of "),
    ],
)
def test_who_has_it_instead_of_whom(world: World, language: str, said: str) -> None:
    contract = sent(world, "supply-ru")
    for key, who in (("manager", "manager"), ("legal", "lawyer")):
        approve(world, contract, key, who, AT + HOUR)
    away, other = world.staff["logist2"], world.staff["lawyer2"]
    appoint_substitute(away, other, AT, AT + 9 * DAY, by=None, at=AT)
    plan_absence(away, AT, AT + 9 * DAY, by=None, at=AT)
    work.run_once(AT + 2 * HOUR)
    assert told("contract.holders_relaid") == [("lawyer2", "contract_task")]
    taken = letter(world, "lawyer2", purpose="contract_task").text
    assert "Теперь это ждёт вас, срок — до" in taken
    with override(language):
        (line,) = read_lines([last_entry("contract.holders_relaid")], now=AT, dated=True)
        appointed = last_entry("people.substitute_appointed")
        (whom,) = read_lines([appointed], now=AT, dated=True)
    assert said in line.sentence and "26\u00a0" in line.sentence
    assert ("Тимур Асланов" if language == "ru" else "Aslanov") in whom.sentence


def test_a_lead_reads_who_is_late_with_what(world: World) -> None:
    sent(world)
    late = stage(sent(world), "manager")
    work.escalate_broken(AT + 5 * DAY)
    announced(AT + 5 * DAY)
    mail = letter(world, "director", purpose="promise_broken")
    count = Entry.objects.filter(kind="case.promise_escalated").count()
    assert mail.subject == f"Просрочено обещаний: {count}"
    assert f"Игорь Ким: этап «{late.title_ru}», просрочено, срок был 1" in mail.text
    assert "руководитель" not in mail.text


def test_a_lead_reads_how_many_promises_are_in_danger(world: World) -> None:
    late = stage(sent(world), "manager").promise
    sent(world)
    assert late.due_at is not None
    work.warn_of_danger(late.due_at - timedelta(minutes=10))
    announced(late.due_at)
    waiting = Message.objects.filter(to=world.staff["director"].user_id)
    count = waiting.filter(purpose="promise_in_danger").count()
    assert count > 1
    mail = letter(world, "director", purpose="promise_in_danger")
    assert mail.subject == f"Обещания под угрозой срыва: {count}"

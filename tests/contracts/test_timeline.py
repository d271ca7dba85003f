"""The history read aloud: by both sides, in both languages, each reading only what is theirs."""

import pytest
from django.urls import resolve
from django.utils import translation

from tests.contracts.worlds import (
    AT,
    DAY,
    HOUR,
    approve,
    fresh_contract,
    last_entry,
    person,
    resent,
    route,
    send_back,
    sent,
    stage,
    step,
    told,
)
from tests.support.remembered import remembered
from zabota.contracts.actions import (
    answer_sooner,
    approve_stage,
    ask_sooner,
    attach_file,
    comment,
    counter_change,
    reassign_stage,
    register_contract,
    reject_change,
    turn_comment,
)
from zabota.contracts.models import Change, Contract
from zabota.home.world import World
from zabota.journal.models import Entry
from zabota.journal.reading import read_lines

OURS, THEIRS = "ТОЛЬКО-НАШЕ", "ТОЛЬКО-ИХ"


@pytest.fixture
@remembered
def lived(world: World) -> Contract:
    """A contract through which nearly everything happened."""
    staff, guest = world.as_staff, world.as_guest
    contract = sent(
        world, "supply-ru",
        reworded={"8.1": lambda text: f"{text} Да.", "5.1": lambda text: f"{text} Да."},
    )  # fmt: skip
    ask_sooner(contract, None, by=guest("anna"), at=AT, reason="Срочно")
    answer_sooner(contract, by=staff("manager"), at=AT, answer="Постараемся")
    inner = comment(contract, OURS, by=staff("manager"), at=AT, audience="ours")
    comment(contract, THEIRS, by=guest("anna"), at=AT, audience="theirs")
    turned = comment(contract, "Вам", by=staff("manager"), at=AT, audience="ours")
    turn_comment(turned, by=staff("manager"), at=AT)
    for audience, name in (("ours", OURS), ("both", "Устав")):
        attach_file(
            contract, f"{name}.txt", b"x", "text/plain", by=staff("manager"), at=AT,
            audience=audience,
        )  # fmt: skip
    approve_stage(
        stage(contract, "manager").pk, by=staff("manager"), at=AT + HOUR, remark=f"Да, но {OURS}"
    )
    reassign_stage(
        stage(contract, "legal").pk, 0, world.staff["lawyer2"], by=staff("lawyer"), at=AT,
        reason=OURS,
    )  # fmt: skip
    for change in Change.objects.filter(concern="legal"):
        counter_change(change, {"0": "Иначе."}, by=staff("lawyer2"), at=AT)
    send_back(world, contract, "legal", "lawyer2", AT + 2 * HOUR)
    contract = resent(world, contract, "anna", AT + DAY, "8.1")
    # The manager's decision stands: only a clause of law is other than it was.
    approve(world, contract, "legal", "lawyer", AT + DAY)
    for change in Change.objects.filter(concern="finance", state="open"):
        reject_change(change, by=staff("finance"), at=AT + DAY, reason="Нет")
    send_back(world, contract, "finance", "finance", AT + DAY)
    contract = resent(world, contract, "anna", AT + 2 * DAY)
    for key, who in (
        ("finance", "finance"),
        ("logistics", "logist1"), ("logistics", "logist2"),
        ("director", "director"),
    ):  # fmt: skip
        approve(world, contract, key, who, AT + 2 * DAY)
    register_contract(contract, by=staff("manager"), at=AT + 3 * DAY)
    assert inner.audience == "ours"
    return fresh_contract(contract)


def lines(contract: Contract, audiences: tuple[str, ...], language: str) -> list[str]:
    entries = Entry.objects.filter(stream=contract.case.stream_id, audience__in=audiences)
    with translation.override(language):
        return [line.sentence for line in read_lines(entries.order_by("seq"), now=AT + 3 * DAY)]


@pytest.mark.parametrize("language", ["ru", "en"])
def test_every_line_says_everything(lived: Contract, language: str) -> None:
    told_lines = lines(lived, ("both", "ours", "theirs"), language)
    assert len(told_lines) == Entry.objects.filter(stream=lived.case.stream_id).count() > 25
    assert not [line for line in told_lines if "{" in line or "None" in line or not line]
    latin = [line for line in told_lines if line.isascii()]
    assert not latin if language == "ru" else len(latin) < len(told_lines)


def test_russian_is_russian_and_names_the_actor(lived: Contract) -> None:
    told_lines = lines(lived, ("both",), "ru")
    assert any(line.startswith("Согласовано: Игорь Ким") for line in told_lines)
    assert not [line for line in told_lines if "(а)" in line or "[" in line or "система" in line]


def test_each_side_reads_only_what_is_theirs(world: World, lived: Contract) -> None:
    theirs = "\n".join(lines(lived, world.as_guest("anna").audiences, "ru"))
    ours = "\n".join(lines(lived, world.as_staff("lawyer").audiences, "ru"))
    assert OURS not in theirs
    assert OURS in ours
    assert THEIRS not in ours
    entries = Entry.objects.filter(stream=lived.case.stream_id, audience="both")
    assert not [entry.kind for entry in entries if OURS in entry.canonical]
    assert not [entry.kind for entry in entries if THEIRS in entry.canonical]


def test_nobody_is_told_what_they_may_not_read(world: World, lived: Contract) -> None:
    """And every mail leads to a page that there is."""
    staff = {employee.user_id for employee in world.staff.values()}
    count = 0
    for entry in Entry.objects.filter(stream=lived.case.stream_id):
        if entry.entry_kind.told is None:
            continue
        for notice in entry.entry_kind.told(entry):
            count += 1
            ours = notice.user_id in staff
            assert entry.audience in (("both", "ours") if ours else ("both", "theirs")), entry.kind
            assert notice.path.startswith("/desk/" if ours else "/room/")
            resolve(notice.path)
    assert count > 30


def test_of_a_hidden_stage_the_client_hears_nothing(world: World) -> None:
    route(
        world,
        step("secret", "security", [person(world, "lawyer2")], 1, shows="hidden"),
        step("legal", "legal", [person(world, "lawyer")], 2),
    )
    contract = sent(world)
    approve(world, contract, "secret", "lawyer2")
    assert last_entry("contract.stage_approved").audience == "ours"
    assert told("contract.stage_approved") == [("lawyer", "contract_task")]
    told_lines = "\n".join(lines(contract, world.as_guest("anna").audiences, "ru"))
    assert "secret" not in told_lines
    assert "Левина" not in told_lines

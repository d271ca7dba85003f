"""What a client reads of decisions where the route shows a team, or does not show the stage."""

import re

from django.utils.translation import override

from tests.contracts.browsers import browser_of
from tests.contracts.worlds import (
    AT,
    DAY,
    HOUR,
    approve,
    fresh_contract,
    holders,
    last_entry,
    seat,
    send_back,
    sent,
    stage,
    told,
)
from zabota.contracts.actions import approve_stage, reject_change
from zabota.contracts.desk.routes import seen_by_client
from zabota.contracts.entries.words import voted
from zabota.contracts.models import Change, Contract
from zabota.contracts.reading.approvals import read_approvals
from zabota.contracts.reading.lists import read_contracts
from zabota.contracts.reading.now import with_whom_now
from zabota.contracts.reading.rail.read import read_rail
from zabota.contracts.route_words import Names
from zabota.contracts.rules import Viewer
from zabota.home.work import run_once
from zabota.home.world import World
from zabota.journal.models import Entry
from zabota.journal.reading import read_lines
from zabota.people.actions import appoint_substitute, plan_absence


def test_a_team_stage_is_told_by_its_team(world: World) -> None:
    contract = sent(world, "supply-ru")
    for key, who in (("manager", "manager"), ("legal", "lawyer")):
        approve(world, contract, key, who, AT + HOUR)
    for who in ("logist1", "logist2"):
        approve(world, contract, "logistics", who, AT + 2 * HOUR)
    entry = fresh_contract(contract).case.stream.entries.order_by("-seq")[0]
    (ours,) = read_lines([entry], now=AT)
    (theirs,) = read_lines([entry], now=AT, veiled=True)
    assert "Тимур Асланов" in ours.sentence
    assert "Тимур Асланов" not in theirs.sentence and "Отдел логистики" in theirs.sentence


def test_a_team_with_a_quorum_answers_once(world: World) -> None:
    """The client reads one row, and how many of those needed have agreed; who of the team, and how
    many were asked, stays inside. Settled, nothing more is needed, whoever reads.
    """
    contract = sent(world, "supply-ru")
    for key, who in (("manager", "manager"), ("legal", "lawyer")):
        approve(world, contract, key, who, AT + HOUR)
    guest, lead = world.as_guest("anna"), world.as_staff("manager")
    assert needs(world, contract, guest) == "нужны 2 согласования"
    approve(world, contract, "logistics", "logist1", AT + 2 * HOUR)
    assert logistics_rows(world, contract, guest) == [("Отдел логистики", None)]
    assert needs(world, contract, guest) == "согласовал 1 из 2"
    with override("en"):
        assert needs(world, contract, guest, "Logistics") == "1 of 2 has agreed"
    assert on_rail(world, contract) == "Отдел логистики"
    assert needs(world, contract, lead) == "нужны решения: 2 из 3"
    approve(world, contract, "logistics", "logist2", AT + 3 * HOUR)
    assert logistics_rows(world, contract, guest) == [("Отдел логистики", True)]
    assert len(logistics_rows(world, contract, lead)) == 2
    assert needs(world, contract, guest) == needs(world, contract, lead) == ""


def logistics_rows(
    world: World, contract: Contract, viewer: Viewer
) -> list[tuple[str, bool | None]]:
    rows = read_approvals(fresh_contract(contract), viewer, world.firm, "ru")
    return [(row.name, row.passed) for row in rows if row.stage == "Логистика"]


def needs(world: World, contract: Contract, viewer: Viewer, title: str = "Логистика") -> str:
    rail = read_rail(fresh_contract(contract), viewer, world.firm, at=AT + 4 * HOUR)
    (view,) = [view for step in rail.steps for view in step.stages if view.title == title]
    return view.needs


def test_the_preview_of_a_team_with_a_quorum_is_one_row(world: World) -> None:
    spec = {
        "title_ru": "Логистика", "shows": "team", "rule": "quorum", "quorum": 2, "hours": 8,
        "seats": [seat("team", world.teams["logistics"].pk)] * 3,
    }  # fmt: skip
    names = Names(teams={str(world.teams["logistics"].pk): "Отдел логистики"})
    view = seen_by_client(spec, names, world.firm)
    assert [face.name for face in view.faces] == ["Отдел логистики"]
    assert view.needs == "нужны 2 согласования"
    half_typed = {**spec, "quorum": "два", "shows": "person"}
    assert seen_by_client(half_typed, names, world.firm).needs == "нужны решения: 1 из 3"
    two = {**spec, "seats": [*spec["seats"], seat("team", "7")]}
    several = Names(teams={**names.teams, "7": "Склад"})
    assert [face.name for face in seen_by_client(two, several, world.firm).faces] == ["Логистика"]


def test_lists_and_letters_name_the_team_of_the_seat(world: World) -> None:
    """Whoever stands in does not rename the team: as on the rail."""
    contract = sent(world, "supply-ru")
    for key, who in (("manager", "manager"), ("legal", "lawyer")):
        approve(world, contract, key, who, AT + HOUR)
    for away in ("logist1", "logist2"):
        appoint_substitute(
            world.staff[away], world.staff["lawyer2"], AT, AT + 9 * DAY, by=None, at=AT
        )
        plan_absence(world.staff[away], AT, AT + 9 * DAY, by=None, at=AT)
    run_once(AT + 2 * HOUR)
    assert "lawyer2" in holders(contract, "logistics")
    assert on_rail(world, contract) == "Отдел логистики"
    (row,) = read_contracts(world.as_guest("anna"), {}, world.firm, at=AT + 2 * HOUR).rows
    assert "Отдел логистики" in row.who.split(", ")
    told = with_whom_now([contract.pk], AT + 2 * HOUR)[contract.pk]
    assert "Отдел логистики (Логистика)" in told


def test_an_answer_is_given_by_the_team_of_its_stage(world: World) -> None:
    """On the page, in the history of the clause and of the contract, and in Word."""
    contract = sent(world, "supply-ru", reworded={"3.3": lambda text: f"{text} Срочно."})
    Change.objects.filter(contract=contract).update(concern="logistics")
    for key, who in (("manager", "manager"), ("legal", "lawyer")):
        approve(world, contract, key, who, AT + HOUR)
    change = Change.objects.get(contract=contract)
    reject_change(change, by=world.as_staff("logist1"), at=AT + 2 * HOUR, reason="Не успеем")
    send_back(world, contract, "logistics", "logist1", AT + 2 * HOUR)
    base = f"/room/contracts/{contract.pk}"
    browser = browser_of(world, "anna")
    for page in ("/", f"/history/{change.clause}/"):
        html = browser.get(base + page).content.decode()
        assert "Не успеем" in html
        answer = re.search(r'class="answer">.*?</strong>', html, re.S)
        assert answer and "Отдел логистики" in answer[0], page
        assert "Анна Волкова" not in html, page
    desk = browser_of(world, "manager").get(f"/desk/contracts/{contract.pk}/").content.decode()
    assert "Анна Волкова" in desk
    (line,) = read_lines([last_entry("contract.change_rejected")], now=AT, veiled=True)
    assert "Отдел логистики" in line.sentence and "Волкова" not in line.sentence


def test_a_vote_is_ours_until_the_stage_is_settled(world: World) -> None:
    """The client is not told that a stage is agreed while it is open; then once, by its team."""
    contract = sent(world, "supply-ru")
    for key, who in (("manager", "manager"), ("legal", "lawyer")):
        approve(world, contract, key, who, AT + HOUR)
    remark = "Следить за складом"
    logistics = stage(contract, "logistics")
    approve_stage(logistics.pk, by=world.as_staff("logist1"), at=AT + 2 * HOUR, remark=remark)
    vote = last_entry("contract.stage_voted")
    assert vote.audience == "ours"
    assert told("contract.stage_voted") == [("manager", "contract_news")]
    (line,) = read_lines([vote], now=AT)
    said = "Подан голос: Анна Волкова, этап «Логистика», за согласование. Комментарий: Следить"
    assert line.sentence.startswith(said)
    about = Entry.objects.filter(canonical__contains=f'"stage_id":{logistics.pk}')
    assert not about.filter(kind="contract.stage_approved").exists()
    approve(world, contract, "logistics", "logist2", AT + 3 * HOUR)
    assert about.filter(kind="contract.stage_approved", audience="both").count() == 1


def test_who_stands_in_does_not_rename_the_team(world: World) -> None:
    """On the rail before and after, on the sheet and in the history: the team of the seat."""
    contract = sent(world, "supply-ru")
    guest = world.as_guest("anna")
    for key, who in (("manager", "manager"), ("legal", "lawyer")):
        approve(world, contract, key, who, AT + HOUR)
    appoint_substitute(
        world.staff["logist2"], world.staff["lawyer2"], AT, AT + 9 * DAY, by=None, at=AT
    )
    plan_absence(world.staff["logist2"], AT, AT + 9 * DAY, by=None, at=AT)
    run_once(AT + 2 * HOUR)
    assert "lawyer2" in holders(contract, "logistics")
    before = on_rail(world, contract)
    approve(world, contract, "logistics", "logist1", AT + 2 * HOUR)
    assert on_rail(world, contract) == before
    approve(world, contract, "logistics", "lawyer2", AT + 3 * HOUR)
    assert on_rail(world, contract) == before == "Отдел логистики"
    assert logistics_rows(world, contract, guest) == [("Отдел логистики", True)]
    entry = last_entry("contract.stage_approved")
    (line,) = read_lines([entry], now=AT, veiled=True)
    assert line.sentence == "Согласовано: Отдел логистики, этап «Логистика»"
    (line,) = read_lines([entry], now=AT, masks={world.staff["lawyer2"].user_id: "Юристы"})
    assert line.sentence == "Согласовано: Отдел логистики, этап «Логистика»"


def on_rail(world: World, contract: Contract) -> str:
    """Under which name the client sees the logistics stage."""
    rail = read_rail(fresh_contract(contract), world.as_guest("anna"), world.firm, at=AT + 4 * HOUR)
    views = [view for step in rail.steps for view in step.stages if view.title == "Логистика"]
    return " / ".join(face.name for view in views for face in view.faces)


def test_a_vote_of_old_is_for_a_return() -> None:
    with override("en"):
        assert voted({"stage": "x"}, "en") == {"vote": "for a return"}
        assert voted({"vote": "approved"}, "en") == {"vote": "for approval"}

"""What a client reads of decisions where the route shows a team, or does not show the stage."""

from django.utils.translation import override

from tests.contracts.worlds import (
    AT,
    DAY,
    HOUR,
    approve,
    fresh_contract,
    holders,
    last_entry,
    sent,
    stage,
    told,
)
from zabota.contracts.actions import approve_stage
from zabota.contracts.entries.words import voted
from zabota.contracts.models import Contract
from zabota.contracts.reading.approvals import read_approvals
from zabota.contracts.reading.rail.read import read_rail
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
    """How many of a team are needed and who of it agreed stays inside; settled, nothing more is
    needed, whoever reads.
    """
    contract = sent(world, "supply-ru")
    for key, who in (("manager", "manager"), ("legal", "lawyer")):
        approve(world, contract, key, who, AT + HOUR)
    approve(world, contract, "logistics", "logist1", AT + 2 * HOUR)
    guest, lead = world.as_guest("anna"), world.as_staff("manager")
    assert logistics_rows(world, contract, guest) == [("", None)]
    assert needs(world, contract, guest) == ""
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


def needs(world: World, contract: Contract, viewer: Viewer) -> str:
    rail = read_rail(fresh_contract(contract), viewer, world.firm, at=AT + 4 * HOUR)
    (view,) = [view for step in rail.steps for view in step.stages if view.title == "Логистика"]
    return view.needs


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

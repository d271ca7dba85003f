"""What a client reads of decisions where the route shows a team, or does not show the stage."""

from tests.contracts.worlds import AT, HOUR, approve, fresh_contract, sent
from zabota.contracts.models import Contract
from zabota.contracts.reading.approvals import read_approvals
from zabota.contracts.reading.rail import read_rail
from zabota.contracts.rules import Viewer
from zabota.home.world import World
from zabota.journal.reading import read_lines


def test_a_team_stage_is_told_by_its_team(world: World) -> None:
    contract = sent(world, "supply-ru")
    for key, who in (("manager", "manager"), ("legal", "lawyer")):
        approve(world, contract, key, who, AT + HOUR)
    approve(world, contract, "logistics", "logist1", AT + 2 * HOUR)
    entry = fresh_contract(contract).case.stream.entries.order_by("-seq")[0]
    (ours,) = read_lines([entry], now=AT)
    (theirs,) = read_lines([entry], now=AT, veiled=True)
    assert "Анна Волкова" in ours.sentence
    assert "Анна Волкова" not in theirs.sentence and "Отдел логистики" in theirs.sentence


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

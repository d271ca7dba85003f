"""What a client reads of decisions where the route shows a team, or does not show the stage."""

from tests.contracts.worlds import AT, HOUR, approve, fresh_contract, sent
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

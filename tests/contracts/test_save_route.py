"""Saving a route: each saving an edition that never changes; what might not end is refused."""

from typing import Any

import pytest
from django.core.exceptions import PermissionDenied

from tests.contracts.worlds import AT, DAY, open_now, sent, stage
from zabota.contracts.actions import move_to_newer_route, save_route
from zabota.contracts.actions.routes import RouteMoved, RouteRejected
from zabota.contracts.models import Contract, Route, Stage
from zabota.home.world import World
from zabota.journal.models import Entry
from zabota.people.refusal import Refused


def spec(world: World, slug: str = "short") -> dict[str, Any]:
    current = Route.objects.get(slug=slug).current
    assert current is not None
    return dict(current.spec)


def saved(world: World, told: dict[str, Any], who: str = "lawyer", **more: Any) -> int:
    names = ("Короткий", "Short")
    by = world.as_staff(who)
    return save_route("short", told, by=by, at=AT, names=names, **more).number


def slower(told: dict[str, Any]) -> dict[str, Any]:
    return {**told, "stages": [{**stage, "hours": "16"} for stage in told["stages"]]}


def test_each_saving_is_an_edition_and_is_remembered(world: World) -> None:
    told = spec(world)
    assert saved(world, slower(told)) == 2
    assert saved(world, slower(told)) == 2, "the same is no new edition"
    route = Route.objects.get(slug="short")
    assert [edition.number for edition in route.editions.order_by("number")] == [1, 2]
    assert route.editions.get(number=1).spec == told
    said = Entry.objects.filter(kind="contract.route_saved", stream=route.stream_id)
    assert [entry.facts["number"] for entry in said.order_by("seq")] == [1, 2]


def test_only_with_the_power(world: World) -> None:
    with pytest.raises(PermissionDenied):
        saved(world, slower(spec(world)), "manager")


def test_what_might_not_end_is_refused_and_leaves_nothing(world: World) -> None:
    told = spec(world)
    told["stages"] = [{**told["stages"][0], "seats": [{"kind": "person", "ref": "99999"}]}]
    with pytest.raises(RouteRejected) as rejected:
        saved(world, told)
    assert [problem.code for problem in rejected.value.found] == ["unknown_person"]
    with pytest.raises(RouteRejected):
        save_route("new", told, by=world.as_staff("lawyer"), at=AT, names=("Новый", "New"))
    assert not Route.objects.filter(slug="new").exists()


def test_a_newer_edition_is_not_overwritten_unseen(world: World) -> None:
    told = spec(world)
    assert saved(world, slower(told), since=1) == 2
    with pytest.raises(RouteMoved) as moved:
        saved(world, {**told, "no_self_approval": False}, "director", since=1)
    assert moved.value.newer.number == 2


def test_contracts_under_way_keep_their_edition(world: World) -> None:
    contract = sent(world)
    saved(world, slower(spec(world)))
    now = Contract.objects.select_related("route").get(pk=contract.pk)
    assert now.route is not None and now.route.number == 1
    assert stage(contract, "manager").spec["hours"] == "4"


def test_move_to_newer_route(world: World) -> None:
    contract = sent(world)
    saved(world, slower(spec(world)))
    move_to_newer_route(contract, by=world.as_staff("lawyer"), at=AT + DAY, reason="Отпуска")
    now = Contract.objects.select_related("route").get(pk=contract.pk)
    assert now.route is not None and (now.route.number, now.round) == (2, 2)
    assert open_now(contract) == {"manager"} and stage(contract, "manager").spec["hours"] == "16"
    dropped = Stage.objects.filter(contract=contract, round=1)
    assert {row.promise.outcome for row in dropped.select_related("promise")} == {"dropped"}
    said = Entry.objects.filter(kind="contract.route_moved").latest("pk")
    assert (said.audience, said.facts["reason"]) == ("ours", "Отпуска")


def test_moving_is_refused_without_power_reason_or_need(world: World) -> None:
    contract, by = sent(world), world.as_staff("lawyer")
    with pytest.raises(Refused) as refused:
        move_to_newer_route(contract, by=by, at=AT, reason="Так надо")
    assert refused.value.code == "already_newest"
    saved(world, slower(spec(world)))
    with pytest.raises(Refused) as refused:
        move_to_newer_route(contract, by=by, at=AT, reason="  ")
    assert refused.value.code == "reason_wanted"
    with pytest.raises(PermissionDenied):
        move_to_newer_route(contract, by=world.as_staff("manager"), at=AT, reason="Так надо")


def test_a_contract_is_not_agreed_by_editing_its_route(world: World) -> None:
    contract = sent(world)
    told = spec(world)
    told["stages"] = [
        {**row, "conditions": [{"field": "client.kind", "op": "eq", "value": "nobody"}]}
        for row in told["stages"]
    ]
    assert saved(world, told) == 2
    with pytest.raises(Refused) as refused:
        move_to_newer_route(contract, by=world.as_staff("lawyer"), at=AT, reason="Проверка")
    assert refused.value.code == "nobody_left"
    now = Contract.objects.select_related("route", "case").get(pk=contract.pk)
    assert now.route is not None
    assert (now.route.number, now.round, now.case.state) == (1, 1, "review")

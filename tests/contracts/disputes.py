"""A contract in dispute: two clauses changed by the client, one countered, one refused."""

from tests.contracts.worlds import AT, DAY, HOUR, approve, fresh_contract, send_back, sent, stage
from tests.support.remembered import remembered
from zabota.contracts.actions import (
    agree_with_answer,
    approve_stage,
    counter_change,
    reject_change,
    submit_contract,
)
from zabota.contracts.models import Change, Contract, Stage
from zabota.home.world import World

THEIRS, OURS = "Срок поставки — десять дней.", "Срок поставки — двадцать дней."
CLAUSES = ("8.1", "8.2")


@remembered
def in_dispute(world: World, form: str = "supply-ru") -> Contract:
    """Anna changed two clauses; our lawyer countered one and refused the other, not sent back."""
    contract = sent(
        world, form, reworded={"8.1": lambda _text: THEIRS, "8.2": lambda text: f"{text} Да."}
    )
    approve(world, contract, "manager", "manager")
    first, second = Change.objects.filter(contract=contract).order_by("pk")
    lawyer = world.as_staff("lawyer")
    counter_change(first, {"0": OURS}, by=lawyer, at=AT + HOUR, reason="Так успеем")
    reject_change(second, by=lawyer, at=AT + HOUR, reason="Нельзя")
    return fresh_contract(contract)


@remembered
def sent_back(world: World, form: str = "supply-ru") -> Contract:
    """The same, before the client."""
    contract = in_dispute(world, form)
    send_back(world, contract, "legal", "lawyer", AT + 2 * HOUR)
    return fresh_contract(contract)


def agree_all(world: World, contract: Contract) -> Contract:
    """The client agrees with every answer, sends it, and all our stages approve."""
    for change in Change.objects.filter(contract=contract, state__in=["countered", "rejected"]):
        agree_with_answer(change, by=world.as_guest("anna"), at=AT + DAY)
    submit_contract(contract, by=world.as_guest("anna"), at=AT + DAY)
    return approve_all(world, contract)


def approve_all(world: World, contract: Contract) -> Contract:
    """Every open stage of the round is approved by one who holds it, until none is left."""
    for _ in range(20):
        found = open_seat(world, contract)
        if found is None:
            return fresh_contract(contract)
        key, who = found
        approve_stage(stage(contract, key).pk, by=world.as_staff(who), at=AT + 2 * DAY)
    raise AssertionError("the route does not end")


def open_seat(world: World, contract: Contract, concern: str = "") -> tuple[str, str] | None:
    """An open stage, of this direction if it matters, and somebody who holds it."""
    now = fresh_contract(contract)
    rows = Stage.objects.filter(contract=now, round=now.round, promise__state="running")
    for row in rows.select_related("promise").order_by("position"):
        if concern and row.concern != concern:
            continue
        for holder in row.promise.holders.filter(rank_at__isnull=False, outcome=""):
            named = (key for key, who in world.staff.items() if who.pk == holder.employee_id)
            return row.key, next(named)
    return None

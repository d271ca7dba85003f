"""Two people of a client send the same contract at the same moment: it is agreed once."""

from tests.concurrency.test_at_once import Firm, world_of
from tests.contracts.beforehand import fast, free_values, variant
from tests.contracts.worlds import AT, HOUR
from zabota.contracts.actions import submit_contract, take_alternative
from zabota.contracts.fast_lane.offered import TOKEN_LETTERS
from zabota.contracts.models import BeforehandUse, Contract, FastLanePass, Version
from zabota.home.world import begin
from zabota.journal.models import Entry
from zabota.journal.verify import verify_journal


def ready(made: bytes) -> int:
    world = world_of(made)
    fast(world)
    free_values(world)
    row = variant(world, "5.4", lambda text: f"{text} И ещё.", seen_by="at_once")
    contract = begin(world, "supply-ru", "anna", AT)
    by = world.as_guest("anna")
    take_alternative(contract, row.clause, row.wording[:TOKEN_LETTERS], by=by, at=AT)
    return contract.pk


def send(made: bytes, pk: int, who: str) -> str:
    world = world_of(made)
    contract = Contract.objects.select_related("case").get(pk=pk)
    submit_contract(contract, by=world.as_guest(who), at=AT + HOUR)
    return who


def standing(pk: int) -> tuple[str, int, int, int, int]:
    assert verify_journal().broken is None
    entries = Entry.objects.filter(stream__case=pk)
    return (
        Contract.objects.select_related("case").get(pk=pk).case.state,
        Version.objects.filter(contract=pk).count(),
        FastLanePass.objects.filter(contract=pk).count(),
        BeforehandUse.objects.filter(change__contract=pk).count(),
        entries.filter(kind="contract.fast_laned").count(),
    )


def test_two_send_at_once(firm_on_both: Firm) -> None:
    database, made = firm_on_both
    pk = database.call(ready, made)
    outcomes = database.race([(send, (made, pk, who)) for who in ("anna", "boris", "anna")])
    assert [outcome.error for outcome in outcomes].count(None) == 1
    assert database.call(standing, pk) == ("agreed", 1, 1, 1, 1)

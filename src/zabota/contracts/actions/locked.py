"""Loading what an action changes: the stream is locked first, everything else is read after that.

On PostgreSQL a statement that waited for a lock still sees other tables as they were when it began;
so the lock is one statement and what is decided upon is read by the next.
"""

from dataclasses import dataclass

from zabota.cases.models import Holder
from zabota.contracts.models import Contract, Stage
from zabota.journal.models import Stream


@dataclass(frozen=True)
class Round:
    """The stages of a contract's present round, and who holds each of them."""

    contract: Contract
    stream: Stream
    stages: list[Stage]
    holders: dict[int, list[Holder]]

    def stage(self, pk: int) -> Stage:
        return next(stage for stage in self.stages if stage.pk == pk)


def lock_contract(pk: int) -> tuple[Contract, Stream]:
    """A contract under its locked stream; must run inside the action's transaction."""
    stream = Stream.objects.select_for_update().get(case=pk)
    contract = Contract.objects.select_related(
        "case__client", "case__owner", "edition__template", "version"
    ).get(pk=pk)
    return contract, stream


def lock_round_of(stage: int) -> Round:
    """The round a stage belongs to; three statements whatever its size."""
    stream = Stream.objects.select_for_update().get(case__contract__stages=stage)
    this = Stage.objects.filter(pk=stage).values("contract", "round")
    stages = list(
        Stage.objects.with_changes()
        .filter(contract=this.values("contract")[:1], round=this.values("round")[:1])
        .select_related("promise", "contract__case__client", "contract__case__owner")
        .order_by("position")
    )
    return Round(stages[0].contract, stream, stages, holders_of(stages))


def holders_of(stages: list[Stage]) -> dict[int, list[Holder]]:
    """Who has each stage's promise, with names, one query."""
    held: dict[int, list[Holder]] = {stage.promise_id: [] for stage in stages}
    for row in (
        Holder.objects.filter(promise__in=held)
        .select_related("employee__user", "employee__team", "for_employee__user")
        .order_by("seat", "pk")
    ):
        held[row.promise_id].append(row)
    return held

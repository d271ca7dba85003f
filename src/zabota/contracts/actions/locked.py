"""Loading what an action changes: the stream is locked first, everything else is read after that.

On PostgreSQL a statement that waited for a lock still sees other tables as they were when it began;
so the lock is one statement and what is decided upon is read by the next.
"""

from dataclasses import dataclass

from django.db.models import QuerySet

from zabota.cases.models import Holder
from zabota.common.prepared import Prepared
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
    """The round a stage belongs to, and who has this stage; three statements whatever its size."""
    locked = _stream_of(stage)
    if not locked:
        raise Stream.DoesNotExist
    stages, rows = _stages_beside(stage), _holders_of_stage(stage)
    held: dict[int, list[Holder]] = {found.promise_id: [] for found in stages}
    for row in rows:
        held[row.promise_id].append(row)
    # The contract comes with its holders: there are fewer of them than stages.
    contract = rows[0].case.contract if rows else stages[0].contract
    return Round(contract, locked[0], stages, held)


def _round_of(stage: int) -> QuerySet[Stage]:
    this = Stage.objects.filter(pk=stage)
    return (
        Stage.objects.with_changes()
        .filter(contract=this.values("contract")[:1], round=this.values("round")[:1])
        .select_related("promise")
        .order_by("position")
    )


def _held(stage: int) -> QuerySet[Holder]:
    return (
        Holder.objects.filter(promise__stage=stage)
        .select_related("team", "employee__team", "for_employee__team", "case__contract")
        .defer("case__search", "case__contract__route_copy")
        .order_by("seat", "pk")
    )


_stream_of = Prepared(
    lambda stage: Stream.objects.select_for_update().filter(case__contract__stages=stage)
)
_stages_beside, _holders_of_stage = Prepared(_round_of), Prepared(_held)

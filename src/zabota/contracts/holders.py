"""Who has the stages of a contract, read at once: the rail, the rules and the actions ask it."""

from zabota.cases.models import Holder
from zabota.contracts.models import Stage


def holders_of(stages: list[Stage]) -> dict[int, list[Holder]]:
    """Who has each stage's promise, with names, one query."""
    held: dict[int, list[Holder]] = {stage.promise_id: [] for stage in stages}
    for row in (
        Holder.objects.filter(promise__in=held)
        .select_related(
            "employee__user", "employee__team", "for_employee__user", "for_employee__team", "team"
        )
        .order_by("seat", "pk")
    ):
        held[row.promise_id].append(row)
    return held

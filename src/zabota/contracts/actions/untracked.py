"""Changes that a Word file brought without a record: answered in words, never in passing."""

from collections.abc import Collection

from zabota.contracts.models import Change, ChangeState, Contract
from zabota.contracts.models.drafts import WordReturn


def untracked_changes(contract: Contract, concerns: Collection[str] | None = None) -> list[Change]:
    """Open changes of these directions (of all, where none are named) that came in a Word file
    without a record; at most two queries. What was typed in the room we have tracked ourselves.
    """
    told = WordReturn.objects.filter(contract=contract, side="theirs", version__isnull=False)
    by_version = {row.version_id: row.recorded_clauses for row in told.order_by("pk")}
    if not by_version:
        return []
    waiting = Change.objects.filter(contract=contract, state=ChangeState.OPEN).order_by("pk")
    if concerns is not None:
        waiting = waiting.filter(concern__in=concerns)
    return [
        change
        for change in waiting
        # Made anew over one that nobody answered, it is both.
        if any(
            version in by_version and change.clause not in by_version[version]
            for version in (change.since_id, change.version_id)
        )
    ]

"""What somebody who left answered for passes on to their heir."""

from datetime import datetime

from zabota.cases.actions.cases import change_owner
from zabota.cases.models import Case, Holder
from zabota.journal.models import Entry
from zabota.people.models import Employee


def pass_on_cases(entry: Entry, *, by: None, at: datetime) -> int:
    """After a dismissal: every open case of theirs has the heir in charge, and every open
    promise of their own is the heir's. Idempotent; says how much changed.
    """
    gone = entry.facts["employee"]
    heir = Employee.objects.select_related("user").get(pk=entry.facts["heir"])
    cases = list(Case.objects.filter(owner=gone, closed_at=None).order_by("stream"))
    for case in cases:
        change_owner(case, heir, by=by, at=at)
    held = Holder.objects.filter(
        employee=gone, rank_at__isnull=False, outcome="", for_employee=None
    )
    mine = Holder.objects.filter(employee=heir).values("promise", "seat")
    have = {(row["promise"], row["seat"]) for row in mine}
    moved = [pk for pk, p, s in held.values_list("pk", "promise", "seat") if (p, s) not in have]
    Holder.objects.filter(pk__in=moved).update(employee=heir)
    return len(cases) + len(moved)

"""Colleagues who may see a case without having anything of it to do."""

from datetime import datetime

from zabota.cases.models import Case, Holder, Promise, Through
from zabota.people.models import Employee


def let_look_on(promise: Promise, employee: Employee, *, by: object, at: datetime) -> None:
    """They see the case from now on; nothing of it stands in their Today."""
    if Holder.objects.filter(promise=promise, employee=employee).exists():
        return
    Holder.objects.create(
        case_id=promise.case_id, promise=promise, employee=employee, through=Through.WATCH
    )


def stop_looking_on(case: Case, employee: Employee, *, by: object, at: datetime) -> None:
    """They do not see it any more, unless they have something of it."""
    Holder.objects.filter(case=case, employee=employee, through=Through.WATCH).delete()

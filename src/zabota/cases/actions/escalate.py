"""A promise in danger, and a promise broken: the owner's lead hears of both, once."""

from datetime import datetime

from django.db import transaction

from zabota.cases.entries import PROMISE_ESCALATED, PROMISE_WARNED
from zabota.cases.models import Case, Overdue, Promise, PromiseState
from zabota.journal.actions import record
from zabota.journal.kinds import EntryKind
from zabota.people.models import Employee


def warn_of_promise(promise: Promise, *, by: None, at: datetime) -> bool:
    """Three quarters of the time are gone: the lead and the holders are told while it can be
    mended.
    """
    return _tell(promise, PROMISE_WARNED, "warned_at", at)


def escalate_promise(promise: Promise, *, by: None, at: datetime) -> bool:
    """It was not kept in time: the lead is told, whatever is done next."""
    return _tell(promise, PROMISE_ESCALATED, "escalated_at", at)


@transaction.atomic
def _tell(promise: Promise, kind: EntryKind, mark: str, at: datetime) -> bool:
    case = (
        Case.objects.select_for_update(of=("stream",))
        .select_related("stream", "owner__lead")
        .get(pk=promise.case_id)
    )
    claimed = Promise.objects.filter(
        pk=promise.pk, state=PromiseState.RUNNING, **{f"{mark}__isnull": True}
    ).update(**{mark: at})
    if not claimed or promise.overdue == Overdue.WAIT:
        return False
    record(
        case.stream,
        kind,
        by=None,
        at=at,
        audience="ours",
        case=case.pk,
        promise=promise.pk,
        words={"ru": promise.words_ru, "en": promise.words_en},
        due=promise.due_at.isoformat() if promise.due_at else None,
        lead=_lead(case.owner).user_id if promise.overdue == Overdue.ESCALATE else None,
    )
    return True


def _lead(owner: Employee) -> Employee:
    """The owner's lead who still works here; else an administrator."""
    lead = owner.lead
    if lead is not None and lead.dismissed_at is None:
        return lead
    return Employee.objects.working().filter(is_administrator=True).order_by("pk")[0]

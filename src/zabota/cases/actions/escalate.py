"""A promise in danger, and a promise broken: the owner's lead hears of both, once."""

from datetime import datetime

from django.db import transaction

from zabota.cases.entries import PROMISE_ESCALATED, PROMISE_WARNED
from zabota.cases.models import Case, Holder, Overdue, Promise, PromiseState
from zabota.cases.moments import CONTRACT_STAGE
from zabota.journal.actions import record
from zabota.journal.kinds import EntryKind
from zabota.journal.reading import moment_ref, user_ref
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
        who=[user_ref(user) for user in who_has(promise)],
        what=what_it_is(promise),
        due_at=moment_ref(promise.due_at) if promise.due_at else None,
        due=promise.due_at.isoformat() if promise.due_at else None,
        lead=lead_of(case.owner).user_id if promise.overdue == Overdue.ESCALATE else None,
    )
    return True


def who_has(promise: Promise) -> list[int]:
    """Whose turn it is, each once, by account."""
    rows = Holder.objects.filter(promise=promise, rank_at__isnull=False).order_by("seat", "pk")
    return list(dict.fromkeys(rows.values_list("employee__user", flat=True)))


def what_it_is(promise: Promise) -> dict[str, str]:
    """What it is among ourselves, within a sentence: its own words are meant for the client."""
    if promise.moment_id == CONTRACT_STAGE:
        return {"ru": f"этап «{promise.words_ru}»", "en": f"stage “{promise.words_en}”"}
    ru, en = promise.moment.name_ru, promise.moment.name_en
    return {"ru": ru[:1].lower() + ru[1:], "en": en[:1].lower() + en[1:]}


def lead_of(owner: Employee) -> Employee:
    """The owner's lead who still works here; else an administrator."""
    lead = owner.lead
    if lead is not None and lead.dismissed_at is None:
        return lead
    return Employee.objects.working().filter(is_administrator=True).order_by("pk")[0]

"""A broken promise is explained: at once, to the person named for it, and to the client."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from zabota.cases.actions.hold import Hold, rank_holders, set_holders
from zabota.cases.actions.promises import keep_promise, lay_promise, store_promises
from zabota.cases.entries import (
    EXPLAIN_ASKED,
    EXPLAINED,
    EXPLAINED_TO_CHANGED,
    EXPLAINED_TO_CLIENT,
    UNEXPLAINED,
)
from zabota.cases.models import Case, Cause, Explanation, Holder, Moment, Overdue, Promise
from zabota.cases.moments import EXPLANATION, what_was_promised
from zabota.cases.rules import may_explain
from zabota.clients.models import Contact
from zabota.journal.actions import lock_stream, record
from zabota.journal.models import Audience, Entry
from zabota.journal.reading import user_ref
from zabota.people.access import StaffViewer
from zabota.people.firm import calendar_of, current_firm
from zabota.people.models import Employee, User
from zabota.people.refusal import Refused
from zabota.people.rules import demand, may_change_firm

# Unexplained after a working hour, it stands before the director.
EXPLAIN_MINUTES: Final = 60
WEIGHT: Final = 4


@dataclass(frozen=True)
class Explained:
    """Why it broke: the cause in one tap, a sentence among ourselves, words for the client."""

    cause: str
    words: str
    told: str


@transaction.atomic
def ask_to_explain(entry: Entry, *, by: None, at: datetime) -> int:
    """A promise to a client was not kept in time: whoever had it owes an explanation within a
    working hour. Idempotent; says how many were asked for.
    """
    case = _locked(entry.facts["case"])
    promise = Promise.objects.select_related("moment__explained_to").get(pk=entry.facts["promise"])
    # Of what is only ours, and of what nobody's lead is told, nobody asks.
    asked_of = promise.audience == Audience.BOTH and entry.facts.get("lead") is not None
    if not asked_of or Explanation.objects.filter(promise=promise).exists():
        return 0
    users = [one["user"] for one in entry.facts.get("who", [])]
    had = list(Employee.objects.working().filter(user__in=users).order_by("pk")) or [case.owner]
    asked = lay_promise(
        case,
        EXPLANATION,
        by=by,
        at=at,
        words=("Объяснить, почему обещание нарушено", "Explain why a promise was broken"),
        minutes=EXPLAIN_MINUTES,
        audience=Audience.OURS,
        calendar=calendar_of(current_firm()),
        overdue=Overdue.WAIT,
    )
    set_holders({asked: [Hold(one.pk) for one in had]}, by=by, at=at, weight=WEIGHT)
    explanation = Explanation.objects.create(
        case=case, promise=promise, asked=asked, to=_to_whom(promise.moment, had)
    )
    record(
        case.stream,
        EXPLAIN_ASKED,
        by=None,
        at=at,
        case=case.pk,
        explanation=explanation.pk,
        promise=asked.pk,
        what=_what(promise),
        to=user_ref(explanation.to.user_id),
    )
    return 1


@transaction.atomic
def explain_promise(
    explanation: Explanation,
    why: Explained,
    *,
    by: StaffViewer,
    at: datetime,
    contact: Contact | None = None,
) -> Explanation:
    """Whoever had a broken promise says why: to the person named for it, and, in separate words,
    to the client.
    """
    case = _locked(explanation.case_id)
    found = Explanation.objects.select_related("asked", "promise__moment__explained_to", "to__user")
    explanation = found.get(pk=explanation.pk)
    if explanation.explained_at is not None:
        raise Refused("explained", _("This has been explained already."))
    if not may_explain(by, explanation):
        raise PermissionDenied
    if explanation.to.dismissed_at is not None:
        explanation.to = _to_whom(explanation.promise.moment, [by.employee])
    explanation.cause, explanation.words = Cause(why.cause), why.words.strip()
    explanation.told = why.told.strip()
    explanation.explained_by, explanation.explained_at = by.employee, at
    explanation.save()
    kept = keep_promise(explanation.asked, by=by, at=at, outcome=explanation.cause)
    store_promises([kept])
    rank_holders([kept], by=by, at=at)
    _remember(case, explanation, contact, by=by, at=at)
    return explanation


@transaction.atomic
def raise_unexplained(explanation: Explanation, *, by: None, at: datetime) -> bool:
    """Nobody explained in time: it stands before the director, too, who hears of it once."""
    case = _locked(explanation.case_id)
    waiting = Explanation.objects.waiting().filter(pk=explanation.pk, raised_at=None)
    if not waiting.update(raised_at=at):
        return False
    had = list(
        Holder.objects.filter(promise=explanation.asked).select_related("employee").order_by("pk")
    )
    director = director_over(had[0].employee if had else case.owner)
    holds = [Hold(one.employee_id, one.seat, one.through) for one in had]
    if director.pk not in {hold.employee for hold in holds}:
        holds.append(Hold(director.pk, through="lead"))
    set_holders({explanation.asked: holds}, by=by, at=at, weight=WEIGHT)
    promise = explanation.promise
    record(
        case.stream,
        UNEXPLAINED,
        by=None,
        at=at,
        case=case.pk,
        explanation=explanation.pk,
        what=_what(promise),
        who=[user_ref(one.employee.user_id) for one in had],
        director=director.user_id,
    )
    return True


@transaction.atomic
def name_explained_to(
    moment: Moment, employee: Employee | None, *, by: User | None, at: datetime
) -> bool:
    """From now on broken promises of this kind are explained to this person; nobody named: to the
    lead of whoever had it. Says whether it changed.
    """
    demand(by is None or may_change_firm(by, at))
    stream = lock_stream(current_firm().stream_id)
    moment = Moment.objects.get(pk=moment.pk)
    if moment.explained_to_id == (employee.pk if employee else None):
        return False
    moment.explained_to = employee
    moment.save(update_fields=["explained_to"])
    record(
        stream,
        EXPLAINED_TO_CHANGED,
        by=by.pk if by else None,
        at=at,
        moment={"ru": moment.name_ru, "en": moment.name_en},
        to=user_ref(employee.user_id) if employee else {"ru": "руководитель", "en": "the lead"},
    )
    return True


def director_over(employee: Employee) -> Employee:
    """Whoever is at the top of the line of those who lead; over the top itself, an administrator,
    where there is another.
    """
    top, seen = employee, {employee.pk}
    while top.lead is not None and top.lead.pk not in seen:
        top = top.lead
        seen.add(top.pk)
    if top.pk != employee.pk and top.dismissed_at is None:
        return top
    administrators = Employee.objects.working().filter(is_administrator=True)
    return administrators.exclude(pk=employee.pk).order_by("pk").first() or employee


def _to_whom(moment: Moment, had: Iterable[Employee]) -> Employee:
    """Whoever the firm named for this kind of promise; else the lead of whoever had it. Nobody
    explains to themselves while there is anybody else.
    """
    people = list(had)
    for one in (moment.explained_to, people[0].lead):
        if one is not None and one.dismissed_at is None and one not in people:
            return one
    return director_over(people[0])


def _what(promise: Promise) -> dict[str, str]:
    return what_was_promised(promise.moment_id, promise.words_ru, promise.words_en)


def _locked(pk: int) -> Case:
    cases = Case.objects.select_for_update(of=("stream",))
    return cases.select_related("stream", "owner__lead").get(pk=pk)


def _remember(
    case: Case, explanation: Explanation, contact: Contact | None, *, by: StaffViewer, at: datetime
) -> None:
    """One entry among ourselves, with the cause; one for the client, with their own words."""
    promise = explanation.promise
    what = _what(promise)
    record(
        case.stream,
        EXPLAINED,
        by=by.user.pk,
        at=at,
        case=case.pk,
        explanation=explanation.pk,
        cause=explanation.cause,
        what=what,
        words=explanation.words,
        to=user_ref(explanation.to.user_id),
    )
    record(
        case.stream,
        EXPLAINED_TO_CLIENT,
        by=by.user.pk,
        at=at,
        audience=case.audience,
        case=case.pk,
        what=what,
        words=explanation.told,
        contact=contact.pk if contact else None,
    )

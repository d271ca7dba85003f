"""Going beyond a rule: at once within one's power, else asked from whoever has it."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import Decimal
from typing import Any, Final

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from zabota.cases.actions.hold import Hold, rank_holders, set_holders
from zabota.cases.actions.promises import keep_promise, lay_promise, store_promises
from zabota.cases.entries import (
    BEYOND_ASKED,
    BEYOND_GRANTED,
    BEYOND_REFUSED,
    BEYOND_TOLD,
    WENT_BEYOND,
)
from zabota.cases.models import Case, Deviation, DeviationState, Overdue, Promise
from zabota.cases.moments import BEYOND_ANSWER
from zabota.cases.rules import may_answer_beyond, may_ask_beyond, may_go_beyond
from zabota.clients.models import Contact
from zabota.common.formats import money
from zabota.journal.actions import record
from zabota.journal.models import Entry
from zabota.journal.reading import user_ref
from zabota.people.access import StaffViewer
from zabota.people.firm import calendar_of, current_firm
from zabota.people.models import PowerKind
from zabota.people.refusal import Refused
from zabota.people.who_may import PersonPicture, StaffPicture, staff_picture

# Whoever may allow it answers within a working hour: the client waits meanwhile.
ANSWER_MINUTES: Final = 60
WEIGHT: Final = 4
# A form sent twice is one deed.
AGAIN: Final = timedelta(minutes=5)


@dataclass(frozen=True)
class Beyond:
    """What is done or asked: which rule, why, at what cost; `told` are words for the client."""

    rule: str
    reason: str
    cost: Decimal
    currency: str
    told: str = ""


@transaction.atomic
def go_beyond(
    case: Case,
    what: Beyond,
    *,
    by: StaffViewer,
    at: datetime,
    contact: Contact | None = None,
    ask: bool = False,
) -> Deviation:
    """Something the rules do not allow is done for a client: at once, where one's power reaches
    the cost, and the client reads it if there are words for them; else, or with `ask`, whoever has
    the power is asked.
    """
    case = held_case(case.pk)
    if not may_ask_beyond(by):
        raise PermissionDenied
    key = folded(what.rule)
    _refuse_again(case, what, key, at)
    within = not ask and may_go_beyond(by, what.cost, what.currency, at)
    promise = None if within else _ask(case, what, by=by, at=at)
    deviation = Deviation.objects.create(
        case=case,
        rule=what.rule.strip(),
        rule_key=key,
        reason=what.reason.strip(),
        cost=what.cost,
        currency=what.currency,
        told=what.told.strip(),
        state=DeviationState.GRANTED if within else DeviationState.ASKED,
        asked_by=by.employee,
        asked_at=at,
        promise=promise,
        answered_by=by.employee if within else None,
        answered_at=at if within else None,
    )
    kind = WENT_BEYOND if within else BEYOND_ASKED
    record(case.stream, kind, by=by.user.pk, at=at, **facts_of(deviation), reason=deviation.reason)
    if within:
        _tell(case, deviation, contact, by=by, at=at)
    return deviation


@transaction.atomic
def answer_beyond(
    deviation: Deviation,
    word: str,
    *,
    by: StaffViewer,
    at: datetime,
    granted: bool,
    contact: Contact | None = None,
) -> Deviation:
    """Whoever has the power allows what a colleague asked, and the client reads it; or refuses,
    and says why.
    """
    case = held_case(deviation.case_id)
    deviation = Deviation.objects.select_related("promise", "asked_by").get(pk=deviation.pk)
    if deviation.state == DeviationState.TAKEN_BACK:
        raise Refused("taken_back", _("Whoever asked has taken it back."))
    if deviation.state != DeviationState.ASKED:
        raise Refused("answered", _("A colleague has answered already."))
    if not may_answer_beyond(by, deviation, at):
        raise PermissionDenied
    if not granted and not word.strip():
        raise Refused("no_word", _("Say briefly why not."), field="word")
    deviation.state = DeviationState.GRANTED if granted else DeviationState.REFUSED
    deviation.answered_by, deviation.answered_at = by.employee, at
    deviation.answer = word.strip()
    deviation.save(update_fields=["state", "answered_by", "answered_at", "answer"])
    assert deviation.promise is not None
    kept = keep_promise(deviation.promise, by=by, at=at, outcome=deviation.state)
    store_promises([kept])
    rank_holders([kept], by=by, at=at)
    record(
        case.stream,
        BEYOND_GRANTED if granted else BEYOND_REFUSED,
        by=by.user.pk,
        at=at,
        **facts_of(deviation),
        word=deviation.answer,
    )
    if granted:
        _tell(case, deviation, contact, by=by, at=at)
    return deviation


def relay_beyond(entry: Entry, *, by: None, at: datetime) -> int:
    """Powers, absences or people changed: what is asked is before whoever may allow it now."""
    asked = Deviation.objects.filter(state=DeviationState.ASKED).select_related("promise")
    found = list(asked.order_by("pk"))
    if not found:
        return 0
    picture = staff_picture(at)
    return set_holders(
        {
            one.promise: who_may_allow(picture, one.cost, one.currency, but=one.asked_by_id, at=at)
            for one in found
            if one.promise is not None
        },
        by=by,
        at=at,
        weight=WEIGHT,
    )


def folded(rule: str) -> str:
    """A rule as it is compared: without regard to case, ё, spaces and the stop at its end."""
    return " ".join(rule.casefold().replace("ё", "е").split()).rstrip(" .!")


def held_case(pk: int) -> Case:
    """The case with its stream locked."""
    return Case.objects.select_for_update(of=("stream",)).select_related("stream").get(pk=pk)


def _refuse_again(case: Case, what: Beyond, key: str, at: datetime) -> None:
    same = Deviation.objects.filter(case=case, rule_key=key)
    same = same.exclude(state=DeviationState.TAKEN_BACK)
    if same.filter(state=DeviationState.ASKED).exists():
        raise Refused("asked_already", _("This has been asked already; an answer is awaited."))
    terms = {"cost": what.cost, "currency": what.currency, "reason": what.reason.strip()}
    if same.filter(asked_at__gt=at - AGAIN, **terms).exists():
        raise Refused("done_already", _("This was written down a moment ago."))


def _ask(case: Case, what: Beyond, *, by: StaffViewer, at: datetime) -> Promise:
    """An answer is promised to the colleague; it stands before whoever may allow it."""
    promise = lay_promise(
        case,
        BEYOND_ANSWER,
        by=by,
        at=at,
        words=("Ответить, можно ли сверх правил", "Answer whether to go beyond the rules"),
        minutes=ANSWER_MINUTES,
        audience="ours",
        calendar=calendar_of(current_firm()),
        overdue=Overdue.REMIND,
    )
    holds = who_may_allow(staff_picture(at), what.cost, what.currency, but=by.employee.pk, at=at)
    set_holders({promise: holds}, by=by, at=at, weight=WEIGHT)
    return promise


def who_may_allow(
    picture: StaffPicture, cost: Decimal, currency: str, *, but: int, at: datetime
) -> list[Hold]:
    """Whoever is here and whose power reaches it, or who stands in for them; where nobody is, the
    administrators.
    """
    able = {pk for pk, one in picture.people.items() if _reaches(one, cost, currency, at)} - {but}
    here = {pk for pk in able if not _away(picture.people[pk], at)}
    holds = [Hold(pk, through="power") for pk in sorted(here)]
    for row in picture.stand_ins:
        lent = not row.kinds or PowerKind.BEYOND in row.kinds
        stands = row.since <= at < row.until and row.substitute not in here | {but}
        if not (lent and stands and row.employee in able - here):
            continue
        substitute = picture.people[row.substitute]
        if _reaches(picture.people[row.employee], cost, currency, at, used_by=substitute):
            here.add(row.substitute)
            holds.append(Hold(row.substitute, through="substitution", for_employee=row.employee))
    if holds:
        return holds
    return [Hold(pk, through="administrator") for pk in sorted(picture.administrators - {but})]


def _reaches(
    one: PersonPicture,
    cost: Decimal,
    currency: str,
    at: datetime,
    used_by: PersonPicture | None = None,
) -> bool:
    return any(
        power.kind == PowerKind.BEYOND
        and (used_by is None or used_by.may_use(power))
        and power.since <= at
        and (power.until is None or at < power.until)
        and (power.limit is None or (power.currency == currency and cost <= power.limit))
        for power in one.powers
    )


def _away(one: PersonPicture, at: datetime) -> bool:
    return any(since <= at < until for since, until in one.absences)


def _tell(
    case: Case, deviation: Deviation, contact: Contact | None, *, by: StaffViewer, at: datetime
) -> None:
    """The client reads what was done for them; neither why nor at what cost."""
    if not deviation.told:
        return
    record(
        case.stream,
        BEYOND_TOLD,
        by=by.user.pk,
        at=at,
        audience=case.audience,
        case=case.pk,
        words=deviation.told,
        contact=contact.pk if contact else None,
    )


def facts_of(deviation: Deviation) -> dict[str, Any]:
    """What every entry about it says among ourselves."""
    cost, currency = deviation.cost, deviation.currency
    return {
        "case": deviation.case_id,
        "deviation": deviation.pk,
        "rule": deviation.rule,
        "cost": {name: money(cost, currency, name) for name in ("ru", "en")},
        "asked_by": user_ref(deviation.asked_by.user_id),
        "promise": deviation.promise_id,
    }

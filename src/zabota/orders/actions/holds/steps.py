"""The next step, so that a hold does not lapse too early: within the rule at once, beyond it as a
deviation within one's power, above that by whoever may allow it.
"""

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from zabota.cases.actions import Beyond, go_beyond, touch_case
from zabota.cases.models import DeviationState
from zabota.journal.actions import record
from zabota.journal.models import Entry
from zabota.journal.reading import day_ref
from zabota.orders.actions.holds.kept import held_hold, last_longer, settle_rescue
from zabota.orders.entries import HOLD_FROM_TRUCK, HOLD_MOVED, HOLD_PROLONGED
from zabota.orders.models import Hold, HoldStep, StepKind, StepState
from zabota.orders.reading.hold_rule import firm_day, hold_rule, limits_of
from zabota.orders.rules import may_take_step
from zabota.orders.timeline import within_rule
from zabota.people.access import StaffViewer
from zabota.people.models import Place, User
from zabota.people.refusal import Refused

# How colleagues call what goes beyond the rule: the same words each time, so that what repeats is
# found and may become a rule.
RULES = {
    StepKind.PROLONG: _("A hold longer than the rule"),
    StepKind.TRUCK: _("A hold from the next truck"),
    StepKind.STORE: _("A hold moved to another store"),
    StepKind.OFFICE: _("A hold by the head office’s word"),
}


@dataclass(frozen=True)
class NextStep:
    """What is done: until when goods are kept by it, where or from which truck; why, at what cost,
    and the words the client reads beside the new day.
    """

    kind: str
    until: date
    reason: str = ""
    cost: Decimal = Decimal(0)
    told: str = ""
    store: Place | None = None
    comes_on: date | None = None


@transaction.atomic
def take_step(hold: Hold, step: NextStep, *, by: StaffViewer, at: datetime) -> HoldStep:
    """It goes on for longer, elsewhere, or from the next truck, and the client is told at once; or
    whoever may allow it is asked.
    """
    hold = held_hold(hold.pk)
    if not may_take_step(by, hold):
        raise PermissionDenied
    _check(hold, step, firm_day(at))
    deviation = None
    if is_beyond(hold, step):
        if not step.reason.strip():
            raise Refused("no_reason", _("It goes beyond the rule: say why."), field="reason")
        what = Beyond(str(RULES[StepKind(step.kind)]), step.reason, step.cost, _currency(hold))
        deviation = go_beyond(hold.case, what, by=by, at=at, ask=step.kind == StepKind.OFFICE)
        hold = held_hold(hold.pk)
    asked = deviation is not None and deviation.state == DeviationState.ASKED
    taken = HoldStep.objects.create(
        hold=hold, kind=step.kind, until=step.until, store=step.store, comes_on=step.comes_on,
        told=step.told.strip(), state=StepState.ASKED if asked else StepState.DONE,
        deviation=deviation, by=by.user, at=at,
    )  # fmt: skip
    if asked:
        settle_rescue(hold, "asked", by=by, at=at)
    else:
        carry_out(hold, taken, by=by.user, at=at)
    return taken


@transaction.atomic
def answer_step(entry: Entry, *, by: None, at: datetime) -> int:
    """What was asked about a hold is answered: allowed, it is done and the client is told; refused,
    the hold stands as it stood, and the next hourly look says so.
    """
    asked = HoldStep.objects.filter(deviation=entry.facts["deviation"], state=StepState.ASKED)
    step = asked.select_related("deviation", "by", "store").first()
    if step is None:
        return 0
    hold = held_hold(step.hold_id)
    assert step.deviation is not None
    granted = step.deviation.state == DeviationState.GRANTED and hold.ended_at is None
    step.state = StepState.DONE if granted else StepState.REFUSED
    step.save(update_fields=["state"])
    if granted:
        carry_out(hold, step, by=step.by, at=at)
    return 1


def is_beyond(hold: Hold, step: NextStep) -> bool:
    """Whether a step needs more than the firm's rule: longer than it lets, or anything else."""
    limits = limits_of(hold_rule())
    within = within_rule(hold.until, step.until, hold.begun_on, limits)
    return step.kind != StepKind.PROLONG or not within


def carry_out(hold: Hold, step: HoldStep, *, by: User, at: datetime, own: bool = False) -> None:
    """The goods are kept as the step says; the client (or, of their own step, we) read it."""
    was = hold.until
    last_longer(hold, step.until, by=by, at=at)
    if step.store is not None:
        hold.store = step.store
    if step.comes_on is not None:
        hold.comes_on = step.comes_on
    hold.save(update_fields=["until", "warned_at", "kept", "store", "comes_on", "own_times"])
    if not hold.short:
        settle_rescue(hold, "taken", by=by, at=at)
    touch_case(hold.case, by=by, at=at)
    kind = {StepKind.TRUCK: HOLD_FROM_TRUCK, StepKind.STORE: HOLD_MOVED}
    record(
        hold.case.stream,
        kind.get(StepKind(step.kind), HOLD_PROLONGED),
        by=by.pk,
        at=at,
        case=hold.pk,
        hold=hold.pk,
        until=day_ref(hold.until),
        was=day_ref(was),
        comes=day_ref(step.comes_on) if step.comes_on else None,
        store=step.store.name if step.store else None,
        words=step.told or None,
        own=own,
        contact=hold.invoice.order.contact_id,
    )


def _check(hold: Hold, step: NextStep, today: date) -> None:
    if hold.ended_at is not None:
        raise Refused("over", _("These goods are kept no longer."))
    if hold.steps.filter(state=StepState.ASKED).exists():
        raise Refused("asked", _("A step is asked already; the answer is awaited."))
    if step.until < hold.until or step.until < today:
        raise Refused("shorter", _("A hold is never shortened."), field="until")
    if step.kind == StepKind.PROLONG and step.until == hold.until:
        raise Refused("same", _("It lasts until this day already."), field="until")
    if step.kind == StepKind.STORE and step.store in (None, hold.store):
        raise Refused("same_store", _("Choose another store."), field="store")
    if step.kind == StepKind.TRUCK and (step.comes_on is None or step.comes_on < today):
        raise Refused("no_truck", _("Say when the next truck comes."), field="comes_on")


def _currency(hold: Hold) -> str:
    return hold.invoice.currency

"""Every hour: does what is kept last until it is paid for? Where it does not, somebody of ours has
it before them.
"""

from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction

from zabota.cases.actions import Hold as Hands
from zabota.cases.actions import lay_promise, set_holders
from zabota.cases.models import PromiseState
from zabota.cases.moments import HOLD_RESCUE
from zabota.journal.actions import record
from zabota.journal.reading import day_ref
from zabota.orders.actions.holds.kept import RESCUE_WEIGHT, held_hold, settle_rescue
from zabota.orders.entries import HOLD_FITS, HOLD_TOO_LATE, HOLD_UNPAID, HOLD_WOULD_LAPSE
from zabota.orders.models import Hold, StepState
from zabota.people.firm import calendar_of, current_firm

RESCUE_MINUTES = 240
RESCUE_WORDS = ("Спасти резерв, пока он не истёк", "Save the hold before it lapses")


@dataclass(frozen=True)
class LineDays:
    """The line as it is now: when it is paid for and when it is there, as usual and at the latest;
    nothing where the line has no such step.
    """

    pays_on: date | None
    pays_late_on: date | None
    there_on: date | None
    there_late_on: date | None


@transaction.atomic
def check_hold(hold: Hold, days: LineDays, *, by: None, at: datetime) -> bool:
    """The line is laid anew. Where the hold lapses too early, or soon and unpaid, whoever answers
    for it is given it to save; where it fits again, it is taken from them. Says whether that
    changed.
    """
    hold = held_hold(hold.pk)
    if hold.ended_at is not None:
        return False
    _tell_if_too_late(hold, days, by=by, at=at)
    hold.pays_on, hold.pays_late_on = days.pays_on, days.pays_late_on
    hold.there_on, hold.there_late_on = days.there_on, days.there_late_on
    hold.checked_at = at
    changed = _mind(hold, by=by, at=at)
    hold.save(
        update_fields=[
            "pays_on", "pays_late_on", "there_on", "there_late_on", "checked_at", "rescue",
        ]
    )  # fmt: skip
    return changed


def _tell_if_too_late(hold: Hold, days: LineDays, *, by: None, at: datetime) -> None:
    """It was to be there in time, and is not any more: whoever answers for it hears of it, once."""
    needed, was, now = hold.case.needed_by, hold.there_on, days.there_on
    if needed is None or was is None or now is None or not was <= needed < now:
        return
    record(
        hold.case.stream, HOLD_TOO_LATE, by=None, at=at, case=hold.pk, hold=hold.pk,
        needed=day_ref(needed), there=day_ref(now),
    )  # fmt: skip


def _mind(hold: Hold, *, by: None, at: datetime) -> bool:
    open_rescue = hold.rescue is not None and hold.rescue.state == PromiseState.RUNNING
    if not hold.short and hold.warned_at is None:
        if open_rescue:
            settle_rescue(hold, "fits", by=by, at=at, kept=False)
            record(
                hold.case.stream, HOLD_FITS, by=None, at=at, case=hold.pk, hold=hold.pk,
                until=day_ref(hold.until),
            )  # fmt: skip
        return open_rescue
    if open_rescue or _was_minded(hold) or hold.steps.filter(state=StepState.ASKED).exists():
        return False
    _give_to_save(hold, by=by, at=at)
    return True


def _was_minded(hold: Hold) -> bool:
    """Whether somebody has seen to it since the client was warned; what would lapse too early is
    given to save as often as it has to be.
    """
    since = hold.warned_at
    return not (hold.short or since is None or hold.rescue is None) and (
        hold.rescue.promised_at >= since
    )


def _give_to_save(hold: Hold, *, by: None, at: datetime) -> None:
    hold.rescue = lay_promise(
        hold.case, HOLD_RESCUE, by=by, at=at, words=RESCUE_WORDS, minutes=RESCUE_MINUTES,
        audience="ours", calendar=calendar_of(current_firm()),
    )  # fmt: skip
    hands = {hold.rescue: [Hands(hold.case.owner_id)]}
    set_holders(hands, by=by, at=at, weight=RESCUE_WEIGHT)
    record(
        hold.case.stream,
        HOLD_WOULD_LAPSE if hold.short else HOLD_UNPAID,
        by=None,
        at=at,
        case=hold.pk,
        hold=hold.pk,
        promise=hold.rescue.pk,
        until=day_ref(hold.until),
        pays=day_ref(hold.pays_on) if hold.pays_on else None,
    )

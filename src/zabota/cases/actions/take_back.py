"""What was asked beyond the rules is taken back: a slip of the pen, or it is needed no more."""

from datetime import datetime

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from zabota.cases.actions.beyond import facts_of, held_case
from zabota.cases.actions.hold import rank_holders
from zabota.cases.actions.promises import drop_promise, store_promises
from zabota.cases.entries import BEYOND_TAKEN_BACK
from zabota.cases.models import Deviation, DeviationState
from zabota.cases.rules import may_take_back_beyond
from zabota.journal.actions import record
from zabota.people.access import StaffViewer
from zabota.people.refusal import Refused


@transaction.atomic
def take_back_beyond(deviation: Deviation, *, by: StaffViewer, at: datetime) -> Deviation:
    """Whoever asked asks no more; nobody has to answer, and the same may be asked anew."""
    case = held_case(deviation.case_id)
    deviation = Deviation.objects.select_related("promise", "asked_by").get(pk=deviation.pk)
    if deviation.state != DeviationState.ASKED:
        raise Refused("answered", _("A colleague has answered already."))
    if not may_take_back_beyond(by, deviation):
        raise PermissionDenied
    deviation.state = DeviationState.TAKEN_BACK
    deviation.answered_by, deviation.answered_at = by.employee, at
    deviation.save(update_fields=["state", "answered_by", "answered_at"])
    assert deviation.promise is not None
    dropped = drop_promise(deviation.promise, by=by, at=at, outcome=deviation.state)
    store_promises([dropped])
    rank_holders([dropped], by=by, at=at)
    record(case.stream, BEYOND_TAKEN_BACK, by=by.user.pk, at=at, **facts_of(deviation))
    return deviation

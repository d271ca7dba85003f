"""Whoever leads reminds a colleague of a promise while it can still be kept."""

from datetime import datetime, timedelta
from typing import Final

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from zabota.cases.actions.escalate import what_it_is, who_has
from zabota.cases.entries import REMINDED
from zabota.cases.models import Case, Promise, PromiseState
from zabota.cases.rules import may_remind
from zabota.journal.actions import record
from zabota.journal.models import Entry
from zabota.journal.reading import moment_ref, user_ref
from zabota.people.access import StaffViewer
from zabota.people.refusal import Refused

# Twice within an hour is nagging.
NOT_SOONER: Final = timedelta(hours=1)


@transaction.atomic
def remind_of_promise(promise: Promise, *, by: StaffViewer, at: datetime) -> Entry:
    """Those who have it are told at once: what, for whom, until when, and who reminds."""
    cases = Case.objects.select_for_update(of=("stream",)).select_related("stream", "owner")
    case = cases.get(pk=promise.case_id)
    promise = Promise.objects.select_related("moment").get(pk=promise.pk)
    if not may_remind(by, promise):
        raise PermissionDenied
    if promise.state != PromiseState.RUNNING:
        raise Refused("not_running", _("Nothing is to be done for it now."))
    lately = case.stream.entries.filter(kind=REMINDED.name, at__gt=at - NOT_SOONER)
    if any(entry.facts.get("promise") == promise.pk for entry in lately):
        raise Refused("reminded", _("They were reminded of it within the hour already."))
    users = [user for user in who_has(promise) if user != by.user.pk] or [case.owner.user_id]
    return record(
        case.stream,
        REMINDED,
        by=by.user.pk,
        at=at,
        case=case.pk,
        promise=promise.pk,
        what=what_it_is(promise),
        who=[user_ref(user) for user in users],
        reminded=users,
        due_at=moment_ref(promise.due_at) if promise.due_at else None,
    )

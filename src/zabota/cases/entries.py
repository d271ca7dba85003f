"""What is said of promises themselves."""

from collections.abc import Iterator, Mapping
from typing import Any

from django.utils.translation import gettext_lazy as _

from zabota.cases.models import Holder
from zabota.journal.kinds import EntryKind, Notice, declare
from zabota.journal.models import Entry


def _lead_of_owner(entry: Entry) -> Iterator[Notice]:
    """The owner's lead, or an administrator where there is none, hears of it."""
    user = entry.facts.get("lead")
    if user:
        yield Notice(user, _purpose(entry), f"/desk/cases/{entry.facts['case']}/")


def _holders(entry: Entry) -> Iterator[Notice]:
    for user in (
        Holder.objects.filter(promise=entry.facts["promise"])
        .values_list("employee__user", flat=True)
        .distinct()
    ):
        yield Notice(user, _purpose(entry), f"/desk/cases/{entry.facts['case']}/")


def _purpose(entry: Entry) -> str:
    """Whether it can still be mended is said in the subject of the letter."""
    return "promise_broken" if entry.kind == PROMISE_ESCALATED.name else "promise_in_danger"


def _both(entry: Entry) -> Iterator[Notice]:
    yield from _lead_of_owner(entry)
    yield from _holders(entry)


def _for_ours(facts: Mapping[str, Any], language: str) -> Mapping[str, Any]:
    """Old entries kept only the words meant for the client."""
    return {} if "what" in facts else {"what": facts["words"]}


PROMISE_WARNED = declare(
    EntryKind(
        "case.promise_warned",
        _("[{who}: ]{what}, time is running out[; due {due_at}]"),
        audience="ours",
        told=_both,
        icon="alarm-clock",
        words=_for_ours,
    )
)
PROMISE_ESCALATED = declare(
    EntryKind(
        "case.promise_escalated",
        _("[{who}: ]{what}, not done in time[; it was due {due_at}]"),
        audience="ours",
        told=_both,
        icon="siren",
        words=_for_ours,
    )
)
PROMISE_RENEGOTIATED = declare(
    EntryKind(
        "case.promise_renegotiated",
        _("A new time was offered[ by {actor}]: {due}[. Reason: {reason}]"),
        audience="both",
        icon="calendar-clock",
    )
)
OWNER_CHANGED = declare(
    EntryKind(
        "case.owner_changed",
        _("{owner} is in charge now[; arranged by {actor}]"),
        audience="both",
        icon="user-round-check",
    )
)
CLIENT_LOOKED_ON = declare(
    EntryKind(
        "case.seen_as_client",
        _("Looked at through the client’s eyes[ by {actor}]"),
        audience="ours",
        icon="eye",
    )
)

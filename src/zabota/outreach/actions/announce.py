"""The announcer: walks entries not yet announced and stores a message for everyone to be told."""

import zoneinfo
from collections.abc import Iterable
from datetime import datetime

from django.db import transaction
from django.db.models import Max
from django.utils import translation

from zabota.cases.models import Case
from zabota.common.working_time import Calendar
from zabota.journal.actions import mark_announced
from zabota.journal.kinds import Notice
from zabota.journal.models import Entry
from zabota.outreach.actions.store import DIGEST_SPAN, make_message
from zabota.outreach.models import Message
from zabota.outreach.purposes import PURPOSES
from zabota.outreach.quiet import after_own_quiet, after_quiet
from zabota.outreach.rules import receipts_left
from zabota.people.firm import calendar_of, current_firm
from zabota.people.models import User

BATCH = 100


@transaction.atomic
def announce_entries(*, by: None, at: datetime) -> int:
    """Store the messages that a batch of entries calls for. Two announcers at once store each
    once: a message is unique by entry, recipient and channel, and a crash before the mark only
    repeats.
    """
    entries = list(Entry.objects.waiting()[:BATCH])
    if not entries:
        return 0
    told = [
        (entry, notice)
        for entry in entries
        if entry.entry_kind.told is not None
        for notice in entry.entry_kind.told(entry)
        if notice.receipt or notice.user_id is None or notice.user_id != entry.actor_id
    ]
    if told:
        messages = _messages(told, at)
        Message.objects.bulk_create(messages, ignore_conflicts=True)
    mark_announced([entry.pk for entry in entries], by=by, at=at)
    return len(entries)


def _said(notice: Notice) -> dict[str, dict[str, str]]:
    """What the notice itself says, in both languages, beside the entry's sentence."""
    said = {}
    if notice.words:
        said["words"] = dict(notice.words)
    if notice.subject:
        said["subject"] = {}
        for language in ("ru", "en"):
            with translation.override(language):
                said["subject"][language] = str(notice.subject)
    return said


def _messages(told: Iterable[tuple[Entry, Notice]], at: datetime) -> list[Message]:
    pairs = list(told)
    people = {notice.user_id for _, notice in pairs if notice.user_id}
    users = User.objects.filter(is_active=True).select_related("employee").in_bulk(people)
    cases = {
        case.stream_id: case
        for case in Case.objects.filter(stream__in={entry.stream_id for entry, _ in pairs})
    }
    last = dict(
        Message.objects.filter(to__in=users, sent_at__gt=at - DIGEST_SPAN)
        .values("to")
        .annotate(last=Max("sent_at"))
        .values_list("to", "last")
    )
    messages, firm, left = [], current_firm(), dict[str, int]()
    calendar = calendar_of(firm)
    for entry, notice in pairs:
        to = users.get(notice.user_id) if notice.user_id else notice.address
        if not to:
            continue
        if notice.answers is not None and not _one_more(left, to, at):
            continue
        held = last.get(to.pk) if isinstance(to, User) else None
        purpose = PURPOSES[notice.purpose]
        wait = held + DIGEST_SPAN if held and not (purpose.service or purpose.hurries) else at
        if purpose.gathers:
            wait = max(wait, at + DIGEST_SPAN)
        # A colleague reads it when they work; what is on call is a service and waits for nobody.
        if notice.path.startswith("/desk/") and not purpose.service:
            quiet = calendar if firm.keeps_quiet else None
            wait = _when_read(to, max(wait, at), quiet)
        message = make_message(
            cases.get(entry.stream_id),
            notice.purpose,
            to,
            at=at,
            path=notice.path,
            entry=entry,
            send_after=max(wait, at),
        )
        message.in_answer_to_id = notice.answers
        message.facts = _said(notice) | ({"link": list(notice.link)} if notice.link else {})
        if notice.channel != "email":
            # What is said in a conversation does not wait for other news.
            message.channel, message.gate_id = notice.channel, notice.gate
            message.address, message.send_after = notice.address, at
            message.facts["files"] = [list(one) for one in notice.files]
        messages.append(message)
    return messages


def _one_more(left: dict[str, int], to: User | str, at: datetime) -> bool:
    """Whether one more receipt may leave to this address; `left` is how many may, among those that
    are told together.
    """
    address = to.email if isinstance(to, User) else to
    if address not in left:
        left[address] = receipts_left(address, at)
    left[address] -= 1
    return left[address] >= 0


def _when_read(to: User | str, at: datetime, firm_hours: Calendar | None) -> datetime:
    """When a colleague reads what may wait: neither in the firm's quiet hours nor in their own.
    Where the two leave no moment between them, the firm's days have the last word.
    """
    employee = getattr(to, "employee", None)
    if employee is not None and employee.quiet_from is not None:
        zone = zoneinfo.ZoneInfo(employee.user.zone)
        at = after_own_quiet(at, zone, employee.quiet_from, employee.quiet_to)
        if firm_hours is not None:
            at = after_own_quiet(
                after_quiet(firm_hours, at), zone, employee.quiet_from, employee.quiet_to
            )
    return after_quiet(firm_hours, at) if firm_hours is not None else at

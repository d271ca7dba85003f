"""Sending stored messages: claimed, rendered, sent, marked; retried with growing pauses, never
lost.

A worker that dies between sending and marking sends again with the same Message-ID, so the
recipient's mail program can tell the second copy.
"""

import logging
import smtplib
from collections.abc import Sequence
from datetime import datetime, timedelta

from django.db.models import F, Q, QuerySet

from zabota.common.files import read_file
from zabota.common.models import File
from zabota.outreach.digest import NOTHING, Known
from zabota.outreach.folding import Mail
from zabota.outreach.headers import headers_of
from zabota.outreach.models import Gate, Message, MessageState
from zabota.outreach.outlets import OUTLETS
from zabota.outreach.passwords import NoPassword
from zabota.outreach.purposes import PURPOSES
from zabota.outreach.render import render_mail, render_words

CLAIM = timedelta(minutes=5)
PAUSES = (1, 5, 15, 60, 240, 720)
GIVEN_UP_AFTER = timedelta(days=5)

log = logging.getLogger(__name__)


def send_waiting(*, by: None, at: datetime, limit: int = 10, known: Known = NOTHING) -> int:
    """Send what is due; several waiting for one reader go as one digest. Says how many mails
    left. `known` tells how a case stands now, and its number.
    """
    sent = 0
    for _ in range(limit):
        due = Message.objects.filter(_free(at), send_after__lte=at)
        first = due.order_by("send_after", "pk").first()
        if first is None:
            break
        sent += _send_to_one(first, at, known)
    return sent


def _free(at: datetime) -> Q:
    """Not sent, and not in the hands of another worker that is still alive."""
    waiting = Q(state=MessageState.WAITING)
    return (waiting | Q(state=MessageState.SENDING, claimed_until__lt=at)) & Q(sent_at=None)


def _send_to_one(first: Message, at: datetime, known: Known) -> int:
    claimed = _claim([first.pk], at)
    if not claimed:
        return 0
    others = list(_beside(first, at).values_list("pk", flat=True))
    together = [first.pk, *(pk for pk in others if _claim([pk], at))]
    messages = list(
        Message.objects.filter(pk__in=together)
        .select_related(
            "to",
            "case__client",
            "code__user__employee",
            "entry__actor",
            "case__stream",
            "in_answer_to__mailbox",
            "gate",
        )
        .order_by("pk")
    )
    first = next(message for message in messages if message.pk == first.pk)
    if first.to is not None and not first.to.is_active:
        _close(messages, MessageState.FAILED, "the account is closed", at)
        return 0
    return _deliver(first, messages, at, known)


def _beside(first: Message, at: datetime) -> QuerySet[Message]:
    """What goes in the same letter: all news of cases; of a service whose news go together, more of
    its kind.
    """
    purpose = PURPOSES[first.purpose]
    free = Message.objects.filter(_free(at), gate=None).exclude(pk=first.pk)
    if first.gate_id is not None:
        return free.none()
    if purpose.service:
        same = free.filter(purpose=first.purpose, to=first.to_id, address=first.address)
        return same if purpose.together else free.none()
    if not first.to_id:
        return free.none()
    service = [slug for slug, one in PURPOSES.items() if one.service]
    return free.filter(to=first.to_id).exclude(purpose__in=service)


def _claim(pks: Sequence[int], at: datetime) -> int:
    return Message.objects.filter(_free(at), pk__in=pks).update(
        state=MessageState.SENDING, claimed_until=at + CLAIM, tries=F("tries") + 1
    )


def _deliver(first: Message, messages: list[Message], at: datetime, known: Known) -> int:
    try:
        if first.gate is not None:
            _say(first, first.gate, at, known)
        else:
            _mail(first, messages, at, known)
    except (smtplib.SMTPException, OSError, NoPassword) as fault:
        _postpone(messages, fault, at)
        return 0
    pks = [message.pk for message in messages]
    Message.objects.filter(pk__in=pks).update(
        state=MessageState.SENT, sent_at=at, claimed_until=None, fault=""
    )
    Message.objects.filter(pk__in=pks).exclude(pk=first.pk).update(sent_with=first)
    return 1


def _say(message: Message, gate: Gate, at: datetime, known: Known) -> None:
    """Into the conversation: the words, then the files. What was said already is not said again
    when a file failed.
    """
    outlet = OUTLETS[gate.kind](gate)
    rows = Message.objects.filter(pk=message.pk)
    if not message.outer_id:
        message.outer_id = outlet.words(message, render_words(message, gate, at, known))
        rows.update(outer_id=message.outer_id)
    while message.facts.get("files"):
        (file, name), *rest = message.facts["files"]
        outlet.file(message, name, read_file(File.objects.get(pk=file)))
        message.facts = {**message.facts, "files": rest}
        rows.update(facts=message.facts)


def _mail(first: Message, messages: list[Message], at: datetime, known: Known) -> None:
    mail = render_mail(first, messages, at, known)
    letter = Mail(
        subject=mail.subject,
        body=mail.text,
        from_email=mail.sender,
        to=[first.address],
        headers=headers_of(first, messages),
    )
    letter.attach_alternative(mail.html, "text/html")
    letter.send()


def _postpone(messages: list[Message], fault: Exception, at: datetime) -> None:
    """Not sent: try again later, later each time; after days give up, visibly."""
    first = messages[0]
    log.warning("message %s was not sent: %s", first.pk, fault)
    for_good = getattr(fault, "for_good", False)
    if for_good or at - (first.again_at or first.made_at) > GIVEN_UP_AFTER:
        _close(messages, MessageState.FAILED, str(fault), at)
        return
    pause = timedelta(minutes=PAUSES[min(first.tries, len(PAUSES)) - 1])
    pause = timedelta(seconds=getattr(fault, "after", 0)) or pause
    Message.objects.filter(pk__in=[message.pk for message in messages]).update(
        state=MessageState.WAITING,
        claimed_until=None,
        send_after=at + pause,
        fault=str(fault)[:500],
    )


def _close(messages: list[Message], state: str, fault: str, at: datetime) -> None:
    Message.objects.filter(pk__in=[message.pk for message in messages]).update(
        state=state, claimed_until=None, fault=fault[:500]
    )

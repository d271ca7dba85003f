"""Mailboxes: set up, changed, closed; and how far each was read."""

from datetime import datetime, timedelta
from typing import TypedDict

from django.db import IntegrityError, transaction
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from zabota.journal.actions import lock_stream, open_stream, record
from zabota.journal.kinds import EntryKind
from zabota.outreach import entries
from zabota.outreach.models import Mailbox, MailboxWay
from zabota.outreach.passwords import encrypt_password
from zabota.outreach.rules import may_set_up_mailboxes
from zabota.people.models import User
from zabota.people.refusal import Refused
from zabota.people.rules import demand

# How long a worker that fell silent keeps others from its mailbox.
WATCH = timedelta(minutes=2)
# What comes by the command line where no mailbox was set up for it.
BY_HAND = "zabota mail ingest"


class MailboxFields(TypedDict, total=False):
    """What is typed about a mailbox; an empty password leaves the one there is."""

    name: str
    address: str
    brings: str
    plus: bool
    way: str
    host: str
    port: int
    security: str
    login: str
    password: str
    secret_env: str
    folder: str


def add_mailbox(fields: MailboxFields, *, by: User | None, at: datetime) -> Mailbox:
    """One more place clients write to; workers begin to read it within seconds."""
    demand(by is None or may_set_up_mailboxes(by, at))
    mailbox = Mailbox(made_at=at)
    _fill(mailbox, fields)
    with transaction.atomic():
        mailbox.stream = open_stream()
        _save(mailbox, entries.MAILBOX_ADDED, by, at)
    return mailbox


def change_mailbox(
    mailbox: Mailbox, fields: MailboxFields, *, by: User | None, at: datetime
) -> Mailbox:
    """Another server, name or password. Another folder or server is read from its beginning: what
    came already does nothing.
    """
    demand(by is None or may_set_up_mailboxes(by, at))
    with transaction.atomic():
        mailbox = _held(mailbox)
        where = (mailbox.host, mailbox.login, mailbox.folder)
        _fill(mailbox, fields)
        if where != (mailbox.host, mailbox.login, mailbox.folder):
            mailbox.validity, mailbox.last_uid = None, 0
        mailbox.fault, mailbox.fault_since, mailbox.watched_until = "", None, None
        _save(mailbox, entries.MAILBOX_CHANGED, by, at)
    return mailbox


def close_mailbox(mailbox: Mailbox, *, by: User | None, at: datetime) -> Mailbox:
    """It is not read any more; the password is forgotten, the letters stay."""
    demand(by is None or may_set_up_mailboxes(by, at))
    with transaction.atomic():
        mailbox = _held(mailbox)
        mailbox.closed_at, mailbox.secret, mailbox.secret_env = at, "", ""
        _save(mailbox, entries.MAILBOX_CLOSED, by, at)
    return mailbox


def mailbox_by_hand(*, by: None, at: datetime) -> Mailbox:
    """Where letters stand that came by the command line and name no mailbox."""
    here = Mailbox.objects.filter(way=MailboxWay.PIPE, closed_at=None).order_by("pk").first()
    return here or add_mailbox({"name": BY_HAND, "way": MailboxWay.PIPE}, by=by, at=at)


def claim_mailbox(mailbox: Mailbox, watcher: str, *, by: None, at: datetime) -> bool:
    """Whether this worker watches it now; one does at a time, and another takes over when that one
    falls silent.
    """
    free = Q(watched_until=None) | Q(watched_until__lt=at) | Q(watcher=watcher)
    return (
        Mailbox.objects.filter(free, pk=mailbox.pk, closed_at=None).update(
            watcher=watcher, watched_until=at + WATCH
        )
        == 1
    )


def release_mailbox(mailbox: Mailbox, watcher: str, *, by: None, at: datetime) -> None:
    """A worker that ends lets the others have it."""
    Mailbox.objects.filter(pk=mailbox.pk, watcher=watcher).update(watched_until=None, watcher="")


def note_progress(mailbox: Mailbox, validity: int, uid: int, *, by: None, at: datetime) -> None:
    """How far it was read; nothing is in the way any more."""
    Mailbox.objects.filter(pk=mailbox.pk).update(
        validity=validity, last_uid=uid, looked_at=at, fault="", fault_since=None
    )


def note_fault(mailbox: Mailbox, fault: str, *, by: None, at: datetime) -> None:
    """Why it cannot be read now; since when is kept until it can."""
    rows = Mailbox.objects.filter(pk=mailbox.pk)
    rows.filter(fault_since=None).update(fault_since=at)
    rows.update(fault=fault[:300])


def _held(mailbox: Mailbox) -> Mailbox:
    fresh = Mailbox.objects.select_for_update(of=("self",)).get(pk=mailbox.pk)
    if fresh.closed_at is not None:
        raise Refused("closed", _("This mailbox was closed already."))
    return fresh


def _fill(mailbox: Mailbox, fields: MailboxFields) -> None:
    for name, value in fields.items():
        if name not in ("password", "address"):
            setattr(mailbox, name, value)
    if "address" in fields:
        mailbox.address = fields["address"].strip().lower()
    if fields.get("password"):
        mailbox.secret, mailbox.secret_env = encrypt_password(fields["password"]), ""
    elif fields.get("secret_env"):
        mailbox.secret = ""
    if mailbox.way == MailboxWay.IMAP and not (mailbox.host and mailbox.login):
        raise Refused("no_host", _("Please name the mail server and the login."), field="host")
    if mailbox.way == MailboxWay.IMAP and not (mailbox.secret or mailbox.secret_env):
        raise Refused(
            "no_password", _("Please give the password, or the variable that holds it."),
            field="password",
        )  # fmt: skip


def _save(mailbox: Mailbox, kind: EntryKind, by: User | None, at: datetime) -> None:
    """Stored and remembered in its own history; the password is in no entry."""
    try:
        with transaction.atomic():
            mailbox.save()
    except IntegrityError:
        raise Refused(
            "same_address", _("There is a mailbox with this address already."), field="address"
        ) from None
    record(
        lock_stream(mailbox.stream_id),
        kind,
        by=by.pk if by else None,
        at=at,
        mailbox=mailbox.pk,
        name=mailbox.name or mailbox.address,
    )

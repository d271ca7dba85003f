"""Conversations as channels know them: begun, looked at, linked to a person we know."""

import hashlib
import secrets
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from zabota.clients.actions import add_point, remove_point
from zabota.clients.models import Contact
from zabota.journal.actions import lock_stream, record
from zabota.journal.reading import user_ref
from zabota.outreach import entries
from zabota.outreach.models import Gate, LinkCode, Thread
from zabota.people.models import User
from zabota.people.refusal import Refused

GOOD_FOR = timedelta(hours=1)
SEEN_EVERY = timedelta(seconds=4)


def begin_thread(gate: Gate, outer: str, *, by: None, at: datetime) -> Thread:
    """The conversation of that name, begun where there is none yet."""
    thread, _new = Thread.objects.get_or_create(gate=gate, outer=outer, defaults={"since": at})
    return thread


def give_thread(thread: Thread, contact: Contact, *, by: None, at: datetime) -> Thread:
    """From what was said in it one knows whose it is."""
    Thread.objects.filter(pk=thread.pk).update(contact=contact)
    thread.contact = contact
    return thread


def look_at_thread(thread: Thread, *, by: None, at: datetime) -> None:
    """The page of a conversation is open; noted every few seconds, nothing is remembered."""
    late = Q(looked_at=None) | Q(looked_at__lt=at - SEEN_EVERY)
    Thread.objects.filter(late, pk=thread.pk).update(looked_at=at)


def make_link_code(gate: Gate, contact: Contact, *, by: User, at: datetime) -> str:
    """What stands in the link from the room; earlier ones of this person are good no longer."""
    LinkCode.objects.filter(gate=gate, contact=contact, used_at=None).update(lapses_at=at)
    code = secrets.token_urlsafe(18)
    LinkCode.objects.create(
        gate=gate, contact=contact, digest=_digest(code), lapses_at=at + GOOD_FOR
    )
    return code


def link_thread(thread: Thread, code: str, *, by: None, at: datetime) -> Contact | None:
    """The conversation is this person's from now on; None, where the link is over or was used."""
    with transaction.atomic():
        good = LinkCode.objects.filter(
            gate=thread.gate_id, digest=_digest(code), used_at=None, lapses_at__gt=at
        )
        row = good.select_related("contact__client", "contact__user").first()
        if row is None or row.contact.removed_at is not None:
            return None
        lock_stream(row.contact.client.stream_id)
        if good.filter(pk=row.pk).update(used_at=at) != 1:
            return None
        contact = row.contact
        give_thread(thread, contact, by=None, at=at)
        add_point(contact, "messenger", f"telegram:{thread.outer}", by=None, at=at)
        record(
            lock_stream(contact.client.stream_id),
            entries.THREAD_LINKED,
            by=contact.user_id,
            at=at,
            thread=thread.pk,
            client=contact.client_id,
            contact=contact.pk,
            person=user_ref(contact.user_id) if contact.user_id else None,
        )
        return contact


def was_linked_by(thread: Thread, code: str) -> bool:
    """Whether this very link made the conversation theirs: it was told once more."""
    used = LinkCode.objects.filter(gate=thread.gate_id, digest=_digest(code), used_at__isnull=False)
    return thread.contact_id is not None and used.filter(contact=thread.contact_id).exists()


def part_thread(gate: Gate, contact: Contact, *, by: User, at: datetime) -> int:
    """What is written there from now on is somebody's whom we do not know."""
    threads = list(Thread.objects.filter(gate=gate, contact=contact))
    if not threads:
        raise Refused("not_linked", _("This was disconnected already."))
    with transaction.atomic():
        lock_stream(contact.client.stream_id)
        for thread in threads:
            Thread.objects.filter(pk=thread.pk).update(contact=None)
            values = f"telegram:{thread.outer}"
            for point in contact.points.filter(kind="messenger", value=values, removed_at=None):
                remove_point(point, by=None, at=at)
        record(
            lock_stream(contact.client.stream_id),
            entries.THREAD_PARTED,
            by=by.pk,
            at=at,
            client=contact.client_id,
            contact=contact.pk,
            person=user_ref(by.pk),
        )
    return len(threads)


def _digest(code: str) -> str:
    return hashlib.sha256(code.encode()).hexdigest()

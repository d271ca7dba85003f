"""Sources of mentions: set up, changed, closed."""

import secrets
from datetime import datetime
from typing import TypedDict

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from zabota.journal.actions import lock_stream, open_stream, record
from zabota.journal.kinds import EntryKind
from zabota.outreach.actions import add_mailbox, change_mailbox, close_mailbox
from zabota.outreach.actions.mailboxes import MailboxFields
from zabota.outreach.models import Brings, MailboxWay
from zabota.outreach.passwords import encrypt_password
from zabota.people.models import User
from zabota.people.refusal import Refused
from zabota.people.rules import demand
from zabota.voice.entries import SOURCE_ADDED, SOURCE_CHANGED, SOURCE_CLOSED
from zabota.voice.gathering.links import is_link
from zabota.voice.models import PlaceKind, Source, SourceKind
from zabota.voice.rules import may_set_up_sources


class SourceFields(TypedDict, total=False):
    """What is typed about a source; `mailbox` is where letters of alerts are fetched."""

    name: str
    place_kind: str
    url: str
    mailbox: MailboxFields


def add_source(kind: str, fields: SourceFields, *, by: User | None, at: datetime) -> Source:
    """One more place that tells us; a feed is read at once, a mailbox within seconds. A webhook
    has a secret of its own, shown where it is set up.
    """
    demand(by is None or may_set_up_sources(by, at))
    source = Source(kind=SourceKind(kind), key=secrets.token_urlsafe(12), made_at=at)
    _fill(source, fields, at)
    if source.kind == SourceKind.HOOK:
        source.secret = encrypt_password(secrets.token_urlsafe(32))
    with transaction.atomic():
        if source.kind == SourceKind.ALERTS:
            mailbox = {**fields.get("mailbox", {}), **_alerts(source)}
            source.mailbox = add_mailbox(mailbox, by=by, at=at)  # type: ignore[arg-type]
        source.stream = open_stream()
        source.save()
        _remember(source, SOURCE_ADDED, by, at)
    return source


def change_source(source: Source, fields: SourceFields, *, by: User | None, at: datetime) -> Source:
    """Another name, kind of place, address or mailbox."""
    demand(by is None or may_set_up_sources(by, at))
    with transaction.atomic():
        source = _held(source)
        _fill(source, fields, at)
        source.fault, source.fault_since = "", None
        if source.mailbox is not None and "mailbox" in fields:
            mailbox = {**fields["mailbox"], **_alerts(source)}
            change_mailbox(source.mailbox, mailbox, by=by, at=at)  # type: ignore[arg-type]
        source.save()
        _remember(source, SOURCE_CHANGED, by, at)
    return source


def renew_secret(source: Source, *, by: User, at: datetime) -> Source:
    """Another secret: notices signed with the old one are refused from now on."""
    demand(may_set_up_sources(by, at))
    with transaction.atomic():
        source = _held(source)
        if source.kind != SourceKind.HOOK:
            raise ValueError(f"{source.kind} has no secret")
        source.secret = encrypt_password(secrets.token_urlsafe(32))
        source.save(update_fields=["secret"])
        _remember(source, SOURCE_CHANGED, by, at)
    return source


def close_source(source: Source, *, by: User | None, at: datetime) -> Source:
    """It is not read any more; what came stays, secrets are forgotten."""
    demand(by is None or may_set_up_sources(by, at))
    with transaction.atomic():
        source = _held(source)
        source.closed_at, source.look_at, source.secret = at, None, ""
        source.save()
        if source.mailbox is not None and source.mailbox.closed_at is None:
            close_mailbox(source.mailbox, by=by, at=at)
        _remember(source, SOURCE_CLOSED, by, at)
    return source


def note_source(source: Source, fault: str, *, by: None, at: datetime) -> None:
    """It was heard of; what stands in the way, since when, until nothing does."""
    rows = Source.objects.filter(pk=source.pk)
    if fault:
        rows.filter(fault_since=None).update(fault_since=at)
        rows.update(fault=fault[:300])
    else:
        rows.update(looked_at=at, fault="", fault_since=None)


def _alerts(source: Source) -> MailboxFields:
    return MailboxFields(
        name=source.name, address="", brings=Brings.MENTIONS, plus=False, way=MailboxWay.IMAP
    )


def _held(source: Source) -> Source:
    rows = Source.objects.select_for_update(of=("self",)).select_related("mailbox")
    fresh = rows.get(pk=source.pk)
    if fresh.closed_at is not None:
        raise Refused("closed", _("This source was closed already."))
    return fresh


def _fill(source: Source, fields: SourceFields, at: datetime) -> None:
    if "name" in fields:
        source.name = fields["name"].strip()
    if not source.name:
        raise Refused("no_name", _("Say how we call it."), field="name")
    source.place_kind = PlaceKind(fields.get("place_kind") or source.place_kind)
    if "url" in fields and fields["url"].strip() != source.url:
        source.url = fields["url"].strip()
        source.etag, source.modified, source.look_at = "", "", at
    if source.kind == SourceKind.FEED and not is_link(source.url):
        raise Refused("no_link", _("Give the address of the feed."), field="url")


def _remember(source: Source, kind: EntryKind, by: User | None, at: datetime) -> None:
    record(
        lock_stream(source.stream_id),
        kind,
        by=by.pk if by else None,
        at=at,
        source=source.pk,
        name=source.name,
    )

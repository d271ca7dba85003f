"""Ways in beside mailboxes: set up, changed, closed."""

import secrets
from datetime import datetime
from typing import Any, TypedDict

from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from zabota.journal.actions import lock_stream, open_stream, record
from zabota.journal.kinds import EntryKind
from zabota.outreach import entries
from zabota.outreach.actions.mailboxes import WATCH
from zabota.outreach.models import ConsentText, Gate, GateKind
from zabota.outreach.passwords import encrypt_password
from zabota.outreach.rules import may_set_up_gates
from zabota.people.models import User
from zabota.people.refusal import Refused
from zabota.people.rules import demand


class GateFields(TypedDict, total=False):
    """What is typed about a way in. An empty token leaves the one there is; `consent` is what
    people agree to there, nothing where they are not asked.
    """

    name: str
    language: str
    options: dict[str, Any]
    token: str
    secret_env: str
    consent: str


def open_gate(kind: str, fields: GateFields, *, by: User | None, at: datetime) -> Gate:
    """One more way in; what is given out of it works from this moment."""
    demand(by is None or may_set_up_gates(by, at))
    gate = Gate(kind=GateKind(kind), key=secrets.token_urlsafe(12), made_at=at)
    _fill(gate, fields)
    with transaction.atomic():
        gate.stream = open_stream()
        gate.save()
        _say_consent(gate, fields.get("consent", ""), at)
        _remember(gate, entries.GATE_OPENED, by, at)
    return gate


def change_gate(gate: Gate, fields: GateFields, *, by: User | None, at: datetime) -> Gate:
    """Another name, language or way of asking; another text of consent is a new edition."""
    demand(by is None or may_set_up_gates(by, at))
    with transaction.atomic():
        gate = _held(gate)
        _fill(gate, fields)
        gate.fault, gate.fault_since, gate.watched_until = "", None, None
        gate.save()
        if "consent" in fields:
            _say_consent(gate, fields["consent"], at)
        _remember(gate, entries.GATE_CHANGED, by, at)
    return gate


def renew_gate(gate: Gate, *, by: User | None, at: datetime) -> Gate:
    """Another secret address: whoever knows the old one finds nothing there from now on."""
    demand(by is None or may_set_up_gates(by, at))
    with transaction.atomic():
        gate = _held(gate)
        gate.key = secrets.token_urlsafe(12)
        gate.save(update_fields=["key"])
        _remember(gate, entries.GATE_CHANGED, by, at)
    return gate


def close_gate(gate: Gate, *, by: User | None, at: datetime) -> Gate:
    """Nothing comes in there any more; what came stays, the token is forgotten."""
    demand(by is None or may_set_up_gates(by, at))
    with transaction.atomic():
        gate = _held(gate)
        gate.closed_at, gate.secret, gate.secret_env = at, "", ""
        gate.save()
        _remember(gate, entries.GATE_CLOSED, by, at)
    return gate


def claim_gate(gate: Gate, watcher: str, *, by: None, at: datetime) -> bool:
    """Whether this worker asks it now; one does at a time, and another takes over when that one
    falls silent.
    """
    free = Q(watched_until=None) | Q(watched_until__lt=at) | Q(watcher=watcher)
    rows = Gate.objects.filter(free, pk=gate.pk, closed_at=None)
    return rows.update(watcher=watcher, watched_until=at + WATCH) == 1


def release_gate(gate: Gate, watcher: str, *, by: None, at: datetime) -> None:
    """A worker that ends lets the others have it."""
    Gate.objects.filter(pk=gate.pk, watcher=watcher).update(watched_until=None, watcher="")


def note_gate(gate: Gate, fault: str, *, by: None, at: datetime) -> None:
    """It was heard of; what stands in the way, since when, until nothing does."""
    rows = Gate.objects.filter(pk=gate.pk)
    if fault:
        rows.filter(fault_since=None).update(fault_since=at)
        rows.update(fault=fault[:300])
    else:
        rows.update(looked_at=at, fault="", fault_since=None)


def _held(gate: Gate) -> Gate:
    fresh = Gate.objects.select_for_update(of=("self",)).get(pk=gate.pk)
    if fresh.closed_at is not None:
        raise Refused("closed", _("This was closed already."))
    return fresh


def _fill(gate: Gate, fields: GateFields) -> None:
    for name in ("name", "language", "options"):
        if name in fields:
            setattr(gate, name, fields[name])
    if fields.get("token"):
        gate.secret, gate.secret_env = encrypt_password(fields["token"]), ""
    elif fields.get("secret_env"):
        gate.secret, gate.secret_env = "", fields["secret_env"]
    if gate.kind == GateKind.TELEGRAM and not (gate.secret or gate.secret_env):
        raise Refused(
            "no_token", _("Please give the bot’s token, or the variable that holds it."),
            field="token",
        )  # fmt: skip


def _say_consent(gate: Gate, text: str, at: datetime) -> None:
    """The text as it stands now; the same words are no new edition."""
    latest = gate.consents.order_by("-pk").first()
    if text.strip() != (latest.text if latest else ""):
        ConsentText.objects.create(gate=gate, text=text.strip(), made_at=at)


def _remember(gate: Gate, kind: EntryKind, by: User | None, at: datetime) -> None:
    record(
        lock_stream(gate.stream_id),
        kind,
        by=by.pk if by else None,
        at=at,
        gate=gate.pk,
        name=gate.name,
    )

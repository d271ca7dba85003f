"""The rail goes on past «согласовано»: who signs, since when, until when."""

from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import get_language

from zabota.cases.models import Promise, PromiseState, Turn
from zabota.cases.moments import CONTRACT_ORIGINAL
from zabota.contracts.models import Contract, Signing, SigningState, Way
from zabota.contracts.reading.rail.views import Step
from zabota.contracts.reading.signing.page import SignatureView, signature_views
from zabota.contracts.reading.signing.parties import present_signing, signatories_of
from zabota.contracts.rules import Viewer


@dataclass(frozen=True)
class OriginalView:
    """What was promised of an original: sent by us, sent by the client, received."""

    words: str
    ours: bool
    state: str
    since: datetime | None
    due: datetime | None
    settled: datetime | None
    late: bool


@dataclass(frozen=True)
class SigningView:
    """How far the signing is, for the line on top and the rail."""

    signing: Signing
    views: list[SignatureView]
    originals: list[OriginalView]
    steps: list[Step]

    @property
    def current(self) -> SignatureView | None:
        """Whose signature is awaited; one's own before the other side's."""
        waiting = [one for one in self.views if one.state in ("on", "late")]
        return next((one for one in waiting if one.yours), waiting[0] if waiting else None)

    @property
    def original(self) -> OriginalView | None:
        """What is awaited now of an original."""
        return next((one for one in self.originals if one.state in ("on", "late")), None)


def read_signing(contract: Contract, viewer: Viewer, *, at: datetime) -> SigningView | None:
    """None where the contract is not being signed; two queries where it is."""
    signing = present_signing(contract)
    if signing is None:
        return None
    if signing.way == Way.CODE:
        views = signature_views(signing, signatories_of(signing), viewer, at=at)
        originals: list[OriginalView] = []
        steps = [Step("signature", signature=one) for one in views]
    else:
        views, originals = [], originals_of(signing, at=at)
        steps = [Step("original", signature=one) for one in originals]
    if signing.state == SigningState.SIGNED:
        steps.append(Step("in_force", at=signing.ended_at))
    return SigningView(signing, views, originals, steps)


def originals_of(signing: Signing, *, at: datetime) -> list[OriginalView]:
    """What was promised since this signing began, in order."""
    rows = Promise.objects.filter(
        case=signing.contract_id, moment=CONTRACT_ORIGINAL, promised_at__gte=signing.begun_at
    ).order_by("pk")
    language = get_language() or "ru"
    return [_original(row, language, at) for row in rows]


def _original(row: Promise, language: str, at: datetime) -> OriginalView:
    running = row.state == PromiseState.RUNNING
    late = running and row.is_late(at)
    state = "done" if row.state == PromiseState.KEPT else "skipped"
    if running:
        state = "late" if late else "on"
    return OriginalView(
        row.words(language),
        row.turn == Turn.OURS,
        state,
        row.started_at,
        row.due_at,
        row.settled_at,
        late,
    )

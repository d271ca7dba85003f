"""The page of a signing as one viewer reads it: each signature, whose turn it is, until when."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils.translation import get_language

from zabota.cases.models import PromiseState
from zabota.contracts.models import Signatory, Signing, Way
from zabota.contracts.reading.rail.views import Face
from zabota.contracts.reading.signing.words import authority_words, masked_address
from zabota.contracts.rules import Viewer, is_their_turn, may_pass_signature


@dataclass(frozen=True)
class SignatureView:
    """One signature: whose, done or awaited, since when and until when."""

    row: Signatory
    face: Face
    state: str
    authority: str
    address: str
    since: datetime | None
    due: datetime | None
    late: bool
    yours: bool
    left: bool
    may_pass: bool
    # On the page of the signing: to name another, where there is one.
    pass_form: Any = None


def signature_views(
    signing: Signing, rows: list[Signatory], viewer: Viewer, *, at: datetime
) -> list[SignatureView]:
    """Every signature in the order of signing."""
    return [_view(signing, row, viewer, at) for row in rows]


def _view(signing: Signing, row: Signatory, viewer: Viewer, at: datetime) -> SignatureView:
    promise = row.promise
    due = promise.due_at if promise else None
    late = bool(promise and promise.state == PromiseState.RUNNING and promise.is_late(at))
    return SignatureView(
        row=row,
        face=_face(row),
        state=_state(signing, row, late=late),
        authority=authority_words(row),
        address=masked_address(row.address),
        since=promise.started_at if promise else None,
        due=due,
        late=late,
        yours=row.user_id == viewer.user.pk,
        left=row.left_at is not None and row.signed_at is None,
        may_pass=may_pass_signature(viewer, signing, row),
    )


def _face(row: Signatory) -> Face:
    if row.employee is not None:
        one = row.employee
        photo = one.photo_url if one.photo_id else ""
        return Face(one.name, one.initials, photo, one.position(get_language() or "ru"))
    assert row.contact is not None
    return Face(row.contact.shown_name, row.contact.initials, "", row.contact.shown_position)


def _state(signing: Signing, row: Signatory, *, late: bool) -> str:
    if row.signed_at is not None or (signing.way != Way.CODE and signing.state == "signed"):
        return "done"
    if row.refused_at is not None:
        return "returned"
    if signing.state != "open":
        return "skipped"
    if is_their_turn(row):
        return "late" if late else "on"
    return "next"

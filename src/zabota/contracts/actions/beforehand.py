"""What was agreed beforehand, used: a variant taken into a draft, changes that need no answer, a
contract that needs nobody.
"""

from collections.abc import Iterable
from dataclasses import asdict
from datetime import datetime
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction

from zabota.common import formats
from zabota.contracts.actions.draft import Gone, lock_draft
from zabota.contracts.currencies import USUAL
from zabota.contracts.drafts import open_draft
from zabota.contracts.entries import ACCEPTED_BEFOREHAND, FAST_LANE_RULE, FAST_LANED
from zabota.contracts.errors import normal_values
from zabota.contracts.fast_lane.lane import Lane
from zabota.contracts.fast_lane.limits import kept_words
from zabota.contracts.fast_lane.offered import fits, offered, touched_by_client
from zabota.contracts.models import (
    Alternative,
    BeforehandUse,
    Change,
    ChangeState,
    Contract,
    DraftClause,
    FastLanePass,
    SeenBy,
    Version,
)
from zabota.contracts.models.changes import ChangeKind
from zabota.contracts.rules import Viewer, may_edit_draft, side_of
from zabota.contracts.staff import contract_facts
from zabota.contracts.stored import load_wordings, node_of
from zabota.journal.actions import record
from zabota.journal.models import Stream


class NotOffered(Exception):
    """There is no such variant, as far as whoever asks may know."""


@transaction.atomic
def take_alternative(
    contract: Contract, clause: str, token: str, *, by: Viewer, at: datetime
) -> DraftClause:
    """The words of an agreed variant become this side's words of the clause. What one may not see
    is not there: NotOffered.
    """
    draft = lock_draft(contract, by, at)
    here = node_of(draft.tree, clause)
    if here is None:
        raise Gone(clause)
    row = _offered_to(contract, clause, token, by)
    blocks = load_wordings([row.wording])[row.wording]
    if not fits(contract.edition, blocks):
        raise NotOffered
    told: dict[str, Any] = {"blocks": blocks, "saved_by": by.user, "saved_at": at}
    saved, made = DraftClause.objects.get_or_create(
        draft=draft, clause=clause, defaults={**told, "base_wording": here["w"]}
    )
    if not made:
        saved.blocks, saved.saved_by, saved.saved_at = blocks, by.user, at
        saved.revision += 1
        saved.save()
    return saved


def _offered_to(contract: Contract, clause: str, token: str, by: Viewer) -> Alternative:
    client = side_of(by) == "theirs"
    contract = Contract.objects.select_related("case__client", "edition__template").get(
        pk=contract.pk
    )
    if not may_edit_draft(by, contract):
        raise PermissionDenied
    work = open_draft(contract, side_of(by))
    assert work is not None
    values = normal_values(contract.edition.fields, work.draft.values)
    earlier = Change.objects.filter(contract=contract, clause=clause, made_by__isnull=False)
    touched = touched_by_client(work) | set(earlier.values_list("clause", flat=True))
    rows = Alternative.objects.in_force().filter(
        template=contract.edition.template_id, clause=clause
    )
    found = offered(rows, contract_facts(contract, values, ()), client=client, touched=touched)
    for one in found.get(clause, ()):
        if one.token == token:
            return one.row
    raise NotOffered


def accept_beforehand(
    changes: Iterable[Change], lane: Lane, *, by: Viewer, at: datetime
) -> list[Change]:
    """Changes that read as a variant agreed beforehand are accepted at once: nobody answers them.
    The caller tells it.
    """
    found = [change for change in changes if _is_covered(change, lane)]
    for change in found:
        change.state, change.answered_at = ChangeState.ACCEPTED, at
    Change.objects.bulk_update(found, ["state", "answered_at"])
    BeforehandUse.objects.bulk_create(
        BeforehandUse(change=change, alternative=lane.covered[change.clause]) for change in found
    )
    return found


def _is_covered(change: Change, lane: Lane) -> bool:
    """A change may bear more than these words, where an earlier one was never answered."""
    row = lane.covered.get(change.clause)
    if row is None or change.field or change.place:
        return False
    return change.new_wording == row.wording and change.kind != ChangeKind.MOVED


def tell_beforehand(
    contract: Contract,
    stream: Stream,
    version: Version,
    lane: Lane,
    agreed: list[Change],
    *,
    by: Viewer,
    at: datetime,
) -> None:
    """The history says what nobody had to be asked about, and for our people by which rule."""
    if lane.is_fast:
        _pass(contract, stream, version, lane, at)
    elif agreed:
        numbers = ", ".join(change.name or "—" for change in agreed)
        record(stream, ACCEPTED_BEFOREHAND, by=None, at=at, contract=contract.pk, clauses=numbers)


def _pass(contract: Contract, stream: Stream, version: Version, lane: Lane, at: datetime) -> None:
    assert lane.route is not None
    kept = [asdict(one) for one in lane.kept]
    FastLanePass.objects.create(
        contract=contract, version=version, route=lane.route, most=lane.most, limits=kept, at=at
    )
    rows = list(lane.covered.values())
    # The client reads only of variants it was offered.
    known = [row for row in rows if row.seen_by != SeenBy.STAFF]
    record(stream, FAST_LANED, by=None, at=at, contract=contract.pk, variants=_names(known) or "—")
    route = lane.route.route
    record(
        stream,
        FAST_LANE_RULE,
        by=None,
        at=at,
        contract=contract.pk,
        route={"ru": route.name("ru"), "en": route.name("en")},
        edition=lane.route.number,
        most=_sum_words(lane),
        variants=_names(rows) or "—",
        alternatives=[row.pk for row in rows],
        limits=_limit_words(kept, contract),
    )


def _sum_words(lane: Lane) -> dict[str, str]:
    if lane.most is None:
        return {"ru": "—", "en": "—"}
    return {language: formats.money(lane.most, USUAL, language) for language in ("ru", "en")}


def _names(rows: Iterable[Alternative]) -> dict[str, str]:
    rows = list(rows)
    if not rows:
        return {}
    return {
        "ru": ", ".join(f"«{row.name('ru')}»" for row in rows),
        "en": ", ".join(f"“{row.name('en')}”" for row in rows),
    }


def _limit_words(kept: list[dict[str, str]], contract: Contract) -> dict[str, str] | str:
    labels = {told["name"]: told.get("label", "") for told in contract.edition.fields}
    if not kept:
        return "—"
    return {
        language: "; ".join(
            kept_words(one, labels.get(one["field"]) or one["field"], language) for one in kept
        )
        for language in ("ru", "en")
    }

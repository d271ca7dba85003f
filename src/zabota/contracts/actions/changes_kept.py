"""What the client changed becomes rows to be answered. A change that was never answered and was
made anew is one change still: refused, it gives way to the words before the first of them.
"""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import datetime
from typing import Any

from zabota.contracts.changes import Changed, field_homes
from zabota.contracts.compare.documents import field_names
from zabota.contracts.drafts import OpenDraft
from zabota.contracts.models import Change, ChangeState, Contract, Version
from zabota.contracts.models.changes import ChangeKind
from zabota.contracts.rules import Viewer, side_of
from zabota.contracts.stored import Tree, field_spec, read_text
from zabota.contracts.surgery import place_of
from zabota.contracts.text.fields import FieldProblem, clean
from zabota.contracts.text.json import blocks_from_json


def keep_changes(
    contract: Contract,
    version: Version,
    changed: list[Changed],
    work: OpenDraft,
    *,
    by: Viewer,
    at: datetime,
) -> list[Change]:
    """Rows to be answered. Earlier answers that the client left as they were count as agreed with;
    what was changed once more begins anew, from where it stood when it was last agreed or ours.
    """
    used = set(field_homes(read_text(work.tree, work.wordings)))
    unanswered = _settle_earlier(contract, changed, used)
    if by and side_of(by) == "ours":
        return []
    reasons: Mapping[str, str] = work.draft.reasons
    base: Mapping[str, str] = work.draft.base.values if work.draft.base else {}
    agreed = {**base, **{row.field: row.old_value for row in unanswered.values() if row.field}}
    lost = _values_gone(contract, work, changed, agreed)
    rows = []
    for told in changed:
        earlier = unanswered.get(_key(told))
        row = told if earlier is None else carried(told, earlier, version.tree)
        if row is None:
            continue
        values = {**lost.get(told.clause, {}), **(earlier.lost_values if earlier else {})}
        rows.append(
            Change(
                contract=contract,
                version=version,
                since_id=(earlier.since_id or earlier.version_id) if earlier else None,
                clause=row.clause,
                kind=row.kind,
                concern=row.concern,
                number=row.number,
                called=row.name[:160],
                old_wording=row.old_wording,
                new_wording=row.new_wording,
                field=row.field,
                old_value=row.old_value,
                new_value=row.new_value,
                place=row.place,
                lost_values={} if row.field else _still_gone(values, used),
                reason=reasons.get(row.clause, "") or (earlier.reason if earlier else ""),
                made_by=by.user,
                made_at=at,
            )
        )
    return Change.objects.bulk_create(rows)


def carried(row: Changed, earlier: Change, tree: Tree) -> Changed | None:
    """A change made over one that nobody answered, told against the words before both; None where
    all is as it was.
    """
    if row.field:
        back = earlier.old_value == row.new_value
        return None if back else replace(row, old_value=earlier.old_value)
    if earlier.kind == ChangeKind.ADDED:
        if row.kind == ChangeKind.DELETED:
            return None
        return replace(row, kind=ChangeKind.ADDED, old_wording="", place=None, old_number="")
    old = earlier.old_wording or row.old_wording
    if row.kind == ChangeKind.DELETED:
        return replace(row, old_wording=old)
    place = earlier.place or row.place
    if place is not None and place_of(tree, row.clause) == place:
        place = None
    if old == row.new_wording:
        return None if place is None else replace(
            row, kind=ChangeKind.MOVED, old_wording=old, place=place
        )  # fmt: skip
    kind = ChangeKind.PROPOSED if row.locked else ChangeKind.EDITED
    return replace(row, kind=kind, old_wording=old, place=place)


def _key(row: Changed | Change) -> tuple[str, str]:
    """A value is the same wherever its field stands; a clause is itself."""
    return ("", row.field) if row.field else (row.clause, "")


def _settle_earlier(
    contract: Contract, changed: Iterable[Changed], used: set[str]
) -> dict[tuple[str, str], Change]:
    """What becomes of earlier changes; those that nobody answered and that were made anew. A value
    whose field is no longer `used` goes with the change of its clause.
    """
    touched = {_key(row) for row in changed}
    unanswered: dict[tuple[str, str], Change] = {}
    for earlier in Change.objects.filter(contract=contract).exclude(
        state__in=[ChangeState.SUPERSEDED, ChangeState.AGREED]
    ):
        if _key(earlier) in touched or (earlier.field and earlier.field not in used):
            if earlier.state == ChangeState.OPEN:
                unanswered[_key(earlier)] = earlier
            earlier.state = ChangeState.SUPERSEDED
        elif earlier.state in (ChangeState.COUNTERED, ChangeState.REJECTED):
            earlier.state = ChangeState.AGREED
        else:
            continue
        earlier.save(update_fields=["state"])
    return unanswered


def _values_gone(
    contract: Contract, work: OpenDraft, changed: Iterable[Changed], agreed: Mapping[str, str]
) -> dict[str, dict[str, str]]:
    """By clause, the values of fields that stood in its former words: agreed ones, else as typed if
    they make sense.
    """
    typed: Mapping[str, Any] = work.draft.values
    specs = {told["name"]: told for told in contract.edition.fields}
    found: dict[str, dict[str, str]] = {}
    for row in changed:
        if row.field or not row.old_wording:
            continue
        for name in field_names(blocks_from_json(work.wordings[row.old_wording])):
            if "." in name or name not in specs:
                continue
            try:
                value = agreed.get(name) or clean(
                    field_spec(specs[name]), typed.get(name, ""), values=typed
                )
            except FieldProblem:
                continue
            if value:
                found.setdefault(row.clause, {})[name] = value
    return found


def _still_gone(values: Mapping[str, str], used: set[str]) -> dict[str, str]:
    return {name: value for name, value in values.items() if name not in used}

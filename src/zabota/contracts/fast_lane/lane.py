"""Whether a text about to be sent stays inside what was agreed beforehand: then it needs nobody.

What the client says of it counts for nothing: every clause must be the form's own or, word for
word and token for token, a variant the client may see (or that our people put there); every value
the firm gave a rule must keep it; nothing else may differ from the form.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from zabota.contracts.changes import Changed, field_homes
from zabota.contracts.drafts import OpenDraft
from zabota.contracts.errors import errors_in
from zabota.contracts.fast_lane.limits import SUMS, Kept, is_agreed, kept_within, limits_of
from zabota.contracts.fast_lane.offered import Offered, offered, put_by_ours, touched_by_client
from zabota.contracts.models import Alternative, Contract, RouteEdition
from zabota.contracts.models.changes import ChangeKind
from zabota.contracts.parties import is_asked, party_values
from zabota.contracts.routing import FastLane, from_json
from zabota.contracts.staff import contract_facts
from zabota.contracts.stored import Attributes, StoredText, read_text
from zabota.contracts.surgery import with_wordings, without_moves
from zabota.people.models import Firm


@dataclass(frozen=True)
class Hindrance:
    """What makes somebody be asked: a clause or a field, and whose direction it is. `code` is
    clause, value, shape, sum or error.
    """

    code: str
    concern: str = "general"
    clause: str = ""
    number: str = ""
    field: str = ""


@dataclass(frozen=True)
class Lane:
    """What of a text was agreed beforehand: `covered` are changed clauses that need no answer."""

    covered: Mapping[str, Alternative] = field(default_factory=dict)
    hindrances: tuple[Hindrance, ...] = ()
    route: RouteEdition | None = None
    most: Decimal | None = None
    kept: tuple[Kept, ...] = ()

    @property
    def is_fast(self) -> bool:
        """Nobody is asked at all."""
        return self.route is not None and not self.hindrances


def read_lane(
    contract: Contract,
    work: OpenDraft,
    values: Mapping[str, str],
    changed: Iterable[Changed],
    firm: Firm,
) -> Lane:
    """What the client's draft would need if it were sent now, with these values in their normal
    form; at most five queries, whatever its size.
    """
    changed = list(changed)
    rows = list(Alternative.objects.in_force().filter(template=contract.edition.template_id))
    covered = covered_changes(contract, work, values, changed, rows)
    route, lane = _fast_lane_of(contract, work)
    text = read_text(work.tree, work.wordings)
    found = [
        Hindrance("clause", row.concern, row.clause, row.name)
        for row in changed
        if row.clause not in covered and not row.field
    ]
    limits = limits_of(contract.edition.template_id)
    asked = list(_asked(contract, text, values))
    found += [
        Hindrance("value", concern, clause, field=told["name"])
        for told, value, clause, concern in asked
        if not is_agreed(told, value, limits.get(told["name"]))
    ]
    if route is None or lane is None:
        return Lane(covered, tuple(found))
    if not found and not _is_form_but_for(contract, work, covered):
        found.append(Hindrance("shape"))
    if lane.most is not None and not _sum_is_within(contract, values, lane.most):
        found.append(Hindrance("sum", "director"))
    if not found and _has_barred_error(contract, work, text, values, firm):
        found.append(Hindrance("error"))
    kept = (kept_within(told, value, limits.get(told["name"])) for told, value, *_rest in asked)
    return Lane(covered, tuple(found), route, lane.most, tuple(one for one in kept if one))


def covered_changes(
    contract: Contract,
    work: OpenDraft,
    values: Mapping[str, str],
    changed: Iterable[Changed],
    rows: Iterable[Alternative],
) -> dict[str, Alternative]:
    """Changed clauses that read exactly as an agreed variant whose terms all hold, whose direction
    is still the clause's, and that the client may know of or our people put there.
    """
    rows = list(rows)
    if not rows:
        return {}
    facts = contract_facts(contract, values, ())
    theirs = offered(rows, facts, client=True, touched=touched_by_client(work))
    ours = offered(rows, facts, client=False)
    found = {}
    for row in changed:
        if row.kind not in (ChangeKind.EDITED, ChangeKind.PROPOSED) or row.place or row.field:
            continue
        saved = work.clauses.get(row.clause)
        offers = ours if saved is not None and put_by_ours(saved) else theirs
        match = _matching(offers.get(row.clause, ()), row)
        if match is not None:
            found[row.clause] = match
    return found


def _matching(offers: Iterable[Offered], row: Changed) -> Alternative | None:
    return next(
        (
            one.row
            for one in offers
            if one.met and one.row.wording == row.new_wording and one.row.concern == row.concern
        ),
        None,
    )


def _fast_lane_of(
    contract: Contract, work: OpenDraft
) -> tuple[RouteEdition | None, FastLane | None]:
    """The route's word on it, for a first text: once people have been asked, they answer."""
    first = contract.round == 0 and work.draft.base_id is None and contract.route_copy is None
    route = contract.edition.route
    if not first or contract.foreign_paper or route is None or route.current is None:
        return None, None
    lane = from_json(route.current.spec).fast_lane
    return (route.current, lane) if lane is not None else (None, None)


def _asked(
    contract: Contract, text: StoredText, values: Mapping[str, str]
) -> Iterable[tuple[Mapping[str, Any], str, str, str]]:
    """Every field the client fills that stands in the text: its declaration, value, clause and
    direction.
    """
    homes = field_homes(text)
    for told in contract.edition.fields:
        name = told["name"]
        if is_asked(name) and name in homes:
            clause = homes[name]
            concern = text.attributes.get(clause, Attributes()).concern
            yield told, values.get(name, ""), clause, concern


def _is_form_but_for(
    contract: Contract, work: OpenDraft, covered: Mapping[str, Alternative]
) -> bool:
    """Whether nothing differs from the form but the words of covered clauses: not the order, not a
    number, not a heading.
    """
    form = contract.edition.tree
    theirs = without_moves(work.tree)
    back = {clause: row.wording for clause, row in covered.items()}
    return with_wordings(form, back) == theirs


def _sum_is_within(contract: Contract, values: Mapping[str, str], most: Decimal) -> bool:
    facts = contract_facts(contract, values, ())
    if facts["sum"] is None:
        # A form that names no sum has none to be too large.
        return not any(told["name"] in SUMS for told in contract.edition.fields)
    return not facts["sum.foreign"] and facts["sum"] <= most


def _has_barred_error(
    contract: Contract,
    work: OpenDraft,
    text: StoredText,
    values: Mapping[str, str],
    firm: Firm,
) -> bool:
    """Errors the firm bars, those on our own card too: the client cannot mend them, we can."""
    if not firm.blocking_errors:
        return False
    language = contract.edition.template.language
    told = {**values, **party_values(contract.case.client, firm, language)}
    found = errors_in(contract, work.tree, text, told)
    return any(one.kind in firm.blocking_errors for one in found)

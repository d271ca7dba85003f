"""What was agreed beforehand, beside the text: variants one may take, what own words cost in time,
what a change was agreed by; for our people, the variant a client's words are nearest to.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any

from django.utils.translation import get_language, gettext

from zabota.clients.access import RoomViewer
from zabota.contracts.compare.nearest import nearest
from zabota.contracts.drafts import OpenDraft
from zabota.contracts.errors import normal_values
from zabota.contracts.fast_lane.costs import Cost, day_minutes, read_costs
from zabota.contracts.fast_lane.lane import Hindrance, Lane
from zabota.contracts.fast_lane.offered import Offered, fits, offered, touched_by_client
from zabota.contracts.models import (
    Alternative,
    Change,
    ChangeState,
    Contract,
    Route,
    SeenBy,
)
from zabota.contracts.models.changes import ChangeKind
from zabota.contracts.reading.cost_words import cost_words
from zabota.contracts.reading.sheet.clauses import compared, shown_text
from zabota.contracts.reading.sheet.views import (
    ChangeView,
    ClauseView,
    NearestVariant,
    Sheet,
    VariantView,
)
from zabota.contracts.reading.values import labels_of
from zabota.contracts.route_words import condition_words
from zabota.contracts.routing import conditions_to_json
from zabota.contracts.rules import Viewer
from zabota.contracts.staff import contract_facts
from zabota.contracts.stored import load_wordings, node_of
from zabota.contracts.text.html import Shown, clause_html, redline_html
from zabota.contracts.text.json import blocks_from_json
from zabota.contracts.text.tree import Clause, Document
from zabota.people.firm import calendar_of
from zabota.people.models import Firm


@dataclass(frozen=True)
class Prices:
    """How long each direction takes, ready to be said; without past ones, by its deadlines."""

    costs: Mapping[str, Cost] = field(default_factory=dict)
    day: int = 480

    def words(self, concern: str) -> str:
        """What it costs in time to have words of this direction agreed."""
        return cost_words(self.costs.get(concern), concern, self.day)


def read_prices(contract: Contract, firm: Firm, at: datetime) -> Prices:
    """Two queries: the route's deadlines, and how long past stages took."""
    calendar = calendar_of(firm)
    spec = contract.route_copy
    if spec is None:
        found = Route.objects.filter(templateedition=contract.edition_id)
        spec = found.values_list("current__spec", flat=True).first()
    return Prices(read_costs(spec or {}, calendar), day_minutes(calendar, at))


def mark_beforehand(
    contract: Contract,
    viewer: Viewer,
    firm: Firm,
    sheet: Sheet,
    work: OpenDraft | None,
    *,
    at: datetime,
) -> None:
    """Dress the clauses with it; the number of queries does not depend on how many there are."""
    client = isinstance(viewer, RoomViewer)
    _mark_agreed(sheet, client=client)
    if work is not None:
        _mark_variants(contract, sheet, work, client=client)
        if client:
            prices = read_prices(contract, firm, at)
            for view in sheet.clauses:
                view.cost = prices.words(view.concern)
    elif not client:
        _mark_nearest(contract, sheet)


@dataclass(frozen=True)
class AskedAbout:
    """What of a text about to be sent somebody has to agree to: what it is, where."""

    label: str
    anchor: str


@dataclass(frozen=True)
class AskedOf:
    """What one direction has to agree to, and how long that takes."""

    cost: str
    about: list[AskedAbout]


@dataclass(frozen=True)
class LaneView:
    """What sending would lead to: straight to signing, or to whom and for how long; whether the
    time said is our deadline, there being too few past decisions to know better.
    """

    is_fast: bool
    at_once: list[str]
    asked: list[AskedOf]
    by_deadlines: bool = False


def read_lane_view(
    lane: Lane, labels: Mapping[str, str], names: Mapping[str, str], prices: Prices
) -> LaneView:
    """Of the reasons only what the client itself wrote is told, never what would have been agreed
    to. Values are told of where they alone decide: where the route lets something pass.
    """
    language = get_language() or "ru"
    asked: dict[str, list[AskedAbout]] = {}
    for one in lane.hindrances:
        if one.code == "value" and lane.route is None:
            continue
        if (about := _asked_about(one, labels, names)) is not None:
            asked.setdefault(one.concern, []).append(about)
    known = [row for row in lane.covered.values() if row.seen_by != SeenBy.STAFF]
    return LaneView(
        lane.is_fast,
        [row.name(language) for row in known],
        [AskedOf(prices.words(concern), about) for concern, about in asked.items()],
        any((cost := prices.costs.get(concern)) and not cost.count for concern in asked),
    )


def _asked_about(
    one: Hindrance, labels: Mapping[str, str], names: Mapping[str, str]
) -> AskedAbout | None:
    if one.code == "clause":
        words = gettext("Clause %(number)s") % {"number": names.get(one.clause) or one.number}
        label = words if one.number else gettext("A clause without a number")
        return AskedAbout(label, f"c-{one.clause}")
    if one.code == "value":
        return AskedAbout(labels.get(one.field, one.field), f"f-{one.field}")
    if one.code == "sum":
        return AskedAbout(gettext("The sum of the contract"), "fields")
    return None


def _mark_agreed(sheet: Sheet, *, client: bool) -> None:
    """Which changes were agreed by a variant; a client reads the names of those it was offered."""
    language = get_language() or "ru"
    for view in sheet.clauses:
        view.changes = [_agreed(change, language, client) for change in view.changes]


def _agreed(change: ChangeView, language: str, client: bool) -> ChangeView:
    use = getattr(change.row, "beforehand", None)
    if use is None:
        return change
    hidden = client and use.alternative.seen_by == SeenBy.STAFF
    return replace(change, at_once=True, variant="" if hidden else use.alternative.name(language))


def _mark_variants(contract: Contract, sheet: Sheet, work: OpenDraft, *, client: bool) -> None:
    rows = list(Alternative.objects.in_force().filter(template=contract.edition.template_id))
    if not rows:
        return
    values = normal_values(contract.edition.fields, work.draft.values)
    touched = touched_by_client(work) | {
        change.row.clause
        for view in sheet.clauses
        for change in view.changes
        if change.row.made_by_id
    }
    facts = contract_facts(contract, values, ())
    found = offered(rows, facts, client=client, touched=touched)
    wordings = load_wordings(one.row.wording for some in found.values() for one in some)
    shown = replace(shown_text(contract, sheet.text, sheet.values), anchors=False)
    for view in sheet.clauses:
        offers = [
            one
            for one in found.get(view.id, ())
            if view.state != "deleted" and fits(contract.edition, wordings[one.row.wording])
        ]
        if offers:
            _dress(view, offers, contract, work, wordings, shown, client=client)


def _dress(
    view: ClauseView,
    offers: Iterable[Offered],
    contract: Contract,
    work: OpenDraft,
    wordings: Mapping[str, list[Any]],
    shown: Shown,
    *,
    client: bool,
) -> None:
    language, labels = get_language() or "ru", labels_of(contract.edition.fields)
    node = node_of(work.tree, view.id)
    now = node["w"] if node else ""
    view.variants = [
        VariantView(
            one.token,
            one.row.name(language),
            clause_html(blocks_from_json(wordings[one.row.wording]), shown, view.id),
            chosen=one.row.wording == now,
            terms=[condition_words(term, labels) for term in conditions_to_json(one.told)],
            met=one.met,
            seen_by="" if client else str(one.row.get_seen_by_display()),
        )
        for one in offers
    ]


def _mark_nearest(contract: Contract, sheet: Sheet) -> None:
    waiting = [
        change.row for view in sheet.clauses for change in view.changes if _is_free(change.row)
    ]
    if not waiting:
        return
    rows: dict[str, list[Alternative]] = {}
    for row in Alternative.objects.in_force().filter(
        template=contract.edition.template_id, clause__in={one.clause for one in waiting}
    ):
        rows.setdefault(row.clause, []).append(row)
    if not rows:
        return
    wordings = load_wordings(
        {row.wording for some in rows.values() for row in some}
        | {change.new_wording for change in waiting}
    )
    shown = replace(shown_text(contract, sheet.text, sheet.values), anchors=False)
    for view in sheet.clauses:
        if view.id in rows:
            view.changes = [
                _beside(change, rows[view.id], wordings, shown) if _is_free(change.row) else change
                for change in view.changes
            ]


def _is_free(row: Change) -> bool:
    """A client's own words that wait for an answer."""
    kinds = (ChangeKind.EDITED, ChangeKind.PROPOSED)
    return row.state == ChangeState.OPEN and row.kind in kinds and bool(row.new_wording)


def _beside(
    change: ChangeView,
    rows: Iterable[Alternative],
    wordings: Mapping[str, list[Any]],
    shown: Shown,
) -> ChangeView:
    """The agreed variant a client's words are nearest to, and what they make of it."""
    by_digest = {row.wording: row for row in rows}
    texts = {digest: _document(wordings[digest]) for digest in by_digest}
    ((digest, likeness), *_rest) = nearest(_document(wordings[change.row.new_wording]), texts)
    row = by_digest[digest]
    found = compared(digest, change.row.new_wording, wordings)
    html = redline_html(found, shown, shown, change.row.clause)
    name = row.name(get_language() or "ru")
    return replace(change, nearest=NearestVariant(name, min(99, int(likeness * 100)), html))


def _document(blocks: list[Any]) -> Document:
    return Document((Clause("", blocks_from_json(blocks)),))

"""The list of contracts, for either side: filtered, searched, paged by key, with whose turn it is.

Rows are plain values, formatted once; the number of queries does not depend on how many there are.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any, cast

from django.db.models import Q, QuerySet
from django.utils import timezone
from django.utils.translation import get_language, gettext

from zabota.cases.models import Case, PromiseState, had_by
from zabota.clients.access import RoomViewer
from zabota.clients.models import Client
from zabota.common import formats
from zabota.common.ids import row_number
from zabota.common.keyset import Leaf, Rows, leaf_of
from zabota.common.names import WHOLE_NAMES, row_person, row_whole
from zabota.contracts.models import ContractState
from zabota.contracts.reading.found import Hit, found_leaf, read_hits
from zabota.contracts.reading.who import (
    holders_of_promises,
    names_line,
    open_stages,
    seats_of_promises,
    signatures_awaited,
    stage_title,
    who_for_client,
)
from zabota.contracts.rules import Viewer
from zabota.contracts.search import is_too_short, wish_of
from zabota.people.models import Firm

OURS = (ContractState.PREPARING, ContractState.REVIEW)
THEIRS = (ContractState.DRAFT, ContractState.RETURNED)
TURNS = {"ours": OURS, "theirs": THEIRS}
# Of a contract being signed: whether its client's signature is awaited.
WAITS = Q(state=ContractState.SIGNING, contract__client_turn__state=PromiseState.RUNNING)
COLUMNS = (
    "pk", "number", "client_number", "title", "state", "touched_at", "needed_by", "client_id",
    *(f"client__{name}" for name in WHOLE_NAMES),
    "owner__user__name", "owner__user__name_en", "contract__registered_number",
    "contract__sum", "contract__currency", "contract__agreeing__due_at",
    "contract__agreeing__state", "contract__client_turn__due_at", "contract__agreed_at",
    "contract__client_turn__state",
)  # fmt: skip


@dataclass(frozen=True)
class Wanted:
    """What the reader asks for; values nobody offers mean everything."""

    query: str = ""
    state: str = ""
    turn: str = ""
    client: int | None = None
    mine: bool = False

    @property
    def narrowed(self) -> bool:
        return bool(self.query or self.state or self.turn or self.client or self.mine)


@dataclass(frozen=True)
class Row:
    """One contract in a list, ready to be printed."""

    pk: int
    number: str
    other_number: str
    title: str
    client: str
    client_pk: int
    owner: str
    state: str
    state_name: str
    turn: str
    stage: str
    who: str
    due: str
    late: bool
    sum: str
    hit: Hit | None = None


@dataclass(frozen=True)
class ContractList:
    """A page of the list with what it was narrowed by."""

    wanted: Wanted
    rows: list[Row]
    leaf: Leaf
    client: str
    too_short: bool


def wanted_from(params: Mapping[str, str]) -> Wanted:
    """The filters as an address has them."""
    state, turn, client = params.get("state", ""), params.get("turn", ""), params.get("client", "")
    return Wanted(
        query=params.get("q", "").replace("\0", "").strip(),
        state=state if state in ContractState.values else "",
        turn=turn if turn in TURNS else "",
        client=row_number(client),
        mine=params.get("mine") == "1",
    )


def read_contracts(
    viewer: Viewer, params: Mapping[str, str], firm: Firm, *, at: datetime
) -> ContractList:
    """A page of contracts this viewer may know of, newest work first; of a search, those begun
    last first, each with where the words stand.
    """
    wanted = wanted_from(params)
    too_short = is_too_short(wanted.query)
    found = bool(wanted.query) and not too_short
    # What is found by words is asked for by number, one by one.
    cases = _narrowed(_seen(viewer) if found else visible_contracts(viewer), wanted, viewer)

    def rows() -> Rows:
        return cast(Rows, cases.values(*COLUMNS))

    if not found:
        leaf = leaf_of(rows, params, "touched_at", descending=True)
        shown = read_rows(leaf.rows, viewer, firm, at=at)
    else:
        wish = wish_of(wanted.query)
        leaf = found_leaf(rows, wish, viewer, params)
        hits = read_hits([row["pk"] for row in leaf.rows], wish, viewer)
        shown = [
            replace(row, hit=hits.get(row.pk)) for row in read_rows(leaf.rows, viewer, firm, at=at)
        ]
    return ContractList(wanted, shown, leaf, _client_name(wanted, leaf), too_short)


def visible_contracts(viewer: Viewer) -> QuerySet[Case]:
    """Contracts before this viewer; in the room, of the company one stands for."""
    return _seen(viewer).filter(kind="contract")


def _seen(viewer: Viewer) -> QuerySet[Case]:
    cases = Case.objects.visible_to(viewer)
    return cases.filter(client__in=viewer.whole_ids) if isinstance(viewer, RoomViewer) else cases


def _narrowed(cases: QuerySet[Case], wanted: Wanted, viewer: Viewer) -> QuerySet[Case]:
    if wanted.state:
        cases = cases.filter(state=wanted.state)
    if wanted.turn:
        signing = WAITS if wanted.turn == "theirs" else Q(state=ContractState.SIGNING) & ~WAITS
        # By the index of states: what was signed in all these years is not looked through.
        states = (*TURNS[wanted.turn], ContractState.SIGNING)
        under_way = Case.objects.filter(kind="contract", state__in=states).values("pk")
        cases = cases.filter(Q(state__in=TURNS[wanted.turn]) | signing, pk__in=under_way)
    if wanted.client is not None:
        cases = cases.filter(client__in=Client.objects.whole_of(wanted.client).values("pk"))
    if wanted.mine and not isinstance(viewer, RoomViewer):
        cases = cases.filter(had_by([viewer.employee.pk]))
    return cases


def _client_name(wanted: Wanted, leaf: Leaf) -> str:
    """Whose contracts are shown, where the list was narrowed to a client."""
    if wanted.client is None:
        return ""
    for row in leaf.rows:
        return row_whole(row, "client__")
    named = Client.objects.filter(pk=wanted.client).values(*WHOLE_NAMES).first()
    return row_whole(named, "") if named else ""


def read_rows(
    cases: list[dict[str, Any]], viewer: Viewer, firm: Firm, *, at: datetime
) -> list[Row]:
    """Cases (of `COLUMNS`) with whose turn it is and until when; three queries for all of them."""
    signed = (row["pk"] for row in cases if row["state"] == ContractState.SIGNING)
    stages = open_stages(row["pk"] for row in cases if row["state"] == ContractState.REVIEW)
    in_room, language = isinstance(viewer, RoomViewer), get_language() or "ru"
    read = seats_of_promises if in_room else holders_of_promises
    holders = read(stage["promise_id"] for some in stages.values() for stage in some)
    eye = _Eye(in_room, firm, language, at, holders, signatures_awaited(signed))
    return [_row(case, stages.get(case["pk"], []), eye) for case in cases]


@dataclass(frozen=True)
class _Eye:
    """For whom rows are written, and when."""

    in_room: bool
    firm: Firm
    language: str
    at: datetime
    holders: Mapping[int, list[Mapping[str, Any]]]
    awaited: Mapping[int, list[Mapping[str, Any]]]


def _row(case: Mapping[str, Any], stages: list[Mapping[str, Any]], eye: _Eye) -> Row:
    state = case["state"]
    registered = case["contract__registered_number"]
    theirs = case["client_number"]
    turn = turn_of(case)
    sum_ = case["contract__sum"]
    return Row(
        pk=case["pk"],
        number=registered or case["number"],
        other_number=theirs,
        title=case["title"],
        client=row_whole(case, "client__"),
        client_pk=case["client__root_id"] or case["client_id"],
        owner=row_person(case, "owner__user__"),
        state=state,
        state_name=str(ContractState(state).label),
        turn=turn,
        stage=_stages_line(stages, eye),
        who=_who(case, stages, turn, eye),
        due=_due(case, eye),
        late=_late(case, stages, eye),
        sum="" if sum_ is None else formats.money(sum_, case["contract__currency"], eye.language),
    )


def turn_of(case: Mapping[str, Any]) -> str:
    """Whose turn it is: "ours", "theirs", or nobody's."""
    state = case["state"]
    if state == ContractState.SIGNING:
        waits = case["contract__client_turn__state"] == PromiseState.RUNNING
        return "theirs" if waits else "ours"
    return "ours" if state in OURS else "theirs" if state in THEIRS else ""


def _stages_line(stages: list[Mapping[str, Any]], eye: _Eye) -> str:
    shown = [
        stage_title(stage, eye.language)
        for stage in stages
        if not eye.in_room or stage["spec"].get("shows") != "hidden"
    ]
    return ", ".join(shown)


def _who(case: Mapping[str, Any], stages: list[Mapping[str, Any]], turn: str, eye: _Eye) -> str:
    """Names of those whose turn it is; of the client's side, the company."""
    if turn == "theirs":
        return gettext("you") if eye.in_room else gettext("the client")
    if not turn:
        return ""
    if awaited := eye.awaited.get(case["pk"]):
        hidden = eye.in_room and not eye.firm.shows_people
        return eye.firm.shown_name if hidden else names_line(awaited)
    if not stages:
        return row_person(case, "owner__user__")
    if eye.in_room:
        found = [
            who_for_client(stage, eye.holders.get(stage["promise_id"], ()), eye.firm, eye.language)
            for stage in stages
        ]
        return ", ".join(dict.fromkeys(name for name in found if name))
    return names_line(row for stage in stages for row in eye.holders.get(stage["promise_id"], ()))


def _due(case: Mapping[str, Any], eye: _Eye) -> str:
    """Promised until; while the client has it the clock stands; an agreed one says since when."""
    zone = timezone.get_current_timezone()
    if case["state"] == ContractState.AGREED and case["contract__agreed_at"]:
        return formats.day(
            case["contract__agreed_at"].astimezone(zone).date(),
            eye.at.astimezone(zone).date(),
            eye.language,
        )
    if case["state"] == ContractState.RETURNED:
        return gettext("the clock stands")
    if case["state"] == ContractState.SIGNING:
        ours = [row["promise__due_at"] for row in eye.awaited.get(case["pk"], ())]
        theirs = turn_of(case) == "theirs" or not ours
        last = case["contract__client_turn__due_at"] if theirs else min(ours)
        return formats.when(last, eye.at, eye.language, zone) if last else ""
    due = case["contract__agreeing__due_at"]
    running = case["contract__agreeing__state"] == PromiseState.RUNNING
    if due is None or not running:
        return ""
    return formats.when(due, eye.at, eye.language, zone)


def _late(case: Mapping[str, Any], stages: list[Mapping[str, Any]], eye: _Eye) -> bool:
    """The whole is late, or, for us, a stage of it."""
    due = case["contract__agreeing__due_at"]
    running = case["contract__agreeing__state"] == PromiseState.RUNNING
    if running and due is not None and due < eye.at:
        return True
    if any(row["promise__due_at"] < eye.at for row in eye.awaited.get(case["pk"], ())):
        return True
    if eye.in_room:
        stages = [stage for stage in stages if stage["spec"].get("shows") != "hidden"]
    return any(stage["promise__due_at"] and stage["promise__due_at"] < eye.at for stage in stages)

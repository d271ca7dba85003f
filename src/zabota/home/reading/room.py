"""The room's first page: whose turn it is, what was promised by time, what is not finished."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils import timezone
from django.utils.translation import get_language, gettext

from zabota.cases.models import Pause, Promise, PromiseState, Turn
from zabota.clients.access import RoomViewer
from zabota.common import formats
from zabota.common.questions import Numbers, Question
from zabota.contracts.models import Change, ChangeState, ContractState
from zabota.contracts.reading.hurry import HurryAnswer, promised_words, read_hurry_answers
from zabota.contracts.reading.lists import COLUMNS, Row, read_rows, visible_contracts
from zabota.contracts.reading.obligations import SoonDuty, soon_of_client
from zabota.contracts.reading.who import is_with_us, seats_of_promises, who_for_client
from zabota.home.reading.room_holds import RoomHold, read_room_holds
from zabota.home.reading.room_orders import RoomOrders, read_room_orders
from zabota.home.reading.room_tickets import RoomTickets, read_room_tickets
from zabota.journal.models import Audience
from zabota.people.models import Firm

UNDER_WAY = (
    ContractState.RETURNED,
    ContractState.REVIEW,
    ContractState.SIGNING,
    ContractState.DRAFT,
)
MOST_CONTRACTS = 50
MOST_PROMISES = 50
MOST_AGREED = 3


@dataclass(frozen=True)
class YourTurn:
    """A contract that waits for the client, and what is asked of them."""

    contract: Row
    asked: str
    since: str
    disputed: bool = False
    signing: bool = False


@dataclass(frozen=True)
class Promised:
    """One promise as the client reads it."""

    due: str
    until: str
    url: str
    contract: str
    number: str
    words: str
    who: str
    late: bool
    sooner_url: str


@dataclass(frozen=True)
class Room:
    """Everything on the page."""

    turns: list[YourTurn]
    promises: list[Promised]
    drafts: list[Row]
    under_way: list[Row]
    agreed: list[Row]
    more: bool
    hurries: list[tuple[Row, HurryAnswer]]
    duties: list[SoonDuty]
    tickets: RoomTickets
    holds: list[RoomHold]
    orders: RoomOrders

    @property
    def is_new(self) -> bool:
        """Nothing has been begun yet."""
        contracts = self.turns or self.drafts or self.under_way or self.agreed
        others = self.tickets or self.holds or self.orders
        return not (contracts or self.promises or others)

    @property
    def on_top(self) -> Row | None:
        """The only contract under way, told in the line on top and therefore in no box."""
        alone = len(self.under_way) == 1 and not (
            self.turns or self.more or self.tickets or self.orders
        )
        return self.under_way[0] if alone and self.under_way[0].who else None


def read_room(viewer: RoomViewer, firm: Firm, *, at: datetime) -> Room:
    """What one company sees first; the number of queries does not depend on how much there is."""
    cases = visible_contracts(viewer)
    found = list(
        cases.filter(state__in=UNDER_WAY)
        .order_by("-touched_at", "-pk")
        .values(*COLUMNS, "contract__sooner__state", "contract__agreeing_id")[: MOST_CONTRACTS + 1]
    )
    agreed = list(
        cases.filter(state__in=(ContractState.AGREED, ContractState.SIGNED))
        .order_by("-touched_at", "-pk")
        .values(*COLUMNS)[:MOST_AGREED]
    )
    shown = found[:MOST_CONTRACTS]
    rows = {row.pk: row for row in read_rows([*shown, *agreed], viewer, firm, at=at)}
    by_state: dict[str, list[Row]] = {state: [] for state in UNDER_WAY}
    for case in shown:
        by_state[case["state"]].append(rows[case["pk"]])
    waiting = {
        case["contract__agreeing_id"]: case["pk"]
        for case in shown
        if case["state"] == ContractState.RETURNED
    }
    asked = _asked(waiting)
    disputed = {row["contract_id"] for row in _disputes_of(contracts=waiting.values())}
    eye = _Eye(viewer, firm, get_language() or "ru", at)
    signing = by_state[ContractState.SIGNING]
    return Room(
        turns=[
            _turn(row, asked.get(row.pk), eye, disputed=row.pk in disputed)
            for row in by_state[ContractState.RETURNED]
        ]
        + [YourTurn(row, "", "", signing=True) for row in signing if row.turn == "theirs"],
        promises=_promises({case["pk"]: case for case in shown}, rows, eye),
        drafts=by_state[ContractState.DRAFT],
        under_way=[*by_state[ContractState.REVIEW], *(r for r in signing if r.turn == "ours")],
        agreed=[rows[case["pk"]] for case in agreed],
        more=len(found) > MOST_CONTRACTS,
        hurries=_hurries(shown, rows, eye),
        duties=soon_of_client(viewer, at=at),
        tickets=read_room_tickets(viewer, firm, at=at),
        orders=read_room_orders(viewer, firm, at=at),
        holds=read_room_holds(viewer, at=at, standing=True),
    )


def _hurries(
    shown: Iterable[Mapping[str, Any]], rows: Mapping[int, Row], eye: "_Eye"
) -> list[tuple[Row, HurryAnswer]]:
    """What we answered to requests to hurry, by contract under way."""
    asked = [case["pk"] for case in shown if case["contract__sooner__state"]]
    found = read_hurry_answers(asked, eye.viewer, eye.firm, eye.language, at=eye.at)
    return [(rows[contract], answer) for contract, answer in found.items()]


@dataclass(frozen=True)
class _Eye:
    viewer: RoomViewer
    firm: Firm
    language: str
    at: datetime

    def when(self, moment: datetime) -> str:
        return formats.when(moment, self.at, self.language, timezone.get_current_timezone())


def _asked(waiting: Mapping[int, int]) -> dict[int, dict[str, Any]]:
    """What is asked of the client and since when, by contract; of contracts by the promise of the
    whole, whose clock stands.
    """
    return {waiting[row["promise_id"]]: dict(row) for row in _pauses_of(promises=waiting)}


_pauses_of = Question(
    lambda promises: Pause.objects.filter(promise__in=promises, ended_at=None).values(
        "promise_id", "asked", "started_at"
    ),
    promises=Numbers(MOST_CONTRACTS),
)


# Contracts in which an answer of ours waits for the client's word: the table shows them together.
_disputes_of = Question(
    lambda contracts: (
        Change.objects.filter(
            contract__in=contracts,
            state__in=[ChangeState.COUNTERED, ChangeState.REJECTED],
            sent_at__isnull=False,
        )
        .values("contract_id")
        .distinct()
    ),
    contracts=Numbers(MOST_CONTRACTS),
)


def _turn(
    row: Row, asked: Mapping[str, Any] | None, eye: _Eye, *, disputed: bool = False
) -> YourTurn:
    if asked is None:
        return YourTurn(row, "", "", disputed)
    zone = timezone.get_current_timezone()
    since = formats.since(asked["started_at"], eye.at, eye.language, zone)
    return YourTurn(row, asked["asked"], since, disputed)


def _promises(
    cases: Mapping[int, Mapping[str, Any]], contracts: Mapping[int, Row], eye: _Eye
) -> list[Promised]:
    """What we promised and have not done yet, soonest first."""
    rows = _promised_of(cases=cases)
    holders = seats_of_promises(row["pk"] for row in rows if row["stage__spec"] is not None)
    return [
        _promised(
            row,
            cases[row["case_id"]],
            _who(row, holders.get(row["pk"], []), eye) or _ours(contracts[row["case_id"]], eye),
            eye,
        )
        for row in rows
    ]


_promised_of = Question(
    lambda cases: (
        Promise.objects.filter(
            case__in=cases, state=PromiseState.RUNNING, turn=Turn.OURS, due_at__isnull=False
        )
        .exclude(audience=Audience.OURS)
        .order_by("due_at", "pk")
        .values(
            "pk", "case_id", "words_ru", "words_en", "due_at", "moment_id",
            "stage__title_ru", "stage__title_en", "stage__spec",
        )[:MOST_PROMISES]
    ),
    cases=Numbers(MOST_CONTRACTS),
)  # fmt: skip


def _ours(contract: Row, eye: _Eye) -> str:
    """Who of ours has the contract; while the client has it, what we promised besides is the
    firm's.
    """
    return eye.firm.shown_name if contract.turn == "theirs" else contract.who


def _who(row: Mapping[str, Any], holders: list[Mapping[str, Any]], eye: _Eye) -> str:
    """Who has a stage, as the client may know it; other promises stand with those who have the
    contract now, whoever of ours works on the answer."""
    if row["stage__spec"] is None or not holders:
        return ""
    stage = {name: row[f"stage__{name}"] for name in ("title_ru", "title_en", "spec")}
    return who_for_client(stage, holders, eye.firm, eye.language)


def _promised(row: Mapping[str, Any], case: Mapping[str, Any], who: str, eye: _Eye) -> Promised:
    zone = timezone.get_current_timezone()
    local = row["due_at"].astimezone(zone)
    page = f"/room/contracts/{case['pk']}/"
    late = row["due_at"] < eye.at
    words = gettext("was due by %(when)s") if late else gettext("by %(when)s")
    oclock = f"{local.hour:02}:{local.minute:02}"
    when = formats.by(row["due_at"], eye.at, eye.language, zone) if late else oclock
    today = eye.at.astimezone(zone).date()
    return Promised(
        due=gettext("We are late") if late else formats.day(local.date(), today, eye.language),
        until=words % {"when": when},
        url=page,
        contract=case["title"],
        number=case["contract__registered_number"] or case["number"],
        words=_words(row, eye),
        who=is_with_us(who) if who else "",
        late=late,
        sooner_url=f"{page}sooner/?promise={row['pk']}" if _may_ask(case, eye) else "",
    )


def _words(row: Mapping[str, Any], eye: _Eye) -> str:
    words = str(row["words_en"] if eye.language == "en" else row["words_ru"])
    return promised_words(row["moment_id"], words, at_stage=row["stage__spec"] is not None)


def _may_ask(case: Mapping[str, Any], eye: _Eye) -> bool:
    """As `may_ask_sooner` asks, from what the list has read already."""
    waiting = case["contract__sooner__state"] == PromiseState.RUNNING
    return not eye.viewer.read_only and case["state"] == ContractState.REVIEW and not waiting

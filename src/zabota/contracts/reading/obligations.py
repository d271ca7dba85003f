"""Obligations of contracts in force as their readers see them."""

from dataclasses import dataclass
from datetime import date, datetime

from django.utils import timezone
from django.utils.translation import get_language

from zabota.cases.models import Holder, Promise, PromiseState
from zabota.clients.access import RoomViewer
from zabota.common import formats
from zabota.common.names import person_name
from zabota.contracts.force import cases_in_force
from zabota.contracts.models import Contract, Obligation, ObligationState, ObligationTerm
from zabota.contracts.rules import Viewer, may_meet_obligation
from zabota.contracts.rules.after import is_open
from zabota.people.models import Firm

MOST_SOON = 20


@dataclass(frozen=True)
class DutyView:
    """One obligation, ready to be printed."""

    row: Obligation
    words: str
    theirs: bool
    due: str
    late: bool
    kept: bool
    who: str
    sum: str
    may_meet: bool
    first: str = ""


@dataclass(frozen=True)
class Duties:
    """All obligations of a contract, by how they stand."""

    proposed: list[Obligation]
    under_way: list[DutyView]
    over: list[DutyView]


@dataclass(frozen=True)
class SoonDuty:
    """An obligation among those of several contracts, soonest first."""

    contract: int
    title: str
    number: str
    words: str
    theirs: bool
    due: str
    late: bool


def read_obligations(contract: Contract, viewer: Viewer, firm: Firm, *, at: datetime) -> Duties:
    """Three queries whatever their number. In the room nothing is proposed, and nothing read out
    of the text that our side dismissed.
    """
    rows = list(contract.obligations.select_related("holder__user").order_by("due_on", "pk"))
    if isinstance(viewer, RoomViewer):
        shown = (ObligationState.CONFIRMED, ObligationState.ENDED)
        rows = [row for row in rows if row.state in shown]
    promises: dict[int, Promise] = {}
    for term in (
        ObligationTerm.objects.filter(obligation__in=rows)
        .select_related("promise")
        .order_by("due_on")
    ):
        promises[term.obligation_id] = term.promise
    holders: dict[int, list[Holder]] = {}
    for holder in Holder.objects.filter(promise__in=promises.values()):
        holders.setdefault(holder.promise_id, []).append(holder)
    found = Duties([], [], [])
    for row in rows:
        if row.state == ObligationState.PROPOSED:
            found.proposed.append(row)
            continue
        promise = promises.get(row.pk)
        mine = holders.get(promise.pk, []) if promise else []
        may = may_meet_obligation(viewer, contract, row, mine)
        view = _view(row, promise, viewer, firm, at, may_meet=may)
        goes_on = row.state == ObligationState.CONFIRMED
        (found.under_way if goes_on else found.over).append(view)
    return found


def _view(
    row: Obligation, promise: Promise | None, viewer: Viewer, firm: Firm, at: datetime,
    *, may_meet: bool,
) -> DutyView:  # fmt: skip
    language = get_language() or "ru"
    due = promise.due_at.astimezone(timezone.get_current_timezone()).date() if (
        promise and promise.due_at
    ) else row.due_on  # fmt: skip
    hides = isinstance(viewer, RoomViewer) and not firm.shows_people
    holder = row.holder
    who = firm.shown_name if hides or holder is None else person_name(
        holder.user.name, holder.user.name_en
    )  # fmt: skip
    open_now = promise is not None and is_open(promise.state)
    return DutyView(
        row=row,
        words=row.words(language),
        theirs=row.side == "theirs",
        due=_day(due, at, language),
        late=bool(promise and promise.is_late(at) and promise.state != PromiseState.DROPPED),
        kept=bool(promise and promise.state == PromiseState.KEPT),
        who=who,
        sum="" if row.sum is None else formats.money(row.sum, row.currency, language),
        may_meet=may_meet and open_now,
        first=_first(promise, at, language),
    )


def _first(promise: Promise | None, at: datetime, language: str) -> str:
    """The day before it was moved."""
    if promise is None or not promise.replaces_id or promise.first_due_at is None:
        return ""
    zone = timezone.get_current_timezone()
    return _day(promise.first_due_at.astimezone(zone).date(), at, language)


def soon_of_contract(contract: Contract, *, at: datetime) -> list[SoonDuty]:
    """The next few of one contract; one query."""
    return _soon(ObligationTerm.objects.filter(obligation__contract=contract), at, 4)


def soon_of_client(viewer: RoomViewer, *, at: datetime) -> list[SoonDuty]:
    """The next ones of all contracts in force of the company one stands for; one query."""
    path = "obligation__contract__case__"
    terms = ObligationTerm.objects.filter(
        cases_in_force(path), **{f"{path}client__in": viewer.whole_ids}
    ).exclude(**{f"{path}audience": "ours"})
    return _soon(terms, at, MOST_SOON)


def _soon(terms: object, at: datetime, most: int) -> list[SoonDuty]:
    language = get_language() or "ru"
    path = "obligation__contract__"
    rows = terms.filter(promise__state=PromiseState.RUNNING).order_by(  # type: ignore[attr-defined]
        "due_on", "pk"
    ).values(
        "due_on", "promise__due_at", "obligation__words_ru", "obligation__words_en",
        "obligation__side", f"{path}case_id", f"{path}case__title", f"{path}registered_number",
    )[:most]  # fmt: skip
    return [
        SoonDuty(
            contract=row[f"{path}case_id"],
            title=row[f"{path}case__title"],
            number=row[f"{path}registered_number"],
            words=row["obligation__words_en" if language == "en" else "obligation__words_ru"],
            theirs=row["obligation__side"] == "theirs",
            due=_day(row["due_on"], at, language),
            late=bool(row["promise__due_at"] and row["promise__due_at"] < at),
        )
        for row in rows
    ]


def _day(day: date | None, at: datetime, language: str) -> str:
    if day is None:
        return ""
    today = at.astimezone(timezone.get_current_timezone()).date()
    return formats.day(day, today, language)

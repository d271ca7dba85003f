"""Who has it, in a line: for lists, where a face would be too much."""

from collections.abc import Iterable, Mapping
from typing import Any

from django.utils.translation import gettext, ngettext

from zabota.cases.models import Holder, PromiseState
from zabota.cases.moments import CONTRACT_ORIGINAL, CONTRACT_SIGNATURE
from zabota.common.names import row_person
from zabota.common.questions import Numbers, Question
from zabota.contracts.models import Stage
from zabota.contracts.seat_team import client_sees, row_seat_team
from zabota.people.models import Firm

type Row = Mapping[str, Any]

MOST = 3
# As long as a page of a list; several stages may be open at once.
PAGE = 50


def open_stages(contracts: Iterable[int]) -> dict[int, list[Row]]:
    """The stages that are open now, by contract; with their titles and what the client may see."""
    found: dict[int, list[Row]] = {}
    for row in _open_stages(contracts=contracts):
        found.setdefault(row["contract_id"], []).append(row)
    return found


def holders_of_promises(promises: Iterable[int]) -> dict[int, list[Row]]:
    """Who has each of several promises now, by name; one query."""
    seats = seats_of_promises(promises)
    return {promise: here for promise, rows in seats.items() if (here := _waiting(rows))}


def seats_of_promises(promises: Iterable[int]) -> dict[int, list[Row]]:
    """Who has, or had, each of several promises, by name and team; one query."""
    found: dict[int, list[Row]] = {}
    for row in _seats(promises=promises):
        found.setdefault(row["promise_id"], []).append(row)
    return found


def _waiting(rows: Iterable[Row]) -> list[Row]:
    return [row for row in rows if row["rank_at"] is not None]


_open_stages = Question(
    lambda contracts: (
        Stage.objects.filter(contract__in=contracts, promise__state=PromiseState.RUNNING)
        .order_by("position")
        .values(
            "pk", "contract_id", "promise_id", "title_ru", "title_en", "spec", "promise__due_at"
        )
    ),
    contracts=Numbers(PAGE),
)  # fmt: skip
_seats = Question(
    lambda promises: (
        Holder.objects.filter(promise__in=promises)
        .order_by("seat", "pk")
        .values(
            "promise_id", "rank_at", "employee__user__name", "employee__user__name_en",
            "team_id", "team__name_ru", "team__name_en", "for_employee_id",
            "employee__team_id", "employee__team__name_ru", "employee__team__name_en",
            "for_employee__team_id", "for_employee__team__name_ru", "for_employee__team__name_en",
        )
    ),
    promises=Numbers(2 * PAGE),
)  # fmt: skip


def signatures_awaited(contracts: Iterable[int]) -> dict[int, list[Row]]:
    """Of contracts being signed, what our side has before it now: whose it is and until when, by
    contract; one query.
    """
    found: dict[int, list[Row]] = {}
    for row in _awaited(contracts=contracts):
        found.setdefault(row["case_id"], []).append(row)
    return found


_awaited = Question(
    lambda contracts: (
        Holder.objects.filter(
            case__in=contracts,
            rank_at__isnull=False,
            promise__moment__in=(CONTRACT_SIGNATURE, CONTRACT_ORIGINAL),
            promise__state=PromiseState.RUNNING,
        )
        .order_by("pk")
        .values(
            "case_id", "promise__due_at", "employee__user__name", "employee__user__name_en",
            "employee__team__name_ru", "employee__team__name_en",
        )
    ),
    contracts=Numbers(PAGE),
)  # fmt: skip


def stage_title(stage: Row, language: str) -> str:
    """The stage's name in the reader's language."""
    return str((stage["title_en"] if language == "en" else "") or stage["title_ru"])


def names_line(rows: Iterable[Row]) -> str:
    """«Анна Волкова, Тимур Асланов и ещё 2»: each once, no more than three."""
    names = list(dict.fromkeys(row_person(row, "employee__user__") for row in rows))
    if len(names) <= MOST:
        return ", ".join(names)
    rest = len(names) - MOST
    return ngettext("%(names)s and %(rest)d more", "%(names)s and %(rest)d more", rest) % {
        "names": ", ".join(names[:MOST]),
        "rest": rest,
    }


def who_for_client(stage: Row, seats: Iterable[Row], firm: Firm, language: str) -> str:
    """Names of those who have it, or the team where firm or route prefer it, or nothing but that
    it is with us. `seats` are all who have or had the stage: by them a team is named.
    """
    shows = client_sees(stage["spec"], firm)
    if shows == "hidden":
        return firm.shown_name
    if shows == "team":
        return row_seat_team(stage_title(stage, language), seats, language)
    return names_line(_waiting(seats))


def is_with_us(names: str) -> str:
    """«Сейчас у нас: Ольга Петрова»."""
    return gettext("With us now: %(names)s") % {"names": names}

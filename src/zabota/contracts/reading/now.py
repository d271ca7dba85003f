"""With whom a contract is now and until when, in a line: the end of a letter to the client."""

from collections.abc import Collection
from datetime import datetime

from django.utils import timezone
from django.utils.translation import get_language, gettext

from zabota.cases.models import Case
from zabota.common.formats import dated_when
from zabota.contracts.models import Contract, ContractState
from zabota.contracts.reading.who import (
    Row,
    is_with_us,
    open_stages,
    seats_of_promises,
    stage_title,
    who_for_client,
)
from zabota.contracts.seat_team import client_sees
from zabota.people.firm import current_firm
from zabota.people.models import Firm


def with_whom_now(contracts: Collection[int], at: datetime) -> dict[int, str]:
    """«Сейчас у нас: Павел Серов (Финансы), срок — до 24 ноября, 13:00.» as the rail names them;
    or that it is the client’s turn. Of others nothing.
    """
    firm, stages = current_firm(), open_stages(contracts)
    held = seats_of_promises(row["promise_id"] for rows in stages.values() for row in rows)
    said = {
        contract: is_with_us("; ".join(_stage(row, held, firm, at) for row in rows)) + "."
        for contract, rows in stages.items()
    }
    returned = Case.objects.filter(pk__in=contracts, state=ContractState.RETURNED)
    theirs = dict.fromkeys(returned.values_list("pk", flat=True), gettext("It is your turn now."))
    return {**said, **theirs}


def registered_numbers(contracts: Collection[int]) -> dict[int, str]:
    """The numbers of those that are registered: they go by no other from then on."""
    rows = Contract.objects.filter(pk__in=contracts).exclude(registered_number="")
    return dict(rows.values_list("pk", "registered_number"))


def _stage(row: Row, held: dict[int, list[Row]], firm: Firm, at: datetime) -> str:
    language = get_language() or "ru"
    who = who_for_client(row, held.get(row["promise_id"], []), firm, language)
    title = stage_title(row, language)
    if client_sees(row["spec"], firm) != "hidden" and who != title:
        who = f"{who} ({title})" if who else title
    due = row["promise__due_at"]
    if due is None:
        return who
    until = dated_when(due, at, language, timezone.get_current_timezone())
    return gettext("%(who)s, promised by %(until)s") % {"who": who, "until": until}

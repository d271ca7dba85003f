"""Requests in a table to take along. A client's words are among them: they stay words."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django.utils.translation import get_language, gettext

from zabota.common.export import Table
from zabota.common.names import row_person, row_whole
from zabota.insight.reading.asked import Asked
from zabota.tickets.models import Outcome, Priority, TicketState


def table_of_requests(title: str, rows: Sequence[dict[str, Any]], asked: Asked) -> Table:
    """Number, subject, client, kind, how it stands, who has it, when it came and ended."""
    head = [
        gettext("Number"), gettext("Request"), gettext("Client"), gettext("Kind of request"),
        gettext("Urgency"), gettext("State"), gettext("Who has it"), gettext("Came in"),
        gettext("Closed"),
    ]  # fmt: skip
    return Table(title, head, [_row(row, asked) for row in rows])


def _row(row: dict[str, Any], asked: Asked) -> list[str]:
    english = get_language() == "en" and row["ticket__type__name_en"]
    outcome = row["ticket__outcome"]
    return [
        row["number"],
        row["title"],
        row_whole(row, "client__"),
        row["ticket__type__name_en"] if english else row["ticket__type__name_ru"],
        str(Priority(row["ticket__priority"]).label),
        str(Outcome(outcome).label if outcome else TicketState(row["state"]).label),
        row_person(row, "owner__user__"),
        _moment(row["opened_at"], asked),
        _moment(row["closed_at"], asked),
    ]


def _moment(at: datetime | None, asked: Asked) -> str:
    return f"{at.astimezone(asked.period.zone):%Y-%m-%d %H:%M}" if at else ""

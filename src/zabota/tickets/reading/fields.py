"""What was answered to the questions of a kind, for pages, lists and reports."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import get_language, gettext

from zabota.common import formats
from zabota.common.questions import One, Question
from zabota.tickets.models import Asked, FieldKind, FieldValue, KindField, Ticket


@dataclass(frozen=True)
class Answered:
    """A question and its answer as a person reads them; the plain form is for exports."""

    field: KindField
    name: str
    words: str
    plain: str


def standing_fields() -> list[KindField]:
    """Questions that are asked now, by kind, in the firm's order."""
    rows = KindField.objects.filter(closed_at=None, type__closed_at=None)
    return list(rows.select_related("type").order_by("type__position", "position", "pk"))


def read_answers(ticket: Ticket, *, in_room: bool) -> list[Answered]:
    """Of one request, in the order they are asked; what is ours alone is not there in the room."""
    rows = [
        row for row in _given_in(ticket=ticket.pk) if row.field.asked == Asked.BOTH or not in_room
    ]
    return [_answered(row) for row in rows]


def _values(**of: Any) -> QuerySet[FieldValue]:
    rows = FieldValue.objects.filter(**of).select_related("field")
    return rows.order_by("field__position", "field__pk")


_given_in = Question(lambda ticket: _values(ticket=ticket), ticket=One())


def answers_of(tickets: Iterable[int]) -> dict[int, list[Answered]]:
    """Of several requests, in one query: whoever exports or reports them asks this."""
    rows = _values(ticket__in=list(tickets))
    found: dict[int, list[Answered]] = {}
    for row in rows:
        found.setdefault(row.ticket_id, []).append(_answered(row))
    return found


def amounts_of(tickets: Iterable[int]) -> dict[int, Decimal]:
    """The money at stake that requests name themselves."""
    rows = FieldValue.objects.filter(ticket__in=list(tickets), field__kind=FieldKind.MONEY)
    found: dict[int, Decimal] = {}
    for ticket, number in rows.values_list("ticket", "number"):
        found[ticket] = max(found.get(ticket, Decimal(0)), number or Decimal(0))
    return found


def _answered(row: FieldValue) -> Answered:
    language = get_language() or "ru"
    return Answered(row.field, row.field.name(language), _words(row, language), row.text)


def _words(row: FieldValue, language: str) -> str:
    match row.field.kind:
        case FieldKind.CHOICE:
            return dict(row.field.options(language)).get(row.text, row.text)
        case FieldKind.YES_NO:
            return gettext("yes") if row.text == "yes" else gettext("no")
        case FieldKind.DATE:
            today = timezone.localdate()
            return formats.dated_day(dt.date.fromisoformat(row.text), today, language)
        case FieldKind.MONEY:
            return formats.money(row.number or Decimal(0), "RUB", language)
    return row.text

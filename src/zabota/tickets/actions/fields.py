"""What a kind of request asks beside its words, and what was answered."""

import datetime as dt
from collections.abc import Mapping
from decimal import Decimal
from typing import Any, TypedDict

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from zabota.journal.actions import record
from zabota.people.access import StaffViewer
from zabota.people.actions.held import held_firm
from zabota.people.models import Place, User
from zabota.people.refusal import Refused
from zabota.people.rules import demand, may_change_firm
from zabota.tickets.actions.held import lock_ticket
from zabota.tickets.entries import DETAILS_SET, KIND_FIELD_CLOSED, KIND_FIELD_SET
from zabota.tickets.models import Asked, FieldKind, FieldValue, KindField, Ticket, TicketType
from zabota.tickets.rules import may_answer_ticket

# An answer as a form gives it: words, a number, a day, yes or no.
type Answers = Mapping[KindField, Any]


class Question(TypedDict):
    """What a kind asks: its names, what it takes, who fills it in."""

    name_ru: str
    name_en: str
    kind: str
    options_ru: str
    options_en: str
    required: bool
    asked: str


@transaction.atomic
def set_kind_field(
    kind: TicketType, field: KindField | None, values: Question, *, by: User, at: dt.datetime
) -> KindField:
    """A new question, last in order, or another wording of one; what was answered stays as it was
    answered, so its kind of answer does not change.
    """
    demand(may_change_firm(by, at))
    firm = held_firm()
    if field is not None:
        field = KindField.objects.get(pk=field.pk)
        if field.kind != values["kind"] and field.answers.exists():
            raise Refused(
                "answered", _("It was answered already: ask another question."), field="kind"
            )
    else:
        last = kind.fields.order_by("-position").values_list("position", flat=True).first()
        field = KindField(type=kind, position=(last or 0) + 1)
    for name, value in values.items():
        setattr(field, name, value)
    _check(field)
    field.save()
    called = {"ru": field.name_ru, "en": field.name_en}
    record(firm.stream, KIND_FIELD_SET, by=by.pk, at=at, field=field.pk, called=called)
    return field


@transaction.atomic
def close_kind_field(field: KindField, *, by: User, at: dt.datetime) -> None:
    """It is asked no more; what was answered is still read."""
    demand(may_change_firm(by, at))
    firm = held_firm()
    if not KindField.objects.filter(pk=field.pk, closed_at=None).update(closed_at=at):
        raise Refused("closed", _("It is asked no more already."))
    called = {"ru": field.name_ru, "en": field.name_en}
    record(firm.stream, KIND_FIELD_CLOSED, by=by.pk, at=at, field=field.pk, called=called)


def keep_answers(
    ticket: Ticket, answers: Answers, *, by: object, at: dt.datetime, ours: bool = False
) -> list[KindField]:
    """Put down what was answered; says what changed. What only we fill in, nobody else does."""
    there = {row.field_id: row for row in FieldValue.objects.filter(ticket=ticket)}
    changed = []
    for field, value in answers.items():
        if field.type_id != ticket.type_id or (field.asked == Asked.OURS and not ours):
            continue
        text, number = plain(field, value)
        row = there.get(field.pk)
        if text == (row.text if row else ""):
            continue
        changed.append(field)
        if row is not None and not text:
            row.delete()
        elif text:
            row = row or FieldValue(ticket=ticket, field=field)
            row.text, row.number = text, number
            row.save()
    return changed


@transaction.atomic
def set_details(
    ticket: Ticket, answers: Answers, place: Place | None, *, by: StaffViewer, at: dt.datetime
) -> Ticket:
    """One of ours fills in what the kind asks, and where it happened."""
    ticket, stream = lock_ticket(ticket.pk)
    if not may_answer_ticket(by, ticket):
        raise PermissionDenied
    changed = keep_answers(ticket, answers, by=by, at=at, ours=True)
    moved = ticket.place_id != (place.pk if place else None)
    if moved:
        ticket.place = place
        ticket.save(update_fields=["place"])
    if changed or moved:
        names = [{"ru": one.name_ru, "en": one.name_en} for one in changed]
        names += [{"ru": "точка", "en": "place"}] if moved else []
        record(stream, DETAILS_SET, by=by.user.pk, at=at, ticket=ticket.pk, what=names)
    return ticket


def plain(field: KindField, value: Any) -> tuple[str, Decimal | None]:
    """An answer in the one form it is kept in; a number beside it, to be compared."""
    if value in (None, ""):
        return "", None
    if field.kind in (FieldKind.NUMBER, FieldKind.MONEY):
        number = Decimal(value)
        return f"{number.normalize():f}", number
    if field.kind == FieldKind.DATE:
        return value.isoformat(), None
    return str(value)[:1000], None


def amount_at_stake(answers: Answers) -> Decimal | None:
    """The largest sum the answers name."""
    sums = [plain(field, value)[1] for field, value in answers.items() if field.kind == "money"]
    return max((one for one in sums if one is not None), default=None)


def _check(field: KindField) -> None:
    if not field.name_ru.strip():
        raise Refused("no_name", _("It needs a name."), field="name_ru")
    FieldKind(field.kind)
    Asked(field.asked)
    lines = _lines(field.options_ru)
    field.options_ru, field.options_en = "\n".join(lines), "\n".join(_lines(field.options_en))
    if field.kind == FieldKind.CHOICE and len(lines) < 2:
        raise Refused("no_options", _("Give at least two to choose from."), field="options_ru")
    if len(set(lines)) < len(lines):
        raise Refused("same_option", _("Two of them are the same."), field="options_ru")
    if field.options_en and len(_lines(field.options_en)) != len(lines):
        raise Refused("other_count", _("As many lines as in Russian."), field="options_en")


def _lines(text: str) -> list[str]:
    return [line.strip() for line in text.splitlines() if line.strip()]

"""The kinds of requests of a firm: named, sent to a team, put in order, no longer offered."""

from collections.abc import Collection
from datetime import datetime
from typing import Any, NotRequired, TypedDict

from django.db import transaction
from django.utils.text import slugify
from django.utils.translation import gettext_lazy as _

from zabota.journal.actions import record
from zabota.people.actions.held import held_firm
from zabota.people.models import Skill, Team, User
from zabota.people.refusal import Refused
from zabota.people.rules import demand, may_change_firm
from zabota.tickets.entries import KIND_CLOSED, KIND_OFFERED, KIND_SET, KINDS_ORDERED
from zabota.tickets.models import Priority, TicketType


class KindOfRequest(TypedDict):
    """What a kind is called in both languages, what it is for, how urgent, who receives it."""

    name_ru: str
    name_en: str
    purpose_ru: str
    purpose_en: str
    priority: str
    team: Team | None
    skills: NotRequired[Collection[Skill]]
    is_suggestion: NotRequired[bool]


@transaction.atomic
def set_kind(
    kind: TicketType | None, values: KindOfRequest, *, by: User, at: datetime
) -> TicketType:
    """A new kind, last in order, or another name, team and urgency of one there is; requests that
    came keep what they were promised.
    """
    demand(may_change_firm(by, at))
    firm = held_firm()
    if values["team"] is not None and values["team"].closed_at is not None:
        raise Refused("team_closed", _("This team is closed."), field="team")
    Priority(values["priority"])
    if kind is None:
        last = TicketType.objects.order_by("-position").values_list("position", flat=True).first()
        kind = TicketType(slug=_slug(values["name_en"]), position=(last or 0) + 1)
    else:
        kind = TicketType.objects.get(pk=kind.pk)
    takes = {skill.pk for skill in values.get("skills", ())}
    plain = {name: value for name, value in values.items() if name != "skills"}
    before = {name: getattr(kind, name) for name in plain} if kind.pk else None
    took = set(kind.skills.values_list("pk", flat=True)) if kind.pk else set()
    if before == plain and ("skills" not in values or took == takes):
        return kind
    for name, value in plain.items():
        setattr(kind, name, value)
    kind.save()
    if "skills" in values:
        kind.skills.set(takes)
    record(firm.stream, KIND_SET, by=by.pk, at=at, **_named(kind))
    return kind


@transaction.atomic
def close_kind(kind: TicketType, *, by: User, at: datetime) -> TicketType:
    """Nobody chooses it any more; its requests stay what they are. One at least is left."""
    demand(may_change_firm(by, at))
    firm = held_firm()
    kind = TicketType.objects.get(pk=kind.pk)
    if kind.closed_at is not None:
        raise Refused("kind_closed", _("This kind is not offered already."))
    if not TicketType.objects.filter(closed_at=None).exclude(pk=kind.pk).exists():
        raise Refused("last_kind", _("A client needs at least one kind of request to choose."))
    kind.closed_at = at
    kind.save(update_fields=["closed_at"])
    record(firm.stream, KIND_CLOSED, by=by.pk, at=at, **_named(kind))
    return kind


@transaction.atomic
def offer_kind(kind: TicketType, *, by: User, at: datetime) -> TicketType:
    """Clients choose it again."""
    demand(may_change_firm(by, at))
    firm = held_firm()
    kind = TicketType.objects.get(pk=kind.pk)
    if kind.closed_at is None:
        raise Refused("kind_offered", _("This kind is offered already."))
    kind.closed_at = None
    kind.save(update_fields=["closed_at"])
    record(firm.stream, KIND_OFFERED, by=by.pk, at=at, **_named(kind))
    return kind


@transaction.atomic
def raise_kind(kind: TicketType, *, by: User, at: datetime) -> None:
    """One place nearer to the beginning of the list clients choose from; the first kind is what a
    letter begins.
    """
    demand(may_change_firm(by, at))
    firm = held_firm()
    offered = TicketType.objects.filter(closed_at=None).order_by("position", "pk")
    order = list(offered.values_list("pk", flat=True))
    place = order.index(kind.pk) if kind.pk in order else 0
    if place == 0:
        raise Refused("first_kind", _("This kind stands first already."))
    order[place - 1], order[place] = order[place], order[place - 1]
    for position, pk in enumerate(order, start=1):
        TicketType.objects.filter(pk=pk).exclude(position=position).update(position=position)
    record(firm.stream, KINDS_ORDERED, by=by.pk, at=at, order=order)


def _slug(name: str) -> str:
    stem = slugify(name)[:30] or "kind"
    taken = set(TicketType.objects.filter(slug__startswith=stem).values_list("slug", flat=True))
    numbered = (f"{stem}-{number}" for number in range(2, len(taken) + 3))
    return next(slug for slug in (stem, *numbered) if slug not in taken)


def _named(kind: TicketType) -> dict[str, Any]:
    return {
        "type": kind.pk,
        "called": {"ru": kind.name_ru, "en": kind.name_en},
        "priority": kind.priority,
        "team": kind.team_id,
    }

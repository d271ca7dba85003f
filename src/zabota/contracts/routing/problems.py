"""What would keep a route from ending, or from meaning anything: refused when a route is saved.

Errors refuse, a stage that no contract can ever reach among them: whoever wrote it meant another.
Warnings are shown (a route that may ask nobody, a power only up to a sum).
"""

import re
from collections.abc import Iterator, Mapping
from decimal import Decimal

from zabota.contracts.routing.conditions import operand
from zabota.contracts.routing.contradictions import contradict
from zabota.contracts.routing.matching import most_seated
from zabota.contracts.routing.resolve import as_person
from zabota.contracts.routing.spec import Condition, RouteProblem, RouteSpec, SeatSpec, StageSpec
from zabota.contracts.routing.staff import Staff

MOST_STAGES, MOST_SEATS, MOST_CONDITIONS = 50, 50, 20
LONGEST_HOURS = Decimal(2000)
LONGEST_TITLE = 200
LAST_GROUP = 999
KEY = re.compile(r"[\w-]{1,64}")
OWN_FACTS = frozenset({"sum", "client.kind"})


def problems(
    spec: RouteSpec, staff: Staff, *, fields: Mapping[str, str] | None = None
) -> tuple[RouteProblem, ...]:
    """Everything wrong with a route for this firm, in the order of the route.

    `fields` are the fields of the contract by name with their type; without them (a route for any
    form) conditions and seats may name any field.
    """
    return tuple(_route_problems(spec, staff, fields))


def _route_problems(
    spec: RouteSpec, staff: Staff, fields: Mapping[str, str] | None
) -> Iterator[RouteProblem]:
    if not staff.active_administrators():
        yield RouteProblem("no_administrator", "")
    if not spec.stages:
        yield RouteProblem("no_stages", "stages")
        return
    yield from _too_many(len(spec.stages), MOST_STAGES, "stages")
    seen: set[str] = set()
    for index, stage in enumerate(spec.stages):
        where = f"stages/{index}"
        if stage.key in seen:
            yield RouteProblem("duplicate_key", f"{where}/key", {"key": stage.key})
        seen.add(stage.key)
        yield from _stage_problems(stage, where)
        yield from _seats_problems(stage, staff, fields, where)
        yield from _conditions_problems(stage, fields, where)
    if all(stage.conditions for stage in spec.stages):
        yield RouteProblem("may_ask_nobody", "stages", level="warning")


def _stage_problems(stage: StageSpec, where: str) -> Iterator[RouteProblem]:
    if not KEY.fullmatch(stage.key):
        yield RouteProblem("bad_key", f"{where}/key", {"key": stage.key, "limit": 64})
    if not stage.concern.strip():
        yield RouteProblem("no_concern", f"{where}/concern")
    if not stage.title_ru.strip():
        yield RouteProblem("no_title", f"{where}/title_ru")
    for name in ("title_ru", "title_en"):
        title: str = getattr(stage, name)
        if len(title) > LONGEST_TITLE:
            yield RouteProblem("too_long", f"{where}/{name}", {"limit": LONGEST_TITLE})
    if not 0 <= stage.group <= LAST_GROUP:
        yield RouteProblem("group_out_of_range", f"{where}/group", {"limit": LAST_GROUP})
    if not stage.hours.is_finite() or stage.hours <= 0:
        yield RouteProblem("hours_not_positive", f"{where}/hours", {"hours": str(stage.hours)})
    elif stage.hours > LONGEST_HOURS:
        yield RouteProblem("hours_too_long", f"{where}/hours", {"limit": int(LONGEST_HOURS)})


def _seats_problems(
    stage: StageSpec, staff: Staff, fields: Mapping[str, str] | None, where: str
) -> Iterator[RouteProblem]:
    if not stage.seats:
        yield RouteProblem("no_seats", f"{where}/seats")
        return
    yield from _too_many(len(stage.seats), MOST_SEATS, f"{where}/seats")
    for index, seat in enumerate(stage.seats):
        yield from _seat_problems(seat, stage.concern, staff, fields, f"{where}/seats/{index}")
    if stage.rule == "quorum" and stage.quorum < 1:
        yield RouteProblem("quorum_not_positive", f"{where}/quorum", {"quorum": stage.quorum})
    if stage.needed > len(stage.seats):
        found: dict[str, object] = {"needed": stage.needed, "seats": len(stage.seats)}
        yield RouteProblem("quorum_over_seats", f"{where}/quorum", found)
        return
    possible = most_seated(
        [_possible(seat, index, stage.concern, staff) for index, seat in enumerate(stage.seats)]
    )
    if possible < stage.needed:
        found = {"needed": stage.needed, "people": possible}
        yield RouteProblem("too_few_people", f"{where}/seats", found)


def _seat_problems(
    seat: SeatSpec, concern: str, staff: Staff, fields: Mapping[str, str] | None, where: str
) -> Iterator[RouteProblem]:
    params: dict[str, object] = {"ref": seat.ref}
    match seat.kind:
        case "person":
            known = [person for person in as_person(seat.ref) if person in staff.people]
            if not known:
                yield RouteProblem("unknown_person", where, params)
            elif not staff.active(known[0]):
                yield RouteProblem("person_left", where, params)
        case "team":
            if seat.ref not in staff.teams:
                yield RouteProblem("unknown_team", where, params)
            elif not any(map(staff.active, staff.teams[seat.ref])):
                yield RouteProblem("team_empty", where, params)
        case "power":
            yield from _power_problems(seat.ref or concern, staff, where)
        case "field":
            if not seat.ref.strip() or (fields is not None and seat.ref not in fields):
                yield RouteProblem("unknown_field", where, {"field": seat.ref})
            elif fields is not None and fields[seat.ref] != "person":
                kind = {"field": seat.ref, "type": fields[seat.ref]}
                yield RouteProblem("field_names_no_person", where, {**kind})
        case "owner":
            pass


def _power_problems(concern: str, staff: Staff, where: str) -> Iterator[RouteProblem]:
    limits = [
        (power.limit, power.currency)
        for person in staff.people.values()
        for power in person.powers
        if person.active and power.concern == concern
    ]
    if not limits:
        yield RouteProblem("power_held_by_nobody", where, {"concern": concern})
        return
    most: dict[str, Decimal] = {}
    for limit, currency in limits:
        if limit is None:
            return
        most[currency] = max(limit, most.get(currency, limit))
    if most:
        told = (f"{limit} {currency}".strip() for currency, limit in sorted(most.items()))
        params: dict[str, object] = {"concern": concern, "limit": ", ".join(told)}
        yield RouteProblem("power_only_up_to", where, params, level="warning")


def _possible(seat: SeatSpec, index: int, concern: str, staff: Staff) -> frozenset[int]:
    """Who may come to sit here, absences aside; a seat filled later counts as its own person."""
    people: frozenset[int] = frozenset()
    match seat.kind:
        case "person":
            people = frozenset(as_person(seat.ref))
        case "team":
            people = staff.teams.get(seat.ref, people)
        case "power":
            wanted = seat.ref or concern
            holders = (p for p in staff.people.values() for g in p.powers if g.concern == wanted)
            people = frozenset(person.id for person in holders)
        case "field" | "owner":
            pass
    # A seat nobody can take has a problem of its own: it is not counted against the number too.
    return frozenset(filter(staff.active, people)) or frozenset({-1 - index})


def _conditions_problems(
    stage: StageSpec, fields: Mapping[str, str] | None, where: str
) -> Iterator[RouteProblem]:
    yield from _too_many(len(stage.conditions), MOST_CONDITIONS, f"{where}/conditions")
    for index, condition in enumerate(stage.conditions):
        place = f"{where}/conditions/{index}"
        if not _is_known(condition, fields):
            yield RouteProblem("unknown_field", place, {"field": condition.field})
        if condition.op in ("gt", "ge", "lt", "le") and operand(condition.value) is None:
            yield RouteProblem("value_has_no_order", place, {"value": condition.value})
        if condition.op == "in" and (not isinstance(condition.value, tuple) or not condition.value):
            yield RouteProblem("nothing_to_choose_from", place)
        if condition.op in ("eq", "ne") and isinstance(condition.value, tuple):
            yield RouteProblem("one_value_wanted", place)
    if contradict(stage.conditions):
        key: dict[str, object] = {"key": stage.key}
        yield RouteProblem("stage_never_applies", f"{where}/conditions", key)


def _is_known(condition: Condition, fields: Mapping[str, str] | None) -> bool:
    name = condition.field
    parts = name.split(".")
    touched = len(parts) == 3 and parts[0] == "direction" and parts[1] and parts[2] == "touched"
    if condition.op == "changed":
        return not name or bool(touched)
    return bool(
        name in OWN_FACTS or touched or (bool(name.strip()) if fields is None else name in fields)
    )


def _too_many(found: int, limit: int, where: str) -> Iterator[RouteProblem]:
    if found > limit:
        yield RouteProblem("too_many", where, {"found": found, "limit": limit})

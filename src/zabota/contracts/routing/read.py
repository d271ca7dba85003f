"""Routes from and to plain JSON values. What cannot be read is named with its place, all of it."""

from collections.abc import Callable, Iterable
from dataclasses import MISSING, fields
from decimal import Decimal, InvalidOperation
from typing import get_args

from zabota.contracts.routing.spec import (
    Condition,
    FastLane,
    Op,
    Overdue,
    RouteProblem,
    RouteSpec,
    Rule,
    Scalar,
    SeatKind,
    SeatSpec,
    Shows,
    StageSpec,
    Value,
)

type Json = object

_CHOICES: dict[str, tuple[str, ...]] = {
    "op": get_args(Op.__value__),
    "kind": get_args(SeatKind.__value__),
    "rule": get_args(Rule.__value__),
    "overdue": get_args(Overdue.__value__),
    "shows": get_args(Shows.__value__),
}
LONGEST_TEXT = 2000
LARGEST_HOURS = 1_000_000
LARGEST_SUM = 10**15


class RouteRefused(ValueError):
    """JSON that is no route; `problems` say where and why, every one of them."""

    def __init__(self, problems: tuple[RouteProblem, ...]) -> None:
        super().__init__(problems)
        self.problems = problems


def to_json(spec: RouteSpec) -> dict[str, Json]:
    """The route as values JSON knows; `from_json` gives an equal route back."""
    lane = spec.fast_lane
    most = lane.most if lane else None
    fast = {} if lane is None else {"fast_lane": {"most": None if most is None else f"{most:f}"}}
    return {
        "no_self_approval": spec.no_self_approval,
        "stages": [_stage_to_json(stage) for stage in spec.stages],
        **fast,
    }


def from_json(data: Json) -> RouteSpec:
    """Read a route; raises RouteRefused naming everything that cannot be read.

    Whether the route makes sense for a firm is another question: `problems` answers it.
    """
    reader = _Reader()
    route = reader.route(data)
    if reader.problems or route is None:
        raise RouteRefused(tuple(reader.problems))
    return route


def conditions_to_json(conditions: Iterable[Condition]) -> list[dict[str, Json]]:
    """Conditions by themselves as values JSON knows."""
    return [
        {"field": asked.field, "op": asked.op, "value": _value_to_json(asked.value)}
        for asked in conditions
    ]


def conditions_from_json(data: Json) -> tuple[Condition, ...]:
    """Read conditions by themselves; raises RouteRefused naming everything that cannot be read."""
    reader = _Reader()
    found = reader.items(data, "conditions", reader.condition)
    if reader.problems:
        raise RouteRefused(tuple(reader.problems))
    return found


def _stage_to_json(stage: StageSpec) -> dict[str, Json]:
    plain: dict[str, Json] = {
        field.name: getattr(stage, field.name)
        for field in fields(stage)
        if field.name not in ("seats", "conditions", "hours")
    }
    plain["seats"] = [{"kind": seat.kind, "ref": seat.ref} for seat in stage.seats]
    plain["conditions"] = conditions_to_json(stage.conditions)
    return plain | {"hours": format(stage.hours, "f") if stage.hours.is_finite() else "NaN"}


def _value_to_json(value: Value) -> Json:
    return list(value) if isinstance(value, tuple) else value


class _Reader:
    """Reads as far as it can and remembers each problem, so that one look shows them all."""

    def __init__(self) -> None:
        self.problems: list[RouteProblem] = []

    def refuse(self, code: str, where: str, **params: object) -> None:
        self.problems.append(RouteProblem(code, where, params))

    def route(self, data: Json) -> RouteSpec | None:
        known = self.object(data, RouteSpec, "")
        if known is None:
            return None
        stages = self.items(known.get("stages"), "stages", self.stage)
        strict = self.truth(known.get("no_self_approval", True), "no_self_approval")
        return RouteSpec(stages, strict, self.fast_lane(known.get("fast_lane")))

    def fast_lane(self, data: Json) -> FastLane | None:
        if data is None:
            return None
        known = self.object(data, FastLane, "fast_lane")
        most = (known or {}).get("most")
        return FastLane(None if most is None else self.amount(most, "fast_lane/most"))

    def stage(self, data: Json, where: str) -> StageSpec | None:
        known = self.object(data, StageSpec, where)
        if known is None:
            return None
        plain: dict[str, object] = {
            "seats": self.items(known.pop("seats"), f"{where}/seats", self.seat),
            "conditions": self.items(
                known.pop("conditions", []), f"{where}/conditions", self.condition
            ),
        }
        for name, value in known.items():
            plain[name] = self.plain(name, value, f"{where}/{name}")
        # Every value was read as its field's kind or refused; a refused route is never returned.
        return StageSpec(**plain)  # type: ignore[arg-type]

    def seat(self, data: Json, where: str) -> SeatSpec | None:
        known = self.object(data, SeatSpec, where)
        if known is None:
            return None
        kind = self.plain("kind", known["kind"], f"{where}/kind")
        ref = self.text(known.get("ref", ""), f"{where}/ref")
        return SeatSpec(kind, ref)  # type: ignore[arg-type]

    def condition(self, data: Json, where: str) -> Condition | None:
        known = self.object(data, Condition, where)
        if known is None:
            return None
        name = self.text(known["field"], f"{where}/field")
        op = self.plain("op", known["op"], f"{where}/op")
        return Condition(name, op, self.value(known.get("value"), where))  # type: ignore[arg-type]

    def plain(self, name: str, value: Json, where: str) -> object:
        if name in _CHOICES:
            if value not in _CHOICES[name]:
                self.refuse("not_a_choice", where, value=value, choices=_CHOICES[name])
            return value
        if name in ("group", "quorum"):
            return self.whole(value, where)
        if name == "hours":
            return self.hours(value, where)
        if name == "authors_may_approve":
            return self.truth(value, where)
        return self.text(value, where)

    def object(self, data: Json, kind: type, where: str) -> dict[str, Json] | None:
        if not isinstance(data, dict):
            self.refuse("not_an_object", where)
            return None
        known = {field.name: field for field in fields(kind)}
        for name in sorted(map(str, data.keys() - known.keys())):
            self.refuse("unknown_key", where, key=name)
        missing = [n for n in known if n not in data and known[n].default is MISSING]
        for name in missing:
            self.refuse("missing_key", where, key=name)
        return None if missing else {name: data[name] for name in known if name in data}

    def items[T](
        self, data: Json, where: str, read: Callable[[Json, str], T | None]
    ) -> tuple[T, ...]:
        if not isinstance(data, list | tuple):
            self.refuse("not_a_list", where)
            return ()
        found = (read(item, f"{where}/{index}") for index, item in enumerate(data))
        return tuple(item for item in found if item is not None)

    def text(self, value: Json, where: str) -> str:
        if not isinstance(value, str):
            self.refuse("not_text", where)
            return ""
        if len(value) > LONGEST_TEXT:
            self.refuse("too_long", where, limit=LONGEST_TEXT)
        return value

    def truth(self, value: Json, where: str) -> bool:
        if not isinstance(value, bool):
            self.refuse("not_yes_or_no", where)
        return value is True

    def whole(self, value: Json, where: str) -> int:
        if isinstance(value, bool) or not isinstance(value, int):
            self.refuse("not_a_whole_number", where)
            return 0
        return value

    def amount(self, value: Json, where: str) -> Decimal:
        try:
            found = Decimal(str(value))
        except (InvalidOperation, ValueError):
            found = Decimal("NaN")
        if isinstance(value, bool) or not found.is_finite():
            self.refuse("not_a_number", where)
        elif not 0 <= found <= LARGEST_SUM:
            self.refuse("out_of_range", where, limit=LARGEST_SUM)
        return found

    def hours(self, value: Json, where: str) -> Decimal:
        try:
            hours = Decimal(str(value).replace(",", "."))
        except (InvalidOperation, ValueError):
            hours = Decimal("NaN")
        if isinstance(value, bool) or not hours.is_finite():
            self.refuse("not_a_number", where)
        elif abs(hours) > LARGEST_HOURS or hours != round(hours, 6):
            self.refuse("out_of_range", where, limit=LARGEST_HOURS)
        return hours

    def value(self, value: Json, where: str) -> Value:
        if isinstance(value, list | tuple):
            return tuple(self.scalar(item, f"{where}/value/{i}") for i, item in enumerate(value))
        return None if value is None else self.scalar(value, f"{where}/value")

    def scalar(self, value: Json, where: str) -> Scalar:
        if isinstance(value, float):  # sums are exact: 0.1 is kept as it was written
            return str(value)
        if isinstance(value, int):
            return value
        if isinstance(value, str):
            return self.text(value, where)
        self.refuse("not_a_value", where)
        return ""

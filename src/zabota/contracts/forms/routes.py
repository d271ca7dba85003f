"""A route as it is typed: stages with seats and conditions, moved about without losing a word.

The editor's state is plain values: what was typed, checked or not. Buttons change the state; only
checking and saving read it as a route.
"""

from collections.abc import Iterable, Mapping
from decimal import Decimal, InvalidOperation
from typing import Any

from django.utils import translation

from zabota.contracts.route_words import CLIENT_KINDS, value_words
from zabota.contracts.routing.problems import MOST_CONDITIONS, MOST_SEATS, MOST_STAGES
from zabota.contracts.text.fields import FieldProblem
from zabota.contracts.text.fields.quantities import clean_date

type State = dict[str, Any]

STAGE: State = {
    "key": "",
    "title_ru": "",
    "title_en": "",
    "together": False,
    "concern": "general",
    "rule": "all",
    "quorum": "",
    "hours": "8",
    "overdue": "escalate",
    "authors_may_approve": False,
    "asks": "",
    "shows": "person",
}
TICKS = ("together", "authors_may_approve")
SEAT: State = {"who": ""}
CONDITION: State = {"field": "sum", "op": "ge", "value": ""}
WITHOUT_VALUE = ("filled", "empty", "changed")
ORDERS = ("gt", "ge", "lt", "le")


def new_state() -> State:
    """A route with one empty stage."""
    return {
        "name_ru": "",
        "name_en": "",
        "no_self_approval": True,
        "fast_lane": False,
        "fast_lane_most": "",
        "stages": [_new_stage()],
    }


def _new_stage() -> State:
    return {**STAGE, "seats": [dict(SEAT)], "conditions": []}


def state_of_spec(spec: Mapping[str, Any], names: tuple[str, str]) -> State:
    """A saved route as it would have been typed."""
    stages: list[State] = []
    before: object = None
    for told in spec["stages"]:
        plain = {name: told.get(name, STAGE[name]) for name in STAGE if name in told}
        stages.append(
            {
                **STAGE,
                **plain,
                "together": before is not None and told["group"] == before,
                "quorum": str(told.get("quorum") or ""),
                "seats": [{"who": _who(seat)} for seat in told["seats"]],
                "conditions": [_typed(row) for row in told.get("conditions", ())],
            }
        )
        before = told["group"]
    return {
        "name_ru": names[0],
        "name_en": names[1],
        "no_self_approval": spec.get("no_self_approval", True),
        "fast_lane": spec.get("fast_lane") is not None,
        "fast_lane_most": str((spec.get("fast_lane") or {}).get("most") or ""),
        "stages": stages,
    }


def _who(seat: Mapping[str, str]) -> str:
    return "owner" if seat["kind"] == "owner" else f"{seat['kind']}:{seat['ref']}"


def _typed(row: Mapping[str, Any]) -> State:
    value = value_words(row["field"], row.get("value"))
    return {"field": row["field"], "op": row["op"], "value": value}


def state_of_post(data: Mapping[str, str]) -> State:
    """What was sent, exactly as typed."""
    return {
        "name_ru": data.get("name_ru", ""),
        "name_en": data.get("name_en", ""),
        "no_self_approval": "no_self_approval" in data,
        "fast_lane": "fast_lane" in data,
        "fast_lane_most": data.get("fast_lane_most", ""),
        "stages": [
            _stage(data, f"s{index}") for index in range(_count(data, "stages", MOST_STAGES))
        ],
    }


def _stage(data: Mapping[str, str], prefix: str) -> State:
    stage: State = {name: data.get(f"{prefix}-{name}", "") for name in STAGE}
    for name in TICKS:
        stage[name] = f"{prefix}-{name}" in data
    stage["seats"] = [
        {"who": data.get(f"{prefix}-seat{place}-who", "")}
        for place in range(_count(data, f"{prefix}-seats", MOST_SEATS))
    ]
    stage["conditions"] = [
        {name: data.get(f"{prefix}-cond{place}-{name}", "") for name in CONDITION}
        for place in range(_count(data, f"{prefix}-conds", MOST_CONDITIONS))
    ]
    return stage


def _count(data: Mapping[str, str], name: str, most: int) -> int:
    """How many were sent; one more than allowed is let through, so that the limit is named."""
    text = data.get(name, "")
    return min(int(text), most + 1) if text.isascii() and text.isdecimal() and len(text) < 6 else 0


def data_of(state: State) -> dict[str, str]:
    """The state as a browser would send it, for forms that check it."""
    data = {name: state[name] for name in ("name_ru", "name_en", "fast_lane_most")}
    if state["no_self_approval"]:
        data["no_self_approval"] = "on"
    if state["fast_lane"]:
        data["fast_lane"] = "on"
    for index, stage in enumerate(state["stages"]):
        for name in STAGE:
            if name not in TICKS:
                data[f"s{index}-{name}"] = stage[name]
            elif stage[name]:
                data[f"s{index}-{name}"] = "on"
        for place, seat in enumerate(stage["seats"]):
            data[f"s{index}-seat{place}-who"] = seat["who"]
        for place, row in enumerate(stage["conditions"]):
            for name in CONDITION:
                data[f"s{index}-cond{place}-{name}"] = row[name]
    return data


def press(state: State, button: str) -> None:
    """Do what a button says; what is unknown does nothing."""
    verb, *places = button.split(".")
    if not all(place.isascii() and place.isdecimal() and len(place) < 6 for place in places):
        return
    stages = state["stages"]
    if verb == "add-stage":
        stages.append(_new_stage())
    elif places and int(places[0]) < len(stages):
        index = int(places[0])
        if verb == "drop-stage":
            del stages[index]
        elif verb in ("up", "down"):
            _move(stages, index, -1 if verb == "up" else 1)
        else:
            _press_inside(stages[index], verb, [int(place) for place in places[1:]])


def _move(stages: list[State], index: int, step: int) -> None:
    other = index + step
    if 0 <= other < len(stages):
        stages[index], stages[other] = stages[other], stages[index]


def _press_inside(stage: State, verb: str, places: list[int]) -> None:
    rows, blank = (
        (stage["seats"], SEAT) if verb.endswith("seat") else (stage["conditions"], CONDITION)
    )
    if verb in ("add-seat", "add-cond"):
        rows.append(dict(blank))
    elif verb in ("drop-seat", "drop-cond") and places and places[0] < len(rows):
        del rows[places[0]]


def spec_of(state: State) -> dict[str, Any]:
    """The state as a route's data; what is not a route is found by whoever reads it."""
    group = 0
    stages = []
    taken = {stage["key"] for stage in state["stages"] if stage["key"]}
    for index, stage in enumerate(state["stages"]):
        group += 0 if stage["together"] and index else 1
        key = stage["key"] or _free_key(stage["concern"], taken)
        taken.add(key)
        stages.append(_stage_spec(stage, key, group))
    return {
        "no_self_approval": state["no_self_approval"],
        "stages": stages,
        **_fast_lane_spec(state),
    }


def _fast_lane_spec(state: State) -> dict[str, Any]:
    if not state["fast_lane"]:
        return {}
    most = "".join(state["fast_lane_most"].split()).replace(",", ".")
    return {"fast_lane": {"most": most or None}}


def _stage_spec(stage: State, key: str, group: int) -> dict[str, Any]:
    plain = ("concern", "rule", "overdue", "shows", "authors_may_approve")
    quorum = stage["quorum"].strip()
    number = int(quorum) if quorum.isascii() and quorum.isdecimal() and len(quorum) < 6 else 0
    return {
        **{name: stage[name] for name in plain},
        "key": key,
        "group": group,
        "title_ru": stage["title_ru"].strip(),
        "title_en": stage["title_en"].strip(),
        "asks": stage["asks"].strip(),
        "hours": "".join(stage["hours"].split()).replace(",", "."),
        "quorum": number if stage["rule"] == "quorum" else 0,
        "seats": [_seat_spec(seat["who"]) for seat in stage["seats"]],
        "conditions": [condition_spec(row) for row in stage["conditions"]],
    }


def _free_key(concern: str, taken: Iterable[str]) -> str:
    number, key, known = 2, concern or "stage", set(taken)
    while key in known:
        key, number = f"{concern or 'stage'}-{number}", number + 1
    return key


def _seat_spec(who: str) -> dict[str, str]:
    kind, _colon, ref = who.partition(":")
    return {"kind": kind, "ref": ref}


def condition_spec(row: State) -> dict[str, Any]:
    """A typed condition as it is stored."""
    name, op, text = row["field"], row["op"], row["value"].strip()
    value: Any = None
    if op == "in":
        value = [_value(name, op, part.strip()) for part in text.split(";") if part.strip()]
    elif op not in WITHOUT_VALUE:
        value = _value(name, op, text)
    return {"field": name, "op": op, "value": value}


def _value(name: str, op: str, text: str) -> Any:
    """A typed value as it is compared: numbers without spaces, dates as 2026-11-22."""
    if name == "client.kind":
        return _code(text)
    if name == "foreign_paper" or name.endswith(".touched"):
        return text.casefold() in ("yes", "true", "1", "да")
    number = "".join(text.split()).replace(",", ".")
    try:
        Decimal(number)
    except InvalidOperation:
        pass
    else:
        return number if name == "sum" or op in ORDERS else text
    try:
        return clean_date(text) if op in ORDERS else text
    except FieldProblem:
        return text


def _code(text: str) -> str:
    wanted = text.casefold()
    for language in ("ru", "en"):
        with translation.override(language):
            for code, label in CLIENT_KINDS.items():
                if wanted in (code, str(label).casefold()):
                    return code
    return text

"""Routes in words: what is wrong with one, who sits where, when a stage is needed."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from django.utils import timezone
from django.utils.functional import Promise as LazyText
from django.utils.translation import get_language, gettext_lazy, ngettext
from django.utils.translation import gettext as _

from zabota.clients.models import ClientKind, Relation
from zabota.common import formats
from zabota.contracts.concerns import concern_name
from zabota.contracts.models import Route
from zabota.contracts.routing import AwaySeat, RouteProblem, away_seats, from_json, problems
from zabota.contracts.staff import staff_at
from zabota.people.models import Employee, Team

type Params = Mapping[str, Any]

RULES: dict[str, LazyText] = {
    "all": gettext_lazy("all of them"),
    "any": gettext_lazy("any one of them"),
    "quorum": gettext_lazy("a number of them"),
}
OVERDUE: dict[str, LazyText] = {
    "escalate": gettext_lazy("tell the lead"),
    "remind": gettext_lazy("remind whoever has it"),
    "wait": gettext_lazy("wait"),
}
SHOWS: dict[str, LazyText] = {
    "person": gettext_lazy("the person"),
    "team": gettext_lazy("the team"),
    "hidden": gettext_lazy("nothing: the stage is hidden"),
}
OPS: dict[str, LazyText] = {
    "ge": gettext_lazy("is at least"),
    "gt": gettext_lazy("is more than"),
    "le": gettext_lazy("is at most"),
    "lt": gettext_lazy("is less than"),
    "eq": gettext_lazy("is"),
    "ne": gettext_lazy("is not"),
    "in": gettext_lazy("is one of"),
    "filled": gettext_lazy("is filled in"),
    "empty": gettext_lazy("is empty"),
    "changed": gettext_lazy("was changed by the client"),
}
CLIENT_KINDS: dict[str, LazyText | str] = {
    **{kind.value: kind.label for kind in ClientKind},
    **{kind.value: kind.label for kind in Relation if kind.value},
}


@dataclass
class Names:
    """Names of people and teams by id as a route stores it; two queries for all of them."""

    people: dict[str, str] = field(default_factory=dict)
    teams: dict[str, str] = field(default_factory=dict)
    left: set[str] = field(default_factory=set)

    @classmethod
    def load(cls) -> "Names":
        language = get_language() or "ru"
        found = cls()
        people = Employee.objects.select_related("user").order_by("user__name")
        for person in people:
            found.people[str(person.pk)] = person.name
            if person.dismissed_at is not None:
                found.left.add(str(person.pk))
        for team in Team.objects.filter(closed_at=None).order_by("name_ru"):
            found.teams[str(team.pk)] = team.name(language)
        return found


def seat_words(kind: str, ref: str, names: Names) -> str:
    """Who sits there."""
    match kind:
        case "person":
            return names.people.get(ref, _("somebody unknown"))
        case "team":
            return _("team: %(name)s") % {"name": names.teams.get(ref, "?")}
        case "power":
            return _("whoever may approve: %(direction)s") % {
                "direction": concern_name(ref) if ref else _("the stage's direction")
            }
        case "field":
            return _("whom the field %(name)s names") % {"name": ref}
    return _("whoever is in charge of the contract")


def field_name(name: str) -> str:
    """What a condition asks about."""
    if name == "sum":
        return _("Sum of the contract")
    if name == "client.kind":
        return _("Client")
    if name == "foreign_paper":
        return _("Text on the client's paper")
    parts = name.split(".")
    if parts[0] == "direction" and len(parts) == 3:
        return _("Direction “%(name)s”") % {"name": concern_name(parts[1])}
    return name or _("The stage's own direction")


def value_words(name: str, value: object) -> str:
    """A value of a condition as it is read and typed."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    if isinstance(value, list | tuple):
        return "; ".join(value_words(name, one) for one in value)
    if name == "client.kind":
        return str(CLIENT_KINDS.get(str(value), value))
    return str(value)


def condition_words(told: Mapping[str, Any], labels: Mapping[str, str] | None = None) -> str:
    """A condition as one sentence; `labels` are what a form calls its fields."""
    label = (labels or {}).get(told["field"])
    name = f"{label}:" if label else field_name(told["field"])
    if not label and told["op"] in ("filled", "empty"):
        name = f"{name}:"
    parts = [name, str(OPS[told["op"]])]
    value = value_words(told["field"], told.get("value"))
    if told["field"] == "sum" and value.isascii() and value.isdecimal():
        value = formats.number(int(value), get_language() or "ru")
    return " ".join(filter(None, (*parts, value)))


def rule_words(stage: Mapping[str, Any]) -> str:
    """How many of those who sit there have to agree."""
    seats = len(stage.get("seats", ()))
    if seats < 2:
        return ""
    if stage.get("rule") == "quorum":
        return _("%(need)s of %(all)s have to agree") % {"need": stage.get("quorum"), "all": seats}
    if stage.get("rule") == "any":
        return _("one of them is enough")
    return _("all have to agree")


def problem_words(problem: RouteProblem) -> str:
    """What is wrong and what to do."""
    words = _PROBLEMS.get(problem.code)
    if words is None:
        return _("This cannot be read (%(code)s).") % {"code": problem.code}
    return words(problem.params)


def problems_now(spec: Mapping[str, Any], names: Names, at: datetime) -> list[tuple[str, str]]:
    """What is wrong with a saved route today, (level, words): people leave and are away after it
    was saved.
    """
    read, staff = from_json(spec), staff_at(at)
    told = _told(spec, problems(read, staff))
    for away in away_seats(read, staff, at):
        told.append(("warning", _at_stage(spec, away.stage, away_words(away, names, at))))
    return told


def away_words(away: AwaySeat, names: Names, at: datetime) -> str:
    """Who of a stage is away with nobody to stand in, till when, and who decides meanwhile."""
    who = seat_words(away.seat.kind, away.seat.ref, names)
    told, day = {"who": who[:1].upper() + who[1:]}, ""
    if away.until is not None:
        # Absences end with their last day, at the midnight after it.
        last = timezone.localtime(away.until - timedelta(microseconds=1)).date()
        day = formats.day(last, timezone.localtime(at).date(), get_language() or "ru")
    if away.seat.kind == "person":
        words = _("%(who)s is away now, and nobody stands in.")
        until = _("%(who)s is away until %(day)s, and nobody stands in.")
    else:
        words = _("%(who)s: nobody is here now, and nobody stands in.")
        until = _("%(who)s: nobody is here until %(day)s, and nobody stands in.")
    words = until % {**told, "day": day} if day else words % told
    decides = _(
        "Whoever leads the one in charge of the contract decides meanwhile, or else the"
        " administrator."
    )
    return f"{words} {decides}"


def problems_for_form(route: Route, fields: Iterable[Mapping[str, Any]], at: datetime) -> list[str]:
    """What a route asks of a form that the form does not have."""
    if route.current is None:
        return []
    types = {spec["name"]: spec["type"] for spec in fields} | {"foreign_paper": "choice"}
    found = problems(from_json(route.current.spec), staff_at(at), fields=types)
    return [words for _level, words in _told(route.current.spec, found)]


def _told(spec: Mapping[str, Any], found: Iterable[RouteProblem]) -> list[tuple[str, str]]:
    told: list[tuple[str, str]] = []
    for problem in found:
        words = problem_words(problem)
        parts = problem.where.split("/")
        if len(parts) > 1:
            words = _at_stage(spec, int(parts[1]), words)
        told.append((problem.level, words))
    return told


def _at_stage(spec: Mapping[str, Any], index: int, words: str) -> str:
    stage = spec["stages"][index]
    title = (stage["title_en"] if get_language() == "en" else "") or stage["title_ru"]
    return _("Stage “%(title)s”: %(words)s") % {"title": title, "words": words}


def _said(words: LazyText) -> Callable[[Params], str]:
    return lambda params: str(words)


def _concern(p: Params) -> dict[str, Any]:
    return {**p, "concern": concern_name(str(p.get("concern", "")))}


_PROBLEMS: dict[str, Callable[[Params], str]] = {
    "no_administrator": _said(
        gettext_lazy("The firm has no administrator: nobody would be left to decide at last.")
    ),
    "no_stages": _said(gettext_lazy("A route needs at least one stage.")),
    "too_many": lambda p: _("There are %(found)s here; at most %(limit)s are allowed.") % p,
    "duplicate_key": lambda p: _("Two stages have the same key “%(key)s”.") % p,
    "may_ask_nobody": _said(
        gettext_lazy("All stages have conditions: a contract that meets none is agreed at once.")
    ),
    "bad_key": lambda p: _("The key may hold letters, digits and dashes, %(limit)s at most.") % p,
    "no_concern": _said(gettext_lazy("Please choose a direction.")),
    "no_title": _said(gettext_lazy("Please give the stage a title in Russian.")),
    "too_long": lambda p: (
        ngettext(
            "At most %(limit)d character, please.",
            "At most %(limit)d characters, please.",
            int(p.get("limit", 0)),
        )
        % {"limit": int(p.get("limit", 0))}
    ),
    "group_out_of_range": lambda p: _("The order goes up to %(limit)s.") % p,
    "hours_not_positive": _said(gettext_lazy("Please give it some hours: more than zero.")),
    "hours_too_long": lambda p: _("At most %(limit)s working hours, please.") % p,
    "no_seats": _said(gettext_lazy("Please say who approves.")),
    "quorum_not_positive": _said(gettext_lazy("At least one has to agree.")),
    "quorum_over_seats": lambda p: (
        _("%(needed)s have to agree, but only %(seats)s are asked: nobody could ever settle it.")
        % p
    ),
    "too_few_people": lambda p: (
        _("%(needed)s have to agree, but only %(people)s different people can sit here.") % p
    ),
    "unknown_person": _said(gettext_lazy("There is no such person. Please choose another one.")),
    "person_left": _said(
        gettext_lazy("This person no longer works here. Please choose another one.")
    ),
    "unknown_team": _said(gettext_lazy("There is no such team. Please choose another one.")),
    "team_empty": _said(gettext_lazy("Nobody works in this team.")),
    "unknown_field": lambda p: _("There is no field “%(field)s” in the contract.") % p,
    "field_names_no_person": lambda p: _("The field “%(field)s” does not name a person.") % p,
    "power_held_by_nobody": lambda p: (
        _("Nobody has the power to approve: %(concern)s. Please grant it first.") % _concern(p)
    ),
    "power_only_up_to": lambda p: (
        _(
            "The power to approve “%(concern)s” reaches up to %(limit)s only: what is above falls"
            " to the lead."
        )
        % _concern(p)
    ),
    "value_has_no_order": _said(gettext_lazy("Please write a number or a date to compare with.")),
    "nothing_to_choose_from": _said(
        gettext_lazy("Please write the values, with semicolons between them.")
    ),
    "one_value_wanted": _said(gettext_lazy("Please write one value.")),
    "stage_never_applies": _said(
        gettext_lazy("These conditions exclude each other: the stage would never be needed.")
    ),
    "not_an_object": _said(gettext_lazy("This part of the route cannot be read.")),
    "not_a_list": _said(gettext_lazy("This part of the route cannot be read.")),
    "not_text": _said(gettext_lazy("Please write words here.")),
    "not_a_value": _said(gettext_lazy("Please write words or a number here.")),
    "unknown_key": lambda p: _("The route holds something we do not know: “%(key)s”.") % p,
    "missing_key": lambda p: _("The route lacks something: “%(key)s”.") % p,
    "not_yes_or_no": _said(gettext_lazy("Please say yes or no.")),
    "not_a_whole_number": _said(gettext_lazy("Please write a whole number.")),
    "not_a_number": _said(gettext_lazy("Please write a number. Example: 8 or 1.5")),
    "out_of_range": lambda p: _("At most %(limit)s, please.") % p,
    "not_a_choice": _said(gettext_lazy("Please choose one of those offered.")),
}

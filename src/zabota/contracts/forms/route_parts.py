"""The inputs of a route: its name, a stage, a seat, a condition."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from zabota.contracts.concerns import CONCERNS
from zabota.contracts.forms.routes import State, data_of
from zabota.contracts.route_words import (
    OPS,
    OVERDUE,
    RULES,
    SHOWS,
    Names,
    field_name,
    seat_words,
)
from zabota.contracts.routing import RouteProblem

# A field declared as `person(ours)` names somebody of ours; any other person is the client's.
EMPLOYEE, OURS = "employee", "ours"

type Choices = list[tuple[Any, Any]]


@dataclass(frozen=True)
class Offered:
    """What can be chosen: who sits at a stage, and what a condition may ask about."""

    seats: Choices
    facts: Choices

    @classmethod
    def of(cls, names: Names, fields: Iterable[tuple[str, str, str]]) -> "Offered":
        """`fields` of contracts are (name, type, label)."""
        known = list(fields)
        people = [
            (f"person:{pk}", name) for pk, name in names.people.items() if pk not in names.left
        ]
        teams = [(f"team:{pk}", seat_words("team", pk, names)) for pk in names.teams]
        powers = [(f"power:{ref}", seat_words("power", ref, names)) for ref in ("", *CONCERNS)]
        named = [(f"field:{name}", label) for name, kind, label in known if kind == EMPLOYEE]
        seats: Choices = [
            ("", gettext("choose who")),
            ("owner", gettext("whoever is in charge of the contract")),
            (gettext("Person"), people),
            (gettext("Team"), teams),
            (gettext("Whoever has the power to approve"), powers),
        ]
        if named:
            seats.append((gettext("Named in the contract"), named))
        own = ["sum", "client.kind", "foreign_paper"]
        touched = [f"direction.{slug}.touched" for slug in CONCERNS]
        facts: Choices = [
            (gettext("Contract and client"), [(name, field_name(name)) for name in own]),
            (gettext("Directions touched"), [(name, field_name(name)) for name in touched]),
        ]
        if known:
            facts.append((gettext("Fields"), [(name, label) for name, _kind, label in known]))
        return cls(seats, facts)


def _with(choices: Choices, value: str, label: str) -> Choices:
    """What was chosen before stays choosable, so that nothing turns into something else unseen."""
    known = [one for key, inner in choices for one in _keys(key, inner)]
    return choices if value in known else [*choices, (value, label)]


def _keys(key: Any, inner: Any) -> list[Any]:
    return [name for name, _label in inner] if isinstance(inner, list) else [key]


class RouteNameForm(forms.Form):
    """What the route is called, and whether authors may approve."""

    name_ru = forms.CharField(label=_("Title in Russian"), max_length=160)
    name_en = forms.CharField(
        label=_("Title in English"),
        max_length=160,
        required=False,
        help_text=_("Empty: the Russian one stands in both languages."),
    )
    no_self_approval = forms.BooleanField(
        label=_("Nobody approves alone what they wrote themselves"), required=False
    )
    fast_lane = forms.BooleanField(
        label=_("Straight to signing: what was agreed beforehand needs none of the stages"),
        required=False,
    )
    fast_lane_most = forms.CharField(
        label=_("Straight to signing up to this sum, in roubles"),
        required=False,
        max_length=30,
        help_text=_("Empty: whatever the sum is."),
    )


class StageForm(forms.Form):
    """One stage, without its seats and conditions."""

    key = forms.CharField(required=False, widget=forms.HiddenInput)
    title_ru = forms.CharField(label=_("Title in Russian"), max_length=160)
    title_en = forms.CharField(
        label=_("Title in English"),
        max_length=160,
        required=False,
        help_text=_("Empty: the Russian one stands in both languages."),
    )
    together = forms.BooleanField(label=_("together with the stage above"), required=False)
    concern = forms.ChoiceField(label=_("Direction"), choices=[*CONCERNS.items()])
    rule = forms.ChoiceField(label=_("Who has to agree"), choices=[*RULES.items()])
    quorum = forms.IntegerField(
        label=_("How many"),
        required=False,
        min_value=1,
        help_text=_("Only when a number of them has to agree."),
    )
    hours = forms.CharField(label=_("Working hours"), max_length=12)
    overdue = forms.ChoiceField(label=_("When the hours are over"), choices=[*OVERDUE.items()])
    shows = forms.ChoiceField(label=_("The client sees"), choices=[*SHOWS.items()])
    asks = forms.CharField(
        label=_("What is asked of them"),
        required=False,
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 2}),
    )
    authors_may_approve = forms.BooleanField(
        label=_("Authors may approve here what they wrote themselves"), required=False
    )


class SeatForm(forms.Form):
    """Who sits at a stage."""

    who = forms.ChoiceField(
        label=_("Who approves"), error_messages={"required": _("Please choose who.")}
    )

    def __init__(self, offered: Offered, who: str, *args: Any, **settings: Any) -> None:
        super().__init__(*args, **settings)
        choice = self.fields["who"]
        assert isinstance(choice, forms.ChoiceField)
        choice.widget.attrs["aria-label"] = gettext("Who approves")
        choice.choices = _with(
            offered.seats, who, gettext("no longer here: %(who)s") % {"who": who}
        )


class ConditionForm(forms.Form):
    """When a stage is needed."""

    field = forms.ChoiceField(label=_("What"), required=False)
    op = forms.ChoiceField(label=_("How it is compared"), choices=[*OPS.items()])
    value = forms.CharField(label=_("With what"), required=False, max_length=500)

    def __init__(self, offered: Offered, name: str, *args: Any, **settings: Any) -> None:
        super().__init__(*args, **settings)
        choice = self.fields["field"]
        assert isinstance(choice, forms.ChoiceField)
        choice.choices = _with(offered.facts, name, field_name(name))

    def clean(self) -> dict[str, Any]:
        told = super().clean() or {}
        touched = str(told.get("field", "")).endswith(".touched") or not told.get("field")
        if touched != (told.get("op") == "changed"):
            self.add_error(
                "op",
                gettext("Of a direction one asks only whether the client changed it.")
                if touched
                else gettext("Only of a direction one can ask whether the client changed it."),
            )
        return told


@dataclass
class StagePart:
    """A stage on the page with its seats and conditions, and what is worth knowing of it."""

    form: StageForm
    seats: list[SeatForm]
    conditions: list[ConditionForm]
    state: Mapping[str, Any]
    errors: list[str] = field(default_factory=list)
    warnings: list[str] = field(default_factory=list)
    away: list[str] = field(default_factory=list)


class RouteInput:
    """The whole editor; `check` makes it say what is wrong, else it only shows what was typed."""

    def __init__(self, state: State, offered: Offered, *, check: bool = False) -> None:
        data = data_of(state) if check else None
        self.name = RouteNameForm(data, initial=state)
        self.stages = [
            _part(stage, f"s{index}", offered, data) for index, stage in enumerate(state["stages"])
        ]
        self.errors: list[str] = []
        self.warnings: list[str] = []

    @property
    def forms(self) -> list[forms.Form]:
        inside: list[forms.Form] = [self.name]
        for part in self.stages:
            inside += [part.form, *part.seats, *part.conditions]
        return inside

    def is_valid(self) -> bool:
        """Whether every input by itself makes sense; every error is shown at once."""
        found = [form.is_valid() for form in self.forms]
        return all(found)

    def show(self, problem: RouteProblem, words: str) -> None:
        """Put what is wrong beside the stage, seat or condition it names."""
        parts = problem.where.split("/")
        if parts[0] == "fast_lane":
            _add(self.name, "fast_lane_most", words)
            return
        if len(parts) < 2:
            (self.errors if problem.level == "error" else self.warnings).append(words)
            return
        part = self.stages[int(parts[1])]
        if problem.level == "warning":
            part.warnings.append(words)
        elif len(parts) > 3 and parts[2] in ("seats", "conditions"):
            form = (part.seats if parts[2] == "seats" else part.conditions)[int(parts[3])]
            _add(form, "who" if parts[2] == "seats" else "value", words)
        elif len(parts) == 3 and parts[2] in part.form.fields and parts[2] != "key":
            _add(part.form, parts[2], words)
        else:
            part.errors.append(words)


def _add(form: forms.Form, name: str, words: str) -> None:
    """An error of the input itself says more than what follows from it."""
    if not form.errors.get(name):
        form.add_error(name, words)


def _part(stage: State, prefix: str, offered: Offered, data: Mapping[str, str] | None) -> StagePart:
    seats = [
        SeatForm(offered, seat["who"], data, initial=seat, prefix=f"{prefix}-seat{place}")
        for place, seat in enumerate(stage["seats"])
    ]
    conditions = [
        ConditionForm(offered, row["field"], data, initial=row, prefix=f"{prefix}-cond{place}")
        for place, row in enumerate(stage["conditions"])
    ]
    return StagePart(StageForm(data, initial=stage, prefix=prefix), seats, conditions, stage)

"""What is typed about exercises and drills, made into clean values; never saves."""

from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from zabota.people.forms.fields import PersonChoice, TeamChoice, colleagues
from zabota.people.models import Employee, Team
from zabota.tickets.actions.words import LONGEST
from zabota.tickets.forms.tickets import ends_of
from zabota.tickets.models import BEST, WORST, Exercise, Outcome, TicketType


def _area(rows: int) -> forms.Textarea:
    return forms.Textarea(attrs={"rows": rows})


class ExerciseForm(forms.Form):
    """A past request in nobody's words, the right steps, a good end."""

    title = forms.CharField(label=_("What it is called"), max_length=120)
    client = forms.CharField(
        label=_("Who writes"), max_length=200, help_text=_("A made-up person.")
    )
    text = forms.CharField(
        label=_("What the client writes"),
        max_length=LONGEST,
        widget=_area(8),
        help_text=_("Read it to the end: nothing of the real client may remain."),
    )
    steps = forms.CharField(
        label=_("Steps of the script"),
        max_length=LONGEST,
        required=False,
        widget=_area(5),
        help_text=_("One per line; whoever plays ticks them off."),
    )
    answer = forms.CharField(
        label=_("A good first answer"), max_length=LONGEST, required=False, widget=_area(4)
    )
    outcome = forms.ChoiceField(
        label=_("A good outcome"), choices=Outcome.choices, widget=forms.RadioSelect
    )
    good_end = forms.CharField(
        label=_("Why it is good"), max_length=LONGEST, required=False, widget=_area(3)
    )

    def __init__(self, *args: Any, kind: TicketType, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        ends = ends_of(suggestion=kind.is_suggestion)
        self.fields["outcome"].choices = ends  # type: ignore[attr-defined]

    def clean_steps(self) -> tuple[str, ...]:
        lines = str(self.cleaned_data["steps"]).splitlines()
        return tuple(line.strip() for line in lines if line.strip())

    @staticmethod
    def as_typed(exercise: Exercise) -> dict[str, Any]:
        """An exercise as one types it."""
        names = ("title", "client", "text", "answer", "outcome", "good_end")
        return {
            **{name: getattr(exercise, name) for name in names},
            "steps": "\n".join(exercise.steps),
        }


class PlanForm(forms.Form):
    """Who plays an exercise, and when."""

    employee = PersonChoice(
        label=_("Who plays"), queryset=Employee.objects.none(), required=False, empty_label="—"
    )
    team = TeamChoice(
        label=_("Or a whole team"), queryset=Team.objects.none(), required=False, empty_label="—"
    )
    how = forms.ChoiceField(
        label=_("When it starts"),
        choices=[
            ("surprise", _("By surprise, at any working minute of the coming week")),
            ("moment", _("At a set time, announced beforehand")),
        ],
        initial="surprise",
        widget=forms.RadioSelect,
    )
    when = forms.DateTimeField(
        label=_("At what time"),
        required=False,
        widget=forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M"),
    )

    def __init__(self, *args: Any, players: list[int], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        teams = Team.objects.filter(members__in=players, closed_at=None).distinct()
        self.fields["employee"].queryset = colleagues().filter(pk__in=players)  # type: ignore[attr-defined]
        self.fields["team"].queryset = teams.order_by("name_ru")  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        values = super().clean() or {}
        if bool(values.get("employee")) == bool(values.get("team")):
            self.add_error("employee", gettext("Choose a colleague or a team."))
        if values.get("how") == "moment" and not values.get("when"):
            self.add_error("when", gettext("Say at what time."))
        if values.get("how") == "surprise":
            values["when"] = None
        return values


class PlayedForm(forms.Form):
    """How a drill ended: steps followed, the end, its words."""

    steps = forms.TypedMultipleChoiceField(
        label=_("Steps you followed"),
        coerce=int,
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    outcome = forms.ChoiceField(
        label=_("How it ended"), choices=Outcome.choices, widget=forms.RadioSelect
    )
    text = forms.CharField(label=_("In words for the client"), max_length=LONGEST, widget=_area(4))

    def __init__(self, *args: Any, exercise: Exercise, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        ends = ends_of(suggestion=exercise.kind.is_suggestion)
        self.fields["outcome"].choices = ends  # type: ignore[attr-defined]
        if exercise.steps:
            steps = list(enumerate(exercise.steps))
            self.fields["steps"].choices = steps  # type: ignore[attr-defined]
        else:
            del self.fields["steps"]


class ScoreForm(forms.Form):
    """What a person thinks of a drill; time and steps are reckoned."""

    words = forms.TypedChoiceField(
        label=_("The wording, from 1 to 5"),
        coerce=int,
        choices=[(number, str(number)) for number in range(WORST, BEST + 1)],
        widget=forms.RadioSelect,
    )
    sensible = forms.ChoiceField(
        label=_("Was the outcome sensible?"),
        choices=[("yes", _("Yes")), ("no", _("No"))],
        widget=forms.RadioSelect,
    )
    remark = forms.CharField(
        label=_("A comment"), max_length=2000, required=False, widget=_area(3),
        help_text=_("Whoever played it reads this."),
    )  # fmt: skip

"""What is typed about requests, made into clean values; never saves."""

from typing import Any

from django import forms
from django.utils.translation import get_language, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from zabota.cases.models import Helped
from zabota.cases.models.verdict import EASIEST, HARDEST
from zabota.clients.models import Relation
from zabota.common.questions import Question
from zabota.people.forms.fields import SkillsChoice, TeamChoice, standing_skills
from zabota.people.models import Team
from zabota.tickets.actions.words import LONGEST
from zabota.tickets.models import ENDS_OF_SUGGESTION, USUAL_ENDS, Outcome, Priority, TicketType


class TypeChoice(forms.ModelChoiceField):  # type: ignore[type-arg]
    """A kind of request by its name in the reader's language."""

    def label_from_instance(self, obj: Any) -> str:
        language = get_language() or "ru"
        purpose = obj.purpose(language)
        return f"{obj.name(language)}: {purpose}" if purpose else str(obj.name(language))


def kinds_of_requests() -> Any:
    """Those that can be chosen now, in the firm's order."""
    return (
        TicketType.objects.filter(closed_at=None).select_related("team").order_by("position", "pk")
    )


# The same for pages that are opened often.
known_kinds: Question[TicketType] = Question(kinds_of_requests)


class FilesInput(forms.FileInput):
    """Several files at once."""

    allow_multiple_selected = True


class FilesField(forms.FileField):
    """Files that are checked where they are kept; the page reads them from the request."""

    widget = FilesInput

    def clean(self, data: Any, initial: Any = None) -> None:
        return None


class TicketForm(forms.Form):
    """What the client asks for."""

    kind = TypeChoice(
        label=_("What it is about"),
        queryset=TicketType.objects.none(),
        widget=forms.RadioSelect,
        empty_label=None,
    )
    text = forms.CharField(
        label=_("Tell us"), max_length=LONGEST, widget=forms.Textarea(attrs={"rows": 6})
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["files"] = FilesField(label=_("Add files"), required=False)
        # A photograph alone says enough.
        self.fields["text"].required = "files" not in self.files
        self.fields["kind"].queryset = kinds_of_requests()  # type: ignore[attr-defined]


class EndingForm(forms.Form):
    """How a request ended, in words for the client."""

    outcome = forms.ChoiceField(
        label=_("How it ended"), choices=Outcome.choices, widget=forms.RadioSelect
    )
    text = forms.CharField(
        label=_("In words for the client"),
        max_length=LONGEST,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("What was done; if it was not in our power, what we offer instead."),
    )

    def __init__(self, *args: Any, suggestion: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if suggestion:
            self.fields["text"].help_text = _("What was done; if it is not taken up, why not.")
        self.fields["outcome"].choices = ends_of(suggestion=suggestion)  # type: ignore[attr-defined]


def ends_of(*, suggestion: bool) -> list[tuple[str, Any]]:
    """How a request of such a kind may end, to choose from."""
    ends = ENDS_OF_SUGGESTION if suggestion else USUAL_ENDS
    return [(one, one.label) for one in ends]


class PriorityForm(forms.Form):
    """More or less urgent than was thought."""

    priority = forms.ChoiceField(label=_("How urgent"), choices=Priority.choices)
    reason = forms.CharField(label=_("Why"), max_length=300)


class KindForm(forms.Form):
    """A kind of request as clients and colleagues read it."""

    name_ru = forms.CharField(
        label=pgettext_lazy("kind of request", "Name in Russian"), max_length=120
    )
    name_en = forms.CharField(
        label=pgettext_lazy("kind of request", "Name in English"), max_length=120
    )
    purpose_ru = forms.CharField(
        label=_("What it is for, in Russian"),
        max_length=200,
        required=False,
        help_text=_("The client reads it beside the name while choosing."),
    )
    purpose_en = forms.CharField(
        label=_("What it is for, in English"), max_length=200, required=False
    )
    team = TeamChoice(
        label=_("Who receives it"),
        queryset=Team.objects.none(),
        required=False,
        empty_label=_("Whoever answers for the client"),
    )
    priority = forms.ChoiceField(label=_("How urgent"), choices=Priority.choices)
    skills = SkillsChoice(
        label=_("What it takes"), help_text=_("It goes to whoever of the team has them.")
    )
    is_suggestion = forms.BooleanField(
        label=_("A suggestion: the client follows whether it is heard, taken up, done"),
        required=False,
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["skills"].queryset = standing_skills()  # type: ignore[attr-defined]
        open_teams = Team.objects.filter(closed_at=None).order_by("name_ru", "pk")
        self.fields["team"].queryset = open_teams  # type: ignore[attr-defined]


class HourField(forms.TimeField):
    """An hour of the firm's clock; may be left out."""

    def __init__(self, label: Any, help_text: Any = "") -> None:
        widget = forms.TimeInput(attrs={"type": "time"}, format="%H:%M")
        super().__init__(label=label, required=False, widget=widget, help_text=help_text)


class SumField(forms.DecimalField):
    """A sum from which something counts; may be left out."""

    def __init__(self, label: Any, help_text: Any = "") -> None:
        super().__init__(
            label=label,
            help_text=help_text,
            max_digits=16,
            decimal_places=2,
            min_value=1,
            required=False,
            localize=True,
            widget=forms.TextInput(attrs={"inputmode": "decimal"}),
        )


class LooksLikeForm(forms.Form):
    """What a request has to look like for a rule; what is left blank does not matter."""

    type = TypeChoice(
        label=_("Kind of request"),
        queryset=TicketType.objects.none(),
        required=False,
        empty_label=_("Any kind"),
    )
    words = forms.CharField(
        label=_("One of the words"),
        max_length=500,
        required=False,
        help_text=_(
            "Separated by commas; an asterisk stands for any ending: court, prosecut*, fire."
        ),
    )
    relation = forms.ChoiceField(
        label=_("The client is"),
        choices=[("", _("Any client")), *((one, one.label) for one in Relation if one)],
        required=False,
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["type"].queryset = kinds_of_requests()  # type: ignore[attr-defined]


class UrgencyRuleForm(LooksLikeForm):
    """The same, and how urgent it is then."""

    priority = forms.ChoiceField(label=_("Then it is"), choices=Priority.choices)
    from_time = HourField(_("It came from"), _("By the firm’s clock; the hours may pass midnight."))
    to_time = HourField(_("until"))
    amount_from = SumField(
        _("Money at stake from"),
        _("As the request itself names it: a question of its kind asks for the sum."),
    )
    worth_from = SumField(_("The client brings in a year from"))
    contract_from = SumField(
        _("The client has a contract from"),
        _("The largest of those that stand or are on their way; not one that was withdrawn."),
    )
    field_order = ("priority",)


class VerdictForm(forms.Form):
    """Whether it helped, how hard it was, why."""

    helped = forms.ChoiceField(
        label=_("Did it help?"), choices=Helped.choices, widget=forms.RadioSelect
    )
    effort = forms.TypedChoiceField(
        label=_("How hard was it to get there?"),
        choices=[(str(one), str(one)) for one in range(EASIEST, HARDEST + 1)],
        coerce=int,
        empty_value=None,
        required=False,
        widget=forms.RadioSelect,
        help_text=_("1 is easy, 7 is hard."),
    )
    words = forms.CharField(
        label=_("In a few words"),
        max_length=4000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
    )

"""A script as it is typed: its name, its occasions, its steps; never saves."""

from typing import Any

from django import forms
from django.utils.translation import get_language, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from zabota.cases.actions import WrittenScript
from zabota.cases.saying import check_text
from zabota.cases.steps import PARTS, Step
from zabota.people.forms.fields import PersonChoice, colleagues
from zabota.people.models import Employee
from zabota.people.refusal import Refused
from zabota.tickets.forms.tickets import kinds_of_requests
from zabota.tickets.models import Ticket

MOST_STEPS = 20


def words_field(label: Any, rows: int, **options: Any) -> forms.CharField:
    """A box of words."""
    options = {"required": False, "max_length": 4000, **options}
    return forms.CharField(label=label, widget=forms.Textarea(attrs={"rows": rows}), **options)


class TokenWords:
    """Words with places in them: what cannot be filled is an error of that very field."""

    token_fields: tuple[str, ...] = ()
    cleaned_data: dict[str, Any]

    def check_places(self, form: forms.Form) -> None:
        """Says beside the field what is wrong with its places."""
        for name in self.token_fields:
            try:
                check_text(self.cleaned_data.get(name, ""))
            except Refused as refused:
                form.add_error(name, str(refused))


class StepForm(TokenWords, forms.Form):
    """What is done in a step, what to ask, what to say; blank is no step."""

    title_ru = forms.CharField(label=_("Step, in Russian"), max_length=120, required=False)
    title_en = forms.CharField(label=_("Step, in English"), max_length=120, required=False)
    ask_ru = words_field(_("What to ask, in Russian"), 2)
    ask_en = words_field(_("What to ask, in English"), 2)
    say_ru = words_field(_("What to say, in Russian"), 3)
    say_en = words_field(_("What to say, in English"), 3)
    token_fields = ("ask_ru", "ask_en", "say_ru", "say_en")

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        self.check_places(self)
        if any(given.values()) and not (given.get("title_ru") or given.get("title_en")):
            self.add_error("title_ru", _("Say what is done in this step."))
        return given

    @property
    def pairs(self) -> list[tuple[forms.BoundField, forms.BoundField]]:
        """Russian and English side by side."""
        return [(self[f"{part}_ru"], self[f"{part}_en"]) for part in PARTS]

    def step(self) -> Step | None:
        """As the action takes it; nothing where nothing is written."""
        given = self.cleaned_data
        if not any(given.values()):
            return None
        return Step(**{part: {t: given[f"{part}_{t}"] for t in ("ru", "en")} for part in PARTS})

    @staticmethod
    def as_typed(step: Step) -> dict[str, str]:
        """A step as its form shows it."""
        return {
            f"{part}_{tongue}": getattr(step, part).get(tongue, "")
            for part in PARTS
            for tongue in ("ru", "en")
        }


Steps = forms.formset_factory(StepForm, extra=1, max_num=MOST_STEPS, absolute_max=MOST_STEPS)


class RequestChoice(forms.ModelChoiceField):  # type: ignore[type-arg]
    """A request by its client, its number and what it is about."""

    def label_from_instance(self, obj: Any) -> str:
        return f"{obj.case.client.display_name}: {obj.case.title}"


class ScriptForm(forms.Form):
    """What a script is called, for what it is, who may talk by it."""

    name_ru = forms.CharField(label=pgettext_lazy("script", "Name in Russian"), max_length=120)
    name_en = forms.CharField(
        label=pgettext_lazy("script", "Name in English"), max_length=120, required=False
    )
    occasions = forms.MultipleChoiceField(
        label=_("For which requests"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("Nothing ticked: for any."),
    )
    trained_only = forms.BooleanField(
        label=_("Only someone trained may talk it through"),
        required=False,
        help_text=_("Others may answer at once, but read who is trained instead of the words."),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        language = get_language() or "ru"
        kinds = [(kind.slug, kind.name(language)) for kind in kinds_of_requests()]
        self.fields["occasions"].choices = kinds  # type: ignore[attr-defined]

    def written(self, steps: list[Step]) -> WrittenScript:
        """As the action takes it."""
        given = self.cleaned_data
        return WrittenScript(
            name_ru=given["name_ru"],
            name_en=given["name_en"],
            occasions=given["occasions"],
            trained_only=given["trained_only"],
            steps=steps,
        )


class PreviewForm(forms.Form):
    """On whose request to look at it."""

    request = RequestChoice(
        label=_("Try it on a request"),
        queryset=Ticket.objects.none(),
        required=False,
        empty_label="—",
    )

    def __init__(self, tickets: Any, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["request"].queryset = tickets  # type: ignore[attr-defined]


class TrainedForm(forms.Form):
    """Who was trained."""

    employee = PersonChoice(
        label=_("Who was trained"), queryset=Employee.objects.none(), empty_label="—"
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["employee"].queryset = colleagues()  # type: ignore[attr-defined]

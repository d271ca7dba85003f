"""Forms that ask what a kind of request asks beside its words."""

from collections.abc import Iterator
from typing import Any

from django import forms
from django.forms import BoundField
from django.utils.translation import get_language, gettext
from django.utils.translation import gettext_lazy as _

from zabota.people.forms.fields import DayInput, PlaceChoice, standing_places
from zabota.people.models import Place
from zabota.tickets.forms.tickets import TicketForm
from zabota.tickets.models import Asked, FieldKind, FieldValue, KindField
from zabota.tickets.reading.fields import standing_fields

YES_NO = [("yes", _("yes")), ("no", _("no"))]


def form_field(field: KindField) -> forms.Field:
    """How a question is asked, and how its answer is checked; whether it must be answered is asked
    of the kind that was chosen.
    """
    told: dict[str, Any] = {"label": field.name(get_language() or "ru"), "required": False}
    match field.kind:
        case FieldKind.CHOICE:
            options = field.options(get_language() or "ru")
            return forms.ChoiceField(choices=[("", "—"), *options], **told)
        case FieldKind.NUMBER | FieldKind.MONEY:
            return forms.DecimalField(
                max_digits=16,
                decimal_places=2,
                localize=True,
                min_value=0 if field.kind == FieldKind.MONEY else None,
                widget=forms.TextInput(attrs={"inputmode": "decimal"}),
                **told,
            )
        case FieldKind.DATE:
            return forms.DateField(widget=DayInput(), **told)
        case FieldKind.YES_NO:
            return forms.ChoiceField(choices=[("", "—"), *YES_NO], **told)
    return forms.CharField(max_length=1000, **told)


class WithQuestions(forms.Form):
    """A form that asks the questions of whatever kind is chosen; of the others nothing is read."""

    asked: list[KindField]

    def ask(self, fields: list[KindField]) -> None:
        """Add these questions."""
        self.asked = fields
        for one in fields:
            self.fields[name_of(one)] = form_field(one)

    def clean(self) -> dict[str, Any]:
        values = super().clean() or {}
        kind = values.get("kind")
        for one in self.asked:
            name = name_of(one)
            if kind is None or one.type_id != kind.pk:
                self.errors.pop(name, None)
                values.pop(name, None)
            elif one.required and name in values and values[name] in (None, ""):
                self.add_error(name, gettext("We need this to help at once."))
        return values

    def answers(self) -> dict[KindField, Any]:
        """What was answered to the questions of the chosen kind."""
        given = self.cleaned_data
        return {one: given[name_of(one)] for one in self.asked if name_of(one) in given}

    def kinds(self) -> Iterator[tuple[Any, list[BoundField]]]:
        """Each kind that can be chosen, with its own questions."""
        for option in self["kind"]:
            kind = str(option.data["value"])
            yield option, [self[name_of(o)] for o in self.asked if str(o.type_id) == kind]

    def others(self) -> list[BoundField]:
        """Everything else on the form, in order."""
        own = {name_of(one) for one in self.asked} | {"kind"}
        return [self[name] for name in self.fields if name not in own]


class AskForm(WithQuestions, TicketForm):
    """What the client asks for, with what its kind needs to know."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.ask([one for one in standing_fields() if one.asked == Asked.BOTH])


class DetailsForm(forms.Form):
    """What a request's kind asks, and where it happened; a blank is not known yet."""

    place = PlaceChoice(
        label=_("Place"), queryset=Place.objects.none(), empty_label="—", required=False
    )

    def __init__(
        self, fields: list[KindField], given: dict[int, FieldValue], *args: Any, **kwargs: Any
    ) -> None:
        told = {name_of(one): _given(given[one.pk]) for one in fields if one.pk in given}
        kwargs["initial"] = told | kwargs.pop("initial", {})
        super().__init__(*args, **kwargs)
        self.fields["place"].queryset = standing_places()  # type: ignore[attr-defined]
        self.asked = fields
        for one in fields:
            self.fields[name_of(one)] = form_field(one)

    def answers(self) -> dict[KindField, Any]:
        """What stands there now."""
        return {one: self.cleaned_data[name_of(one)] for one in self.asked}


class KindFieldForm(forms.Form):
    """A question a kind asks."""

    name_ru = forms.CharField(label=_("Question in Russian"), max_length=120)
    name_en = forms.CharField(label=_("Question in English"), max_length=120, required=False)
    kind = forms.ChoiceField(label=_("What is answered"), choices=FieldKind.choices)
    options_ru = forms.CharField(
        label=_("To choose from, in Russian"),
        required=False,
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("One on a line; only where one of several is chosen."),
    )
    options_en = forms.CharField(
        label=_("To choose from, in English"),
        required=False,
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 4}),
    )
    asked = forms.ChoiceField(
        label=_("Who fills it in"), choices=Asked.choices, widget=forms.RadioSelect
    )
    required = forms.BooleanField(label=_("It must be answered"), required=False)


def name_of(field: KindField) -> str:
    """Its name in a form."""
    return f"q{field.pk}"


def _given(row: FieldValue) -> Any:
    return row.number if row.number is not None else row.text

"""What is typed about going beyond a rule and about broken promises; never saves."""

import re
from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from zabota.cases.actions.beyond import Beyond
from zabota.cases.actions.explain import Explained
from zabota.cases.models import Cause, Moment
from zabota.people.forms.fields import PersonChoice, colleagues, currencies


class SumField(forms.DecimalField):
    """A sum as people write it: «3 000,50», "3,000.50"."""

    def to_python(self, value: Any) -> Any:
        typed = "".join(str(value or "").split())
        if re.fullmatch(r"\d{1,3}(,\d{3})+(\.\d+)?", typed):
            typed = typed.replace(",", "")
        return super().to_python(typed.replace(",", "."))


class BeyondForm(forms.Form):
    """What is done beyond the rules."""

    rule = forms.CharField(
        label=_("Which rule"),
        max_length=200,
        help_text=_("Use the same words each time: that is how repeats are found."),
        widget=forms.TextInput(attrs={"list": "rules", "autocomplete": "off"}),
    )
    reason = forms.CharField(
        label=_("Why"),
        max_length=1000,
        help_text=_("Only colleagues see it."),
        widget=forms.Textarea(attrs={"rows": 2}),
    )
    cost = SumField(
        label=_("What it costs us"),
        min_value=0,
        max_digits=18,
        decimal_places=2,
        help_text=_("Only colleagues see it; 0 where it costs nothing."),
        widget=forms.TextInput(attrs={"inputmode": "decimal"}),
    )
    currency = forms.ChoiceField(label=_("Currency"), choices=currencies, initial="RUB")
    told = forms.CharField(
        label=_("In words for the client"),
        max_length=1000,
        required=False,
        help_text=_(
            "They read “Done for you beyond the rules: …” in the room and in a letter. Blank:"
            " nothing is said."
        ),
        widget=forms.Textarea(attrs={"rows": 2}),
    )

    def what(self) -> Beyond:
        """As the action takes it."""
        given: dict[str, Any] = self.cleaned_data
        return Beyond(**{name: given[name] for name in self.fields})


class ExplainForm(forms.Form):
    """Why a promise was broken."""

    cause = forms.ChoiceField(
        label=_("Why it broke"), choices=Cause.choices, widget=forms.RadioSelect
    )
    words = forms.CharField(
        label=_("In a sentence, among ourselves"),
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 2}),
    )
    told = forms.CharField(
        label=_("In words for the client"),
        max_length=1000,
        help_text=_("Why we were late and what comes next; it stands in the room and in a letter."),
        widget=forms.Textarea(attrs={"rows": 3}),
    )

    def why(self) -> Explained:
        """As the action takes it."""
        given: dict[str, Any] = self.cleaned_data
        return Explained(**{name: given[name] for name in self.fields})


class MomentsForm(forms.Form):
    """To whom a broken promise of each kind is explained."""

    def __init__(self, moments: Iterable[Moment], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        language = get_language() or "ru"
        for moment in moments:
            self.fields[moment.slug] = PersonChoice(
                label=moment.name(language),
                queryset=colleagues(),
                required=False,
                empty_label=_("the lead of whoever had it"),
                initial=moment.explained_to_id,
            )

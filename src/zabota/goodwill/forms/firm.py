"""The firm's terms of giving, budgets, goods and the law's limits, as they are typed."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from zabota.cases.forms import SumField
from zabota.goodwill.actions import GoodFields, LimitFields
from zabota.goodwill.models import LimitSpan, LimitWho, Period, Unspent
from zabota.people.forms.fields import DayInput, currencies


def sum_field(label: Any, *, required: bool = True, help_text: Any = "") -> SumField:
    """A sum of money, never below zero."""
    return SumField(
        label=label,
        required=required,
        help_text=help_text,
        widget=forms.TextInput(attrs={"inputmode": "decimal", "autocomplete": "off"}),
        min_value=0,
        max_digits=18,
        decimal_places=2,
    )


class TermsForm(forms.Form):
    """What everybody has, what becomes of the rest, how long codes are good."""

    base = sum_field(_("Budget of care of each employee"))
    currency = forms.ChoiceField(label=_("Currency"), choices=currencies)
    period = forms.ChoiceField(label=_("For"), choices=Period.choices)
    unspent = forms.ChoiceField(label=_("What was not spent"), choices=Unspent.choices)
    carry_most = sum_field(_("Carried over at most"), required=False)
    person_year_most = sum_field(
        _("To one person in a year at most"),
        required=False,
        help_text=_("Below what the law allows; blank: the law alone."),
    )
    company_year_most = sum_field(_("To one company in a year at most"), required=False)
    point_cost = sum_field(_("What one point costs us"))
    claim_days = forms.IntegerField(
        label=_("A gift can be taken for, days"), min_value=1, max_value=730
    )
    use_days = forms.IntegerField(
        label=_("Taken, it can be used for, days"), min_value=1, max_value=730
    )
    consent_ru = forms.CharField(
        label=_("What a stranger agrees to, in Russian"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Blank: our own words. Let your lawyer read them."),
    )
    consent_en = forms.CharField(
        label=_("What a stranger agrees to, in English"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        if given.get("carry_most") is None:
            given["carry_most"] = 0
        return given


class BudgetForm(forms.Form):
    """One employee's own sum."""

    sum = sum_field(_("Sum for a period"), required=False, help_text=_("Blank: as everybody has."))
    reason = forms.CharField(label=_("Why"), max_length=300, required=False)


class GoodForm(forms.Form):
    """Something that can be given."""

    name_ru = forms.CharField(label=_("What it is, in Russian"), max_length=120)
    name_en = forms.CharField(label=_("What it is, in English"), max_length=120, required=False)
    cost = sum_field(_("What one costs us"))
    stock = forms.IntegerField(
        label=_("How many are left"),
        required=False,
        min_value=0,
        max_value=1_000_000,
        help_text=_("Blank: they are not counted."),
    )

    def fields_given(self) -> GoodFields:
        """As the action takes it."""
        return GoodFields(**self.cleaned_data)


class LimitForm(forms.Form):
    """A limit of the law."""

    who = forms.ChoiceField(label=_("Whom it concerns"), choices=LimitWho.choices)
    span = forms.ChoiceField(label=_("What the sum is of"), choices=LimitSpan.choices)
    most = sum_field(_("At most"))
    currency = forms.ChoiceField(label=_("Currency"), choices=currencies, initial="RUB")
    since = forms.DateField(label=_("In force from"), widget=DayInput())
    until = forms.DateField(
        label=_("Until before"), required=False, widget=DayInput(), help_text=_("Blank: for good.")
    )
    source_ru = forms.CharField(label=_("Where it is said, in Russian"), max_length=300)
    source_en = forms.CharField(
        label=_("Where it is said, in English"), max_length=300, required=False
    )
    why_ru = forms.CharField(
        label=_("What follows beyond it, in Russian"),
        required=False,
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 2}),
    )
    why_en = forms.CharField(
        label=_("What follows beyond it, in English"),
        required=False,
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 2}),
    )

    def fields_given(self) -> LimitFields:
        """As the action takes it."""
        return LimitFields(**self.cleaned_data)

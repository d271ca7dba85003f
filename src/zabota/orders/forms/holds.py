"""What is typed about goods kept for a client; never saves."""

from collections.abc import Iterable
from datetime import date
from decimal import Decimal
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from zabota.cases.forms import SumField
from zabota.cases.models import Case
from zabota.common.names import numbered
from zabota.orders.actions.holds import NextStep, Quote
from zabota.orders.models import HoldRule, StepKind
from zabota.people.forms.fields import DayInput, PlaceChoice, standing_places
from zabota.people.models import Place

MOST_DAYS = 730


def stores() -> PlaceChoice:
    """Where goods lie: a shop or a warehouse."""
    return PlaceChoice(
        label=pgettext_lazy("hold", "Where it is kept"),
        queryset=Place.objects.none(),
        empty_label=None,
    )


def _day(label: Any, **more: Any) -> forms.DateField:
    return forms.DateField(label=label, widget=DayInput(), **more)


class QuoteForm(forms.Form):
    """What is promised, and what is known of the way to the payment."""

    store = stores()
    until = _day(pgettext_lazy("hold", "Kept until"))
    agreement = forms.ChoiceField(
        label=_("Which contract is being agreed"),
        required=False,
        help_text=_("Its approval is laid on the line: the client’s, and ours."),
    )
    needs_ours = forms.BooleanField(
        label=_("Our side has to approve something, too"), required=False
    )
    client_until = _day(
        _("By when the client approves it, in their word"),
        required=False,
        help_text=_("Blank: by their date in the contract, by their history, else by the rule."),
    )
    comes_on = _day(_("It comes by a truck on"), required=False)
    needed_by = _day(pgettext_lazy("hold", "The client needs it by"), required=False)

    def __init__(self, agreements: Iterable[Case], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _offer_stores(self)
        self.agreements = {str(one.pk): one for one in agreements}
        self.fields["agreement"].choices = [  # type: ignore[attr-defined]
            ("", _("None")),
            *((pk, f"{one.title} {numbered(one.number)}") for pk, one in self.agreements.items()),
        ]

    def quote(self) -> Quote:
        """As the action takes it."""
        given: dict[str, Any] = dict(self.cleaned_data)
        agreement = self.agreements.get(given.pop("agreement"))
        return Quote(agreement=agreement, **given)


class StepForm(forms.Form):
    """The next step of a hold: only what this kind of step needs is asked."""

    store = stores()
    comes_on = _day(_("The next truck comes on"))
    until = _day(pgettext_lazy("hold", "Kept until"))
    reason = forms.CharField(
        label=_("Why"),
        max_length=1000,
        required=False,
        help_text=_("Only colleagues see it."),
        widget=forms.Textarea(attrs={"rows": 2}),
    )
    cost = SumField(
        label=_("What it costs us"),
        min_value=0,
        max_digits=18,
        decimal_places=2,
        initial=Decimal(0),
        help_text=_("Only colleagues see it; it is weighed against your power."),
        widget=forms.TextInput(attrs={"inputmode": "decimal"}),
    )
    told = forms.CharField(
        label=_("A word to the client"),
        max_length=300,
        required=False,
        help_text=_("They read it beside the new day."),
        widget=forms.Textarea(attrs={"rows": 2}),
    )

    def __init__(self, kind: StepKind, *args: Any, beyond: bool = True, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.kind = kind
        self.fields["reason"].required = beyond
        if kind == StepKind.STORE:
            _offer_stores(self)
        else:
            del self.fields["store"]
        if kind != StepKind.TRUCK:
            del self.fields["comes_on"]

    def step(self) -> NextStep:
        """As the action takes it."""
        return NextStep(kind=self.kind, **self.cleaned_data)


class SaidForm(forms.Form):
    """By when the client's own approval is there."""

    day = _day(_("It is approved on our side by"))

    def __init__(self, *args: Any, ours: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if ours:
            self.fields["day"].label = pgettext_lazy("hold", "The client approves it by")

    def value(self) -> date:
        """The day."""
        day: date = self.cleaned_data["day"]
        return day


class ReleaseForm(forms.Form):
    """Why the goods are needed no more."""

    reason = forms.CharField(
        label=_("Why"), max_length=300, required=False, widget=forms.Textarea(attrs={"rows": 2})
    )


# What the firm says of holds: the field, what it is called, the least and the most.
OF_RULE: tuple[tuple[str, Any, int, int], ...] = (
    ("first_days", _("Goods are kept for, days"), 1, MOST_DAYS),
    ("longest_days", _("At most from the first day on, days"), 1, MOST_DAYS),
    ("staff_days", _("A colleague prolongs by, days"), 0, MOST_DAYS),
    ("client_times", _("A client prolongs, times"), 0, 100),
    ("client_days", _("A client prolongs by, days"), 0, MOST_DAYS),
    ("warn_days", _("The client is warned before, days"), 0, MOST_DAYS),
    ("client_takes", _("The client’s approval takes, days"), 0, MOST_DAYS),
    ("ours_takes", _("Our approval takes, working days"), 0, MOST_DAYS),
    ("payment_takes", _("Payment takes, days"), 0, MOST_DAYS),
    ("delivery_takes", _("Delivery takes, working days"), 0, MOST_DAYS),
)


class HoldRuleForm(forms.Form):
    """The firm's rule of holds."""

    day_cost = SumField(
        label=_("A day beyond the rule costs us, per cent of the invoice"),
        min_value=0,
        max_value=100,
        max_digits=5,
        decimal_places=2,
        widget=forms.TextInput(attrs={"inputmode": "decimal"}),
    )

    def __init__(self, rule: HoldRule, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["day_cost"].initial = rule.day_cost
        for name, label, least, most in OF_RULE:
            self.fields[name] = forms.IntegerField(
                label=label, min_value=least, max_value=most, initial=getattr(rule, name)
            )

    def groups(self) -> list[tuple[Any, list[str]]]:
        """Fields under headings."""
        names = [name for name, *_rest in OF_RULE]
        return [
            (_("How long goods are kept"), names[:3]),
            (_("What the client may do"), names[3:6]),
            (_("How long each step takes while too little is known"), names[6:]),
            (_("Beyond the rule"), ["day_cost"]),
        ]


def _offer_stores(form: forms.Form) -> None:
    field = form.fields["store"]
    assert isinstance(field, PlaceChoice)
    field.queryset = standing_places()

"""What is typed, or read by a scanner, at a till; never saves."""

from decimal import Decimal
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from zabota.cases.forms import SumField
from zabota.loyalty.actions.till import Receipt
from zabota.people.models import Place

NUMBERS = {"inputmode": "decimal", "autocomplete": "off"}
PLAIN = {"autocomplete": "off", "autocapitalize": "characters", "spellcheck": "false"}


MONEY: dict[str, Any] = {
    "max_digits": 14, "decimal_places": 2, "min_value": Decimal("0.01"),
}  # fmt: skip


class RingForm(forms.Form):
    """A receipt of a client."""

    receipt = forms.CharField(
        label=_("Number of the receipt"), max_length=30, widget=forms.TextInput(attrs=PLAIN)
    )
    sum = SumField(
        label=pgettext_lazy("receipt", "Sum, ₽"),
        widget=forms.TextInput(attrs=NUMBERS),
        **MONEY,
    )
    spend = forms.IntegerField(
        label=_("Points to pay with"),
        min_value=0,
        required=False,
        widget=forms.TextInput(attrs={**NUMBERS, "inputmode": "numeric"}),
    )
    day = forms.DateField(required=False, widget=forms.HiddenInput)

    def kept(self, place: Place | None) -> Receipt:
        """As the action takes it."""
        given = self.cleaned_data
        return Receipt(given["receipt"], given["sum"], place, given["spend"] or 0, day=given["day"])


class BackForm(forms.Form):
    """Goods of a receipt come back."""

    back_receipt = forms.CharField(
        label=_("Number of the receipt"), max_length=30, widget=forms.TextInput(attrs=PLAIN)
    )
    back_sum = SumField(
        label=_("Sum brought back, ₽"),
        required=False,
        widget=forms.TextInput(attrs=NUMBERS),
        help_text=_("Blank: all that is left of it."),
        **MONEY,
    )
    slip = forms.CharField(
        label=_("Number of the slip"),
        max_length=20,
        required=False,
        widget=forms.TextInput(attrs=PLAIN),
        help_text=_("Several returns of one receipt are told apart by it."),
    )


class CodeForm(forms.Form):
    """A code: of a gift, or of a reward that waits."""

    code = forms.CharField(
        label=_("Code of a gift or a reward"), max_length=40, widget=forms.TextInput(attrs=PLAIN)
    )
    code_receipt = forms.CharField(
        label=_("Number of the receipt"), max_length=30, required=False,
        widget=forms.TextInput(attrs=PLAIN),
    )  # fmt: skip

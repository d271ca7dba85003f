"""What is typed about reviews and bonuses; never saves."""

from decimal import Decimal
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from zabota.cases.forms import SumField
from zabota.goodwill.actions import BonusFields

DECIMAL = {"inputmode": "decimal", "autocomplete": "off"}


def _sum(label: Any) -> SumField:
    return SumField(
        label=label, required=False, min_value=0, max_digits=18, decimal_places=2,
        widget=forms.TextInput(attrs=DECIMAL),
    )  # fmt: skip


def _share(label: Any) -> SumField:
    return SumField(
        label=label, required=False, min_value=0, max_value=100, max_digits=5, decimal_places=2,
        widget=forms.TextInput(attrs=DECIMAL),
    )  # fmt: skip


class DecideForm(forms.Form):
    """What one budget is to be."""

    sum = SumField(
        label=_("The budget from now on"), min_value=0, max_digits=18, decimal_places=2,
        widget=forms.TextInput(attrs=DECIMAL),
    )  # fmt: skip
    words = forms.CharField(
        label=_("A word to them"), max_length=300, required=False,
        help_text=_("They see the reason above, and these words."),
    )  # fmt: skip


class BonusForm(forms.Form):
    """What each counts for: a sum, or a share of what was bought; blank is nothing."""

    returned_sum = _sum(_("A client that returned after a gift: a sum"))
    returned_share = _share(_("… or a share of what they bought, %"))
    new_sum = _sum(_("A new client: a sum"))
    new_share = _share(_("… or a share of what they bought, %"))
    said_sum = _sum(_("Thanks said to a buyer, once opened: a sum"))
    said_share = _share(_("… or a share of that purchase, %"))
    received_sum = _sum(_("Thanks received from a client: a sum"))

    def fields_given(self) -> BonusFields:
        """As the action takes it; blank is nothing."""
        given: BonusFields = {}
        for name, value in self.cleaned_data.items():
            given[name] = value or Decimal(0)  # type: ignore[literal-required]
        return given

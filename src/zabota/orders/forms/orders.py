"""What people type about orders."""

from collections.abc import Iterable
from decimal import Decimal
from typing import Any

from django import forms
from django.utils.translation import gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from zabota.clients.models import Contact
from zabota.clients.tables.rows import read_money
from zabota.orders.models import DutyKind, OrderLine, PaperKind, ReturnReason

DAY = forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"})


class PlaceForm(forms.Form):
    """Who ordered, and what else is to be known; what is ordered stands in rows of its own."""

    contact = forms.ModelChoiceField(
        label=_("Who ordered it"),
        queryset=Contact.objects.none(),
        required=False,
        empty_label="—",
    )
    note = forms.CharField(
        label=_("Note"), required=False, widget=forms.Textarea(attrs={"rows": 2}), max_length=1000
    )

    def __init__(self, client: int, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        people = Contact.objects.of_whole(client).filter(removed_at=None).order_by("name")
        self.fields["contact"].queryset = people  # type: ignore[attr-defined]


class PeriodForm(forms.Form):
    """For which days an act of reconciliation is asked."""

    since = forms.DateField(label=pgettext_lazy("period", "From"), widget=DAY)
    until = forms.DateField(label=pgettext_lazy("period", "To"), widget=DAY)


class CountsForm(forms.Form):
    """So many of each line: shipped or brought back."""

    number = forms.CharField(label=_("Number of the paper"), required=False, max_length=60)
    day = forms.DateField(label=_("Date"), widget=DAY)
    reason = forms.ChoiceField(
        label=pgettext_lazy("return", "Why it came back"), choices=ReturnReason.choices
    )

    def __init__(
        self, lines: Iterable[OrderLine], *args: Any, back: bool = False, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        if not back:
            del self.fields["reason"]
        self.lines = list(lines)
        for line in self.lines:
            most = line.shipped - line.returned if back else line.left
            unit = f", {line.unit}" if line.unit else ""
            self.fields[f"line{line.pk}"] = forms.DecimalField(
                label=f"{line.name}{unit}", required=False, min_value=0, max_digits=14,
                decimal_places=3, initial=None if back else most.normalize().__format__("f"),
            )  # fmt: skip

    def counts(self) -> dict[int, Decimal]:
        """How many of which line."""
        told = {line.pk: self.cleaned_data.get(f"line{line.pk}") for line in self.lines}
        return {pk: count for pk, count in told.items() if count}


class InvoiceForm(forms.Form):
    """Until when a счёт may be paid."""

    valid_until = forms.DateField(label=_("To be paid by"), widget=DAY)


class ExpectForm(forms.Form):
    """On which day a line is to be expected as things stand."""

    day = forms.DateField(
        label=_("Expected on"), widget=DAY,
        help_text=_("Later than promised, the client is told at once and asked what to do."),
    )  # fmt: skip


class DutyForm(forms.Form):
    """What is promised after the sale."""

    kind = forms.ChoiceField(label=_("What it is"), choices=DutyKind.choices)
    day = forms.DateField(label=_("By which day"), widget=DAY)
    words = forms.CharField(
        label=_("In words for the client"), required=False, max_length=300,
        help_text=_("Blank: the client reads just what it is."),
    )  # fmt: skip


class PaperForm(forms.Form):
    """A file that goes with an order."""

    kind = forms.ChoiceField(label=_("What it is"), choices=PaperKind.choices)
    paper = forms.FileField(label=_("File"))
    inside = forms.BooleanField(label=_("Only for colleagues"), required=False)


class PaymentForm(forms.Form):
    """Money that came, written down by hand."""

    number = forms.CharField(label=_("Number of the paper"), max_length=60)
    day = forms.DateField(label=_("Date"), widget=DAY)
    sum = forms.CharField(label=_("Sum"), max_length=40)
    purpose = forms.CharField(label=_("What it is paid for"), required=False, max_length=1000)

    def clean_sum(self) -> Decimal:
        """As people write sums."""
        found = read_money(self.cleaned_data["sum"])
        if found is None or found <= 0:
            raise forms.ValidationError(gettext("This is not a sum above zero."))
        return found


class TermsForm(forms.Form):
    """On what terms a client pays."""

    days = forms.IntegerField(
        label=_("Days after shipment"), min_value=0, max_value=365,
        help_text=_("How long after goods leave they are to be paid. Zero: at once."),
    )  # fmt: skip
    limit = forms.DecimalField(
        label=_("At most owed at once"), required=False, min_value=0, max_digits=18,
        decimal_places=2,
    )  # fmt: skip
    opening = forms.DecimalField(
        label=_("Owed before the first paper here"), required=False, max_digits=18,
        decimal_places=2, help_text=_("Below zero: we owed the client."),
    )  # fmt: skip
    opened_on = forms.DateField(label=_("As of"), required=False, widget=DAY)


class ReadyForm(forms.Form):
    """A day on which goods were there."""

    day = forms.DateField(label=_("Date"), widget=DAY)

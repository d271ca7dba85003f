"""How fast requests are answered, solved and told of, as it is typed: in hours."""

from decimal import Decimal
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from zabota.tickets.actions.speeds import Speeds
from zabota.tickets.models import Priority

LONGEST_HOURS = 2000
STEP = Decimal(60)


class SpeedsForm(forms.Form):
    """How many working hours each priority has for the first reply, for the end, and between news
    while it goes on; without these, none are promised.
    """

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for priority in Priority.values:
            for name, label in (
                ("reply", _("First reply, working hours")),
                ("solution", _("Solution, working hours")),
                ("news", _("News at least every so many working hours")),
            ):
                self.fields[f"{priority}_{name}"] = forms.DecimalField(
                    label=label,
                    required=name != "news",
                    min_value=Decimal("0.05"),
                    max_value=LONGEST_HOURS,
                    max_digits=6,
                    decimal_places=2,
                    localize=True,
                    widget=forms.TextInput(attrs={"inputmode": "decimal"}),
                )

    @staticmethod
    def as_typed(minutes: Speeds) -> dict[str, Decimal]:
        """Minutes as they are typed: hours."""
        return {
            f"{priority}_{name}": (Decimal(given) / STEP).quantize(Decimal("0.01")).normalize()
            for priority, three in minutes.items()
            for name, given in zip(("reply", "solution", "news"), three, strict=True)
            if given is not None
        }

    def minutes(self) -> Speeds:
        """Hours as they are kept: minutes."""
        given = self.cleaned_data
        return {
            priority: (
                round(given[f"{priority}_reply"] * STEP),
                round(given[f"{priority}_solution"] * STEP),
                round(news * STEP) if (news := given[f"{priority}_news"]) else None,
            )
            for priority in Priority.values
        }

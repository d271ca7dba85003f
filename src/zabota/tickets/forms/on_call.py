"""Who is called out of hours, as the firm types it."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from zabota.people.forms.fields import PersonChoice, colleagues
from zabota.people.models import Employee
from zabota.tickets.actions.on_call import DutyTurn
from zabota.tickets.forms.tickets import HourField

WEEKDAYS = (
    ("0", _("Monday")), ("1", _("Tuesday")), ("2", _("Wednesday")), ("3", _("Thursday")),
    ("4", _("Friday")), ("5", _("Saturday")), ("6", _("Sunday")),
)  # fmt: skip


class OnCallForm(forms.Form):
    """One turn."""

    employee = PersonChoice(
        label=_("Who is called"), queryset=Employee.objects.none(), empty_label="—"
    )
    weekdays = forms.MultipleChoiceField(
        label=_("Weekdays"), choices=WEEKDAYS, widget=forms.CheckboxSelectMultiple,
        initial=[value for value, _name in WEEKDAYS],
    )  # fmt: skip
    from_time = HourField(
        _("From the hour"), _("By the firm’s clock; may pass midnight. Blank: all day.")
    )
    to_time = HourField(_("to the hour"))
    wait_minutes = forms.IntegerField(
        label=_("Minutes to take it up before the next one is called"),
        min_value=1,
        max_value=240,
        initial=15,
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["employee"].queryset = colleagues()  # type: ignore[attr-defined]

    def turn(self) -> DutyTurn:
        """As the action takes it."""
        given = self.cleaned_data
        return {
            "employee": given["employee"],
            "weekdays": "".join(sorted(given["weekdays"])),
            "from_time": given["from_time"],
            "to_time": given["to_time"],
            "wait_minutes": given["wait_minutes"],
        }

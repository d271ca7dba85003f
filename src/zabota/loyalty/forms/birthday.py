"""A birthday, the month and the day; never saves."""

from typing import Any

from babel.dates import get_month_names
from django import forms
from django.utils.translation import get_language, pgettext_lazy
from django.utils.translation import gettext_lazy as _


class BirthdayForm(forms.Form):
    """When somebody is to be congratulated; both blank: nowhere kept."""

    date = forms.ChoiceField(
        label=pgettext_lazy("birthday", "Day"),
        choices=[("", "—"), *((number, number) for number in range(1, 32))],
        required=False,
    )
    month = forms.ChoiceField(label=pgettext_lazy("birthday", "Month"), required=False)
    agreed = forms.BooleanField(
        label=_("I agree that you keep my birthday to congratulate me"), required=False
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        day = (kwargs.get("initial") or {}).get("day", "")
        if day:
            month, _sep, date = day.partition("-")
            kwargs["initial"] = {"date": int(date), "month": int(month), "agreed": True}
        super().__init__(*args, **kwargs)
        names = get_month_names("wide", locale=get_language() or "ru")
        self.fields["month"].choices = [("", "—"), *names.items()]  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        """As the action takes it: «03-08», or nothing."""
        given = self.cleaned_data
        date, month = int(given.get("date") or 0), int(given.get("month") or 0)
        if bool(date) != bool(month):
            self.add_error("month" if date else "date", _("The day and the month, or neither."))
        if date and not given.get("agreed"):
            self.add_error("agreed", _("Without your consent we keep no birthday."))
        given["day"] = f"{month:02}-{date:02}" if date and month else ""
        return given

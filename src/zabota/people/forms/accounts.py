"""Teams and one's own account; never saves."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from zabota.people.forms.fields import LANGUAGES, ZoneField


class TeamForm(forms.Form):
    """A team's names."""

    name_ru = forms.CharField(label=_("Name of the team"), max_length=120)
    name_en = forms.CharField(
        label=_("Name of the team in English"), max_length=120, required=False
    )


class ProfileForm(forms.Form):
    """How everything is shown to me."""

    language = forms.ChoiceField(label=_("Language"), choices=LANGUAGES)
    zone = ZoneField(help_text=_("All moments are shown in it."))


class QuietForm(forms.Form):
    """When letters that may wait do not come."""

    quiet_from = forms.TimeField(
        label=_("From the hour"),
        required=False,
        widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M"),
    )
    quiet_to = forms.TimeField(
        label=_("to the hour"),
        required=False,
        widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M"),
    )


class PasswordForm(forms.Form):
    """A new password, twice; the old one unless they have just come in by a code."""

    old = forms.CharField(
        label=_("The password now"),
        widget=forms.PasswordInput(attrs={"autocomplete": "current-password"}),
    )
    new = forms.CharField(
        label=_("New password"),
        help_text=_("At least eight characters, not only digits and not a common word."),
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )

    def __init__(self, *args: Any, ask_old: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not ask_old:
            del self.fields["old"]

"""One field for how to reach whoever writes from a site: a mail address or a phone."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

LABELS = {
    "email": pgettext_lazy("of a visitor", "Your e-mail"),
    "phone": _("Your phone"),
    "either": _("Your e-mail or phone"),
}
LEAST_DIGITS = 7


class ReachedField(forms.CharField):
    """Gives the kind of the point and its value; two empty words where it may be left out."""

    def __init__(self, asks: str, *, required: bool = True) -> None:
        attrs = {"autocomplete": "tel" if asks == "phone" else "email"}
        if asks != "either":
            attrs["inputmode"] = "tel" if asks == "phone" else "email"
        super().__init__(
            label=LABELS.get(asks, LABELS["either"]),
            max_length=254,
            required=required,
            widget=forms.TextInput(attrs=attrs),
        )
        self.asks = asks

    def clean(self, value: Any) -> tuple[str, str]:
        """What was typed, as a way to reach somebody."""
        typed = str(super().clean(value)).strip()
        if not typed:
            return "", ""
        if "@" in typed:
            if self.asks == "phone":
                raise ValidationError(_("A phone number is needed here."))
            validate_email(typed)
            return "email", typed.lower()
        if self.asks == "email":
            validate_email(typed)
        if sum(letter.isdecimal() for letter in typed) < LEAST_DIGITS:
            raise ValidationError(_("This is neither an e-mail address nor a phone number."))
        return "phone", typed[:40]

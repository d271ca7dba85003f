"""What whoever takes a gift says of themselves: nothing of it is needed."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from zabota.goodwill.actions import Taken


class ClaimForm(forms.Form):
    """Thanks first; then, for those who like, who they are."""

    thanks = forms.CharField(
        label=_("Say thank you"),
        required=False,
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 2}),
    )
    name = forms.CharField(
        label=_("Your name"),
        required=False,
        max_length=200,
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
    )
    email = forms.EmailField(
        label=_("E-mail"),
        required=False,
        max_length=254,
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
    )
    phone = forms.CharField(
        label=_("Phone"),
        required=False,
        max_length=40,
        widget=forms.TextInput(attrs={"autocomplete": "tel", "inputmode": "tel"}),
    )
    official = forms.BooleanField(
        label=_("I am a state or municipal employee"),
        required=False,
        help_text=_("The law lets us give you less than this present costs."),
    )
    consent = forms.BooleanField(label=pgettext_lazy("consent", "I agree"), required=False)
    key = forms.CharField(max_length=40, widget=forms.HiddenInput)

    def __init__(
        self, consent: str, *args: Any, known: bool = False, office: bool = False, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        if not office:
            del self.fields["official"]
        self.fields["consent"].help_text = consent
        if known:
            for name in ("name", "email", "phone", "consent"):
                del self.fields[name]

    def taken(self, version: str, language: str) -> Taken:
        """As the action takes it."""
        given = dict(self.cleaned_data)
        agreed = given.pop("consent", False)
        return Taken(consent=version if agreed else "", language=language, **given)


class ThanksForm(forms.Form):
    """Thanks in one's own words."""

    words = forms.CharField(
        label=_("In your own words"),
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 3}),
    )


class ThankForCaseForm(forms.Form):
    """A client's thanks; words are theirs to leave out."""

    words = forms.CharField(
        label=_("In your own words"),
        max_length=2000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
    )

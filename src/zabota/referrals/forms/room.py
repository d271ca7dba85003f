"""What whoever recommends fills in."""

from typing import Any

from django import forms
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from zabota.referrals.actions.links import LONGEST_WORDS
from zabota.referrals.actions.sheets import LONGEST_ANSWER
from zabota.referrals.models import Questionnaire, ShownAs


class NamedForm(forms.Form):
    """How they are named to whoever they send to us."""

    shown_as = forms.ChoiceField(
        label=gettext_lazy("How we name you"),
        choices=ShownAs.choices,
        widget=forms.RadioSelect,
        initial=ShownAs.FIRST,
    )

    def __init__(self, *args: Any, is_company: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not is_company:
            kept = [one for one in ShownAs.choices if one[0] != ShownAs.COMPANY]
            self.fields["shown_as"].choices = kept  # type: ignore[attr-defined]


class LinkForm(NamedForm):
    """A link of one's own."""

    words = forms.CharField(
        label=gettext_lazy("A few words of yours"),
        required=False,
        max_length=LONGEST_WORDS,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=gettext_lazy("They stand on the page, on the brochure and in the letter."),
    )


class SheetForm(NamedForm):
    """Their half of the joint questionnaire."""

    def __init__(self, edition: Questionnaire, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.edition = edition
        questions = edition.questions("told", get_language() or "ru")
        for place, question in enumerate(questions):
            self.fields[f"told_{place}"] = forms.CharField(
                label=question,
                max_length=LONGEST_ANSWER,
                required=False,
                widget=forms.Textarea(attrs={"rows": 3}),
            )
        self.fields["shown"] = forms.BooleanField(
            label=_("The friend may read my answers"), required=False, initial=True
        )
        self.order_fields([*(f"told_{place}" for place in range(len(questions))), "shown"])

    def answers(self) -> list[str]:
        """What they said, in the order of the questions."""
        return [self.cleaned_data[f"told_{place}"] for place in range(len(self.edition.told))]

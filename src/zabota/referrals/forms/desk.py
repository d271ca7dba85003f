"""What colleagues fill in about referrals."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from zabota.referrals.actions.terms import MOST_QUESTIONS, NewTerms
from zabota.referrals.models import Ending, Shares


class TalkForm(forms.Form):
    """What was heard from whoever came."""

    shares = forms.ChoiceField(
        label=gettext_lazy("What may the recommender see? Ask, even if it was chosen on the page"),
        choices=Shares.choices,
        widget=forms.RadioSelect,
    )
    note = forms.CharField(
        label=gettext_lazy("What we heard"),
        required=False,
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=gettext_lazy("Only colleagues see it."),
    )


class EndForm(forms.Form):
    """Why nothing comes of it."""

    ending = forms.ChoiceField(
        label=gettext_lazy("Why nothing came of it"),
        choices=[one for one in Ending.choices if one[0] != Ending.WITHDRAWN],
        widget=forms.RadioSelect,
    )


class DecideForm(forms.Form):
    """Thanks all the same, or not."""

    thank = forms.ChoiceField(
        label=gettext_lazy("Decision"),
        choices=[
            ("yes", gettext_lazy("Thank both all the same")),
            ("no", gettext_lazy("Thank nobody")),
        ],
        widget=forms.RadioSelect,
    )
    reason = forms.CharField(
        label=gettext_lazy("Why"), max_length=500, widget=forms.Textarea(attrs={"rows": 2})
    )


class DepartureForm(forms.Form):
    """A client said that they leave."""

    words = forms.CharField(
        label=gettext_lazy("What they said"),
        required=False,
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 3}),
    )


class TermsForm(forms.Form):
    """On what terms both are thanked, from a day on."""

    from_day = forms.DateField(
        label=gettext_lazy("From which day"),
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )
    minimum = forms.DecimalField(
        label=gettext_lazy("The smallest purchase that counts"), min_value=0, max_digits=12,
        decimal_places=2, initial=0,
    )  # fmt: skip
    hold_days = forms.IntegerField(
        label=gettext_lazy("Days until thanks"), min_value=0, max_value=365, initial=14,
        help_text=gettext_lazy("So long we wait for goods that come back."),
    )  # fmt: skip
    yearly_limit = forms.IntegerField(
        label=gettext_lazy("Thanks to one recommender in a year, at most"), min_value=1,
        max_value=1000, initial=12,
    )  # fmt: skip
    lapse_times = forms.IntegerField(
        label=gettext_lazy("Silent for how many of their own gaps counts as gone"), min_value=2,
        max_value=20, initial=3,
    )  # fmt: skip

    def terms(self) -> NewTerms:
        """As the action takes them."""
        return NewTerms(**self.cleaned_data)


class BrochureForm(forms.Form):
    """What we tell of ourselves, in both languages."""

    title_ru = forms.CharField(label=gettext_lazy("Heading in Russian"), max_length=120)
    text_ru = forms.CharField(
        label=gettext_lazy("Text in Russian"), max_length=3000,
        widget=forms.Textarea(attrs={"rows": 7}), help_text=gettext_lazy("A line is a paragraph."),
    )  # fmt: skip
    title_en = forms.CharField(label=gettext_lazy("Heading in English"), max_length=120)
    text_en = forms.CharField(
        label=gettext_lazy("Text in English"), max_length=3000,
        widget=forms.Textarea(attrs={"rows": 7}), help_text=gettext_lazy("A line is a paragraph."),
    )  # fmt: skip


class QuestionsForm(forms.Form):
    """What both are asked: a question on a line, in both languages line by line."""

    told_ru = forms.CharField(
        label=gettext_lazy("Whoever recommends, in Russian"), required=False,
        widget=forms.Textarea(attrs={"rows": 4}), help_text=gettext_lazy("A question on a line."),
    )  # fmt: skip
    told_en = forms.CharField(
        label=gettext_lazy("Whoever recommends, in English"), required=False,
        widget=forms.Textarea(attrs={"rows": 4}),
    )  # fmt: skip
    needed_ru = forms.CharField(
        label=gettext_lazy("Whoever comes, in Russian"), required=False,
        widget=forms.Textarea(attrs={"rows": 4}),
    )  # fmt: skip
    needed_en = forms.CharField(
        label=gettext_lazy("Whoever comes, in English"), required=False,
        widget=forms.Textarea(attrs={"rows": 4}),
    )  # fmt: skip

    def clean(self) -> dict[str, Any]:
        """As many lines in either language, and not too many."""
        found = super().clean() or {}
        for side in ("told", "needed"):
            ru, en = lines(found.get(f"{side}_ru", "")), lines(found.get(f"{side}_en", ""))
            if len(ru) != len(en):
                self.add_error(
                    f"{side}_en", _("There must be as many questions in either language.")
                )
            elif len(ru) > MOST_QUESTIONS:
                self.add_error(
                    f"{side}_ru", _("%(most)d questions at most.") % {"most": MOST_QUESTIONS}
                )
            elif any(len(one) > 300 for one in [*ru, *en]):
                self.add_error(f"{side}_ru", _("Please be briefer here."))
        return found

    def pairs(self, side: str) -> list[tuple[str, str]]:
        """The questions of one side, in Russian and in English."""
        ru, en = (lines(self.cleaned_data[f"{side}_{language}"]) for language in ("ru", "en"))
        return list(zip(ru, en, strict=True))


def lines(text: str) -> list[str]:
    """Lines that say something."""
    return [line.strip() for line in text.splitlines() if line.strip()]


def as_lines(rows: Iterable[dict[str, str]], language: str) -> str:
    """The questions of an edition as they were typed."""
    return "\n".join(row[language] for row in rows)

"""An article as it is typed; never saves."""

from typing import Any

from django import forms
from django.utils.translation import get_language, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from zabota.tickets.actions import WrittenArticle
from zabota.tickets.forms.scripts import words_field
from zabota.tickets.forms.tickets import kinds_of_requests
from zabota.tickets.models import Readers

LONGEST = 20_000


class ArticleForm(forms.Form):
    """For whom it is, what it answers, what it says in both languages."""

    audience = forms.ChoiceField(
        label=_("Who reads it"), choices=Readers.choices, widget=forms.RadioSelect
    )
    kinds = forms.MultipleChoiceField(
        label=_("For which requests"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("Nothing ticked: for any."),
    )
    title_ru = forms.CharField(
        label=pgettext_lazy("article", "Title in Russian"), max_length=200, required=False
    )
    text_ru = words_field(_("Text in Russian"), 10, max_length=LONGEST)
    title_en = forms.CharField(
        label=pgettext_lazy("article", "Title in English"), max_length=200, required=False
    )
    text_en = words_field(
        _("Text in English"),
        10,
        max_length=LONGEST,
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        language = get_language() or "ru"
        kinds = [(kind.slug, kind.name(language)) for kind in kinds_of_requests()]
        self.fields["kinds"].choices = kinds  # type: ignore[attr-defined]

    def written(self) -> WrittenArticle:
        """As the action takes it."""
        given = self.cleaned_data
        return WrittenArticle(
            audience=given["audience"],
            kinds=given["kinds"],
            title_ru=given["title_ru"],
            text_ru=given["text_ru"].replace("\r\n", "\n"),
            title_en=given["title_en"],
            text_en=given["text_en"].replace("\r\n", "\n"),
        )

"""A form's card and its Word file, as a lawyer types and uploads them."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from zabota.common.sizes import file_size
from zabota.contracts.docx.guard import MOST_BYTES
from zabota.contracts.kinds import KINDS
from zabota.contracts.models import ContractTemplate

WORDS = (
    ("what_for", _("What it is for")),
    ("payment", _("Payment")),
    ("term", _("Term")),
    ("penalty", _("Penalty")),
)
LANGUAGES = (("ru", _("Russian")), ("en", _("English")))
WORD_FILES = ".docx,application/vnd.openxmlformats-officedocument.wordprocessingml.document"


class WordFile(forms.FileField):
    """A Word file of a size we take; what is inside is checked when it is read."""

    def __init__(self, **settings: Any) -> None:
        super().__init__(
            label=_("Word file (.docx)"),
            widget=forms.FileInput(attrs={"accept": WORD_FILES}),
            error_messages={
                "required": _("Please choose a Word file."),
                "empty": _("The file is empty."),
            },
            **settings,
        )

    def clean(self, data: Any, initial: Any = None) -> UploadedFile[Any]:
        file: UploadedFile[Any] = super().clean(data, initial)
        size = file.size or 0
        if size > MOST_BYTES:
            raise ValidationError(
                gettext("The file has %(size)s; we take %(limit)s at most.")
                % {"size": file_size(size), "limit": file_size(MOST_BYTES)}
            )
        return file


class UploadForm(forms.Form):
    """A new edition of a form."""

    file = WordFile(
        help_text=_("Numbered by styles or by hand; fields are written as {{ price: money }}.")
    )


class CardForm(forms.Form):
    """What stands on the card beside other forms, in both languages."""

    title_ru = forms.CharField(label=_("Title in Russian"), max_length=200)
    title_en = forms.CharField(
        label=_("Title in English"),
        max_length=200,
        required=False,
        help_text=_("Empty: the Russian one stands in both languages."),
    )
    kind = forms.ChoiceField(label=_("Kind"), choices=[*KINDS.items()])
    usual_days = forms.IntegerField(
        label=_("Usual days to agree"), min_value=1, max_value=99, initial=3
    )
    offered = forms.BooleanField(
        label=_("Clients are offered this form"), required=False, initial=True
    )

    def __init__(self, *args: Any, **settings: Any) -> None:
        super().__init__(*args, **settings)
        for name, label in WORDS:
            for language, tongue in LANGUAGES:
                self.fields[f"{name}_{language}"] = forms.CharField(
                    label=f"{label}: {str(tongue).lower()}",
                    max_length=300,
                    required=False,
                    widget=forms.Textarea(attrs={"rows": 2}),
                )

    @property
    def card(self) -> dict[str, Any]:
        """What the action takes."""
        told = self.cleaned_data
        return {
            "kind": told["kind"],
            "titles": (told["title_ru"], told["title_en"] or told["title_ru"]),
            "usual_days": told["usual_days"],
            "offered": told["offered"],
            "about": {
                name: {language: told[f"{name}_{language}"] for language, _tongue in LANGUAGES}
                for name, _label in WORDS
            },
        }

    @staticmethod
    def of(template: ContractTemplate) -> dict[str, Any]:
        """What a form's card says now, as initial values."""
        words = {
            f"{name}_{language}": _word(template.about, name, language)
            for name, _label in WORDS
            for language, _tongue in LANGUAGES
        }
        plain = ("title_ru", "title_en", "kind", "usual_days", "offered")
        return {**{name: getattr(template, name) for name in plain}, **words}


class NewForm(CardForm):
    """A form that was not there before: its Word file and its card."""

    file = WordFile(
        help_text=_("Numbered by styles or by hand; fields are written as {{ price: money }}.")
    )
    language = forms.ChoiceField(label=_("Language of the text"), choices=LANGUAGES)
    field_order = ("file", "title_ru", "title_en", "kind", "language", "usual_days", "offered")

    @property
    def card(self) -> dict[str, Any]:
        """What the action takes."""
        return {**super().card, "language": self.cleaned_data["language"]}


def _word(about: Mapping[str, Any], name: str, language: str) -> str:
    told = about.get(name) or {}
    return str(told.get(language, "") if isinstance(told, Mapping) else told)

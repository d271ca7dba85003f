"""A ready answer as it is typed; never saves."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from zabota.people.forms.fields import TeamChoice
from zabota.people.models import Team
from zabota.tickets.actions import KeptAnswer
from zabota.tickets.forms.scripts import TokenWords, words_field
from zabota.tickets.models import Outcome, Priority


def open_teams() -> Any:
    """Teams that can receive something, by name."""
    return Team.objects.filter(closed_at=None).order_by("name_ru", "pk")


class MacroForm(TokenWords, forms.Form):
    """What it is called, what it says, what is done together with it."""

    name_ru = forms.CharField(label=pgettext_lazy("macro", "Name in Russian"), max_length=120)
    name_en = forms.CharField(
        label=pgettext_lazy("macro", "Name in English"), max_length=120, required=False
    )
    text_ru = words_field(_("What to say, in Russian"), 5)
    text_en = words_field(_("What to say, in English"), 5)
    priority = forms.ChoiceField(
        label=_("Together with it: how urgent"),
        choices=[("", _("as it is")), *Priority.choices],
        required=False,
    )
    team = TeamChoice(
        label=_("Together with it: for which team"),
        queryset=Team.objects.none(),
        required=False,
        empty_label=_("as it is"),
    )
    outcome = forms.ChoiceField(
        label=_("Together with it: how it ends"),
        choices=[("", _("it goes on")), *Outcome.choices],
        required=False,
    )
    shared = forms.BooleanField(
        label=_("For everybody"),
        required=False,
        help_text=_("Colleagues give it, too. Unticked, it is yours alone."),
    )
    token_fields = ("text_ru", "text_en")

    def __init__(self, *args: Any, may_share: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["team"].queryset = open_teams()  # type: ignore[attr-defined]
        if not may_share:
            del self.fields["shared"]

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        self.check_places(self)
        return given

    def kept(self) -> KeptAnswer:
        """As the action takes it."""
        given = self.cleaned_data
        return KeptAnswer(
            name_ru=given["name_ru"],
            name_en=given["name_en"],
            text_ru=given["text_ru"].replace("\r\n", "\n"),
            text_en=given["text_en"].replace("\r\n", "\n"),
            priority=given["priority"],
            team=given["team"],
            outcome=given["outcome"],
        )


class GiveForm(forms.Form):
    """For which team it is."""

    team = TeamChoice(label=_("For which team"), queryset=Team.objects.none(), empty_label="—")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["team"].queryset = open_teams()  # type: ignore[attr-defined]

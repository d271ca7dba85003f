"""What is escalated by meaning, as the firm types it."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from zabota.people.forms.fields import PersonChoice, colleagues
from zabota.people.models import Employee
from zabota.tickets.actions.alarms import TO_DIRECTOR, AlarmWords
from zabota.tickets.models import AlarmRule, Meaning

LONGEST = 6000


class AlarmsForm(forms.Form):
    """For each meaning: whether, by which phrases, who is told."""

    def __init__(self, rules: Iterable[AlarmRule], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.rules = list(rules)
        for rule in self.rules:
            self._add(rule)

    def _add(self, rule: AlarmRule) -> None:
        on = forms.BooleanField(label=_("Escalate"), required=False, initial=rule.on)
        self.fields[f"{rule.meaning}_on"] = on
        calls = forms.BooleanField(
            label=_("Out of hours, call whoever is on call"), required=False, initial=rule.calls
        )
        self.fields[f"{rule.meaning}_calls"] = calls
        if rule.meaning != Meaning.BEST:
            self.fields[f"{rule.meaning}_words"] = forms.CharField(
                label=_("Words and phrases"),
                max_length=LONGEST,
                required=False,
                initial=rule.words,
                widget=forms.Textarea(attrs={"rows": 5}),
                help_text=_(
                    "Separated by commas, in either language; any form of a word counts, and a few"
                    " other words may stand between."
                ),
            )
        director = rule.meaning in TO_DIRECTOR
        person = PersonChoice(
            label=_("Who is told"),
            queryset=Employee.objects.none(),
            required=False,
            initial=rule.to_id,
            empty_label=_("The director") if director else _("The lead of whoever has it"),
        )
        person.queryset = colleagues()
        self.fields[f"{rule.meaning}_to"] = person

    def groups(self) -> list[tuple[str, list[str]]]:
        """Fields under the names of meanings."""
        return [
            (
                str(Meaning(rule.meaning).label).capitalize(),
                [name for name in self.fields if name.startswith(f"{rule.meaning}_")],
            )
            for rule in self.rules
        ]

    def values(self) -> dict[str, AlarmWords]:
        """As the action takes them."""
        given = self.cleaned_data
        return {
            rule.meaning: {
                "on": given[f"{rule.meaning}_on"],
                "calls": given[f"{rule.meaning}_calls"],
                "words": given.get(f"{rule.meaning}_words", ""),
                "to": given[f"{rule.meaning}_to"],
            }
            for rule in self.rules
        }

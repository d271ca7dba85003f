"""What is typed about the firm, made into clean values; never saves."""

import datetime as dt
import re
from collections.abc import Mapping
from typing import Any

from django import forms
from django.utils.dates import WEEKDAYS
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from zabota.common.names import has_cyrillic, latin
from zabota.people.actions.firm import ACCENTS
from zabota.people.firm import DETAIL_GENITIVES, DETAIL_WORDS, DETAILS
from zabota.people.forms.fields import LANGUAGES, DayInput, ZoneField, currencies
from zabota.people.models import SpecialDay

ACCENT_NAMES = {
    "teal": _("Sea green"),
    "green": _("Green"),
    "blue": _("Blue"),
    "indigo": _("Indigo"),
    "violet": _("Violet"),
    "plum": _("Plum"),
    "rose": _("Rose"),
    "graphite": _("Graphite"),
}
DETAIL_NAMES = {
    "name": _("Full name"),
    "short_name": _("Short name"),
    "inn": _("INN"),
    "kpp": _("KPP"),
    "ogrn": _("OGRN or OGRNIP"),
    "address": _("Registered address"),
    "bank": _("Bank"),
    "bik": _("BIK"),
    "account": _("Settlement account"),
    "corr_account": _("Correspondent account"),
    "signatory": _("Who signs"),
    "signatory_position": _("Position of who signs"),
    "authority": _("By what authority"),
    "phone": _("Phone"),
    "email": _("E-mail"),
}
ENGLISH_NAMES = {
    "name": _("Full name in English"),
    "short_name": _("Short name in English"),
    "address": _("Registered address in English"),
    "bank": _("Bank in English"),
    "signatory": _("Who signs, in English"),
    "signatory_position": _("Position of who signs, in English"),
    "authority": _("By what authority, in English"),
}
GENITIVE_NAMES = {
    "signatory": _("Who signs, after «в лице»"),
    "signatory_position": _("Position of who signs, after «в лице»"),
    "authority": _("By what authority, after «на основании»"),
}
DETAIL_GROUPS = (
    (_("Company"), ("name", "short_name", "inn", "kpp", "ogrn", "address")),
    (_("Bank"), ("bank", "bik", "account", "corr_account")),
    (
        _("Who signs"),
        (*DETAIL_GENITIVES, *(f"{name}_gen" for name in DETAIL_GENITIVES)),
    ),
    (_("In English, for papers in English"), tuple(f"{name}_en" for name in DETAIL_WORDS)),
    (_("How to reach us"), ("phone", "email")),
)
INTERVAL = re.compile(r"^(\d{1,2}):(\d{2})\s*[-–—]\s*(\d{1,2}):(\d{2})$")


class FirmForm(forms.Form):
    """The firm as everybody sees it."""

    name = forms.CharField(label=_("Name of the firm"), max_length=200)
    name_en = forms.CharField(
        label=_("Name of the firm in English"),
        max_length=200,
        required=False,
        help_text=_("Readers of English see it; left blank, they see the name above."),
    )
    accent = forms.ChoiceField(
        label=_("Colour"), choices=[(name, ACCENT_NAMES[name]) for name in ACCENTS]
    )
    shows_people = forms.ChoiceField(
        label=_("What clients see in the course of approval"),
        choices=[("yes", _("People, with name and face")), ("no", _("Teams"))],
        widget=forms.RadioSelect,
    )
    answers_strangers = forms.ChoiceField(
        label=_("A letter from somebody nobody knows"),
        choices=[
            ("yes", _("Begins a request: they hear at once by when a person answers")),
            ("no", _("Waits until one of ours says whose it is")),
        ],
        widget=forms.RadioSelect,
        required=False,
    )
    keeps_quiet = forms.ChoiceField(
        label=_("Letters to our own people in the evening and on days off"),
        choices=[
            ("yes", _("Wait for the morning of the working day, but for what is on call")),
            ("no", _("Go at once")),
        ],
        widget=forms.RadioSelect,
        required=False,
    )
    thanks_companies = forms.ChoiceField(
        label=_("Points, discounts and thanks to companies"),
        choices=[
            ("no", _("Off: only persons have them")),
            ("yes", _("On: they are the company's, and its owner of the room sees them")),
        ],
        widget=forms.RadioSelect,
        required=False,
    )
    language = forms.ChoiceField(label=_("Language"), choices=LANGUAGES)
    zone = ZoneField()
    country = forms.CharField(
        label=_("Country"),
        max_length=2,
        help_text=_("Two letters, RU or KZ: its holidays are days off."),
    )
    currency = forms.ChoiceField(
        label=_("Currency of the firm"),
        choices=currencies,
        required=False,
        help_text=_(
            "Purchases and what clients are worth are counted in it. Sums that are kept already are"
            " not converted."
        ),
    )
    number_pattern = forms.CharField(
        label=_("Number of a contract"),
        max_length=60,
        help_text=_("{year} and {number:04d} are filled in at registration."),
    )
    answer_hours = forms.IntegerField(
        label=_("We answer a client's edit within"), min_value=1, max_value=200
    )
    drill_days = forms.IntegerField(
        label=_("For how many days a passed drill counts"),
        min_value=1,
        max_value=3000,
        help_text=_("Drills passed from now on; a power that needs one lapses with it."),
    )

    def clean_currency(self) -> str:
        return str(self.cleaned_data["currency"] or self.initial.get("currency") or "RUB")

    def clean_country(self) -> str:
        return str(self.cleaned_data["country"]).upper()


class DetailsForm(forms.Form):
    """Details that go into contracts."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in DETAILS:
            self.fields[name] = forms.CharField(
                label=DETAIL_NAMES[name], max_length=500, required=False
            )
        self.fields["email"] = forms.EmailField(label=DETAIL_NAMES["email"], required=False)
        for name in DETAIL_WORDS:
            self.fields[f"{name}_en"] = english_field(name, 500, self.initial)
        for name in DETAIL_GENITIVES:
            self.fields[f"{name}_gen"] = genitive_field(name, 500)


def english_field(name: str, length: int, card: Mapping[str, Any]) -> forms.CharField:
    """A detail in English; who signs, if not on the card yet, is offered as in a passport."""
    known = str(card.get(name, ""))
    asked = name == "signatory" and has_cyrillic(known) and not card.get(f"{name}_en")
    offered = latin(known) if asked else ""
    return forms.CharField(
        label=ENGLISH_NAMES[name],
        max_length=length,
        required=False,
        help_text=_("As in a passport: %(name)s.") % {"name": offered} if offered else "",
    )


def genitive_field(name: str, length: int) -> forms.CharField:
    """Who signs in the genitive, for Russian papers; blank where our own rules may do it."""
    return forms.CharField(
        label=GENITIVE_NAMES[name],
        max_length=length,
        required=False,
        help_text=_(
            "In the genitive, for papers in Russian. Left blank, it is put so by rule where the"
            " rule is sure; where it is not, the place stays blank until you write it here."
        )
        if name == "signatory"
        else "",
    )


class WeekForm(forms.Form):
    """Working hours of each weekday, several stretches a day."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for number, name in WEEKDAYS.items():
            self.fields[f"day_{number}"] = forms.CharField(
                label=name, required=False, max_length=200
            )

    @staticmethod
    def as_typed(week: dict[str, list[list[str]]]) -> dict[str, str]:
        """A stored week as one types it: «09:00–13:00, 14:00–18:00»."""
        return {
            f"day_{number}": ", ".join(f"{a}–{b}" for a, b in week.get(str(number), []))
            for number in WEEKDAYS
        }

    def clean(self) -> dict[str, Any]:
        values = super().clean() or {}
        for name in list(values):
            try:
                values[name] = hours_typed(values[name])
            except ValueError:
                self.add_error(name, gettext("Write it like 09:00–13:00, 14:00–18:00."))
        return values

    def week(self) -> dict[str, list[list[str]]]:
        """As it is stored."""
        return {
            str(number): self.cleaned_data[f"day_{number}"]
            for number in WEEKDAYS
            if self.cleaned_data[f"day_{number}"]
        }


def hours_typed(text: str) -> list[list[str]]:
    """«9:00–13:00, 14:00–18:00» as pairs; ValueError if it is written otherwise."""
    pairs = []
    for part in filter(None, (piece.strip() for piece in re.split(r"[,;]", text))):
        found = INTERVAL.match(part)
        if found is None:
            raise ValueError(part)
        a, b, c, d = (int(number) for number in found.groups())
        start, end = dt.time(a, b), dt.time(0 if c == 24 and d == 0 else c, d)
        pairs.append([start.strftime("%H:%M"), end.strftime("%H:%M")])
    return sorted(pairs)


class SpecialDayForm(forms.Form):
    """A day unlike its weekday."""

    day = forms.DateField(label=_("Day"), widget=DayInput)
    kind = forms.ChoiceField(
        label=_("How we work"), choices=SpecialDay._meta.get_field("kind").choices or []
    )
    note = forms.CharField(label=_("Note"), max_length=120, required=False)

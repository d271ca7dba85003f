"""Fields and choices that several forms use."""

import zoneinfo
from collections import Counter
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from babel.dates import get_timezone_location
from django import forms
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from zabota.common.names import has_cyrillic, latin
from zabota.people.models import Employee, Team

LANGUAGES = [("ru", "Русский"), ("en", "English")]
NAME_HELP = _("Left blank, it is written as in a passport: Ольга Петрова is Olga Petrova.")


def name_help(known: str) -> Any:
    """What stands for an English name that is left blank."""
    if not has_cyrillic(known):
        return NAME_HELP
    return _("Left blank, it is written as in a passport: %(name)s.") % {"name": latin(known)}


@lru_cache(maxsize=len(LANGUAGES))
def _zones(language: str) -> list[tuple[str, str]]:
    named = [
        (name, get_timezone_location(name, locale=language, return_city=True))
        for name in zoneinfo.available_timezones()
        if "/" in name and not name.startswith(("Etc/", "SystemV/", "US/", "posix", "right"))
    ]
    # Several names may mean one city: Europe/Kiev and Europe/Kyiv; each stays a valid choice.
    cities = Counter(city for _, city in named)
    return sorted(
        ((name, city if cities[city] == 1 else f"{city} ({name})") for name, city in named),
        key=lambda zone: zone[1].replace("Ё", "Е").replace("ё", "е"),
    )


def zones() -> list[tuple[str, str]]:
    """Zones people live in, by the name of their city in the reader's language."""
    return _zones(get_language() or "ru")


if TYPE_CHECKING:
    type_person = forms.ModelChoiceField[Employee]
    type_team = forms.ModelChoiceField[Team]
else:
    type_person = type_team = forms.ModelChoiceField


class DayInput(forms.DateInput):
    """A native date field; its value is always ISO."""

    input_type = "date"

    def __init__(self) -> None:
        super().__init__(format="%Y-%m-%d")


class PersonChoice(type_person):
    """An employee by name and position."""

    def label_from_instance(self, obj: Employee) -> str:
        return obj.name


class TeamChoice(type_team):
    """A team by its name."""

    def label_from_instance(self, obj: Team) -> str:
        return obj.name(get_language() or "ru")


def colleagues() -> Any:
    """Whoever works here, by name."""
    return Employee.objects.working().select_related("user").order_by("user__name", "pk")

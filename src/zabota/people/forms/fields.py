"""Fields and choices that several forms use."""

import zoneinfo
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from babel import Locale
from babel.core import get_global
from babel.numbers import get_currency_name
from django import forms
from django.utils.html import format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from zabota.common.names import has_cyrillic, latin, person_name
from zabota.common.questions import Question
from zabota.people.models import Employee, Place, Skill, Team

LANGUAGES = [("ru", "Русский"), ("en", "English")]
NAME_HELP = _("Left blank, it is written as in a passport: Ольга Петрова is Olga Petrova.")


def name_help(known: str) -> Any:
    """What stands for an English name that is left blank."""
    if not has_cyrillic(known):
        return NAME_HELP
    return _("Left blank, it is written as in a passport: %(name)s.") % {"name": latin(known)}


# Zones that have been renamed bear the same city: Europe/Kiev is Europe/Kyiv.
RENAMED: dict[str, str] = get_global("zone_aliases")  # type: ignore[assignment]


@lru_cache(maxsize=len(LANGUAGES))
def _zones(language: str) -> list[tuple[str, str]]:
    told, all_told = Locale.parse(language).time_zones, Locale.parse("ru").time_zones
    former = {new: old for old, new in RENAMED.items() if old in all_told}
    found = {
        name: name if name in all_told else former.get(name, "")
        for name in zoneinfo.available_timezones()
        if "/" in name and RENAMED.get(name, name) == name
    }
    named = [
        (name, str(told.get(known, {}).get("city") or name.rpartition("/")[2].replace("_", " ")))
        for name, known in found.items()
        if known
    ]
    return sorted(named, key=lambda zone: zone[1].replace("ё", "е"))


def zones() -> list[tuple[str, str]]:
    """Zones people live in, by the name of their city in the reader's language."""
    return _zones(get_language() or "ru")


if TYPE_CHECKING:
    type_person = forms.ModelChoiceField[Employee]
    type_team = forms.ModelChoiceField[Team]
    type_place = forms.ModelChoiceField[Place]
else:
    type_person = type_team = type_place = forms.ModelChoiceField


class ZoneField(forms.ChoiceField):
    """A time zone by its city; one stored under a former name is found under the present one."""

    def __init__(self, **options: Any) -> None:
        super().__init__(label=_("Time zone"), choices=zones, **options)

    def prepare_value(self, value: Any) -> Any:
        return RENAMED.get(value, value)


CURRENCIES = ("RUB", "CNY", "USD", "EUR", "AED", "KZT", "BYN")


def currencies() -> list[tuple[str, str]]:
    """What contracts are usually made in, by code and by name in the reader's language."""
    locale = get_language() or "ru"
    return [(code, f"{code} — {get_currency_name(code, locale=locale)}") for code in CURRENCIES]


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


class PlaceChoice(type_place):
    """A shop, office or outlet by its name."""

    def label_from_instance(self, obj: Place) -> str:
        return obj.name


def standing_places() -> Any:
    """Those where somebody may work, by name."""
    return Place.objects.filter(closed_at=None).order_by("name", "pk")


# The same for pages that are opened often.
known_places: Question[Place] = Question(standing_places)


class SkillsChoice(forms.ModelMultipleChoiceField):  # type: ignore[type-arg]
    """Skills by their names in the reader's language."""

    widget = forms.CheckboxSelectMultiple

    def __init__(self, **options: Any) -> None:
        super().__init__(queryset=Skill.objects.none(), required=False, **options)

    def label_from_instance(self, obj: Any) -> str:
        return str(obj.name(get_language() or "ru"))


def standing_skills() -> Any:
    """Those that are used, by name."""
    return Skill.objects.filter(closed_at=None).order_by("name_ru", "pk")


def colleagues() -> Any:
    """Whoever works here, by name."""
    return Employee.objects.working().select_related("user").order_by("user__name", "pk")


def colleague_options() -> SafeString:
    """The same as options of a choice that stands on a page which is opened often: Django draws
    each by templates of its own, at fifty times the cost.
    """
    return _options(
        tuple((pk, person_name(name, name_en)) for pk, name, name_en in _named_colleagues())
    )


@lru_cache(maxsize=8)
def _options(rows: tuple[tuple[int, str], ...]) -> SafeString:
    return format_html_join("", '<option value="{}">{}</option>', rows)


_named_colleagues: Question[tuple[int, str, str]] = Question(
    lambda: colleagues().values_list("pk", "user__name", "user__name_en")
)

"""Who people and companies of exercises are: made up, and turned by hand into every case."""

from dataclasses import dataclass
from typing import Final

from zabota.common.language import CASES
from zabota.common.language.lemmas import fold
from zabota.common.names import latin


@dataclass(frozen=True)
class Company:
    """A made-up company: the forms of its name in the order of `CASES`, and in Latin letters."""

    forms: tuple[str, ...]
    latin: str

    def form(self, case: str) -> str:
        """The name in a case."""
        return self.forms[CASES.index(case)]


@dataclass(frozen=True)
class Person:
    """A made-up person of a sex; the parts of the name are declined as any name."""

    first: str
    patronymic: str
    surname: str

    def part(self, kind: str | None, place: int) -> str:
        """The part of the name that stands for a part of the same kind; a middle name in Latin
        letters has no kind.
        """
        if kind in ("first", "patronymic", "surname"):
            return str(getattr(self, kind))
        return (self.first, self.surname, self.patronymic)[min(place, 2)]


def _company(stem: str, endings: str, latin_name: str) -> Company:
    return Company(tuple(stem + ending.strip("-") for ending in endings.split()), latin_name)


def _people(*names: str) -> tuple[Person, ...]:
    return tuple(Person(*name.split()) for name in names)


COMPANIES: Final = (
    _company("Лужайк", "а и е у ой е", "Luzhayka"),
    _company("Кедр", "- а у - ом е", "Kedr"),
    _company("Тропинк", "а и е у ой е", "Tropinka"),
    _company("Утёс", "- а у - ом е", "Utyos"),
    _company("Жемчужин", "а ы е у ой е", "Zhemchuzhina"),
    _company("Водопад", "- а у - ом е", "Vodopad"),
    _company("Беседк", "а и е у ой е", "Besedka"),
    _company("Перевал", "- а у - ом е", "Pereval"),
)
WOMEN: Final = _people(
    "Нина Павловна Дроздова", "Лидия Романовна Зимина", "Тамара Фёдоровна Калинина",
    "Зоя Макаровна Рябинина", "Клара Львовна Синицына", "Раиса Глебовна Тополева",
)  # fmt: skip
MEN: Final = _people(
    "Степан Павлович Дроздов", "Роман Фёдорович Зимин", "Макар Львович Калинин",
    "Фёдор Романович Рябинин", "Захар Глебович Синицын", "Герман Макарович Тополев",
)  # fmt: skip


def far_from[T: (Company, Person)](made_up: tuple[T, ...], real: set[str]) -> list[T]:
    """Those that share no word with anything real."""
    free = [one for one in made_up if not words_of(one) & real]
    return free or list(made_up)


def words_of(one: Company | Person) -> set[str]:
    """By which words it would be taken for somebody."""
    if isinstance(one, Company):
        return {fold(word) for word in (*one.forms, one.latin)}
    words = (one.first, one.patronymic, one.surname)
    return {fold(word) for word in words} | {fold(latin(word)) for word in words}

"""The sample firm after a year of giving whose truth is known (tests/goodwill/played_year.py)."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from itertools import product

from tests.goodwill.played_year import lay_year, make_clients, work
from zabota.clients.models import PurchaseFit
from zabota.goodwill.actions import open_allowances, open_review
from zabota.goodwill.models import Measured, Review
from zabota.goodwill.reading.budgets import firm_day
from zabota.people.models import Employee

# A hundred people each, in the language of the firm; surnames that are the same for everybody.
FIRST = {
    "ru": "Алла Вера Глеб Дина Егор Зоя Инна Лев Майя Нина Олег Пётр Рита Семён Тарас Ульяна Фёдор"
    " Эмма Юлия Яна",
    "en": "Alla Vera Gleb Dina Egor Zoya Inna Lev Maya Nina Oleg Peter Rita Simon Taras Ulyana"
    " Fedor Emma Julia Yana",
}
LAST = {
    "ru": "Бондаренко Гайдук Дорош Живаго Забара Кравчук Лисицких Мороз Нагорных Остапенко Полищук"
    " Ревич Седых Ткач Усик Хоменко Цой Черных Шевчук Юрчук",
    "en": "Bondarenko Gaiduk Dorosh Zhivago Zabara Kravchuk Lisitskikh Moroz Nagornykh Ostapenko"
    " Polishchuk Revich Sedykh Tkach Usik Khomenko Tsoi Chernykh Shevchuk Yurchuk",
}
OCCASION = {"ru": "за терпение", "en": "for their patience"}


def play(language: str, givers: Mapping[str, str], at: datetime) -> None:
    """They buy and are given to for a year, the worker looks, the last month is reviewed. `givers`
    are known by the names of their mail. What was reckoned of the sample firm is forgotten.
    """
    for rows in (Review, Measured, PurchaseFit):
        rows.objects.all().delete()
    ours = {
        name: Employee.objects.get(user__email__startswith=f"{mail}@")
        for name, mail in givers.items()
    }
    today = firm_day(at)
    open_allowances(by=None, at=at - timedelta(days=today.day))
    words = product(FIRST[language].split(), LAST[language].split())
    people = make_clients([f"{first} {last}" for first, last in words], ours["usual"])
    lay_year(ours, people, today, OCCASION[language])
    work(at)
    open_review(by=None, at=at)

"""What the living style guide shows: invented people, sums and moments, and a form with errors.

The page is for those who build pages; it is served in the demo and never reads the database.
"""

import datetime as dt
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.utils.datastructures import MultiValueDict

from zabota.common.frame import Link


@dataclass(frozen=True)
class Someone:
    """A person of the style guide, with what a face needs."""

    name: str
    initials: str
    photo_url: str = ""
    quiet: str = ""


OLGA = Someone("Ольга Петрова", "ОП", quiet="Юрист, правовой отдел")
IGOR = Someone("Игорь Ким", "ИК", quiet="Менеджер")
PAVEL = Someone("Павел Серов", "ПС", quiet="Финансовый контролёр")
ELENA = Someone("Елена Константинопольская-Орлова", "ЕК", quiet="Генеральный директор")
ANNA = Someone("Анна Крылова", "АК", quiet="ООО «Ромашка»")

ACCENTS = ("teal", "green", "blue", "indigo", "violet", "plum", "rose", "graphite")


class SampleForm(forms.Form):
    """Every kind of field, with long labels, so that nothing breaks on a real word."""

    name = forms.CharField(
        label="Полное наименование организации",
        help_text="Так, как в ЕГРЮЛ: Общество с ограниченной ответственностью «Ромашка».",
    )
    inn = forms.CharField(label="ИНН", help_text="10 цифр у организации, 12 — у человека.")
    until = forms.DateField(
        label="Нужно к", required=False, widget=forms.DateInput(attrs={"type": "date"})
    )
    price = forms.DecimalField(label="Цена договора", localize=True)
    about = forms.CharField(
        label="Почему нужна другая редакция",
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    concern = forms.ChoiceField(
        label="Направление согласования",
        choices=[("legal", "Правовое"), ("finance", "Финансовое"), ("logistics", "Логистика")],
    )
    sign = forms.ChoiceField(
        label="Как подписываем",
        widget=forms.RadioSelect,
        choices=[
            ("code", "По коду из письма: пять минут, ничего не нужно ставить"),
            ("edo", "Через оператора электронного документооборота"),
            ("paper", "На бумаге, с доставкой в обе стороны"),
        ],
    )
    file = forms.FileField(
        label="Доверенность подписанта", required=False, help_text="PDF или DOCX, до 20 МБ."
    )
    agree = forms.BooleanField(label="Согласны получать письма о ходе согласования")


def sample(now: dt.datetime, path: str = "/styleguide/") -> dict[str, Any]:
    """The context of the style guide: `now` is aware, `path` is its own address."""
    wrong = SampleForm(
        {"name": "Ромашка", "inn": "7701", "price": "много", "sign": "code"},
        files=MultiValueDict({"file": [UploadedFile(name="доверенность.exe")]}),
        auto_id="wrong_%s",
    )
    wrong.add_error(
        "inn", "ИНН организации — 10 цифр, а здесь 4. Проверьте, не потерялось ли что-то."
    )
    return {
        "now": now,
        "firm": {"shown_name": "Северный свет", "accent": "teal"},
        "accents": ACCENTS,
        "person": OLGA,
        "person_links": (
            Link("Моя страница", path, "user"),
            Link("Отпуск и замещение", path, "calendar-days"),
            Link("Выйти", path, "log-out", post=True),
        ),
        "nav": _sections(path),
        "search_url": path,
        "environment": "Пробная фирма: письма никуда не уходят, время можно двигать.",
        "olga": OLGA,
        "igor": IGOR,
        "pavel": PAVEL,
        "elena": ELENA,
        "anna": ANNA,
        "team": [OLGA, IGOR, PAVEL, ELENA, ANNA],
        "form": SampleForm(initial={"name": "ООО «Ромашка»", "sign": "code"}),
        "wrong": wrong,
        "moments": _moments(now),
        "price": Decimal("1240000"),
        "fine": Decimal("-1530.50"),
    }


def _sections(path: str) -> list[dict[str, Any]]:
    return [
        {"label": "Сегодня", "url": path, "icon": "sun", "current": True, "count": 7, "late": True},
        {"label": "Договоры", "url": path, "icon": "file-text"},
        {"label": "Обращения", "url": path, "icon": "message-circle", "count": 3},
        {"label": "Клиенты", "url": path, "icon": "building-2"},
        {"label": "Типовые формы", "url": path, "icon": "files"},
        {"label": "Маршруты", "url": path, "icon": "route"},
    ]


def _moments(now: dt.datetime) -> dict[str, dt.datetime]:
    return {
        "soon": now + dt.timedelta(hours=1, minutes=20),
        "yesterday": now - dt.timedelta(days=1),
        "later": now + dt.timedelta(days=2, hours=3),
        "far": now + dt.timedelta(days=60),
    }

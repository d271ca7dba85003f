"""Names, positions, companies and grounds in the right case, or marked as to be asked."""

import csv
import os
import subprocess
import sys
from pathlib import Path

import pytest

from zabota.common.language import (
    acting,
    decline_authority,
    decline_company,
    decline_name,
    decline_position,
)

ROOT = Path(__file__).resolve().parents[3]
DATA = Path(os.environ.get("ZABOTA_DATA", ROOT.parent / "shared" / "data"))
CASES = {"рд": "gen", "дт": "dat", "вн": "acc", "тв": "ins", "пр": "loc"}


@pytest.mark.parametrize(
    ("name", "genitive", "acts"),
    [
        ("Иванова Мария Петровна", "Ивановой Марии Петровны", "действующей"),
        ("Лев Николаевич Толстой", "Льва Николаевича Толстого", "действующего"),
        ("Анна Крылова", "Анны Крыловой", "действующей"),
        ("Адамс Джон", "Адамса Джона", "действующего"),
        ("Черных Олег Иванович", "Черных Олега Ивановича", "действующего"),
        ("Алиев Гейдар Али оглы", "Алиева Гейдара Али оглы", "действующего"),
        ("Салтыков-Щедрин Михаил Евграфович", "Салтыкова-Щедрина Михаила Евграфовича",
         "действующего"),
        ("Ельцин Б. Н.", "Ельцина Б. Н.", "действующего"),
        ("Берг Ольга Карловна", "Берг Ольги Карловны", "действующей"),
    ],
)  # fmt: skip
def test_a_name_that_leaves_no_doubt(name: str, genitive: str, acts: str) -> None:
    said = decline_name(name)
    assert (said.text, said.is_sure, acting(name).text) == (genitive, True, acts)


@pytest.mark.parametrize("name", ["Павел Заяц", "Саша Петренко", "John Adams", "Коваль Иван Ильич"])
def test_a_name_that_is_a_guess_is_to_be_asked(name: str) -> None:
    assert not decline_name(name).is_sure


@pytest.mark.parametrize(
    ("position", "genitive"),
    [
        ("генеральный директор", "генерального директора"),
        ("Заместитель генерального директора по экономике",
         "Заместителя генерального директора по экономике"),
        ("управляющий директор", "управляющего директора"),
        ("заведующая складом", "заведующей складом"),
        ("старший вице-президент", "старшего вице-президента"),
        ("исполняющий обязанности директора", "исполняющего обязанности директора"),
        ("директор-распорядитель", "директора-распорядителя"),
        ("индивидуальный предприниматель", "индивидуального предпринимателя"),
    ],
)  # fmt: skip
def test_only_what_agrees_with_the_head_noun_turns(position: str, genitive: str) -> None:
    said = decline_position(position)
    assert (said.text, said.is_sure) == (genitive, True)


def test_other_cases_agree_too() -> None:
    assert decline_position("управляющая магазином", "acc").text == "управляющую магазином"
    assert decline_position("главный бухгалтер", "ins").text == "главным бухгалтером"
    assert not decline_position("Chief Executive Officer").is_sure


@pytest.mark.parametrize(
    ("name", "genitive"),
    [
        ("Общество с ограниченной ответственностью «Ромашка»",
         "Общества с ограниченной ответственностью «Ромашка»"),
        ("ООО «Ромашка»", "ООО «Ромашка»"),
        ("Индивидуальный предприниматель Иванов Пётр Сергеевич",
         "Индивидуального предпринимателя Иванова Петра Сергеевича"),
        ("ИП Ким Анна Олеговна", "ИП Ким Анны Олеговны"),
    ],
)  # fmt: skip
def test_a_company_turns_up_to_its_name(name: str, genitive: str) -> None:
    said = decline_company(name)
    assert (said.text, said.is_sure) == (genitive, True)


@pytest.mark.parametrize(
    ("ground", "genitive"),
    [
        ("Устав", "Устава"),
        ("Устава", "Устава"),
        ("доверенность № 5 от 1 марта 2026 года", "доверенности № 5 от 1 марта 2026 года"),
        ("доверенности № 5", "доверенности № 5"),
        ("Положение о филиале", "Положения о филиале"),
    ],
)
def test_the_ground_of_authority(ground: str, genitive: str) -> None:
    assert decline_authority(ground).text == genitive


def test_what_is_sure_is_right_on_lists_of_hard_names() -> None:
    lists = DATA / "russian" / "petrovich-eval" / "people.tsv"
    if not lists.exists():
        pytest.skip(f"no {lists}")
    right = unsure = 0
    with lists.open(encoding="utf-8-sig") as rows:
        for row in csv.DictReader(rows, delimiter="\t"):
            case = CASES.get(row["grammemes"].split(",")[2])
            if case is None:
                continue
            name = " ".join(filter(None, (row["lastname"], row["firstname"], row["midname"])))
            expected = (row["lastname_expected"], row["firstname_expected"],
                        row["middlename_expected"])  # fmt: skip
            said = decline_name(name, case)  # type: ignore[arg-type]
            same = said.text.replace("ё", "е") == " ".join(filter(None, expected)).replace("ё", "е")
            assert same or not said.is_sure, (name, said)
            right, unsure = right + same, unsure + (not said.is_sure)
    assert right >= 17


def test_the_dictionaries_are_not_read_at_the_start() -> None:
    code = (
        "import zabota.common.language.morphology as m; import zabota.common.language;"
        "assert m._analyzer.cache_info().currsize == 0"
    )
    subprocess.run(
        [sys.executable, "-c", code],
        check=True,
        env={**os.environ, "PYTHONPATH": str(ROOT / "src")},
    )

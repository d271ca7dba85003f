"""A word diff exact in every letter and readable for a lawyer."""

from importlib import import_module

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.contracts.compare import trees
from zabota.contracts.compare import Op, words
from zabota.contracts.compare.atoms import merged
from zabota.contracts.text.tree import Field, Run, Text


def told(old: str, new: str) -> str:
    """The diff as one line: [-gone-], [+come+]."""
    found = ""
    for op in words(old, new):
        gone, come = text(op.old), text(op.new)
        if op.kind == "equal":
            found += come
        else:
            found += f"[-{gone}-]" if gone else f"[+{come}+]"
    return found


def text(runs: tuple[Run, ...]) -> str:
    return "".join(run.text for run in runs if isinstance(run, Text))


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        (
            "оплачивает в течение 5 (Пяти) рабочих дней с даты подписания счёта.",
            "оплачивает в течение 15 (Пятнадцати) рабочих дней с даты подписания документа.",
            "оплачивает в течение [-5 (Пяти)-][+15 (Пятнадцати)+] рабочих дней "
            "с даты подписания [-счёта-][+документа+].",
        ),
        (
            "0,1 % за каждый день просрочки.",
            "0,1 % за каждый день просрочки, но не более 10 % цены.",
            "0,1 % за каждый день просрочки[+, но не более 10 % цены+].",
        ),
        (
            "10 000,00 руб. за 5 дней и 10 часов",
            "12 000,00 руб. за 6 дней и 12 часов",
            "[-10 000,00 руб.-][+12 000,00 руб.+] за [-5-][+6+] дней и [-10-][+12+] часов",
        ),
        (
            "Первое предложение. Второе предложение. Третье.",
            "Первое предложение. Третье.",
            "Первое предложение.[- Второе предложение.-] Третье.",
        ),
        (
            "в течение 5 (пяти) рабочих дней",
            "в течение 25 (двадцати пяти) рабочих дней",
            "в течение [-5 (пяти)-][+25 (двадцати пяти)+] рабочих дней",
        ),
        ("5 и 6", "7 и 8", "[-5 и 6-][+7 и 8+]"),
        ("№ 12 от 01.02.2026", "№ 13 от 01.02.2026", "[-№ 12-][+№ 13+] от 01.02.2026"),
        ("", "новое", "[+новое+]"),
        ("", "", ""),
    ],
)
def test_a_change_is_told_in_whole_pieces(old: str, new: str, expected: str) -> None:
    assert told(old, new) == expected


def test_another_text_replaces_the_old_as_a_whole() -> None:
    old = "Стороны освобождаются от ответственности, если неисполнение вызвано пожаром."
    new = "Поставщик, в свою очередь, вправе отказаться от поставки, если Покупатель не платит."
    assert told(old, new) == f"[-{old}-][+{new}+]"


def test_decomposed_letters_are_not_shredded() -> None:
    assert told("краи\u0306нии\u0306", "крайний") == "[-краи\u0306нии\u0306-][+крайний+]"


def test_a_field_is_one_thing_and_new_marks_are_a_format() -> None:
    found = words(
        (Text("Цена "), Field("price"), Text(" руб.")),
        (Text("Цена ", ("bold",)), Field("price"), Text(" руб."), Field("term")),
    )
    assert found == (
        Op("format", (Text("Цена "),), (Text("Цена ", ("bold",)),)),
        Op("equal", (Field("price"), Text(" руб.")), (Field("price"), Text(" руб."))),
        Op("insert", (), (Field("term"),)),
    )


@given(st.lists(trees.runs([]), max_size=8), st.lists(trees.runs([]), max_size=8))
@trees.tries(100)
def test_both_sides_read_back_exactly_with_their_marks(old: list[Run], new: list[Run]) -> None:
    found = words(old, new)
    assert merged(run for op in found for run in op.old) == merged(old)
    assert merged(run for op in found for run in op.new) == merged(new)
    for op in found:
        assert (op.kind == "equal") <= (op.old == op.new)
        assert (op.kind == "insert") == (not op.old)
        assert (op.kind == "delete") == (not op.new)


def test_a_long_text_is_cut_by_its_unique_words(monkeypatch: pytest.MonkeyPatch) -> None:
    old = " ".join(f"слово{number} и" for number in range(300))
    new = old.replace("слово150 и", "другое и ещё")
    expected = words(old, new)
    monkeypatch.setattr(import_module("zabota.contracts.compare.words"), "_CELLS", 100)
    assert words(old, new) == expected

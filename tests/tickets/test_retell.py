"""Past requests are retold so that nothing of the real client remains."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from zabota.common.language import CASES, decline_name
from zabota.tickets.retelling import Known, retell, what_is_left

CARD = Known(
    companies=(
        "Общество с ограниченной ответственностью «Ромашка»", "ООО «Ромашка»", "Romashka LLC",
    ),
    people=("Анна Крылова", "Крылова Анна Сергеевна", "Борис Ветров", "Anna Krylova"),
    exact=(
        "7729567898", "772901001", "1037700456782", "40702810100000056789", "+74951234567",
        "office@romashka.example", "117418, г. Москва, ул. Профсоюзная, д. 33, корп. 4",
    ),
)  # fmt: skip
LETTER = (
    "Пишет вам ООО «Ромашка», ИНН 7729567898. У Ромашки не горит свет, об этом Анна Сергеевна"
    " Крылова говорила Игорю Семёновичу. Договор № 12/34-А, заказ О-2026-00012.\nЗвоните Борису"
    " Ветрову: 8 (495) 123-45-67, office@romashka.example, или АО «Заря». Завтра 23 ноября."
)


def test_each_always_becomes_the_same_other_in_its_own_form() -> None:
    told = retell(LETTER, CARD, seed=3)
    assert what_is_left(told.text, CARD) == []
    assert "ООО «Утёс»" in told.text and "У Утёса не горит свет" in told.text
    changed = dict(told.changed)
    assert changed["Анна"] + " " + changed["Крылова"] == "Зоя Рябинина"
    assert changed["Борису"].endswith("у") and changed["Ветрову"].endswith("у")
    # Nobody's card knows these, their form tells.
    one = retell("а Тимур Асланов не берёт трубку", Known()).text
    assert one == "а Степан Дроздов не берёт трубку"
    for was in ("Игорю", "Семёновичу", "№ 12/34-А", "заказ О-2026-00012", "АО «Заря»"):
        assert was not in told.text and was in changed
    assert "Завтра 23 ноября." in told.text and "не горит свет" in told.text
    assert retell(LETTER, CARD, seed=3) == told


def test_what_was_put_in_is_not_changed_again() -> None:
    """A client that is called as a made-up one is called otherwise."""
    known = Known(companies=("ООО «Утёс»",), people=("Нина Дроздова",))
    for seed in range(8):
        told = retell("ООО «Утёс», Нина Дроздова и Нины Дроздовой", known, seed)
        assert what_is_left(told.text, known) == []


@pytest.mark.parametrize(
    "text",
    [
        "сколько ждать, Крылова?", "у «РОМАШКИ»", "7729 567 898", "(495) 123 45 67", "1234567",
        "OFFICE@romashka.example", "ул.  Профсоюзная", "from Romashka", "Анне Крыловой",
    ],
)  # fmt: skip
def test_what_a_person_leaves_is_found(text: str) -> None:
    assert what_is_left(text, CARD)


def test_common_words_written_small_are_nobodys_name() -> None:
    known = Known(companies=("ООО «Свет»",), people=("Вера Лебедева",))
    assert what_is_left("свет не горит, потеряли веру", known) == []
    assert what_is_left("у Света", known) == ["Света"]


FIRST = ("Анна", "Борис", "Вера", "Тимур", "Ольга", "Егор", "Жанна", "Лев", "Нина", "Степан")
LAST = {
    "f": ("Крылова", "Лебедева", "Дроздова", "Коваль", "Шевчук", "Рябинина"),
    "m": ("Крылов", "Лебедев", "Дроздов", "Коваль", "Черных", "Ким"),
}
WOMEN = {"Анна", "Вера", "Ольга", "Жанна", "Нина"}
NAMES = (
    "Ромашка", "Вектор Трейдинг", "Утёс", "Полюс", "Северный ветер", "Никтех", "Кедр", "Дельта-М",
    "Заря Востока", "Ветлуга",
)  # fmt: skip
SAID = (
    "Пишет {company}.", "У {bare} беда.", "{person} ждёт.", "Скажите {dative}, что мы ждём.",
    "Спросите {genitive}.", "Звоните {phone}.", "Наш ИНН {inn}.", "Ответьте на {mail}.",
    "Мы на {address}.", "С уважением, {shouted}.", "Счёт {account}.", "Это {genitive} письмо.",
)  # fmt: skip


@st.composite
def clients(draw: st.DrawFn) -> tuple[Known, str]:
    """A client's card, and a text that names it in whatever forms."""
    first = draw(st.sampled_from(FIRST))
    last = draw(st.sampled_from(LAST["f" if first in WOMEN else "m"]))
    bare, digits = draw(st.sampled_from(NAMES)), st.text("0123456789", min_size=10, max_size=10)
    inn, tail, account = draw(digits), draw(digits), draw(digits) + draw(digits)
    person, company = f"{first} {last}", f"ООО «{bare}»"
    address = f"6{tail[:5]}, г. Тверь, ул. Заречная, д. {tail[5:7]}"
    mail = f"info{tail[:3]}@nikteh.example"
    told = {case: decline_name(person, case).text for case in CASES}
    sentences = draw(st.lists(st.sampled_from(SAID), min_size=1, max_size=8))
    grouped = f"+7 ({tail[:3]}) {tail[3:6]}-{tail[6:8]}-{tail[8:]}"
    text = " ".join(sentences).format(
        company=company, bare=bare, person=person, dative=told["dat"], genitive=told["gen"],
        phone=draw(st.sampled_from((f"+7{tail}", grouped, f"8{tail}"))), inn=inn, mail=mail,
        address=address, shouted=person.upper(), account=account,
    )  # fmt: skip
    known = Known((company, bare), (person,), (inn, f"+7{tail}", account, mail, address))
    return known, text


@given(clients(), st.integers(0, 10_000))
@settings(max_examples=60)
def test_nothing_of_the_card_remains(client: tuple[Known, str], seed: int) -> None:
    known, text = client
    told = retell(text, known, seed)
    assert what_is_left(told.text, known) == []
    folded = told.text.casefold()
    for card in (*known.companies, *known.people, *known.exact):
        assert card.casefold() not in folded
    for word in (*known.companies[1].split(), *known.people[0].split()):
        assert f" {word.casefold()} " not in f" {folded} "

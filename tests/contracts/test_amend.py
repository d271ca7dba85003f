"""Amendments: which clauses they word anew, and the wording that is in force with them."""

import io
import zipfile
from collections.abc import Iterator

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone, translation

from tests.contracts.browsers import browser_of
from tests.contracts.test_obligations import in_force
from tests.contracts.worlds import AT, fresh_contract
from zabota.contracts.actions import install_shipped_forms, save_values, submit_contract
from zabota.contracts.actions.versions import keep_wordings, make_version
from zabota.contracts.models import Contract, ContractState
from zabota.contracts.parties import is_asked
from zabota.contracts.reading.current import read_current
from zabota.contracts.stored import tree_of
from zabota.contracts.text.amended import Reworded, lay_over, reworded
from zabota.contracts.text.numbering import numbers
from zabota.contracts.text.tree import (
    Cell,
    Clause,
    Document,
    Level,
    Numbering,
    Paragraph,
    Row,
    Scheme,
    Table,
    Text,
)  # fmt: skip
from zabota.contracts.text.words import plain_text
from zabota.home.world import World, example_value


@pytest.fixture(autouse=True)
def in_moscow() -> Iterator[None]:
    with timezone.override("Europe/Moscow"), translation.override("ru"):
        yield


def words(text: str) -> Paragraph:
    return Paragraph(runs=(Text(text),))


def text_of(*lines: str) -> Document:
    """A text whose clauses are numbered 1., 2., …"""
    scheme = Scheme((Level("%1."),))
    clauses = tuple(
        Clause(f"c{n}", (words(line),), numbering=Numbering("s", 0)) for n, line in enumerate(lines)
    )
    return Document(clauses=clauses, schemes={"s": scheme})


@pytest.mark.parametrize(
    ("line", "wanted"),
    [
        ("Пункт 4.2 изложить в следующей редакции: «Срок — 10 дней.»",
         Reworded("4.2", "Срок — 10 дней.")),
        ("1.1. Пункт 7 Договора изложить в новой редакции: «По «ставке» банка».",
         Reworded("7", "По «ставке» банка")),
        ("Clause 5.1 of the Contract is to read: “Payment is made at once.”",
         Reworded("5.1", "Payment is made at once.")),
        ("Пункт 3.4 исключить.", Reworded("3.4", gone=True)),
        ("Clause 2 is deleted.", Reworded("2", gone=True)),
    ],
)  # fmt: skip
def test_what_is_worded_anew_is_read(line: str, wanted: Reworded) -> None:
    assert reworded(text_of(line), {}) == [wanted]


@pytest.mark.parametrize(
    "line", ["Стороны договорились о скидке.", "В пункте 4.2 слово «пять» заменить словом «шесть»."]
)
def test_other_words_are_not_guessed_at(line: str) -> None:
    assert reworded(text_of(line), {}) == []


def test_a_table_of_changes_is_read() -> None:
    rows = [("Пункт", "Прежняя редакция", "Новая редакция"), ("3.1", "было", "3.1. Стало"),
            ("п. 4.2", "было", "исключить"), ("", "", "")]  # fmt: skip
    table = Table(tuple(Row(tuple(Cell((words(one),)) for one in row)) for row in rows))
    found = reworded(Document(clauses=(Clause("t", (table,)),)), {})
    assert found == [Reworded("3.1", "Стало"), Reworded("4.2", gone=True)]


def test_amendments_are_laid_in_turn_and_move_no_numbers() -> None:
    base = text_of("первый", "второй", "третий")
    said = [("№ 1", Reworded("2", gone=True)), ("№ 2", Reworded("3", "иначе")),
            ("№ 3", Reworded("3", "и ещё иначе")), ("№ 3", Reworded("9", "чужой"))]  # fmt: skip
    found = lay_over(base, said, "утратил силу")
    assert plain_text(found.document).split("\n") == [
        "1. первый", "2. утратил силу", "(№ 1)", "3. и ещё иначе", "(№ 3)",
    ]  # fmt: skip
    assert numbers(found.document) == numbers(base)
    assert found.changed == {"c1": "№ 1", "c2": "№ 3"}
    assert found.lost == [("№ 3", "9")]
    assert lay_over(base, [], "").document == base


def amended(world: World, base: Contract, *lines: str, day: str = "2026-12-01") -> Contract:
    """An amendment in force with these lines."""
    contract = in_force(world, "nda-ru")
    tree, wordings = tree_of(text_of(*lines), {})
    keep_wordings(wordings)
    values = {"contract_number": day[-2:], "contract_date": day}
    make_version(contract, tree, values, side="theirs", origin="edit", by=None, at=AT)
    contract.parent = base
    contract.save()
    return fresh_contract(contract)


def test_an_amendment_changes_the_current_wording(world: World) -> None:
    base = in_force(world)
    base.case.refresh_from_db()
    anna, lawyer = browser_of(world, "anna"), browser_of(world, "lawyer")
    path = f"/room/contracts/{base.pk}/current/"
    assert "нет: текст такой" in anna.get(path).content.decode()
    later = amended(world, base, "Пункт 3.3 изложить в следующей редакции: «По четвергам.»",
                    day="2026-12-02")  # fmt: skip
    amended(world, base, "Пункт 3.3 изложить в следующей редакции: «По средам.»", "Скидка 5 %.")
    free = amended(world, base, "Стороны дружат.", day="2026-12-03")
    for page in (anna.get(path), lawyer.get(f"/desk/contracts/{base.pk}/current/")):
        shown = page.content.decode().replace("\xa0", " ").replace("&nbsp;", " ")
        assert "По четвергам." in shown
        assert "По средам." not in shown
        assert "в редакции дополнительного соглашения № 02 от 2 декабря 2026" in shown
        assert f"contracts/{free.pk}/" in shown
        assert "читайте его вместе" in shown
    docx = zipfile.ZipFile(io.BytesIO(anna.get(f"{path[:-1]}.docx").content))
    assert "По четвергам." in docx.read("word/document.xml").decode()
    assert anna.get(f"{path[:-1]}.pdf").content.startswith(b"%PDF")
    # Not in force any more, or not yet: it changes nothing.
    later.case.state = ContractState.AGREED
    later.case.save(update_fields=["state"])
    assert "По средам." in anna.get(path).content.decode()
    assert browser_of(world, "john").get(path).status_code == 404
    assert (
        browser_of(world, "stranger").get(f"/desk/contracts/{base.pk}/current/").status_code == 404
    )


def test_it_costs_the_same_with_one_amendment_and_with_many(world: World) -> None:
    base, lawyer = in_force(world), world.as_staff("lawyer")
    amended(world, base, "Пункт 3.3 исключить.")
    with CaptureQueriesContext(connection) as few:
        read_current(fresh_contract(base), lawyer)
    for day in range(10, 20):
        amended(world, base, "Пункт 3.2 исключить.", day=f"2026-12-{day}")
    with CaptureQueriesContext(connection) as many:
        found = read_current(fresh_contract(base), lawyer)
    assert found is not None
    assert len(found.amendments) == 11
    assert len(many) == len(few)


def test_an_amendment_begins_from_a_clause(world: World) -> None:
    install_shipped_forms(world.routes, by=None, at=AT, only=("amendment-ru",))
    base = in_force(world)
    anna = browser_of(world, "anna")
    current = read_current(fresh_contract(base), world.as_guest("anna"))
    assert current is not None
    clause = next(k for k, n in numbers(current.chosen.text.document).items() if n == "3.1.")
    path = f"/room/contracts/{base.pk}/current"
    assert "Начать дополнительное соглашение" in anna.get(f"{path}/").content.decode()
    answer = anna.post(f"{path}/{clause}/amend/")
    made = Contract.objects.get(parent=base)
    assert answer["Location"] == f"/room/contracts/{made.pk}/"
    values = made.drafts.get().values
    assert values["clause_number"] == "3.1"
    assert "Срок поставки" in values["clause_before"]
    assert "{{" not in values["clause_before"]
    assert anna.post(f"{path}/nothing/amend/").status_code == 404
    assert browser_of(world, "john").post(f"{path}/{clause}/amend/").status_code == 404


def test_an_english_contract_is_amended_by_an_english_form(world: World) -> None:
    (form,) = install_shipped_forms(world.routes, by=None, at=AT, only=("amendment-en",))
    base, by = in_force(world, "supply-en", "john"), world.as_guest("john")
    current = read_current(fresh_contract(base), by)
    assert current is not None
    clause = next(k for k, n in numbers(current.chosen.text.document).items() if n == "3.1.")
    path = f"/room/contracts/{base.pk}/current/"
    browser_of(world, "john").post(f"{path}{clause}/amend/")
    made = Contract.objects.get(parent=base)
    assert made.edition == form
    first = {s["name"]: example_value(s) for s in form.fields if is_asked(s["name"])}
    named = made.drafts.get().values
    after = {"clause_after": "The Goods are delivered by 26 February 2027."}
    save_values(made, first | named | after, by=by, at=AT)
    submit_contract(made, by=by, at=AT)
    made = fresh_contract(made)
    assert made.case.state == "review"
    made.case.state = ContractState.SIGNED
    made.case.save(update_fields=["state"])
    shown = browser_of(world, "john").get(path).content.decode().replace("\xa0", " ")
    assert "delivered by 26 February 2027" in shown
    assert "as worded by amendment" in shown.casefold()

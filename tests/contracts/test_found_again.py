"""What was said in contracts is found by any form of its words, by those who may read it."""

import pickle
from collections.abc import Iterator

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone, translation
from hypothesis import given
from hypothesis import strategies as st

from tests.contracts.browsers import browser_of
from tests.contracts.worlds import AT, DAY, approve, resent, reword, send_back, sent
from tests.home.crowd import copies_of
from tests.support.fresh import FreshDatabase
from zabota.clients.access import RoomViewer
from zabota.common.language.lemmas import fold, lemmas
from zabota.contracts.actions import attach_file, comment, register_contract, turn_comment
from zabota.contracts.actions.search import gather_said
from zabota.contracts.models import Contract, SearchText, SearchWord, SearchWording
from zabota.contracts.reading.found.hits import quoted
from zabota.contracts.reading.lists import Row, read_contracts
from zabota.contracts.search import Wish, wish_of
from zabota.home.work import run_once
from zabota.home.world import World, begin
from zabota.people.access import StaffViewer
from zabota.people.firm import current_firm

# What one types and what stands in the text: the pairs that stemmers lose.
PAIRS = (
    ("заем", "займа"), ("заём", "займов"), ("неустойка", "неустоек"), ("издержки", "издержек"),
    ("пеня", "пеней"), ("пени", "пеня"), ("счет", "счёта"), ("счёт", "счетов"),
    ("убыток", "убытков"), ("залог", "залога"), ("день", "дней"), ("устав", "устава"),
    ("цена", "цен"), ("платёж", "платежей"), ("отчет", "отчётов"), ("срок", "сроков"),
    ("сторона", "сторон"), ("рубль", "рублей"), ("акт", "актов"), ("судно", "суда"),
    ("вексель", "векселя"), ("расторгнуть", "расторгнут"),
)  # fmt: skip
ENGLISH = (
    ("payment", "payments"), ("pay", "paid"), ("party", "parties"), ("deliver", "delivered"),
    ("deliver", "delivering"), ("penalty", "penalties"), ("breach", "breaches"), ("send", "sent"),
    ("notify", "notified"), ("transfer", "transferred"), ("lease", "leasing"),
)  # fmt: skip


@pytest.fixture(autouse=True)
def in_moscow() -> Iterator[None]:
    with timezone.override("Europe/Moscow"), translation.override("ru"):
        yield


def rows(viewer: StaffViewer | RoomViewer, query: str, **params: str) -> list[Row]:
    return read_contracts(viewer, {"q": query, **params}, current_firm(), at=AT).rows


def found(viewer: StaffViewer | RoomViewer, query: str) -> list[int]:
    return [row.pk for row in rows(viewer, query)]


def said(row: Row) -> str:
    """Where it was found and the quotation, marks in brackets."""
    assert row.hit is not None
    pieces = [f"[{p.text}]" if p.marked else p.text for p in row.hit.pieces]
    return f"{row.hit.where}: {''.join(pieces)}"


@pytest.mark.parametrize(("typed", "stands"), [*PAIRS, *ENGLISH])
def test_any_form_finds_any_other(typed: str, stands: str) -> None:
    assert lemmas(fold(typed)) & lemmas(fold(stands))


@pytest.mark.parametrize(("one", "other"), [("заем", "наем"), ("договор", "поставка"), ("1", "2")])
def test_other_words_are_not_found(one: str, other: str) -> None:
    assert not lemmas(one) & lemmas(other)


@given(st.text(max_size=40), st.text(max_size=10))
def test_a_quotation_loses_no_word_and_marks_only_words(text: str, query: str) -> None:
    wish = wish_of_words(query)
    pieces = quoted(text, wish)
    shown = "".join(piece.text for piece in pieces)
    assert shown.strip("…") in text or shown in text
    assert all(wish.lemmas & lemmas(fold(p.text)) for p in pieces if p.marked)


def wish_of_words(query: str) -> Wish:
    """A wish without half words, for which a database is asked."""
    return wish_of(" ".join(word for word in query.split() if word == "договор"))


def test_what_stands_in_the_text_is_found_with_its_clause(world: World) -> None:
    contract = sent(
        world, "supply-ru", reworded={"3.3": lambda text: f"{text} Уплачивается пеня по займам."}
    )
    lawyer = world.as_staff("lawyer")
    (row,) = rows(lawyer, "заём пени")
    assert row.pk == contract.pk
    assert "3.3" in said(row)
    assert "[пеня] по [займам]" in said(row)
    assert row.hit is not None
    assert row.hit.place.startswith("#c-")
    page = browser_of(world, "anna").get("/room/contracts/?q=займа").content.decode()
    assert "<mark>займам</mark>" in page


def test_what_a_version_said_once_is_found_and_said_to_be_old(world: World) -> None:
    contract = sent(world, "supply-ru", reworded={"3.3": lambda text: f"{text} Дирижабль."})
    number = SearchText.objects.get(pk=contract.pk)
    assert "bдирижабль" in number.words.split()
    send_back_and_replace(world, contract)
    (row,) = rows(world.as_staff("lawyer"), "дирижабли")
    assert "в версии 1" in said(row)


def send_back_and_replace(world: World, contract: Contract) -> None:
    send_back(world, contract, "manager", "manager")
    by = world.as_guest("anna")
    reword(contract, "3.3", lambda _: "Иначе.", by=by, at=AT + DAY, reason="так")
    resent(world, contract, "anna", AT + DAY)


def test_comments_are_found_by_those_they_are_meant_for(world: World) -> None:
    contract = sent(world, "supply-ru")
    lawyer, anna, john = world.as_staff("lawyer"), world.as_guest("anna"), world.as_guest("john")
    row = comment(contract, "Это кабальная сделка", by=lawyer, at=AT, audience="ours")
    comment(contract, "Спросим бухгалтера Люсю", by=anna, at=AT, audience="theirs")
    assert found(lawyer, "кабальные сделки") == [contract.pk]
    assert "[кабальная]" in said(rows(lawyer, "кабальный")[0])
    assert found(anna, "кабальная") == []
    assert found(lawyer, "Люся") == []
    assert found(anna, "Люся") == [contract.pk]
    assert found(john, "Люся") == []
    turn_comment(row, by=lawyer, at=AT)
    assert found(anna, "кабальная") == [contract.pk]


def test_files_numbers_and_parties_are_found(world: World) -> None:
    contract = sent(world, "supply-ru")
    lawyer, anna = world.as_staff("lawyer"), world.as_guest("anna")
    attach_file(
        contract, "Доверенность Петрова.pdf", b"%PDF-1.4", "application/pdf",
        by=lawyer, at=AT, audience="ours",
    )  # fmt: skip
    assert found(lawyer, "доверенности") == [contract.pk]
    assert "Доверенность" in said(rows(lawyer, "доверенностью петров")[0])
    assert found(anna, "доверенности петрова") == []
    client = contract.case.client
    for query in (contract.case.number, client.inn, client.inn[:6], "ромаш", "РОМАШКОЙ", "1250000"):
        assert found(lawyer, query) == [contract.pk], query
    assert found(lawyer, "1 250 000") == [contract.pk]


def test_half_a_word_finds_what_it_may_become(world: World) -> None:
    contract = sent(world, "supply-ru")
    assert found(world.as_staff("lawyer"), "поставщ") == [contract.pk]
    assert found(world.as_staff("lawyer"), "поставщ дирижаб") == []


def test_a_registered_number_is_found(world: World) -> None:
    contract = sent(world)
    approve(world, contract, "manager", "manager")
    approve(world, contract, "legal", "lawyer")
    register_contract(contract, by=world.as_staff("manager"), at=AT)
    contract.refresh_from_db()
    assert found(world.as_guest("anna"), contract.registered_number) == [contract.pk]


@pytest.mark.parametrize("query", ["a OR b", "NEAR(", "bзаем", "'; --", "п" * 500, "🙂🙂🙂"])
def test_signs_are_no_commands(world: World, query: str) -> None:
    sent(world)
    assert found(world.as_staff("lawyer"), query) == []


def test_pages_go_on_and_back_and_filters_narrow(world: World) -> None:
    contract = sent(world)
    copies_of(contract, 45, AT)
    lawyer, firm = world.as_staff("lawyer"), current_firm()
    first = read_contracts(lawyer, {"q": "тайна"}, firm, at=AT)
    assert len(first.rows) == 20 and first.leaf.older and not first.leaf.newer
    params = dict(part.split("=") for part in first.leaf.older[1:].split("&"))
    second = read_contracts(lawyer, params | {"q": "тайна"}, firm, at=AT)
    assert (second.leaf.first, second.leaf.last) == (21, 40)
    back = dict(part.split("=") for part in second.leaf.newer[1:].split("&"))
    again = read_contracts(lawyer, back | {"q": "тайна"}, firm, at=AT)
    assert [row.pk for row in again.rows] == [row.pk for row in first.rows]
    assert rows(lawyer, "тайна", state="agreed") == []


def test_it_costs_the_same_with_one_contract_and_with_many(world: World) -> None:
    contract = sent(world)
    browser = browser_of(world, "lawyer")
    browser.get("/desk/contracts/?q=тайна")
    with CaptureQueriesContext(connection) as few:
        browser.get("/desk/contracts/?q=тайна")
    copies_of(contract, 300, AT)
    with CaptureQueriesContext(connection) as many:
        browser.get("/desk/contracts/?q=тайна")
    assert len(many) == len(few)


def test_words_that_were_never_gathered_are_gathered_by_the_worker(world: World) -> None:
    contract, draft = sent(world, "supply-ru"), begin(world, "nda-ru", "anna", AT)
    comment(contract, "Дирижабль", by=world.as_staff("lawyer"), at=AT, audience="ours")
    kept = dict(SearchText.objects.values_list("pk", "words"))
    words = set(SearchWord.objects.values_list("word", flat=True))
    for table in (SearchText, SearchWord, SearchWording):
        table.objects.all().delete()
    run_once(AT)
    assert dict(SearchText.objects.values_list("pk", "words")) == kept
    assert set(SearchWord.objects.values_list("word", flat=True)) == words
    assert gather_said(by=None, at=AT) == 0
    assert found(world.as_staff("lawyer"), draft.case.number) == [draft.pk]


def on_this_database(made: bytes) -> list[list[int]]:
    """What is found in the database of this process."""
    world: World = pickle.loads(made)
    supply = sent(world, "supply-ru")
    sent(world, "nda-ru")
    comment(supply, "Кабальный заём", by=world.as_staff("lawyer"), at=AT, audience="ours")
    lawyer, anna = world.as_staff("lawyer"), world.as_guest("anna")
    return [
        found(lawyer, "кабального займа"), found(anna, "займа"), found(lawyer, "ромашку"),
        found(lawyer, "поставщ"), found(lawyer, "'|&!"), found(lawyer, "насосам поставка"),
    ]  # fmt: skip


def test_both_databases_find_alike(firm_on_both: tuple[FreshDatabase, bytes]) -> None:
    database, made = firm_on_both
    assert database.call(on_this_database, made) == [[1], [], [2, 1], [1], [], [1]]

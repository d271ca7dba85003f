"""Links beside a clause say which clause they are about, also where it has no number of its own."""

import re

from hypothesis import given
from hypothesis import strategies as st

from tests.contracts.browsers import browser_of
from tests.contracts.worlds import AT, HOUR, WHY, last_entry, sent, stage
from zabota.contracts.actions import reject_change, save_clause, submit_contract
from zabota.contracts.drafts import open_draft
from zabota.contracts.models import Change, Contract, Stage
from zabota.contracts.reading.disagreements.read import read_disagreements
from zabota.contracts.reading.sheet.paths import name_paths, paths_of
from zabota.contracts.reading.sheet.views import ClauseView
from zabota.contracts.stored import load_texts, nodes, read_text
from zabota.contracts.text.edit.places import plain_parts
from zabota.contracts.text.json import blocks_from_json
from zabota.contracts.text.naming import Named, clause_names, names_of
from zabota.home.world import World, begin
from zabota.journal.reading import read_lines


def view(number: str, depth: int, words: str = "", heading: bool = False) -> ClauseView:
    return ClauseView(f"c{number}{depth}{words}", number, depth, heading, words, "general", False)


def test_a_clause_is_called_by_its_whole_path() -> None:
    views = [
        view("4", 0, "Цена", heading=True),
        view("4.2", 1),
        view("а", 2),
        view("б", 2),
        view("", 2, "<p>Товар отгружается</p>"),
        view("", 0, "Приложение № 1", heading=True),
        view("1", 1),
    ]
    name_paths(views)
    assert [one.path for one in views] == [
        "4", "4.2", "4.2, а", "4.2, б", "4.2 «Товар отгружается»", "«Приложение № 1»",
        "1 («Приложение № 1»)",
    ]  # fmt: skip


def test_no_two_comment_links_of_a_contract_are_named_alike(world: World) -> None:
    contract = sent(world, "supply-ru")
    page = browser_of(world, "manager").get(f"/desk/contracts/{contract.pk}/").content.decode()
    names = re.findall(r'aria-label="(Написать о пункте[^"]*)"', page)
    assert len(names) > 20
    twice = {name for name in names if names.count(name) > 1}
    assert not twice and "Написать о пункте " not in names


def test_clauses_of_an_annex_are_called_by_the_annex_in_remarks_too(world: World) -> None:
    contract = sent(world, "supply-ru")
    assert contract.version is not None
    (text,) = load_texts(contract.version.tree)
    names = list(paths_of(text.document).values())
    assert len(set(names)) == len(names)
    assert {"1", "1 («Спецификация»)"} <= set(names)


def annexed(world: World) -> tuple[Contract, Change]:
    """A clause of the annex, which counts anew, was changed and refused."""
    contract = begin(world, "supply-ru", "anna", AT)
    work = open_draft(contract, "theirs")
    assert work is not None
    names = clause_names(read_text(work.tree, work.wordings).document)
    clause = next(key for key, name in names.items() if name == "2 («Спецификация»)")
    node = next(found for found in nodes(work.tree) if found["id"] == clause)
    texts = plain_parts(blocks_from_json(work.wordings[node["w"]]))
    by = world.as_guest("anna")
    changed = {place: f"{text} И точка." for place, text in texts.items()}
    save_clause(contract, clause, changed, by=by, at=AT, reason=WHY)
    submit_contract(contract, by=by, at=AT)
    return contract, Change.objects.get(contract=contract)


def test_a_clause_of_an_annex_is_named_by_it_wherever_it_is_spoken_of(world: World) -> None:
    """In the list of what is refused at once, in the history, in the table of disagreements, in
    what is asked of the client, in Today.
    """
    contract, change = annexed(world)
    name = "2 («Спецификация»)"
    assert (change.number, change.name) == ("2", name)
    Change.objects.update(concern="sales")
    Stage.objects.filter(contract=contract, key="manager").update(concern="sales")
    desk = browser_of(world, "manager")
    page = desk.get(f"/desk/contracts/{contract.pk}/").content.decode()
    listed = re.search(r"Не будут приняты эти правки.*?</ul>", page, re.S)
    assert listed and name in listed[0]
    assert f'<span class="n">{change.number}' in page, "in the margin stands the bare number"
    assert f"п. {name}" in desk.get("/desk/").content.decode().replace("\u00a0", " ")
    reject_change(change, by=world.as_staff("manager"), at=AT + HOUR, reason="Так принято")
    (line,) = read_lines([last_entry("contract.change_rejected")], now=AT)
    assert name in line.sentence
    (row,) = read_disagreements(contract).rows
    assert row.number == name
    page = desk.get(f"/desk/stages/{stage(contract, 'manager').pk}/return/").content.decode()
    assert f"по пункту {name}" in page


def test_names_are_told_apart_and_short() -> None:
    told = [
        Named("1", 0, True, "Предмет"),
        Named("1.2", 1, False, "Товар"),
        Named("", 0, True, "Приложение № 1 к договору поставки № 12 от 3 декабря"),
        Named("1.2", 1, False, "Цена"),
        Named("", 0, True, "Annex 2 to Supply Contract No. 12"),
        Named("1.2", 1, False, "Price"),
    ]
    assert names_of(told)[3::2] == ["1.2 («Приложение № 1»)", "1.2 (“Annex 2”)"]


@given(st.lists(st.builds(
    Named, st.sampled_from(["", "1", "1.1", "а"]), st.integers(0, 3), st.booleans(),
    st.sampled_from(["", "Цена", "Приложение № 1", "Цена" * 30]),
), max_size=30))  # fmt: skip
def test_every_clause_with_a_number_has_a_name_of_its_own(clauses: list[Named]) -> None:
    names = [name for one, name in zip(clauses, names_of(clauses), strict=True) if one.number]
    assert len(set(names)) == len(names) and all(names)

"""Links beside a clause say which clause they are about, also where it has no number of its own."""

import re

from tests.contracts.browsers import browser_of
from tests.contracts.worlds import sent
from zabota.contracts.reading.sheet.paths import name_paths, paths_of
from zabota.contracts.reading.sheet.views import ClauseView
from zabota.contracts.stored import load_texts
from zabota.home.world import World


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

"""Of eighty clauses an approver reads those that changed, or those of their direction."""

import re

from django.test import Client as Browser

from tests.contracts.worlds import sent
from zabota.contracts.models import Contract
from zabota.contracts.reading.sheet import CHANGED, MINE, ClauseView, Sheet, fold_sheet
from zabota.contracts.stored import StoredText
from zabota.contracts.text.tree import Document
from zabota.home.world import World


def view(number: str, depth: int, **more: object) -> ClauseView:
    told = {"concern": "general", "heading": depth == 0, "state": ""} | more
    return ClauseView(number, number, depth, html="", locked=False, **told)  # type: ignore[arg-type]


def sheet(*views: ClauseView) -> Sheet:
    return Sheet(list(views), StoredText(Document(()), {}), {}, set())


TEXT = (
    view("1", 0),
    view("1.1", 1),
    view("2", 0),
    view("2.1", 1),
    view("2.1.1", 2, state="changed"),
    view("2.2", 1, concern="finance"),
    view("3", 0),
)


def runs(show: str, *concerns: str) -> list[tuple[bool, list[str]]]:
    found = fold_sheet(sheet(*TEXT), show, concerns)
    return [(run.folded, [view.number for view in run.clauses]) for run in found]


def test_what_changed_stands_open_with_what_it_stands_under() -> None:
    assert runs(CHANGED) == [
        (True, ["1", "1.1"]),
        (False, ["2", "2.1", "2.1.1"]),
        (True, ["2.2", "3"]),
    ]


def test_a_direction_reads_its_own_clauses() -> None:
    assert runs(MINE, "finance") == [
        (True, ["1", "1.1"]),
        (False, ["2"]),
        (True, ["2.1", "2.1.1"]),
        (False, ["2.2"]),
        (True, ["3"]),
    ]


def test_without_a_wish_or_a_direction_the_whole_text_stands_open() -> None:
    whole = [(False, [view.number for view in TEXT])]
    assert runs("") == runs(MINE) == runs("anything") == whole


def test_headings_do_not_count_as_clauses() -> None:
    found = fold_sheet(sheet(*TEXT), CHANGED)
    assert [run.count for run in found if run.folded] == [1, 1]


def page(world: World, contract: Contract, who: str, show: str) -> str:
    browser = Browser()
    browser.force_login(world.as_staff(who).user)
    return browser.get(f"/desk/contracts/{contract.pk}/?show={show}").content.decode()


def test_nothing_is_taken_away(world: World) -> None:
    """What is folded is there all the same, one click away, also without JavaScript."""
    contract = sent(world)
    whole, changed = (page(world, contract, "lawyer", show) for show in ("", CHANGED))
    clauses = re.compile(r'<article class="clause[^>]* id="(c-\w+)"')
    assert clauses.findall(whole) == clauses.findall(changed)
    assert '<details class="away">' not in whole
    assert '<details class="away">' in changed

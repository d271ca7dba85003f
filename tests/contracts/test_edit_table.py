"""A table is edited cell by cell, each under its row and column; rows come, go and come back."""

import json
import re
from typing import Any

import pytest
from django.test import Client
from django.utils import translation
from hypothesis import given
from hypothesis import strategies as st

from tests.contracts.browsers import browser_of
from tests.contracts.worlds import AT
from zabota.contracts.actions import change_rows, save_clause
from zabota.contracts.drafts import open_draft
from zabota.contracts.models import Contract, DraftClause
from zabota.contracts.reading.field_labels import field_labels
from zabota.contracts.reading.sheet.editing import TableView, editing_views
from zabota.contracts.stored import flat, load_texts, node_of
from zabota.contracts.text.edit import EditProblem
from zabota.contracts.text.edit.grid import shape_of
from zabota.contracts.text.edit.places import plain_parts, revision_of
from zabota.contracts.text.edit.rows import NoSuchRow, add_row, columns_of, delete_row
from zabota.contracts.text.json import blocks_from_json
from zabota.contracts.text.tree import Block, Cell, Paragraph, Row, Table, Text
from zabota.home.world import World, begin


@pytest.fixture
def contract(world: World) -> Contract:
    return begin(world, "services-ru", "anna", AT)


def clause_of(contract: Contract) -> str:
    """The clause with the table of services."""
    (text,) = load_texts(contract.edition.tree)
    return next(
        clause.id
        for clause, _ in flat(text.document)
        if any(isinstance(block, Table) and len(block.rows) > 4 for block in clause.blocks)
    )


def blocks(contract: Contract) -> tuple[Block, ...]:
    work = open_draft(contract, "theirs")
    assert work is not None
    node = node_of(work.tree, clause_of(contract))
    assert node is not None
    return blocks_from_json(work.wordings[node["w"]])


def grid(contract: Contract, began: tuple[Block, ...] = ()) -> TableView:
    views = editing_views(blocks(contract), began, field_labels(contract.edition.fields))
    return next(view for view in views if isinstance(view, TableView))


def post(browser: Client, contract: Contract, **told: Any) -> Any:
    return browser.post(f"/room/contracts/{contract.pk}/clauses/{clause_of(contract)}/", told)


def place(contract: Contract, row: int, cell: int) -> str:
    return grid(contract).rows[row].cells[cell].parts[0].place


def test_each_cell_says_its_row_and_column(world: World, contract: Contract) -> None:
    with translation.override("ru"):
        rows = grid(contract).rows
    assert [row.kind for row in rows] == ["head", "body", "body", "body", "total", "total"]
    assert [row.called for row in rows][:2] == ["Заголовки столбцов", "Строка 1"]
    assert [cell.called for cell in rows[1].cells][-1] == "Стоимость"
    assert rows[4].cells[0].called == "Столбцы 1–4"
    assert [cell.heading for cell in rows[4].cells] == [True, False]
    page = (
        browser_of(world, "anna")
        .get(f"/room/contracts/{contract.pk}/?edit={clause_of(contract)}")
        .content.decode()
    )
    assert '<span class="unseen">Строка 1&nbsp;· </span>Стоимость</label>' in page


def test_a_row_is_added_and_what_was_typed_goes_with_it(world: World, contract: Contract) -> None:
    began, browser = blocks(contract), browser_of(world, "anna")
    typed = place(contract, 1, 1)
    answer = post(
        browser, contract, **{f"part-{typed}": "Новая услуга", "then": "add-row:0:1"},
        shape=shape_of(began),
    )  # fmt: skip
    assert answer.status_code == 302 and "?edit=" in answer["Location"]
    rows = grid(contract, began).rows
    assert len(rows) == 7
    assert rows[1].cells[1].parts[0].text == "Новая услуга"
    assert [part.text for cell in rows[2].cells for part in cell.parts] == [""] * 5
    page = browser.get(f"/room/contracts/{contract.pk}/").content.decode()
    assert '<tr class="inserted">' in page


def test_a_deleted_row_is_struck_and_comes_back(world: World, contract: Contract) -> None:
    began, browser = blocks(contract), browser_of(world, "anna")
    post(browser, contract, then="delete-row:0:2")
    assert '<tr class="deleted">' in browser.get(f"/room/contracts/{contract.pk}/").content.decode()
    gone = [row for row in grid(contract, began).rows if row.kind == "gone"]
    assert len(gone) == 1
    post(browser, contract, then=f"restore-row:0:{gone[0].gone}")
    assert blocks(contract) == began


def test_a_cell_is_never_saved_into_another_row(world: World, contract: Contract) -> None:
    """A second tab saw other rows: places have shifted, equal empty cells would not tell."""
    by, clause, opened = world.as_guest("anna"), clause_of(contract), blocks(contract)
    at = place(contract, 2, 1)
    change_rows(contract, clause, {}, "add-row", 0, 0, by=by, at=AT)
    now = blocks(contract)
    with pytest.raises(EditProblem) as refused:
        save_clause(
            contract, clause, {at: "Не сюда"}, by=by, at=AT,
            seen={at: revision_of("")}, shape=shape_of(opened),
        )  # fmt: skip
    assert refused.value.code == "rows_changed" and blocks(contract) == now
    told = {f"part-{at}": "Не сюда", "shape": shape_of(opened)}
    page = post(browser_of(world, "anna"), contract, **told)
    assert page.status_code == 422 and "Не сюда" in page.content.decode()


def test_what_is_no_row_is_refused_and_nothing_saved(world: World, contract: Contract) -> None:
    for wrong in ("delete-row:0:99", "add-row:5:0", "restore-row:0:1"):
        assert post(browser_of(world, "anna"), contract, then=wrong).status_code == 422
    assert not DraftClause.objects.exists()


def test_the_redline_shows_every_cell_typed(world: World, contract: Contract) -> None:
    """Two cells typed within one pause: the browser sends all, none is lost."""
    told = {f"part-{place(contract, 1, n)}": words for n, words in ((1, "Первая"), (2, "Вторая"))}
    url = f"/room/contracts/{contract.pk}/clauses/{clause_of(contract)}/redline/"
    shown = browser_of(world, "anna").post(url, told).content.decode()
    assert all(re.search(rf"<ins>[^<]*{words}", shown) for words in ("Первая", "Вторая"))


def test_a_field_is_edited_under_its_label(world: World, contract: Contract) -> None:
    browser, clause = browser_of(world, "anna"), clause_of(contract)
    at = place(contract, 4, 1)
    label = grid(contract).rows[4].cells[1].parts[0].text
    assert label == "{{Цена договора}}"
    told = {f"part-{at}": f"Всего {label.lower()}", f"revision-{at}": revision_of("{{price}}")}
    assert post(browser, contract, **told).status_code == 302
    assert plain_parts(blocks(contract))[at] == "Всего {{price}}"
    wrong = {f"part-{at}": "Всего {{Цена вчера}}", "part-0": "Иначе"}
    refused = post(browser, contract, **wrong)
    page = refused.content.decode()
    assert refused.status_code == 422 and "{{Цена вчера}}" in page and ">\nИначе</textarea>" in page
    assert plain_parts(blocks(contract))[at] == "Всего {{price}}"
    stale = browser.post(
        f"/room/contracts/{contract.pk}/clauses/{clause}/",
        {f"part-{at}": "Моё", "revision": revision_of("давно")},
        headers={"accept": "application/json"},
    )
    assert stale.status_code == 409
    assert json.loads(stale.content)["text"] == "Всего {{Цена договора}}"


# Rows of tables with merged cells, as laws.


def cell(words: str, columns: int = 1, rows: int = 1) -> Cell:
    return Cell((Paragraph((Text(words),)),), columns, rows)


@st.composite
def tables(draw: st.DrawFn) -> Table:
    """Tables whose cells cover every place once."""
    height, width = draw(st.integers(1, 5)), draw(st.integers(1, 4))
    covered: set[tuple[int, int]] = set()
    rows = []
    for r in range(height):
        cells = []
        for c in range(width):
            if (r, c) in covered:
                continue
            reach = draw(st.integers(1, height - r))
            covered |= {(r + down, c) for down in range(reach)}
            cells.append(cell(f"{r}.{c}", rows=reach))
        rows.append(Row(tuple(cells)))
    return Table(tuple(rows))


def is_whole(table: Table) -> bool:
    """Whether the cells cover every place of the table once."""
    places = [
        (r + down, column)
        for r, (starts, row) in enumerate(zip(columns_of(table), table.rows, strict=True))
        for column, one in zip(starts, row.cells, strict=True)
        for down in range(one.rows)
    ]
    width = max((column for _, column in places), default=-1) + 1
    return len(set(places)) == len(places) == width * len(table.rows)


@given(tables(), st.data())
def test_rows_that_come_and_go_leave_a_whole_table(table: Table, data: st.DataObject) -> None:
    row = data.draw(st.integers(0, len(table.rows) - 1))
    for verb in (add_row, delete_row):
        try:
            (after,) = verb((table,), 0, row)
        except NoSuchRow:
            continue
        assert isinstance(after, Table) and is_whole(after)
        assert len(after.rows) == len(table.rows) + (1 if verb is add_row else -1)

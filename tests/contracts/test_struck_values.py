"""What was struck out is read with the values it had, wherever it is shown."""

import re

import pytest

from tests.contracts.browsers import browser_of
from tests.contracts.test_refuse_again import lone_field
from tests.contracts.worlds import AT, HOUR, fresh_contract, send_back, stage
from zabota.contracts.actions import delete_clause, save_clause, submit_contract
from zabota.contracts.drafts import open_draft
from zabota.contracts.reading.disagreements.paper import read_paper
from zabota.contracts.reading.disagreements.read import read_disagreements
from zabota.contracts.reading.values import labels_of, show_value
from zabota.contracts.text.words import blocks_text
from zabota.home.world import World, begin


def struck(page: str) -> str:
    """The words a page shows as deleted, the deleted clauses whole."""
    gone = re.findall(r"<del\b.*?</del>", page, re.S)
    gone += re.findall(r'class="clause [^"]*deleted.*?</article>', page, re.S)
    return re.sub(r"<[^>]+>", "", " ".join(gone)).replace("\u00a0", " ")


@pytest.mark.parametrize("how", ["deleted", "edited"])
@pytest.mark.parametrize("sent_before", [False, True])
def test_a_value_stands_where_its_field_was_struck_out(
    world: World, how: str, sent_before: bool
) -> None:
    contract = begin(world, "supply-ru", "anna", AT)
    by, (clause, name) = world.as_guest("anna"), lone_field(contract)
    draft = open_draft(contract, "theirs")
    assert draft is not None
    typed = draft.draft.values[name]
    if sent_before:
        submit_contract(contract, by=by, at=AT)
        send_back(world, contract, "manager", "manager", AT + HOUR)
    if how == "deleted":
        delete_clause(contract, clause, by=by, at=AT)
    else:
        save_clause(contract, clause, {"0": "Без поля."}, by=by, at=AT)
    submit_contract(contract, by=by, at=AT + 2 * HOUR)
    now = fresh_contract(contract)
    assert now.version is not None and name not in now.version.values
    (spec,) = [told for told in contract.edition.fields if told["name"] == name]
    value = show_value(spec["type"], typed, "ru").replace("\u00a0", " ")
    label = labels_of(contract.edition.fields)[name]
    desk = browser_of(world, "manager")
    base = f"/desk/contracts/{contract.pk}"
    last = now.version.number
    for address in (
        f"{base}/",
        f"/desk/stages/{stage(now, 'manager').pk}/return/",
        f"{base}/compare/?a=0&b={last}",
        f"{base}/compare/?a=0&b={last}&view=beside",
        f"{base}/history/{clause}/",
    ):
        shown = struck(desk.get(address).content.decode())
        assert value in shown and label not in shown, address
    found = read_disagreements(now)
    (row,) = read_paper(now, found).rows
    assert value in blocks_text(row.ours).replace("\u00a0", " ")

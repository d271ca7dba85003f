"""A refused change gives way to the words that stood before the client's change, however often the
client changed them meanwhile; a value typed before comes back with its clause."""

from datetime import datetime

import pytest

from tests.contracts.worlds import (
    AT,
    HOUR,
    approve,
    fresh_contract,
    load_blocks,
    open_now,
    send_back,
    sent,
)
from tests.support.remembered import remembered
from zabota.contracts.actions import (
    accept_change,
    add_clause,
    delete_clause,
    move_clause,
    reject_change,
    revert_clause,
    save_clause,
    save_values,
    submit_contract,
)
from zabota.contracts.changes import field_homes
from zabota.contracts.compare.documents import field_names
from zabota.contracts.drafts import open_draft
from zabota.contracts.models import Change, Contract
from zabota.contracts.parties import is_asked
from zabota.contracts.stored import flat, load_texts, node_of, nodes
from zabota.home.world import World, begin, clause_numbered


def now_of(contract: Contract) -> datetime:
    """Each version comes some hours after the one before."""
    return AT + 4 * HOUR * contract.versions.count()


def wording(contract: Contract, clause: str) -> str | None:
    """The address of a clause's present words; None where it is gone."""
    now = fresh_contract(contract)
    assert now.version is not None
    node = node_of(now.version.tree, clause)
    return node["w"] if node else None


def of_form(contract: Contract, clause: str) -> str:
    node = node_of(contract.edition.tree, clause)
    assert node is not None
    return str(node["w"])


def write(world: World, contract: Contract, clause: str, words: str) -> None:
    save_clause(contract, clause, {"0": words}, by=world.as_guest("anna"), at=AT)


def send(world: World, contract: Contract) -> Contract:
    submit_contract(contract, by=world.as_guest("anna"), at=now_of(contract))
    return fresh_contract(contract)


def unanswered(world: World, contract: Contract) -> Contract:
    """Returned by our manager, who answered nothing."""
    send_back(world, contract, "manager", "manager", now_of(contract))
    return fresh_contract(contract)


def live(contract: Contract) -> list[Change]:
    return list(Change.objects.filter(contract=contract).exclude(state="superseded").order_by("pk"))


def refused(world: World, contract: Contract) -> Contract:
    """Every open change is refused, and the contract returned."""
    if "manager" in open_now(contract):
        approve(world, contract, "manager", "manager", now_of(contract))
    for row in Change.objects.filter(contract=contract, state="open"):
        reject_change(row, by=world.as_staff("lawyer"), at=now_of(contract), reason="Нет")
    send_back(world, contract, "legal", "lawyer", now_of(contract))
    return fresh_contract(contract)


@pytest.fixture
@remembered
def contract(world: World) -> Contract:
    """The supply contract of Anna, not sent yet."""
    return begin(world, "supply-ru", "anna", AT)


@pytest.fixture
def clause(contract: Contract) -> str:
    return clause_numbered(contract, "8.1")


def test_edited_twice_and_refused_it_is_as_in_the_form(
    world: World, contract: Contract, clause: str
) -> None:
    write(world, contract, clause, "Первая.")
    unanswered(world, send(world, contract))
    write(world, contract, clause, "Вторая.")
    send(world, contract)
    (row,) = live(contract)
    assert (row.kind, row.old_wording) == ("edited", of_form(contract, clause))
    refused(world, contract)
    assert wording(contract, clause) == of_form(contract, clause)


def test_what_was_accepted_stands_when_a_later_change_is_refused(
    world: World, contract: Contract, clause: str
) -> None:
    write(world, contract, clause, "Первая.")
    made = send(world, contract)
    agreed = wording(contract, clause)
    approve(world, made, "manager", "manager", now_of(made))
    accept_change(live(made)[0], by=world.as_staff("lawyer"), at=AT)
    send_back(world, made, "legal", "lawyer", now_of(made))
    write(world, made, clause, "Вторая.")
    send(world, made)
    refused(world, made)
    assert wording(made, clause) == agreed


def test_put_back_by_the_client_nothing_waits_for_an_answer(
    world: World, contract: Contract, clause: str
) -> None:
    write(world, contract, clause, "Первая.")
    made = unanswered(world, send(world, contract))
    save_clause(
        made, clause, {}, by=world.as_guest("anna"), at=AT,
        blocks=load_blocks(of_form(contract, clause)),
    )  # fmt: skip
    send(world, made)
    assert live(made) == []


def test_an_added_clause_edited_since_goes_when_refused(
    world: World, contract: Contract, clause: str
) -> None:
    by = world.as_guest("anna")
    added = add_clause(contract, clause, by=by, at=AT)
    write(world, contract, added, "Новый.")
    unanswered(world, send(world, contract))
    write(world, contract, added, "Новый, иначе.")
    send(world, contract)
    assert [row.kind for row in live(contract)] == ["added"]
    refused(world, contract)
    assert wording(contract, added) is None


def test_an_added_clause_taken_away_again_is_no_change(
    world: World, contract: Contract, clause: str
) -> None:
    by = world.as_guest("anna")
    added = add_clause(contract, clause, by=by, at=AT)
    write(world, contract, added, "Новый.")
    unanswered(world, send(world, contract))
    delete_clause(contract, added, by=by, at=AT)
    send(world, contract)
    assert live(contract) == []


@pytest.mark.parametrize("edited", [False, True])
def test_a_deleted_clause_comes_back_as_the_form_has_it(
    world: World, contract: Contract, clause: str, edited: bool
) -> None:
    """Also when the deletion is refused a version later, and when it was edited before."""
    by = world.as_guest("anna")
    if edited:
        write(world, contract, clause, "Первая.")
    else:
        delete_clause(contract, clause, by=by, at=AT)
    unanswered(world, send(world, contract))
    if edited:
        delete_clause(contract, clause, by=by, at=AT)
    send(world, contract)
    refused(world, contract)
    assert wording(contract, clause) == of_form(contract, clause)


def test_moved_then_edited_it_returns_to_its_place(
    world: World, contract: Contract, clause: str
) -> None:
    before = [node["id"] for node in nodes(contract.edition.tree)]
    move_clause(contract, clause, 1, by=world.as_guest("anna"), at=AT)
    unanswered(world, send(world, contract))
    write(world, contract, clause, "Иначе.")
    send(world, contract)
    refused(world, contract)
    now = fresh_contract(contract)
    assert now.version is not None
    assert [node["id"] for node in nodes(now.version.tree)] == before
    assert wording(contract, clause) == of_form(contract, clause)


def lone_field(contract: Contract) -> tuple[str, str]:
    """A legal clause with a field that stands nowhere else, and the field."""
    (text,) = load_texts(contract.edition.tree)
    homes = field_homes(text)
    trees = {node["id"]: node for node in nodes(contract.edition.tree)}
    for name, clause in homes.items():
        node = trees[clause]
        if is_asked(name) and not node.get("ch") and not node.get("locked"):
            without = [c for n, c in homes.items() if c == clause]
            if len(without) == 1 and _stands_once(contract, name):
                return clause, name
    raise AssertionError("no such field in the form")


def _stands_once(contract: Contract, name: str) -> bool:
    (text,) = load_texts(contract.edition.tree)
    return sum(name in field_names(c.blocks) for c, _ in flat(text.document)) == 1


@pytest.mark.parametrize("how", ["deleted", "edited"])
@pytest.mark.parametrize("sent_before", [False, True])
def test_a_value_comes_back_with_its_clause(
    world: World, contract: Contract, how: str, sent_before: bool
) -> None:
    by, (clause, name) = world.as_guest("anna"), lone_field(contract)
    work = open_draft(contract, "theirs")
    assert work is not None
    if sent_before:
        unanswered(world, send(world, contract))
    typed = fresh_contract(contract).version.values[name] if sent_before else None  # type: ignore[union-attr]
    if how == "deleted":
        delete_clause(contract, clause, by=by, at=AT)
    else:
        write(world, contract, clause, "Без поля.")
    now = send(world, contract)
    assert now.version is not None and name not in now.version.values
    (row,) = live(contract)
    assert list(row.lost_values) == [name]
    answer_any(world, row)
    assert wording(contract, clause) == of_form(contract, clause)
    now = fresh_contract(contract)
    assert now.version is not None and now.version.values[name] == row.lost_values[name]
    assert typed in (None, row.lost_values[name])


def answer_any(world: World, row: Change) -> None:
    """Whoever of ours answers for its direction refuses it and returns the contract."""
    contract = fresh_contract(row.contract)
    who = {"legal": ("legal", "lawyer"), "finance": ("finance", "finance")}
    key, person = who.get(row.concern, ("manager", "manager"))
    if key != "manager":
        approve(world, contract, "manager", "manager", now_of(contract))
    if key == "finance":
        approve(world, contract, "legal", "lawyer", now_of(contract))
    reject_change(row, by=world.as_staff(person), at=now_of(contract), reason="Нет")
    send_back(world, contract, key, person, now_of(contract))


def test_a_value_changed_twice_and_refused_is_the_first(world: World) -> None:
    by, made = world.as_guest("anna"), sent(world, "supply-ru")
    name = next(
        spec["name"] for spec in made.edition.fields
        if spec["type"] == "text" and is_asked(spec["name"])
    )  # fmt: skip
    assert made.version is not None
    first = made.version.values[name]
    for words in ("Второе", "Третье"):
        unanswered(world, made)
        save_values(made, {name: words}, by=by, at=AT)
        made = send(world, made)
    (row,) = [row for row in live(made) if row.field == name]
    assert (row.old_value, row.new_value) == (first, "Третье")
    unanswered(world, made)
    save_values(made, {name: first}, by=by, at=AT)
    assert [row for row in live(send(world, made)) if row.field == name] == []


def test_as_it_was_in_the_draft_keeps_the_unanswered_change(
    world: World, contract: Contract, clause: str
) -> None:
    """«Вернуть, как было» goes back to what was sent, which still waits for our answer."""
    write(world, contract, clause, "Первая.")
    made = unanswered(world, send(world, contract))
    write(world, made, clause, "Вторая.")
    revert_clause(made, clause, by=world.as_guest("anna"), at=AT)
    send(world, made)
    (row,) = live(made)
    assert row.state == "open" and row.new_wording == wording(made, clause)

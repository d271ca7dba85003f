"""The client never learns that a lower step exists: a marker in it shows nowhere on their side."""

from pathlib import Path

import pytest

from tests.contracts.beforehand import clause_of, fast, free_values, variant
from tests.contracts.browsers import browser_of
from tests.contracts.preparing import begun
from tests.contracts.test_download_paper import FILES, PAGES, everything
from tests.contracts.test_every_column import DESK, ROOM, letters
from tests.contracts.worlds import AT, HOUR, fresh_contract
from tests.support.remembered import remembered
from zabota.contracts.actions import share_contract, submit_contract, take_alternative
from zabota.contracts.fast_lane.offered import TOKEN_LETTERS
from zabota.contracts.models import Alternative, Contract
from zabota.home.world import World, begin, reword

MARK = "НИЖНЯЯСТУПЕНЬ"
SHOWN = "ВИДНАЯСТУПЕНЬ"
CLAUSE = "5.4"
DEAR = [{"field": "sum", "op": "le", "value": "1000"}]
PARTNERS = [{"field": "client.kind", "op": "eq", "value": "deal"}]


def hidden(world: World) -> list[Alternative]:
    """Every way in which a variant is not for this client's eyes."""
    ways: list[tuple[str, str, list[dict[str, object]]]] = [
        (CLAUSE, "staff", []),
        (CLAUSE, "after_touch", []),
        ("5.6", "at_once", DEAR),
        ("7.2", "at_once", PARTNERS),
        (CLAUSE, "at_once", DEAR + PARTNERS),
    ]
    return [
        variant(
            world,
            number,
            lambda text, n=place: f"{text} {MARK} {n}.",
            seen_by=seen_by,
            name=f"{MARK} {place}",
            terms=terms,
        )
        for place, (number, seen_by, terms) in enumerate(ways)
    ]


def traces(rows: list[Alternative]) -> list[str]:
    """What would give a variant away: its words, its name, the address of its words."""
    return [MARK, *(row.wording[:TOKEN_LETTERS] for row in rows)]


# The live part of an agreed contract says that it is over, and nothing else.
STILL = tuple(page for page in PAGES if page != "live/")


@remembered
def draft(world: World) -> tuple[Contract, list[Alternative]]:
    fast(world)
    free_values(world)
    rows = hidden(world)
    variant(world, CLAUSE, lambda text: f"{text} {SHOWN}.", seen_by="at_once", name=SHOWN)
    return begin(world, "supply-ru", "anna", AT), rows


def room_of(world: World, contract: Contract, folder: Path, *tails: str) -> str:
    anna = browser_of(world, "anna")
    base = f"/room/contracts/{contract.pk}"
    found = everything(anna, base, tails, folder)
    found += everything(anna, "/room", ROOM, folder)
    return found + anna.post("/room/profile/export/").content.decode()


def assert_untold(text: str, rows: list[Alternative]) -> None:
    assert not [trace for trace in traces(rows) if trace in text]


def test_a_draft_tells_nothing_of_it(world: World, tmp_path: Path) -> None:
    contract, rows = draft(world)
    clause = clause_of(world, CLAUSE)
    pages = ("", "live/", "submit/", "check/", f"?edit={clause}", "text.docx", "text.pdf")
    found = room_of(world, contract, tmp_path, *pages)
    assert SHOWN in found
    assert_untold(found, rows)
    seen = browser_of(world, "anna").get(
        f"/room/contracts/{contract.pk}/clauses/{clause}/", headers={"HX-Request": "true"}
    )
    assert_untold(seen.content.decode(), rows)


def test_asking_for_it_by_its_address_finds_nothing(world: World) -> None:
    """One that is hidden answers as one that is not there."""
    contract, rows = draft(world)
    anna = browser_of(world, "anna")
    for token in [row.wording[:TOKEN_LETTERS] for row in rows] + ["0" * TOKEN_LETTERS]:
        for row in rows:
            answer = anna.post(
                f"/room/contracts/{contract.pk}/clauses/{row.clause}/variant/", {"variant": token}
            )
            assert answer.status_code == 404
    stranger = browser_of(world, "alien")
    clause = clause_of(world, CLAUSE)
    address = f"/room/contracts/{contract.pk}/clauses/{clause}/variant/"
    assert stranger.post(address, {"variant": rows[0].wording[:TOKEN_LETTERS]}).status_code == 404


def test_touching_a_clause_shows_the_next_step_and_no_other(world: World) -> None:
    contract, rows = draft(world)
    reword(contract, CLAUSE, lambda text: f"{text} Да.", by=world.as_guest("anna"), at=AT)
    page = browser_of(world, "anna").get(f"/room/contracts/{contract.pk}/").content.decode()
    assert f"{MARK} 1" in page
    assert_untold(page.replace(f"{MARK} 1", "").replace(rows[1].wording[:TOKEN_LETTERS], ""), rows)


@pytest.mark.parametrize("own_words", [True, False])
def test_a_contract_on_its_way_tells_nothing_of_it(
    world: World, tmp_path: Path, own_words: bool
) -> None:
    """In review, where ours read the nearest variant beside the words, and agreed at once."""
    contract, rows = draft(world)
    by = world.as_guest("anna")
    if own_words:
        reword(contract, CLAUSE, lambda text: f"{text} Но не так.", by=by, at=AT)
    submit_contract(contract, by=by, at=AT + HOUR)
    contract = fresh_contract(contract)
    assert contract.case.state == ("review" if own_words else "agreed")
    found = room_of(world, contract, tmp_path, *STILL, *FILES)
    assert_untold(found, rows)
    eyes = f"/desk/contracts/{contract.pk}/as-client"
    manager = browser_of(world, "manager")
    assert_untold(everything(manager, eyes, ("", "versions/", "approval-sheet/"), tmp_path), rows)
    desk = everything(manager, f"/desk/contracts/{contract.pk}", ("",), tmp_path)
    desk += everything(manager, "/desk", DESK, tmp_path)
    assert (MARK in desk) == own_words
    to_us, to_them = letters()
    assert to_us and (to_them or own_words)
    assert_untold(to_them, rows)


def test_ours_may_put_a_hidden_step_and_the_client_reads_only_its_words(
    world: World, tmp_path: Path
) -> None:
    """What our people wrote into a draft they share is our offer: agreed, but not called a step."""
    fast(world)
    free_values(world)
    name = "НАЗВАНИЕСТУПЕНИ"
    row = variant(world, CLAUSE, lambda text: f"{text} Наше предложение.", name=name)
    contract = begun(world, "supply-ru", "manager")
    manager = world.as_staff("manager")
    take_alternative(contract, row.clause, row.wording[:TOKEN_LETTERS], by=manager, at=AT)
    share_contract(contract, by=manager, at=AT)
    submit_contract(contract, by=world.as_guest("anna"), at=AT + HOUR)
    contract = fresh_contract(contract)
    assert contract.case.state == "agreed"
    room = room_of(world, contract, tmp_path, *STILL, *FILES)
    assert "Наше предложение." in room and name not in room
    desk = everything(
        browser_of(world, "manager"), f"/desk/contracts/{contract.pk}", STILL, tmp_path
    )
    assert name in desk

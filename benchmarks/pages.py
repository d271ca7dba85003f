"""Our pages: beside an empty view of the same server, and with a hundred times the contracts."""

import re
from collections.abc import Callable
from dataclasses import dataclass

from django.test import Client

from benchmarks.measuring import Bench, Row, Run, Took
from benchmarks.worlds import Bulk, use
from zabota.cases.models import Case
from zabota.contracts.models import Change, ContractTemplate
from zabota.people.models import User

DESK, ROOM = "manager@severny-svet.example", "anna@romashka.example"


@dataclass(frozen=True)
class Visit:
    """A page as somebody opens it."""

    name: str
    who: str
    path: str
    status: int = 200


def signed_in(email: str) -> Client:
    """A browser in which this person is signed in."""
    browser = Client()
    browser.force_login(User.objects.get(email=email))
    return browser


def opening(browser: Client, path: str, status: int = 200) -> Callable[[], object]:
    """Opens the page; anything but the page is an error."""

    def get() -> object:
        answer = browser.get(path)
        if answer.status_code != status:
            raise RuntimeError(f"{path} answers {answer.status_code}")
        return answer

    return get


def main_visits() -> list[Visit]:
    """The pages people spend their day on; the contract has changes that wait for us."""
    contract = changed_contract()
    form = ContractTemplate.objects.get(slug="supply-ru").pk
    return [
        Visit("Today", DESK, "/desk/"),
        Visit("contract, desk, 10 redlines", DESK, f"/desk/contracts/{contract}/"),
        Visit("contract, room, 10 redlines", ROOM, f"/room/contracts/{contract}/"),
        Visit("contract, room, nothing new", ROOM, live(contract), 204),
        Visit("contract, room, draft", ROOM, f"/room/contracts/{returned_contract()}/"),
        Visit("contracts, desk", DESK, "/desk/contracts/"),
        Visit("contracts, room", ROOM, "/room/contracts/"),
        Visit("clients", DESK, "/desk/clients/"),
        Visit("forms", DESK, "/desk/forms/"),
        Visit("one form", DESK, f"/desk/forms/{form}/"),
        Visit("routes", DESK, "/desk/routes/"),
        Visit("people", DESK, "/desk/people/"),
        Visit("room, first page", ROOM, "/room/"),
    ]


def changed_contract() -> int:
    """The newest contract whose changes nobody answered yet."""
    found = Change.objects.filter(state="open", contract__case__state="review")
    return int(found.order_by("contract_id").values_list("contract", flat=True)[0])


def returned_contract() -> int:
    """A contract the client is working on again."""
    return int(Case.objects.filter(state="returned").order_by("pk").values_list("pk", flat=True)[0])


def live(contract: int) -> str:
    """What a page made now asks every few seconds."""
    page = signed_in(ROOM).get(f"/room/contracts/{contract}/").content.decode()
    found = re.search(r'live/\?seen=([^"&]+)', page)
    if found is None:
        raise RuntimeError("the contract page asks for nothing live")
    return f"/room/contracts/{contract}/live/?seen={found[1]}"


def beside_empty(bench: Bench, world: Bulk) -> None:
    """Each main page with the larger world, beside an empty view opened by the same person."""
    use(world.path)
    browsers = {who: signed_in(who) for who in (DESK, ROOM)}
    nobody = bench.timed(opening(Client(), "/empty/"))()
    bench.rows.append(Row("pages", "empty view, nobody signed in", *nobody))
    for visit in main_visits():
        page = bench.timed(opening(browsers[visit.who], visit.path, visit.status))
        empty = bench.timed(opening(browsers[visit.who], "/empty/"))
        took, nothing = bench.beside(page, empty)
        bench.rows.append(
            Row("pages", visit.name, *took, "empty view, signed in", *nothing, sense="longer")
        )


def beside_few(bench: Bench, few: Bulk, many: Bulk) -> None:
    """The same pages with few contracts and with many."""
    for name, who, path_of in GROWING:
        runs = [in_world(bench, world, who, path_of) for world in (many, few)]
        took, small = bench.beside(*runs)
        bench.rows.append(
            Row(
                "growth", f"{name}, {many.count:,} contracts", *took,
                f"{few.count:,} contracts", *small, sense="longer", aim=1.3,
            )
        )  # fmt: skip


GROWING: tuple[tuple[str, str, Callable[[], str]], ...] = (
    ("Today", DESK, lambda: "/desk/"),
    ("contract, desk", DESK, lambda: f"/desk/contracts/{changed_contract()}/"),
    ("contract, room", ROOM, lambda: f"/room/contracts/{changed_contract()}/"),
    ("contracts, desk", DESK, lambda: "/desk/contracts/"),
    ("contracts, room", ROOM, lambda: "/room/contracts/"),
    ("contracts by client's name", DESK, lambda: "/desk/contracts/?q=Ромашка"),
    ("contracts by words of the text", DESK, lambda: "/desk/contracts/?q=неустойка"),
    ("room, first page", ROOM, lambda: "/room/"),
)


def in_world(bench: Bench, world: Bulk, who: str, path_of: Callable[[], str]) -> Run:
    """The page as it is measured in one of the worlds."""
    use(world.path)
    browser, path = signed_in(who), path_of()

    def run() -> Took:
        use(world.path)
        return bench.timed(opening(browser, path))()

    return run

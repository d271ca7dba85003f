"""Requests: the same pages with 1,000 open and with 100,000; beside django-helpdesk with 10,000.

The same verb is not the same work. Its list is a page and the rows it asks for, ours one page; its
answer changes title, owner and priority as well, ours settles a promise, moves who has it and
writes a chained entry. Its search looks for the letters as typed in titles, descriptions and
comments and shows a page of the list; ours finds any form of each word in numbers, titles, clients
and threads, a figure as a figure («77» is not «770»), and quotes the line, twenty to a page: so a
word that is in every request is timed beside it, too.
"""

from collections.abc import Callable
from pathlib import Path

from django.test import Client

from benchmarks.measuring import Bench, Row
from benchmarks.pages import DESK, ROOM, in_world, opening, signed_in
from benchmarks.peer import Peer
from benchmarks.ticket_worlds import build_open, build_requests
from benchmarks.worlds import Base, Bulk, use
from zabota.cases.models import Case
from zabota.common import clock

FEW, BESIDE, MANY = 1_000, 10_000, 100_000
SEARCH = "/desk/tickets/?q=аренды № 77"
EVERYWHERE = "/desk/tickets/?q=аренды"
GROWING: tuple[tuple[str, str, Callable[[], str]], ...] = (
    ("Today", DESK, lambda: "/desk/"),
    ("Today of the team", DESK, lambda: "/desk/?view=team"),
    ("requests, desk", DESK, lambda: "/desk/tickets/"),
    ("requests, my own", DESK, lambda: "/desk/tickets/?mine=1"),
    ("requests, unfinished", DESK, lambda: "/desk/tickets/?state=unfinished"),
    ("one request, desk", DESK, lambda: f"/desk/tickets/{one_request()}/"),
    ("requests, room", ROOM, lambda: "/room/tickets/"),
    ("search, a word of every request", DESK, lambda: "/desk/tickets/?q=договоры"),
    ("search, two words of a note", DESK, lambda: "/desk/tickets/?q=спросил юриста"),
    ("search, one number", DESK, lambda: "/desk/tickets/?q=О-2026-000105"),
    ("search, in no request", DESK, lambda: "/desk/tickets/?q=цеппелин"),
)


def measure(bench: Bench, base: Base, home: Path, peer: Peer | None) -> None:
    """All lines about requests."""
    sizes = (20, 40, 150) if bench.quick else (FEW, BESIDE, MANY)
    requests = build_requests(base, home / "requests.sqlite3", clock.now())
    few, beside, many = (
        build_open(requests, home / f"requests-{size}.sqlite3", size) for size in sizes
    )
    bench.note(
        f"{many.count:,} requests open; their journal of {many.verified.entries:,} entries holds."
    )
    growth(bench, few, many)
    beside_helpdesk(bench, beside, peer)


def growth(bench: Bench, few: Bulk, many: Bulk) -> None:
    """The same pages with few open requests and with many."""
    for name, who, path_of in GROWING:
        took, small = bench.beside(*(in_world(bench, one, who, path_of) for one in (many, few)))
        bench.rows.append(
            Row(
                "requests", f"{name}, {many.count:,} open", *took, f"{few.count:,} open", *small,
                sense="longer", aim=1.3,
            )
        )  # fmt: skip


def beside_helpdesk(bench: Bench, world: Bulk, peer: Peer | None) -> None:
    """The four verbs people spend their day on, beside the peer's with as many tickets."""
    use(world.path)
    browser = signed_in(DESK)
    if peer is not None:
        peer.fill(world.count)
    verbs: tuple[tuple[str, str, Callable[[], object], float], ...] = (
        ("list", "the list", opening(browser, "/desk/tickets/"), 10),
        ("ticket", "one request", opening(browser, f"/desk/tickets/{one_request()}/"), 5),
        ("reply", "an answer", answering(browser), 3),
        ("search", "search “аренды № 77”", opening(browser, SEARCH), 8),
        ("search", "search “аренды”, in every one", opening(browser, EVERYWHERE), 8),
    )
    for verb, name, call, aim in verbs:
        ours, told = bench.timed(call), f"{name}, {world.count:,} requests"
        if peer is None:
            bench.rows.append(Row("helpdesk", told, *bench.beside(ours)[0]))
            continue
        took, theirs = bench.beside(ours, peer.asking(verb))
        bench.rows.append(
            Row("helpdesk", told, *took, f"helpdesk: {verb}", *theirs, sense="faster", aim=aim)
        )


def one_request() -> int:
    """A request that was talked over."""
    found = Case.objects.filter(kind="ticket", state="open", owner__user__email=DESK).order_by(
        "-pk"
    )
    return int(found.values_list("pk", flat=True)[0])


def answering(browser: Client) -> Callable[[], object]:
    """The first answer to one new request after another."""
    new = Case.objects.filter(kind="ticket", state="new", owner__user__email=DESK)
    numbers = iter(list(new.order_by("pk").values_list("pk", flat=True)[:500]))

    def post() -> object:
        said = {"text": "Согласовано, подпишет директор.", "how": "answer"}
        answer = browser.post(f"/desk/tickets/{next(numbers)}/say/", said)
        if answer.status_code != 302:
            raise RuntimeError(f"an answer answers {answer.status_code}")
        return answer

    return post

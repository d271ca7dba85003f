"""Everything in one run: worlds, pages, growth, inbox and decision, engines, papers, redlines."""

import os
import sys
import time
from pathlib import Path

from django.db import connections

from benchmarks import (
    decision,
    engines,
    goodwill,
    letters,
    pages,
    papers,
    redlines,
    searching,
    table,
    tickets,
)
from benchmarks.measuring import Bench, peers_folder
from benchmarks.peer import HELPDESK, VIEWFLOW, Peer, find_peer
from benchmarks.worlds import Bulk, build_base, build_bulk
from zabota.common import clock

FEW, MANY, INBOX = 100, 100_000, 1_000


def run(place: Path, *, as_json: bool, quick: bool) -> None:
    """Measures and prints."""
    bench = Bench(quick, calls=2, rounds=1) if quick else Bench(quick)
    if peers_folder() is None:
        bench.note("The peers' harness is absent (ZABOTA_PEERS names it): measured by its method.")
    peers = [find_peer(bench, place, product) for product in (VIEWFLOW, HELPDESK)]
    try:
        measure(bench, peers[0], peers[1], place)
    finally:
        for peer in peers:
            if peer is not None:
                peer.close()
        connections["default"].close()
    print(table.for_programs(bench) if as_json else table.told(bench))


def measure(bench: Bench, viewflow: Peer | None, helpdesk: Peer | None, place: Path) -> None:
    """All lines of the table."""
    home, at = Path(os.environ["ZABOTA_HOME"]), clock.now()
    sizes = (20, 150, 40) if bench.quick else (FEW, MANY, INBOX)
    say("building the firm…")
    base = build_base(home / "base.sqlite3", at, sizes[2])
    few, many = (
        world(bench, build_bulk(base, home / f"{size}.sqlite3", size)) for size in sizes[:2]
    )
    say("pages…")
    pages.beside_empty(bench, many)
    say("few contracts and many…")
    pages.beside_few(bench, few, many)
    say("search…")
    searching.measure(bench, base, home)
    say("inbox and decision…")
    decision.measure(bench, base, many, viewflow)
    say("requests…")
    tickets.measure(bench, base, home, helpdesk)
    say("letters…")
    letters.measure(bench, base, home)
    say("text engines…")
    engines.measure(bench)
    say("papers…")
    papers.measure(bench, place)
    say("redlines…")
    redlines.measure(bench, place)
    say("who comes back…")
    goodwill.measure(bench)


def world(bench: Bench, built: Bulk) -> Bulk:
    """Says what was built."""
    size, entries = built.path.stat().st_size / 1e6, built.verified.entries
    bench.note(
        f"{built.count:,} contracts under way, {size:,.0f} MB; "
        f"its journal of {entries:,} entries holds."
    )
    return built


def say(words: str) -> None:
    """Progress, for whoever waits."""
    print(f"  {time.strftime('%H:%M:%S')} {words}", file=sys.stderr, flush=True)

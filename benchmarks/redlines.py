"""Tracked changes between two Word files, beside the docxodus engine of python-redlines.

Both take the bytes of two files and give those of a third; ours proves it as well. The peer is
measured in an environment of its own (var/bench), never imported by us.
"""

import random
import subprocess
from pathlib import Path

from benchmarks.engines import AT, contract, edited
from benchmarks.measuring import Bench, Row, Run, Took
from benchmarks.peer import Absent, installed
from zabota.contracts.docx.track import Hand, track_files, track_texts
from zabota.contracts.docx.write import write
from zabota.contracts.text.tree import Document

PACKAGES = ("python-redlines==2.0.0", "python-redlines-docxodus==2.0.0")
SCRIPT = Path(__file__).with_name("redlines_process.py")
FASTER = 5
HAND = Hand("Zabota", AT)


def measure(bench: Bench, place: Path) -> None:
    """A line for any two files beside the peer, one for our own texts, where clauses are known."""
    chance = random.Random(7)
    trees = (old := contract(chance)), edited(old, chance)
    files = written(trees[0]), written(trees[1])
    ours = bench.timed(lambda: track_files(*files, HAND), django=False)
    peer = find_peer(bench, place, *files)
    took = bench.beside(ours, peer) if peer else [ours(), Took(0, None)]
    name = "redline of two files, proved"
    beside = "docxodus (python-redlines), no proof" if peer else ""
    bench.rows.append(
        Row("redlines", name, took[0].ms, None, beside, took[1].ms or None, None, "faster", FASTER)
        if peer
        else Row("redlines", name, took[0].ms, None)
    )
    texts = bench.timed(lambda: track_texts(*files, trees, lambda _: HAND), django=False)()
    bench.rows.append(Row("redlines", "redline of two of our texts, proved", texts.ms, None))


def written(document: Document) -> bytes:
    """The text as a clean Word file."""
    numbers = {clause.id: str(number) for number, clause in enumerate(document.clauses, 1)}
    return write(document, numbers, {}, package=None, language="ru", title="Договор")


def find_peer(bench: Bench, place: Path, old: bytes, new: bytes) -> Run | None:
    """The peer's measurement, or the reason why only ours is measured."""
    if bench.quick:
        bench.note("A quick run measures nothing beside docxodus.")
        return None
    try:
        python = installed(place / "redlines", PACKAGES)
    except Absent as why:
        bench.note(f"Ours alone, nothing beside docxodus: {why}.")
        return None
    folder = place / "redlines"
    for name, data in (("old", old), ("new", new)):
        (folder / f"{name}.docx").write_bytes(data)

    def run() -> Took:
        command = [str(part) for part in (python, SCRIPT, folder, bench.calls)]
        done = subprocess.run(command, capture_output=True, text=True, check=True, timeout=600)
        return Took(float(done.stdout.strip()), None)

    return run

"""A contract of 200 clauses as PDF/A, beside WeasyPrint setting the same text from HTML.

Both number the clauses and the pages. The peer is measured in an environment of its own
(var/bench), never imported by us; it needs Pango on the machine.
"""

import random
import subprocess
from collections.abc import Iterator
from pathlib import Path

from benchmarks.engines import AT, contract, reworded_document
from benchmarks.measuring import Bench, Row, Run, Took
from benchmarks.peer import Absent, installed
from zabota.contracts.paper import PaperMeta, contract_pdf
from zabota.contracts.text.html import Shown, document_html
from zabota.contracts.text.tree import Document

PACKAGES = ("weasyprint==70.0",)
SCRIPT = Path(__file__).with_name("papers_process.py")
FASTER = 10
PAGE = """<!doctype html><html lang="ru"><meta charset="utf-8"><style>
@page { size: A4; margin: 20mm 15mm 20mm 30mm;
  @bottom-center { content: counter(page) " из " counter(pages); } }
body { font: 10pt/1.3 serif; } p { margin: 0 0 4pt; }
table { border-collapse: collapse; width: 100%%; }
td { border: 1px solid; padding: 2pt; } td p { margin: 0; }
</style><body>%s</body></html>"""


def measure(bench: Bench, place: Path) -> None:
    """One word changed each time, so that neither gives what it made before."""
    old = contract(random.Random(7))
    meta = PaperMeta("Договор поставки", "Договор № 12", "{page} из {pages}", "ru", AT)
    counted = {clause.id: str(number) for number, clause in enumerate(old.clauses, 1)}
    texts = changing(old)
    ours = bench.timed(lambda: contract_pdf(next(texts), counted, {}, meta), django=False)
    peer = find_peer(bench, place, old)
    name = "PDF/A of 30 pages, one word changed"
    if peer is None:
        bench.rows.append(Row("papers", name, ours().ms, None))
        return
    took, beside = bench.beside(ours, peer)
    row = Row("papers", name, took.ms, None, "WeasyPrint", beside.ms, None, "faster", FASTER)
    bench.rows.append(row)


def changing(document: Document) -> Iterator[Document]:
    """The text with another word each time."""
    for seed in range(10_000):
        yield reworded_document(document, seed)


def find_peer(bench: Bench, place: Path, document: Document) -> Run | None:
    """The peer's measurement, or the reason why only ours is measured."""
    if bench.quick:
        bench.note("A quick run measures nothing beside WeasyPrint.")
        return None
    folder = place / "papers"
    try:
        python = installed(folder, PACKAGES)
    except Absent as why:
        bench.note(f"Ours alone, nothing beside WeasyPrint: {why}.")
        return None
    source = folder / "contract.html"
    source.write_text(PAGE % document_html(document, Shown()), "utf-8")
    command = [str(part) for part in (python, SCRIPT, source, min(bench.calls, 5))]
    tried = subprocess.run([*command, "--once"], capture_output=True, text=True, timeout=600)
    if tried.returncode:
        last = (tried.stderr.strip().splitlines() or ["it ended"])[-1]
        bench.note(f"Ours alone, nothing beside WeasyPrint: {last}.")
        return None
    bench.note(f"WeasyPrint sets that text on {tried.stdout.strip()} pages.")

    def run() -> Took:
        done = subprocess.run(command, capture_output=True, text=True, check=True, timeout=600)
        return Took(float(done.stdout.strip()), None)

    return run

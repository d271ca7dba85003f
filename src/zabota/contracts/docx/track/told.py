"""Two Word files compared, told as plain values for the command line and for programs."""

from collections import Counter
from dataclasses import asdict, dataclass
from typing import Any

from zabota.contracts.compare import documents, match_clauses, rebase
from zabota.contracts.docx.guard import inspect
from zabota.contracts.docx.package import Package
from zabota.contracts.docx.read import read
from zabota.contracts.docx.read.revisions import count_revisions
from zabota.contracts.docx.refusal import Refused
from zabota.contracts.docx.track import Hand, Tracked, Unproved, track_files
from zabota.contracts.docx.untracked import find_untracked
from zabota.contracts.text.tree import Document

type Json = dict[str, Any]
CLAUSES = ("changed", "added", "deleted", "moved")
MOST_DIFFERENCES = 20


@dataclass(frozen=True, slots=True)
class FileRefused(Exception):
    """One of the two files is not taken: which, and why."""

    which: str
    refusal: Refused


@dataclass(frozen=True, slots=True)
class Compared:
    """The redline (none where none proves) and what is to be said of it; every value fits JSON."""

    data: bytes | None
    told: Json


def compare_files(old: bytes, new: bytes, hand: Hand) -> Compared:
    """Write the redline of two files and count what is in it; raises `FileRefused`.

    Where the new file has tracked changes of its own, `untracked` says what was changed in it
    without them; they count as accepted in the redline.
    """
    before, after = _read("old", old), _read("new", new)
    told: Json = {"clauses": _clauses(before, after), "untracked": _untracked(before, old, new)}
    try:
        made = track_files(old, new, hand)
    except Unproved as failure:
        wrong = [asdict(one) for one in failure.differences[:MOST_DIFFERENCES]]
        return Compared(None, {"proved": False, "differences": wrong, **told})
    return Compared(made.data, {"proved": True, **_counts(made), **told})


def _counts(made: Tracked) -> Json:
    counts = {**asdict(made.counts), "revisions": made.counts.revisions}
    return {"counts": counts, "replaced_whole": list(made.whole)}


def _read(which: str, data: bytes) -> Document:
    try:
        inspect(data)
        return read(data, revisions="accept").document
    except Refused as refusal:
        raise FileRefused(which, refusal) from refusal


def _clauses(old: Document, new: Document) -> dict[str, int]:
    """How many clauses changed, came, went and moved."""
    matched = rebase(new, match_clauses(old, new))
    found = documents(old, matched).counts
    kinds = Counter({kind: found.get(kind, 0) for kind in CLAUSES})  # type: ignore[call-overload]
    kinds["moved"] += found.get("moved_changed", 0)
    return dict(kinds)


def _untracked(before: Document, old: bytes, new: bytes) -> list[Json] | None:
    """What the new file does not record of its changes; none where it records nothing at all."""
    package = Package(new)
    root = package.xml(package.main)
    if root is None or not count_revisions(root):
        return None
    return [asdict(finding) for finding in find_untracked(before, new, sent_file=old)]

"""What was read from a Word file, told as plain values for the command line and for programs."""

from dataclasses import asdict
from typing import Any

from zabota.contracts.docx.read import FORM_FAULTS, Reading, read
from zabota.contracts.docx.refusal import Refused
from zabota.contracts.text.numbering import numbers
from zabota.contracts.text.references import link
from zabota.contracts.text.tree import Clause
from zabota.contracts.text.words import blocks_text

type Json = dict[str, Any]


def report(data: bytes) -> Json:
    """Tell what a form would be made of, or why the file is refused; every value fits JSON."""
    try:
        reading = read(data)
    except Refused as refusal:
        return {"refused": {"code": refusal.code, "params": _plain(refusal.params)}}
    faults = [remark for remark in reading.warnings if remark.code in FORM_FAULTS]
    return {
        "digest": reading.digest,
        "fit": not faults,
        "clauses": _clauses(reading),
        "fields": [asdict(spec) | {"args": list(spec.args)} for spec in reading.fields],
        "kept": [asdict(thing) for thing in reading.kept],
        "warnings": [
            {"code": remark.code, "params": _plain(remark.params)} for remark in reading.warnings
        ],
    }


def _clauses(reading: Reading) -> list[Json]:
    document = link(reading.document)
    shown = numbers(document)

    def told(clause: Clause) -> Json:
        return {
            "id": clause.id,
            "number": shown.get(clause.id, ""),
            "heading": clause.heading,
            "text": blocks_text(clause.blocks, shown),
            "children": [told(child) for child in clause.children],
        }

    return [told(clause) for clause in document.clauses]


def _plain(params: dict[str, object]) -> Json:
    return {
        name: list(value) if isinstance(value, tuple) else value for name, value in params.items()
    }

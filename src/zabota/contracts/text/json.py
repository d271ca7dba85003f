"""The tree as JSON and back, and the digest by which a wording is addressed.

A run of plain words is a string; everything else is an object named by its first key. What equals
its default is left out, so that equal trees have one canonical form.
"""

import hashlib
import json
from typing import Any, cast

from zabota.contracts.text.tree import (
    Align,
    Block,
    Break,
    Cell,
    Clause,
    Document,
    Field,
    Kept,
    Level,
    Mark,
    Note,
    NumberFormat,
    Numbering,
    Paragraph,
    Reference,
    Row,
    Run,
    Scheme,
    Table,
    Text,
)

type Json = dict[str, Any]


def blocks_to_json(blocks: tuple[Block, ...]) -> list[Json]:
    """Turn blocks into values that JSON can hold."""
    return [_block(block) for block in blocks]


def blocks_from_json(values: list[Json]) -> tuple[Block, ...]:
    """Read blocks back; the inverse of `blocks_to_json`."""
    return tuple(_read_block(value) for value in values)


def document_to_json(document: Document) -> Json:
    """Turn a whole text with its schemes, headers and footers into values that JSON can hold."""
    return _slim(
        {
            "clauses": [clause_to_json(clause) for clause in document.clauses],
            "schemes": {
                name: [_level(level) for level in scheme.levels]
                for name, scheme in document.schemes.items()
            },
            "headers": blocks_to_json(document.headers),
            "footers": blocks_to_json(document.footers),
        }
    )


def document_from_json(value: Json) -> Document:
    """Read a whole text back; the inverse of `document_to_json`."""
    return Document(
        tuple(clause_from_json(clause) for clause in value.get("clauses", [])),
        {
            name: Scheme(tuple(_read_level(level) for level in levels))
            for name, levels in value.get("schemes", {}).items()
        },
        blocks_from_json(value.get("headers", [])),
        blocks_from_json(value.get("footers", [])),
    )


def clause_to_json(clause: Clause) -> Json:
    """Turn a clause and its children into values that JSON can hold."""
    return {"id": clause.id} | _slim(
        {
            "numbering": numbering_to_json(clause.numbering),
            "heading": clause.heading,
            "blocks": blocks_to_json(clause.blocks),
            "children": [clause_to_json(child) for child in clause.children],
        }
    )


def clause_from_json(value: Json) -> Clause:
    """Read a clause and its children back; the inverse of `clause_to_json`."""
    return Clause(
        id=value["id"],
        blocks=blocks_from_json(value.get("blocks", [])),
        children=tuple(clause_from_json(child) for child in value.get("children", [])),
        numbering=numbering_from_json(value.get("numbering")),
        heading=value.get("heading", False),
    )


def numbering_to_json(numbering: Numbering | None) -> Json | None:
    """Turn a clause's way of counting into values that JSON can hold."""
    if numbering is None:
        return None
    restart = {} if numbering.restart is None else {"restart": numbering.restart}
    return {"scheme": numbering.scheme, "level": numbering.level} | restart


def numbering_from_json(value: Json | None) -> Numbering | None:
    """Read a clause's way of counting back."""
    return Numbering(value["scheme"], value["level"], value.get("restart")) if value else None


def dump(value: object) -> str:
    """Write values as canonical JSON: sorted keys, no spaces, letters as they are."""
    return json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def wording_digest(blocks: tuple[Block, ...]) -> str:
    """Address a wording by its content: SHA-256 in hex of its canonical JSON in UTF-8."""
    return hashlib.sha256(dump(blocks_to_json(blocks)).encode()).hexdigest()


def _slim(value: Json) -> Json:
    return {key: part for key, part in value.items() if part not in ("", None, False, [], {})}


def _block(block: Block) -> Json:
    match block:
        case Paragraph():
            return {"p": [_run(run) for run in block.runs]} | _slim(
                {
                    "style": block.style,
                    "align": block.align,
                    "properties": block.properties,
                    "numbering": numbering_to_json(block.numbering),
                    "section": block.section,
                }
            )
        case Table():
            plain = {} if block.borders else {"borders": False}
            return (
                {"table": [_row(row) for row in block.rows]}
                | plain
                | _slim({"widths": list(block.widths), "properties": block.properties})
            )
        case Note():
            return {"note": block.id, "kind": block.kind, "blocks": blocks_to_json(block.blocks)}


def _row(row: Row) -> Json:
    cells = {"cells": [_cell(cell) for cell in row.cells]}
    return cells | _slim({"header": row.header, "properties": row.properties})


def _cell(cell: Cell) -> Json:
    reach = {name: n for name, n in (("columns", cell.columns), ("rows", cell.rows)) if n != 1}
    opaque = _slim({"properties": cell.properties})
    return {"blocks": blocks_to_json(cell.blocks)} | reach | opaque


def _run(run: Run) -> str | Json:
    match run:
        case Text(text=text, marks=()):
            return text
        case Text():
            return {"text": run.text, "marks": list(run.marks)}
        case Field():
            return {"field": run.name} | _slim({"marks": list(run.marks)})
        case Reference():
            return {"ref": run.target, "kind": run.kind} | _slim({"marks": list(run.marks)})
        case Break():
            return {"break": run.kind}
        case Kept():
            return {"kept": run.kind, "key": run.key} | _slim({"words": run.words})


def _level(level: Level) -> Json:
    legal = {"legal": True} if level.legal else {}
    resets = {} if level.resets_after is None else {"resets_after": level.resets_after}
    return {"pattern": level.pattern, "format": level.format, "start": level.start} | legal | resets


def _read_level(value: Json) -> Level:
    return Level(
        value["pattern"],
        cast(NumberFormat, value["format"]),
        value["start"],
        value.get("legal", False),
        value.get("resets_after"),
    )


def _read_block(value: Json) -> Block:
    if "p" in value:
        return Paragraph(
            tuple(_read_run(run) for run in value["p"]),
            value.get("style", ""),
            cast(Align, value.get("align", "")),
            value.get("properties", ""),
            numbering_from_json(value.get("numbering")),
            value.get("section", ""),
        )
    if "table" in value:
        return Table(
            tuple(_read_row(row) for row in value["table"]),
            tuple(value.get("widths", ())),
            value.get("borders", True),
            value.get("properties", ""),
        )
    return Note(value["note"], blocks_from_json(value["blocks"]), value["kind"])


def _read_row(value: Json) -> Row:
    cells = tuple(
        Cell(
            blocks_from_json(cell["blocks"]),
            cell.get("columns", 1),
            cell.get("rows", 1),
            cell.get("properties", ""),
        )
        for cell in value["cells"]
    )
    return Row(cells, value.get("header", False), value.get("properties", ""))


def _read_run(value: str | Json) -> Run:
    if isinstance(value, str):
        return Text(value)
    marks = cast("tuple[Mark, ...]", tuple(value.get("marks", ())))
    if "text" in value:
        return Text(value["text"], marks)
    if "field" in value:
        return Field(value["field"], marks)
    if "ref" in value:
        return Reference(value["ref"], value["kind"], marks)
    if "break" in value:
        return Break(value["break"])
    return Kept(value["kept"], value["key"], value.get("words", ""))

"""A Word file that came back: which clauses are ours, and the text that would follow from it.

What its writer left as it was stays exactly ours (the wording with its styles, notes and kept
objects), so that only what they changed shows as changed.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace

from zabota.contracts.compare import Match, match_clauses
from zabota.contracts.docx.read import Reading
from zabota.contracts.models import Contract
from zabota.contracts.parties import is_asked
from zabota.contracts.reading.returned.identity import as_ours, faithful, renamed
from zabota.contracts.reading.returned.typed import changed_values
from zabota.contracts.reading.returned.wordings import Seen
from zabota.contracts.reading.texts import Chosen, display_values
from zabota.contracts.stored import Attributes, StoredText, field_spec, flat
from zabota.contracts.text.fields import FieldProblem, clean
from zabota.contracts.text.numbering import clauses_of, numbers, plain_number
from zabota.contracts.text.references import link
from zabota.contracts.text.tree import Block, Clause, Document
from zabota.contracts.text.words import blocks_text

LONGEST_ID = 40


@dataclass(frozen=True)
class Doubt:
    """A clause of the file that may be one of ours: a person says which, or that it is new."""

    id: str
    proposed: str
    score: int
    blocks: tuple[Block, ...]
    number: str
    answer: str | None = None


@dataclass(frozen=True)
class Returned:
    """The text a file would become: ready to be compared, confirmed and taken over."""

    text: StoredText
    values: dict[str, str]
    doubts: list[Doubt]
    free: list[tuple[str, str]]
    matched: int
    whole: int
    losses: list[tuple[str, str]] = field(default_factory=list)

    @property
    def strange(self) -> bool:
        """Hardly anything in it is of this contract."""
        return self.matched * 3 < self.whole

    @property
    def open_doubts(self) -> list[Doubt]:
        return [doubt for doubt in self.doubts if doubt.answer is None]


def read_returned(
    contract: Contract,
    base: Chosen,
    reading: Reading,
    answers: Mapping[str, str],
    typed: Mapping[str, list[str]],
) -> Returned:
    """The file's text with our identities. `answers` are what a person said of doubtful
    clauses: the id of one of ours, or "" for a new one; `typed` what stands in places
    for values."""
    # A program that drops fields leaves mentions of clauses as words: they are read as on import.
    told = _fitting_ids(link(reading.document), base.text.document)
    shown = display_values(contract, base.values)
    matches = match_clauses(base.text.document, told, values=shown)
    ours = {clause.id: clause for clause, _ in flat(base.text.document)}
    certain = {m.new_id: m.old_id for m in matches if m.new_id and m.old_id and m.certain}
    doubtful = [m for m in matches if m.new_id and m.old_id and not m.certain]
    gone = [name for name in ours if name not in certain.values()]
    doubts = _doubts(doubtful, told, answers, gone)
    names = certain | _answered(doubts, gone)
    document = as_ours(told, base.text.document, names)
    counted = numbers(base.text.document)
    changed, torn = changed_values(typed, shown)
    losses = [("torn", name) for name in torn]
    losses += [("party", name) for name in changed if not is_asked(name)]
    known = _known(contract)
    seen = Seen(counted, {name: shown.get(name, "") for name in known})
    document = faithful(document, ours, reading.values, known, seen, losses)
    if _words(reading.document.headers, reading.document.footers) != _words(
        base.text.document.headers, base.text.document.footers
    ):
        losses.append(("edges", ""))
    document = replace(
        document, headers=base.text.document.headers, footers=base.text.document.footers
    )
    return Returned(
        text=StoredText(document, _attributes(document, base.text.attributes)),
        values=_values(contract, base, changed),
        doubts=doubts,
        free=[(name, _label(ours[name], counted)) for name in gone],
        matched=len(names),
        whole=max(1, sum(1 for _ in clauses_of(told))),
        losses=losses,
    )


def _fitting_ids(document: Document, ours: Document) -> Document:
    """Ids we did not give are kept only where they fit our tables."""
    known = {clause.id for clause in clauses_of(ours)}
    names = {
        clause.id: clause.id[:LONGEST_ID]
        for clause in clauses_of(document)
        if clause.id not in known and len(clause.id) > LONGEST_ID
    }
    return renamed(document, names) if names else document


def _doubts(
    matches: Iterable[Match], told: Document, answers: Mapping[str, str], gone: list[str]
) -> list[Doubt]:
    clauses = {clause.id: clause for clause in clauses_of(told)}
    counted = numbers(told)
    found = []
    taken: set[str] = set()
    for match in matches:
        assert match.new_id is not None and match.old_id is not None
        answer = answers.get(match.new_id)
        # One of ours cannot be two of theirs: the second one to claim it is asked again.
        if answer and (answer not in gone or answer in taken):
            answer = None
        taken.add(answer or "")
        found.append(
            Doubt(
                match.new_id,
                match.old_id,
                round(match.score * 100),
                clauses[match.new_id].blocks,
                plain_number(counted.get(match.new_id, "")),
                answer,
            )
        )
    return found


def _answered(doubts: Iterable[Doubt], gone: list[str]) -> dict[str, str]:
    """What was answered; of what was not, the likeliest is shown until a person decides."""
    found: dict[str, str] = {}
    said = {doubt.answer for doubt in doubts if doubt.answer}
    for doubt in doubts:
        answer = doubt.proposed if doubt.answer is None else doubt.answer
        free = answer in gone and answer not in found.values()
        if answer and free and (doubt.answer is not None or answer not in said):
            found[doubt.id] = answer
    return found


def _attributes(document: Document, before: Mapping[str, Attributes]) -> dict[str, Attributes]:
    """Ours keep direction and lock; a new clause has the direction of the clause before it."""
    found: dict[str, Attributes] = {}
    last = Attributes()
    for clause in clauses_of(document):
        last = before.get(clause.id) or Attributes(last.concern)
        found[clause.id] = last
    return found


def _known(contract: Contract) -> set[str]:
    return {spec["name"] for spec in contract.edition.fields}


def _values(contract: Contract, base: Chosen, typed: Mapping[str, str]) -> dict[str, str]:
    """Values as they stand in the file's fields. The parties' details come from their cards alone;
    what is not a proper value stays as typed, to be put right before it is sent."""
    found = {name: text for name, text in base.values.items() if "." not in name}
    specs = {spec["name"]: spec for spec in contract.edition.fields if is_asked(spec["name"])}
    for name, text in typed.items():
        if name not in specs:
            continue
        try:
            found[name] = clean(field_spec(specs[name]), text, values=found)
        except FieldProblem:
            found[name] = text
    return found


def _words(*edges: tuple[Block, ...]) -> str:
    return " ".join(" ".join(blocks_text(edge) for edge in edges).split())


def _label(clause: Clause, counted: Mapping[str, str]) -> str:
    number = plain_number(counted.get(clause.id, ""))
    words = " ".join(blocks_text(clause.blocks).split())
    return f"{number} {words[:70]}{'…' if len(words) > 70 else ''}".strip()

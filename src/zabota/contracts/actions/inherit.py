"""What a new edition takes over from the one before: identities, directions, locks, fields."""

from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass, field
from typing import Any

from zabota.contracts.compare import match_clauses, rebase
from zabota.contracts.models import TemplateEdition
from zabota.contracts.stored import Attributes, load_texts
from zabota.contracts.text.fields import FieldSpec
from zabota.contracts.text.numbering import clauses_of
from zabota.contracts.text.tree import Clause, Document

# What Word declares of a field; the rest (help, example, our usual value) is only ours.
DECLARED = ("type", "label", "args", "required")


@dataclass(frozen=True)
class Inherited:
    """A new text with the identities of the old one (`names`: what was read -> what it is called).

    `fresh` are clauses that were not there before, `unsure` those matched by likeness only: their
    direction is worth a look.
    """

    document: Document
    attributes: Mapping[str, Attributes]
    fresh: tuple[str, ...] = ()
    unsure: tuple[str, ...] = ()
    names: Mapping[str, str] = field(default_factory=dict)


def inherit_text(before: TemplateEdition | None, document: Document) -> Inherited:
    """Clauses matched with the edition before keep their id, direction and lock; a new clause
    takes those of the section it stands in. References in the new text follow."""
    if before is None:
        return Inherited(document, {})
    (old,) = load_texts(before.tree)
    matches = match_clauses(old.document, document)
    read = clauses_of(document)
    document = rebase(document, matches)
    names = {was.id: now.id for was, now in zip(read, clauses_of(document), strict=True)}
    found: dict[str, Attributes] = {}
    fresh: list[str] = []

    def lay(clauses: Iterable[Clause], above: Attributes) -> None:
        for clause in clauses:
            if clause.id not in old.attributes:
                fresh.append(clause.id)
            found[clause.id] = old.attributes.get(clause.id, above)
            lay(clause.children, found[clause.id])

    lay(document.clauses, Attributes())
    unsure = tuple(
        m.old_id for m in matches if m.old_id and m.new_id and not m.certain and m.score < 1
    )
    return Inherited(document, found, tuple(fresh), unsure, names)


def inherit_fields(
    before: TemplateEdition | None, specs: Iterable[FieldSpec]
) -> list[dict[str, Any]]:
    """Fields as Word declares them now, with help, example and usual value of the edition before.

    What was changed in the desk stands while Word says the same as it did; a new declaration wins.
    """
    known = {field["name"]: field for field in before.fields} if before else {}
    return [
        _inherited(known.get(spec.name), asdict(spec) | {"args": list(spec.args)}) for spec in specs
    ]


def _inherited(old: Mapping[str, Any] | None, said: dict[str, Any]) -> dict[str, Any]:
    word = {name: said[name] for name in DECLARED}
    if old is None:
        return {**said, "word": word}
    if old.get("word", {name: old[name] for name in DECLARED}) == word:
        return {**old, "word": word}
    own = {name: value for name, value in old.items() if name not in DECLARED}
    return {**own, **said, "word": word}

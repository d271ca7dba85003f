"""What differs between two sent texts, direction by direction: whose earlier decision it touches.

A clause is touched by other words, by another value shown in it, by a reference in it that leads
nowhere any more, by a move, by being added or deleted. Another number of its own, or of a clause it
refers to, touches nothing: the reference still leads to the same clause.
"""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from zabota.contracts.compare.documents import field_names
from zabota.contracts.last_time import moved_clauses
from zabota.contracts.routing.spec import StageSpec
from zabota.contracts.stored import StoredText, Tree, flat, nodes
from zabota.contracts.text.fields import form_of
from zabota.contracts.text.naming import clause_names
from zabota.contracts.text.tree import Block, Reference
from zabota.contracts.text.words import runs_of

# The last word is on the whole text.
WHOLE = frozenset({"director"})
# Stages of these directions answer for what no other stage answers for, too.
REST = frozenset({"general"})


@dataclass(frozen=True)
class SentText:
    """A text as it was sent, with its values as a reader sees them."""

    tree: Tree
    text: StoredText
    shown: Mapping[str, str]


@dataclass(frozen=True)
class Difference:
    """A clause that is not as it was: by which number it goes, whose it is and was. What stands
    outside the clauses (a header) has no clause and is everybody's: `concerns` is empty.
    """

    clause: str
    number: str
    concerns: frozenset[str]

    def as_json(self) -> dict[str, Any]:
        return {"clause": self.clause, "number": self.number, "concerns": sorted(self.concerns)}


def differences(
    old: SentText, new: SentText, moved_by_hand: Collection[str] = ()
) -> list[Difference]:
    """Every clause that differs, in reading order, deleted ones last. Of two neighbours that
    changed places it cannot be told which one moved: `moved_by_hand` names those somebody moved.
    """
    before, after = _signatures(old), _signatures(new)
    names = {**clause_names(old.text.document), **clause_names(new.text.document)}
    moved = stand_elsewhere(old.tree, new.tree, moved_by_hand)
    found = []
    for clause in dict.fromkeys((*after, *before)):
        if before.get(clause) == after.get(clause) and clause not in moved:
            continue
        concerns = {
            text.attributes[clause].concern
            for text in (new.text, old.text)
            if clause in text.attributes
        }
        found.append(Difference(clause, names.get(clause, ""), frozenset(concerns)))
    if _edges(old) != _edges(new):
        found.append(Difference("", "", frozenset()))
    return found


@dataclass(frozen=True)
class Scope:
    """What a stage answers for: these directions, and (`besides` named) all that are none of those;
    or the whole text.
    """

    concerns: frozenset[str] = frozenset()
    whole: bool = False
    besides: frozenset[str] | None = None

    def holds(self, concerns: frozenset[str]) -> bool:
        """Whether what is of these directions (none: of everybody's) is this stage's business."""
        if self.whole or not concerns or concerns & self.concerns:
            return True
        return self.besides is not None and bool(concerns - self.besides)


def scopes_of(stages: Collection[StageSpec]) -> dict[str, Scope]:
    """What each of these stages answers for, by key.

    A stage called for because another direction was touched answers for that one, too. What no
    stage answers for is the business of the general direction, or, where neither it nor the
    director is asked, of those that come last: nothing is agreed unseen.
    """
    own = {stage.key: frozenset(_directions(stage)) for stage in stages}
    named = frozenset[str]().union(*own.values())
    somebody_has_the_rest = any(stage.concern in WHOLE | REST for stage in stages)
    last = max((stage.group for stage in stages), default=0)

    def has_the_rest(stage: StageSpec) -> bool:
        return stage.concern in REST or (stage.group == last and not somebody_has_the_rest)

    return {
        stage.key: Scope(
            own[stage.key],
            whole=stage.concern in WHOLE,
            besides=named if has_the_rest(stage) else None,
        )
        for stage in stages
    }


def concerns_showing(text: StoredText, names: Collection[str]) -> set[str]:
    """The directions of all clauses that show one of these fields, or a form of it."""
    wanted = set(names)
    return {
        text.attributes[clause.id].concern
        for clause, _ in flat(text.document)
        if any(form_of(name)[0] in wanted for name in field_names(clause.blocks))
    }


def _directions(stage: StageSpec) -> Iterator[str]:
    yield stage.concern
    for condition in stage.conditions:
        if condition.field.startswith("direction."):
            yield condition.field.removeprefix("direction.").removesuffix(".touched")


def _signatures(sent: SentText) -> dict[str, tuple[Any, ...]]:
    """What each clause says to a reader, its number and its place left out."""
    words = {node["id"]: node["w"] for node in nodes(sent.tree)}
    found = {}
    for clause, _ in flat(sent.text.document):
        names = sorted(field_names(clause.blocks))
        shown = tuple((name, sent.shown.get(name, "")) for name in names)
        lost = tuple(target for target in _targets(clause.blocks) if target not in words)
        concern = sent.text.attributes[clause.id].concern
        found[clause.id] = (words[clause.id], shown, lost, concern)
    return found


def _edges(sent: SentText) -> tuple[Any, ...]:
    """Headers and footers, and what is shown in them."""
    document = sent.text.document
    names = sorted(field_names((*document.headers, *document.footers)))
    shown = [sent.shown.get(name, "") for name in names]
    return sent.tree.get("headers"), sent.tree.get("footers"), shown


def stand_elsewhere(old: Tree, new: Tree, by_hand: Collection[str]) -> set[str]:
    """The clauses that stand elsewhere: if what people moved explains all, just those of them."""
    if not moved_clauses(old, new):
        return set()
    apart = list(dict.fromkeys(by_hand))
    rest = moved_clauses(old, new, apart=apart)
    if rest:
        return rest | set(apart)
    for clause in list(apart):
        fewer = [one for one in apart if one != clause]
        if not moved_clauses(old, new, apart=fewer):
            apart = fewer
    return set(apart)


def _targets(blocks: tuple[Block, ...]) -> list[str]:
    return [
        run.target for run in runs_of(blocks) if isinstance(run, Reference) and run.kind == "clause"
    ]

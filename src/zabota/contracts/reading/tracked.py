"""Any two texts of a contract as one Word file with tracked changes, for whoever may read both.

Names stand as the firm shows them to this reader. Comments meant for ours alone never go into a
file: it leaves the house with whoever has it.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from zabota.contracts.compare.documents import field_names
from zabota.contracts.docx.track import Hand, Said, Tracked, track_texts
from zabota.contracts.models import Change, Comment, Contract, Version
from zabota.contracts.reading.moves import recorded_moves
from zabota.contracts.reading.paper_out import docx_of
from zabota.contracts.reading.texts import DRAFT, Chosen, read_alike
from zabota.contracts.rules import Viewer, side_of
from zabota.contracts.stored import Node, Tree, flat
from zabota.journal.models import Audience
from zabota.people.models import User


@dataclass(frozen=True)
class Names:
    """How people are called in the file: masks by account, and either side where nobody is said."""

    masks: Mapping[int, str]
    ours: str
    theirs: str

    def of(self, user: User | None, side: str) -> str:
        """The name of whoever made a change, as this reader may know it."""
        if user is None:
            return self.ours if side == "ours" else self.theirs
        return self.masks.get(user.pk, user.shown_name)


@dataclass(frozen=True)
class Wanted:
    """Two texts in the order they are compared, the reader, how people are called, the title, and
    what is said beside a clause that had to be shown as replaced whole."""

    old: Chosen
    new: Chosen
    viewer: Viewer
    names: Names
    title: str
    replaced: str


def tracked_docx(contract: Contract, wanted: Wanted, at: datetime) -> Tracked:
    """The proved redline; raises `Unproved` when there is none."""
    old, new = read_alike(contract, wanted.old, wanted.new)
    hands = _hands(contract, old, new, wanted, at)
    said = _comments(contract, wanted)
    files = [docx_of(contract, chosen, wanted.title) for chosen in (old, new)]
    trees = old.text.document, new.text.document

    def hand(clause: str) -> Hand:
        return hands.get(clause, hands[""])

    moved = recorded_moves(contract, old, new)
    made = track_texts(files[0], files[1], trees, hand, said, moved)
    if made.whole:
        said += [Said(name, wanted.names.ours, at, wanted.replaced) for name in made.whole]
        made = track_texts(files[0], files[1], trees, hand, said, moved)
    return made


def _comments(contract: Contract, wanted: Wanted) -> list[Said]:
    """What was said beside clauses and is not settled, of the audiences a file may have."""
    audiences = set(wanted.viewer.audiences) - {Audience.OURS}
    rows = (
        Comment.objects.filter(contract=contract, audience__in=audiences, closed_at=None)
        .select_related("made_by", "answers")
        .order_by("pk")
    )
    return [
        Said(
            row.answers.clause if row.answers else row.clause,
            _writer(row, wanted.names),
            row.authored_at or row.made_at,
            written_out(row),
            row.pk,
            row.answers_id or 0,
        )
        for row in rows
    ]


def _writer(row: Comment, names: Names) -> str:
    """Of a comment that came in a Word file whoever wrote it there, unless they are masked."""
    name = names.of(row.made_by, "")
    return row.author if row.author and name == row.made_by.shown_name else name


def written_out(row: Comment) -> str:
    """The words of a comment in the margin of a Word file: by them it is known when it returns."""
    return f"«{row.quote}»\n{row.text}" if row.quote else row.text


def _hands(
    contract: Contract, old: Chosen, new: Chosen, wanted: Wanted, at: datetime
) -> dict[str, Hand]:
    """Who last changed each clause on the way from one text to the other, and when; "" the rest."""
    names = wanted.names
    counters = _counters(contract, names)
    found: dict[str, Hand] = {"": Hand(names.ours, at)}
    fields = {clause.id: field_names(clause.blocks) for clause, _ in flat(new.text.document)}
    tree, values = old.tree, old.values
    for step in _steps(contract, old, new):
        version = Hand(names.of(step.made_by, step.side), step.made_at)
        found[""] = version
        for clause, wording in _changed(tree, step.tree):
            found[clause] = counters.get((clause, wording), version)
        other = {n for n in {*values, *step.values} if values.get(n) != step.values.get(n)}
        found.update({clause: version for clause, used in fields.items() if used & other})
        tree, values = step.tree, step.values
    if DRAFT in (old.key, new.key):
        found.update(_drafted(contract, side_of(wanted.viewer), names))
    return found


def _steps(contract: Contract, old: Chosen, new: Chosen) -> list[Version]:
    """The versions made after the one text, up to the other, in the order they were made."""
    first, last = sorted((old.place, new.place))
    found = contract.versions.filter(number__gt=first, number__lte=last)
    return list(found.select_related("made_by").order_by("number"))


def _counters(contract: Contract, names: Names) -> dict[tuple[str, str], Hand]:
    """Wordings our side answered with, by clause: theirs is the hand, not that of whoever sent."""
    rows = Change.objects.filter(
        contract=contract, answered_by__isnull=False, sent_at__isnull=False
    ).exclude(counter_wording="")
    return {
        (row.clause, row.counter_wording): Hand(
            names.of(row.answered_by.user, "ours"), row.answered_at
        )
        for row in rows.select_related("answered_by__user")
        if row.answered_by is not None
    }


def _changed(old: Tree, new: Tree) -> Iterable[tuple[str, str]]:
    """Clauses whose words or place differ, with their wording now ("" of one that went)."""
    before, after = _spots(old), _spots(new)
    for clause in {**after, **before}:
        if before.get(clause) != after.get(clause):
            yield clause, after.get(clause, ("", "", ""))[0]


def _spots(tree: Tree) -> dict[str, tuple[str, str, str]]:
    """Each clause with its wording, the one it belongs to and the one before it."""
    found: dict[str, tuple[str, str, str]] = {}

    def walk(siblings: Iterable[Node], parent: str) -> None:
        previous = ""
        for node in siblings:
            found[node["id"]] = (node["w"], parent, previous)
            walk(node.get("ch", ()), node["id"])
            previous = node["id"]

    walk(tree["clauses"], "")
    return found


def _drafted(contract: Contract, side: str, names: Names) -> dict[str, Hand]:
    """What is not sent yet: of whoever saved the clause last, else of whoever saved anything."""
    draft = contract.drafts.filter(side=side).select_related("saved_by").first()
    if draft is None:
        return {}
    rows = draft.clauses.select_related("saved_by")
    return {
        "": Hand(names.of(draft.saved_by, side), draft.saved_at),
        **{row.clause: Hand(names.of(row.saved_by, side), row.saved_at) for row in rows},
    }

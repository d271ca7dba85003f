"""What each side wants of a clause, and what was agreed, from the changes and our answers."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from zabota.contracts.models import Change, ChangeState
from zabota.contracts.models.changes import ChangeKind


class Standing(StrEnum):
    """How a row of the table stands."""

    OPEN = "open"
    OURS = "ours"
    AGREED = "agreed"


class Note(StrEnum):
    """What is wanted where it is not only other words."""

    NONE = ""
    ABSENT = "absent"
    DELETED = "deleted"
    EXCLUDED = "excluded"
    MOVED = "moved"


@dataclass(frozen=True)
class Position:
    """One wording of a clause: its digest ("" where the clause is not to stand), the values in it,
    and what else is wanted.
    """

    wording: str
    values: Mapping[str, str]
    note: Note = Note.NONE


@dataclass(frozen=True)
class Row:
    """One clause in disagreement: the live changes of it and of values in it, and what became of
    earlier ones.
    """

    clause: str
    number: str
    concern: str
    changes: list[Change]
    earlier: list[Change]
    ours: Position
    theirs: Position
    agreed: Position | None = None
    fields: tuple[str, ...] = field(default=())

    @property
    def standing(self) -> Standing:
        """Open while one change waits for an answer, agreed when none is in dispute."""
        states = {change.state for change in self.changes}
        if ChangeState.OPEN in states:
            return Standing.OPEN
        return Standing.AGREED if self.agreed is not None else Standing.OURS


SETTLED = (ChangeState.ACCEPTED, ChangeState.AGREED)


def row_of(
    clause: str,
    live: list[Change],
    earlier: list[Change],
    values: Mapping[str, str],
    present: str,
) -> Row:
    """The row of one clause; `present` is its wording now, for rows that are only about values."""
    words = next((change for change in live if change.kind != ChangeKind.VALUE), None)
    about = [change for change in live if change.kind == ChangeKind.VALUE]
    settled = all(change.state in SETTLED for change in live)
    ours, theirs, agreed = _wordings(words, present)
    return Row(
        clause=clause,
        number=next((change.name for change in live if change.name), ""),
        concern=(words or live[0]).concern,
        changes=live,
        earlier=earlier,
        ours=Position(ours[0], {**values, **_values(about, _our_value)}, ours[1]),
        theirs=Position(theirs[0], {**values, **_values(about, _their_value)}, theirs[1]),
        agreed=Position(agreed[0], {**values, **_values(about, agreed_value)}, agreed[1])
        if settled
        else None,
        fields=tuple(change.field for change in about),
    )


type _Wanted = tuple[str, Note]


def _wordings(change: Change | None, present: str) -> tuple[_Wanted, _Wanted, _Wanted]:
    """Wordings of ours, theirs, and the agreed one if it were settled as it stands."""
    if change is None:
        same = (present, Note.NONE)
        return same, same, same
    wish = _wish(change)
    # A counter-wording stands where the client has put the clause.
    ours = (change.counter_wording, wish[1] if wish[0] else Note.NONE)
    if not ours[0]:
        ours = (change.old_wording, Note.NONE if change.old_wording else Note.ABSENT)
    if change.state == ChangeState.ACCEPTED:
        return ours, wish, wish
    agreed = ours if ours[0] else ("", Note.EXCLUDED)
    return ours, wish, agreed


def _wish(change: Change) -> _Wanted:
    if change.kind == ChangeKind.DELETED:
        return "", Note.DELETED
    moved = change.kind == ChangeKind.MOVED or change.place is not None
    return change.new_wording, Note.MOVED if moved else Note.NONE


def _values(changes: Iterable[Change], of: Callable[[Change], str]) -> dict[str, str]:
    return {change.field: of(change) for change in changes}


def _our_value(change: Change) -> str:
    return change.counter_value or change.old_value


def _their_value(change: Change) -> str:
    return change.new_value


def agreed_value(change: Change) -> str:
    """The value that stands when a settled change is counted in."""
    return change.new_value if change.state == ChangeState.ACCEPTED else _our_value(change)

"""What a page shows of a text: clauses with what changed, and what stands beside them."""

from dataclasses import dataclass, field
from datetime import datetime

from zabota.contracts.changes import Changed
from zabota.contracts.concerns import concern_name
from zabota.contracts.found_words import Reviser
from zabota.contracts.models import Change, ChangeState, Comment
from zabota.contracts.reading.sheet.editing import PartView, TableView
from zabota.contracts.stored import (
    StoredText,
)

STATES = {
    "edited": "changed",
    "proposed": "changed",
    "added": "added",
    "deleted": "deleted",
    "moved": "moved",
    "value": "changed",
}


@dataclass(frozen=True)
class NearestVariant:
    """The agreed variant a client's own words are nearest to, and what they make of it."""

    name: str
    percent: int
    html: str


@dataclass(frozen=True)
class VariantView:
    """An agreed variant one may take: its words, the terms told beside it, whether it stands there
    now; who sees it, for our people.
    """

    token: str
    name: str
    html: str
    chosen: bool
    terms: list[str]
    met: bool
    seen_by: str = ""


@dataclass(frozen=True)
class ChangeView:
    """A change as it is read: our wording against theirs, a value's label and old and new words;
    whether it was agreed at once, by which variant; `who` answered, where a client reads a team.
    """

    row: Change
    counter_html: str = ""
    label: str = ""
    old: str = ""
    new: str = ""
    counter: str = ""
    at_once: bool = False
    variant: str = ""
    nearest: NearestVariant | None = None
    who: str = ""

    @property
    def direction(self) -> str:
        """Who of ours answers it, by the name of the direction."""
        return concern_name(self.row.concern)


@dataclass(frozen=True)
class Then:
    """How a clause stood in the earlier contract, where the form has changed since."""

    html: str = ""
    gone: bool = False


@dataclass(frozen=True)
class WhyReturned:
    """Why the clause was returned, by whom (as the reader may know them), when."""

    text: str
    who: str
    at: datetime


@dataclass
class ClauseView:
    """One clause on the page: its number, its words (with what changed), and what stands beside
    it. Its `path` names it where the number alone would not: «4.2, б», «4.2 «Товар отгружа…»».
    """

    id: str
    number: str
    depth: int
    heading: bool
    html: str
    concern: str
    locked: bool
    # As it stands beside the clause on paper, where that is not the number as it is named: «б)».
    beside: str = ""
    path: str = ""
    state: str = ""
    changes: list[ChangeView] = field(default_factory=list)
    changed: Changed | None = None
    reason: str = ""
    comments: list["Beside"] = field(default_factory=list)
    pieces: list[PartView | TableView] = field(default_factory=list)
    shape: str = ""
    references: str = ""
    open: bool = False
    talking: bool = False
    problem: str = ""
    unplaced: list[str] = field(default_factory=list)
    as_before: bool = False
    then: Then | None = None
    revisers: list[Reviser] = field(default_factory=list)
    returned: list[WhyReturned] = field(default_factory=list)
    variants: list[VariantView] = field(default_factory=list)
    cost: str = ""

    @property
    def taken(self) -> VariantView | None:
        """The agreed variant that stands there now and needs nobody."""
        return next((one for one in self.variants if one.chosen and one.met), None)

    @property
    def level(self) -> str:
        """The class that indents it."""
        return f"level-{min(self.depth + 1, 4)}" if self.depth > 1 else ""

    @property
    def open_changes(self) -> list[Change]:
        """Changes that wait for our answer."""
        return [view.row for view in self.changes if view.row.state == ChangeState.OPEN]


@dataclass(frozen=True)
class Beside:
    """A comment beside its clause; outdated when the words it quotes are gone."""

    row: Comment
    outdated: bool


@dataclass(frozen=True)
class Whole:
    """Comments that belong to no clause that is still there."""

    comments: list[Beside]
    id: str = ""
    talking: bool = False


@dataclass
class Sheet:
    """The whole text for one viewer; `lost` are comments whose clause is no longer in the text."""

    clauses: list[ClauseView]
    text: StoredText
    values: dict[str, str]
    used: set[str]
    open_changes: int = 0
    general: list[Beside] = field(default_factory=list)
    talking: bool = False

    @property
    def whole(self) -> "Whole":
        """What is said of the contract as a whole, shaped as a clause is."""
        return Whole(self.general, talking=self.talking)

    def open(self, edit: str, say: str) -> None:
        """Show the text areas of one clause, or the box to write about one («all»: about the
        whole).
        """
        for view in self.clauses:
            view.open = view.open or view.id == edit
            view.talking = view.id == say
        self.talking = say == "all"

    @property
    def rewritten(self) -> list[ClauseView]:
        """What stands in the draft otherwise than in the text it was begun from."""
        return [clause for clause in self.clauses if clause.changed]

    @property
    def touched(self) -> list[ClauseView]:
        return [view for view in self.clauses if view.state or view.changes or view.returned]
